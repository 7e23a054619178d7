"""Laying lessons: they are laid, newer ones are brought, and nothing of the learner's is touched."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from iamlab.learning import lessons
from iamlab.learning.lessons import FIRST, Laying, LessonsError, lay_lessons
from tests.learning.course import MANIFEST, NAMES, files, write, write_course


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A small course, as the wheel carries it."""
    return write_course(tmp_path / "site-packages" / "_course")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The learner's folder, not yet there."""
    return tmp_path / "my lessons"


class TestLaying:
    def test_first_run_lays_all(self, course, folder):
        """Lessons go to the folder's top, exercises into theirs; hidden files are not the course's."""
        laying = lay_lessons(folder, course)
        assert set(files(folder)) == {FIRST, "04-policy-elements.ipynb", "exercises/04-elements/first.ipynb"}
        assert laying == Laying(tuple(files(folder)), (), ())

    def test_second_run_does_nothing(self, course, folder):
        """Where all is as it was laid, nothing is written, not even the same bytes again."""
        lay_lessons(folder, course)
        before = (folder / FIRST).stat()
        assert lay_lessons(folder, course) == Laying((), (), ())
        assert (folder / FIRST).stat().st_ino == before.st_ino

    def test_newer_and_new_lessons_are_brought(self, course, folder):
        """A lesson that the learner did not touch becomes the newer one; a lesson that was added appears."""
        lay_lessons(folder, course)
        write(course / "notebooks" / FIRST, "second edition")
        write(course / "notebooks" / "05-new.ipynb", "new")
        assert lay_lessons(folder, course) == Laying(("05-new.ipynb",), (FIRST,), ())
        assert files(folder)[FIRST] == "second edition"

    def test_changed_lesson_is_left_alone(self, course, folder):
        """One byte of the learner's is enough; it is told only once a newer version is there to be had."""
        lay_lessons(folder, course)
        write(folder / FIRST, "first edition, and mine ")
        assert lay_lessons(folder, course) == Laying((), (), ())
        write(course / "notebooks" / FIRST, "second edition")
        for _ in range(2):
            assert lay_lessons(folder, course) == Laying((), (), (FIRST,))
        assert files(folder)[FIRST] == "first edition, and mine "

    def test_change_that_is_taken_back_is_none(self, course, folder):
        """A file with the very bytes that were laid is not the learner's, whatever happened in between."""
        lay_lessons(folder, course)
        laid = files(folder)[FIRST]
        write(folder / FIRST, "something else")
        lay_lessons(folder, course)
        write(folder / FIRST, laid)
        write(course / "notebooks" / FIRST, "second edition")
        assert lay_lessons(folder, course).updated == (FIRST,)

    def test_missing_lesson_is_laid_again(self, course, folder):
        """Moving one's own away brings the newer version."""
        lay_lessons(folder, course)
        (folder / FIRST).rename(folder / "mine.ipynb")
        assert lay_lessons(folder, course) == Laying((FIRST,), (), ())
        assert files(folder)["mine.ipynb"] == files(folder)[FIRST]

    def test_a_file_that_was_there_before_is_the_learners(self, course, folder):
        """A folder with a file of the same name, never laid by us, keeps it."""
        write(folder / FIRST, "from elsewhere")
        assert lay_lessons(folder, course).left == (FIRST,)
        assert files(folder)[FIRST] == "from elsewhere"

    def test_lost_manifest_touches_nothing(self, course, folder):
        """Without the list of what was laid, a file that differs counts as the learner's; an equal one as laid."""
        lay_lessons(folder, course)
        write(folder / FIRST, "mine")
        (folder / MANIFEST).unlink()
        assert lay_lessons(folder, course) == Laying((), (), (FIRST,))
        write(course / "notebooks/04-policy-elements.ipynb", "second edition")
        assert lay_lessons(folder, course).updated == ("04-policy-elements.ipynb",)


class Years(RuleBasedStateMachine):
    """A learner who edits and removes files, an author who writes new editions, and runs in between."""

    def __init__(self) -> None:
        super().__init__()
        self.disk = TemporaryDirectory()
        self.course = write_course(Path(self.disk.name) / "_course")
        self.folder = Path(self.disk.name) / "lessons"
        self.mine: dict[str, str] = {}
        self.edition = 1

    def teardown(self) -> None:
        self.disk.cleanup()

    @rule(name=st.sampled_from(NAMES))
    def author_writes_an_edition(self, name):
        self.edition += 1
        write(self.course / name, f"edition {self.edition} of {name}")

    @rule(name=st.sampled_from(NAMES), text=st.sampled_from(["mine", "mine, longer"]))
    def learner_edits(self, name, text):
        place = name.removeprefix("notebooks/")
        write(self.folder / place, text)
        self.mine[place] = text

    @rule(name=st.sampled_from(NAMES))
    def learner_removes(self, name):
        place = name.removeprefix("notebooks/")
        (self.folder / place).unlink(missing_ok=True)
        self.mine.pop(place, None)

    @rule()
    def lessons_are_laid(self):
        lay_lessons(self.folder, self.course)
        current = files(self.course)
        for name in set(NAMES):
            place = name.removeprefix("notebooks/")
            assert files(self.folder)[place] == self.mine.get(place, current[name])

    @invariant()
    def nothing_of_the_learners_is_lost(self):
        found = files(self.folder) if self.folder.exists() else {}
        assert self.mine.items() <= found.items()


TestYears = Years.TestCase
TestYears.settings = settings(max_examples=50, stateful_step_count=20, deadline=None)


BROKEN_MANIFESTS = {
    "empty": "",
    "cut off": '{"version": 1, "lessons": {"00-st',
    "list": "[]",
    "no lessons": "{}",
    "lessons are a list": '{"lessons": ["a"]}',
    "a digest is a number": '{"lessons": {"a": 1}}',
    "deep": "[" * 100_000,
}


class TestHostileFolders:
    """Each ends in one clear sentence, and nothing is lost or written elsewhere."""

    def test_folder_is_a_file(self, course, folder):
        folder.write_text("mine")
        with pytest.raises(LessonsError, match=r"`.*my lessons` is a file: name a folder"):
            lay_lessons(folder, course)
        assert folder.read_text() == "mine"

    def test_folder_under_a_file(self, course, folder):
        folder.write_text("mine")
        with pytest.raises(LessonsError, match="cannot be made: not a directory"):
            lay_lessons(folder / "below", course)

    def test_disk_is_full(self, course, folder, monkeypatch):
        """The sentence says so; what was laid is whole and remembered, no part stays, a rerun ends the job."""
        replace = Path.replace

        def full(self: Path, target: Path) -> Path:
            if target.name == "04-policy-elements.ipynb":
                raise OSError(28, "No space left on device")
            return replace(self, target)

        with monkeypatch.context() as patch:
            patch.setattr(Path, "replace", full)
            with pytest.raises(LessonsError, match="cannot be written: the disk is full"):
                lay_lessons(folder, course)
        assert list(files(folder)) == [FIRST]
        assert list(lessons.read_manifest(folder)) == [FIRST]
        assert lay_lessons(folder, course).new == ("04-policy-elements.ipynb", "exercises/04-elements/first.ipynb")

    def test_folder_is_read_only(self, course, folder, monkeypatch):
        """Whoever may not write is told the file and the reason."""

        def refused(self: Path, mode: str = "r", *rest: object):
            if mode == "xb":
                raise PermissionError(13, "Permission denied")
            return open_(self, mode, *rest)

        open_ = Path.open
        monkeypatch.setattr(Path, "open", refused)
        with pytest.raises(LessonsError, match="cannot be written: the folder is read-only"):
            lay_lessons(folder, course)

    @pytest.mark.parametrize("link", [FIRST, "exercises", ".iamlab", "exercises/04-elements"])
    def test_link_out_of_the_folder(self, course, folder, tmp_path, link):
        """A link that leads elsewhere is refused before anything is written."""
        elsewhere = tmp_path / "elsewhere"
        elsewhere.mkdir()
        (folder / link).parent.mkdir(parents=True)
        (folder / link).symlink_to(elsewhere)
        with pytest.raises(LessonsError, match=r"leads out of .* remove the link"):
            lay_lessons(folder, course)
        assert list(elsewhere.iterdir()) == []
        assert files(folder) == {}

    def test_link_in_a_circle(self, course, folder):
        folder.mkdir()
        (folder / FIRST).symlink_to(folder / FIRST)
        with pytest.raises(LessonsError, match="remove the link"):
            lay_lessons(folder, course)

    def test_folder_itself_may_be_a_link(self, course, folder, tmp_path):
        """Where the learner's folder really stands is the learner's business."""
        (tmp_path / "real").mkdir()
        folder.symlink_to(tmp_path / "real")
        lay_lessons(folder, course)
        assert FIRST in files(tmp_path / "real")

    def test_folder_where_a_lesson_should_be(self, course, folder):
        (folder / FIRST).mkdir(parents=True)
        with pytest.raises(LessonsError, match=f"{FIRST}` cannot be read: is a directory"):
            lay_lessons(folder, course)

    @pytest.mark.parametrize("text", BROKEN_MANIFESTS.values(), ids=BROKEN_MANIFESTS)
    def test_broken_manifest(self, course, folder, text):
        """It is named, with the way out; until then no lesson is written."""
        write(folder / MANIFEST, text)
        with pytest.raises(LessonsError, match=r"lessons.json` cannot be read .* Delete that one file"):
            lay_lessons(folder, course)
        assert files(folder) == {}
        assert (folder / MANIFEST).read_text() == text

    def test_no_course(self, tmp_path, folder):
        """An installation without lessons says so, and makes no folder."""
        with pytest.raises(LessonsError, match="carries no lessons"):
            lay_lessons(folder, tmp_path)
        assert not folder.exists()


class TestPlaceInCheckout:
    def test_checkout_is_opened_where_it_is(self, tmp_path):
        """`iamlab lab .` in a checkout, and its notebooks folder, lay nothing."""
        write(tmp_path / "notebooks" / FIRST, "")
        assert lessons.place_in_checkout(tmp_path, tmp_path) == f"notebooks/{FIRST}"
        assert lessons.place_in_checkout(tmp_path / "notebooks", tmp_path) == FIRST
        assert lessons.place_in_checkout(tmp_path / "elsewhere", tmp_path) is None

    def test_installed_course_is_no_checkout(self, course):
        """Lessons inside an installed package are never worked on there."""
        assert lessons.place_in_checkout(course, course) is None
