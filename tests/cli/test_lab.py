"""`iamlab lab`: lessons are laid, newer ones brought, and nothing of the learner's is touched."""

import json
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest
from click.testing import CliRunner, Result

from iamlab.cli import lab as command
from iamlab.cli.main import COMMANDS, LazyGroup, main
from iamlab.learning import lessons
from iamlab.learning.lessons import FIRST, Laying, LessonsError, lay_lessons

MANIFEST = Path(".iamlab") / "lessons.json"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course of two lessons and one exercise, as the wheel carries it."""
    root = tmp_path / "site-packages" / "_course"
    for name in (f"notebooks/{FIRST}", "notebooks/04-policy-elements.ipynb", "exercises/04-elements/first.ipynb"):
        write(root / name, f"first edition of {name}")
    write(root / "notebooks/.ipynb_checkpoints/draft.ipynb", "hidden")
    return root


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The learner's folder, not yet there."""
    return tmp_path / "my lessons"


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def files(folder: Path) -> dict[str, str]:
    """Every file of a folder with its text; the manifest aside."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != MANIFEST.name)
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in found}


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


@pytest.fixture
def opened(course, monkeypatch) -> list[tuple]:
    """Runs the command without its server; holds what would have been served."""
    calls: list[tuple] = []
    monkeypatch.setattr(command, "course_root", lambda: course)
    monkeypatch.setattr(command, "serve", lambda *options: calls.append(options))
    monkeypatch.setenv("DISPLAY", ":0")
    for name in ("SSH_CONNECTION", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    return calls


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["lab", *arguments])


class TestCommand:
    def test_default_folder(self, opened, tmp_path, monkeypatch):
        """Without a name the lessons go to `iamlab-lessons` here, and the first one opens."""
        monkeypatch.chdir(tmp_path)
        result = run()
        assert (result.exit_code, opened) == (0, [(Path("iamlab-lessons"), FIRST, True, None)])
        assert result.output == (
            f"New in `iamlab-lessons`: `{FIRST}`, `04-policy-elements.ipynb`, `exercises/04-elements/first.ipynb`.\n"
        )

    @pytest.mark.parametrize(
        ("arguments", "environment"),
        [
            (["--no-browser"], {}),
            ([], {"DISPLAY": ""}),
            ([], {"SSH_CONNECTION": "203.0.113.7 50000 203.0.113.9 22"}),
        ],
        ids=["asked", "no screen", "over SSH"],
    )
    def test_no_browser(self, opened, folder, monkeypatch, arguments, environment):
        """No browser opens where it was asked so, or where nobody would see it."""
        monkeypatch.setattr(sys, "platform", "linux")
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        run(str(folder), *arguments)
        assert opened == [(folder, FIRST, False, None)]

    def test_kept_lesson_is_told(self, opened, course, folder):
        """A newer version that was held back is said in one sentence, with the way to it."""
        run(str(folder))
        write(folder / FIRST, "mine")
        write(course / "notebooks" / FIRST, "second edition")
        result = run(str(folder))
        assert result.output == (f"Newer, but left as you changed it: `{FIRST}`. To get the newer one, rename yours.\n")

    def test_trouble_is_one_sentence_and_status_2(self, opened, folder):
        """No traceback: one line on standard error, and nothing is opened."""
        folder.write_text("mine")
        result = run(str(folder))
        assert result.exit_code == 2
        assert result.stderr == f"Error: `{folder}` is a file: name a folder for the lessons.\n"
        assert opened == []

    @pytest.mark.parametrize("port", ["0", "65536", "x"])
    def test_impossible_port(self, opened, folder, port):
        assert run(str(folder), "--port", port).exit_code == 2
        assert opened == []
        assert not folder.exists()


SERVE = """
import sys, threading
from pathlib import Path
from iamlab.cli.lab import serve

threading.Thread(target=threading.Event().wait).start()  # stands for a request that is still under way
serve(Path(sys.argv[1]), sys.argv[2], False, None)
"""


@pytest.mark.slow
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "terminated"])
def test_server_answers_at_the_first_lesson(tmp_path, end):
    """The printed address opens JupyterLab at the first lesson, and one Ctrl-C ends it, even with work under way."""
    folder = tmp_path / "my lessons"
    write(folder / FIRST, json.dumps({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
    server = subprocess.Popen([sys.executable, "-c", SERVE, folder, FIRST], stdout=subprocess.PIPE, text=True)
    try:
        url = next(found[0] for line in server.stdout if (found := re.search(r"http://\S+", line)))
        assert f"/lab/tree/{FIRST}?token=" in url
        page = urlopen(url, timeout=30).read().decode()
        assert "JupyterLab" in page
        assert '"news": {"disabled": true}' in page
        server.send_signal(end)
        assert server.wait(timeout=20) == 0
    finally:
        server.kill()


class TestMain:
    def test_help_lists_every_command(self):
        """The list is made from the table, without loading a command."""
        result = CliRunner().invoke(main, ["--help"])
        assert result.exit_code == 0
        assert all(f"  {name} " in result.output and place.help in result.output for name, place in COMMANDS.items())

    @pytest.mark.parametrize("name", COMMANDS)
    def test_every_command_loads(self, name):
        """What the table names is there, and has help of its own."""
        result = CliRunner().invoke(main, [name, "--help"])
        assert result.exit_code == 0
        assert isinstance(main, LazyGroup)

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ("lba", "iamlab has no command `lba`. Perhaps `lab` is meant."),
            ("simulator", "iamlab has no command `simulator`. Perhaps `simulate` is meant."),
            ("xyzzy", "iamlab has no command `xyzzy`."),
        ],
    )
    def test_mistyped_command(self, typed, sentence):
        """The nearest name is proposed where one is near."""
        result = CliRunner().invoke(main, [typed])
        assert result.exit_code == 2
        assert result.stderr.endswith(f"Error: {sentence}\n")

    def test_help_is_quick(self):
        """`iamlab --help` answers within 300 ms, Python's own start included."""
        command = [sys.executable, "-m", "iamlab", "--help"]
        assert min(seconds(command) for _ in range(5)) < 0.3


def seconds(command: list[str]) -> float:
    begun = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun
