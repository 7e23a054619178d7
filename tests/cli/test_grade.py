"""`iamlab grade`: what it writes and says, for a class in every layout, with the worst submissions among them."""

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from iamlab.cli.grade import grade
from iamlab.learning.exercise import find_exercise
from iamlab.learning.verify import make_kind
from tests.learning.classes import CHOOSE, CHOSEN, POLICY, RIGHT, WRONG, lay, notebook, packed, saved

ROSTER = "id,name,email,canvas_id\nmaya,Maya Lindqvist,m@example.edu,1\nbo,Bo Okafor,b@example.edu,2\nana,Ana Chen,a@example.edu,3\n"


def run(folder: Path, *more: str, roster: str = ROSTER, submissions: str = "in") -> Result:
    lay(folder, {"roster.csv": roster})
    options = ["--roster", str(folder / "roster.csv"), "--out", str(folder / "grades.csv"), "--jobs", "0"]
    return CliRunner().invoke(grade, [str(folder / submissions), *options, *more])


def rows(folder: Path) -> list[dict[str, str]]:
    return list(csv.DictReader((folder / "grades.csv").read_text(encoding="utf-8").splitlines()))


MAYA, BO = {"04.ipynb": notebook({POLICY: RIGHT})}, {f"answers/{POLICY}.json": saved(POLICY, WRONG)}
LAYOUTS: dict[str, dict[str, str | bytes]] = {
    "nbgrader": {
        **{f"in/submitted/maya/ps1/{name}": text for name, text in MAYA.items()},
        **{f"in/submitted/bo/ps1/{name}": text for name, text in BO.items()},
        "in/autograded/ana/ps1/04.ipynb": notebook({POLICY: RIGHT}),
    },
    "Moodle": {
        **{f"in/Maya Lindqvist_7_assignsubmission_file_/{name}": text for name, text in MAYA.items()},
        "in/Bo Okafor_8_assignsubmission_file_/hw.zip": packed(dict(BO)),
    },
    "Canvas": {
        "in/lindqvistmaya_1_77_04.ipynb": MAYA["04.ipynb"],
        "in/okaforbo_LATE_2_78_answers.zip": packed(dict(BO)),
    },
    "one ZIP": {
        "in/week1.zip": packed(
            {
                "lindqvistmaya_1_77_04.ipynb": MAYA["04.ipynb"],
                "okaforbo_2_78_answers.zip": packed(dict(BO)),
            }
        ),
    },
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layouts(tmp_path: Path, layout: str) -> None:
    """The same class, as each platform gives it: a row a student and exercise, in the roster's order."""
    lay(tmp_path, LAYOUTS[layout])
    result = run(tmp_path, "--exercise", POLICY)
    assert result.exit_code == 0, result.output
    found = [(one["student"], one["exercise"], one["score"], one["max_score"], one["status"]) for one in rows(tmp_path)]
    assert found == [
        ("maya", POLICY, "4.0", "4.0", "right"),
        ("bo", POLICY, "2.0", "4.0", "partly"),
        ("ana", POLICY, "0.0", "4.0", "missing"),
    ]
    assert result.stdout.splitlines()[0].startswith("3 students, 2 handed in; median 3 of 4 points; ")


def test_pages_and_picture(tmp_path: Path) -> None:
    """A page for each student, an overview and a picture for the instructor."""
    lay(tmp_path, LAYOUTS["nbgrader"])
    options = ["--feedback", "pages", "--overview", "class.html", "--picture", "class.png"]
    options = [one if one.startswith("--") else str(tmp_path / one) for one in options]
    result = run(tmp_path, "--exercise", POLICY, "--title", "Week 1", *options)
    assert result.exit_code == 0, result.output
    assert sorted(path.name for path in (tmp_path / "pages").iterdir()) == ["ana.html", "bo.html", "maya.html"]
    assert "Your policy also allows <code>s3:DeleteObject</code>" in (tmp_path / "pages/bo.html").read_text()
    assert "also allow <code>s3:DeleteObject</code>" in (tmp_path / "class.html").read_text()
    assert (tmp_path / "class.png").read_bytes().startswith(b"\x89PNG")
    assert not (tmp_path / ".grades.csv.part").exists()


@pytest.mark.parametrize("form", ["canvas", "moodle"])
def test_forms(tmp_path: Path, form: str) -> None:
    """One line a student, with the points of all exercises."""
    lay(tmp_path, LAYOUTS["nbgrader"])
    assert run(tmp_path, "--exercise", POLICY, "--exercise", CHOOSE, "--form", form, "--title", "Week 1").exit_code == 0
    found = [line["Week 1"] for line in rows(tmp_path)]
    assert found == [*(["6"] if form == "canvas" else []), "4.0", "2.0", "0.0"]


def test_the_assignment_is_told_where_it_was_found(tmp_path: Path) -> None:
    """Unless it is named, it is what the submissions answer; a whole lesson can be named."""
    lay(tmp_path, LAYOUTS["nbgrader"])
    result = run(tmp_path)
    assert {one["exercise"] for one in rows(tmp_path)} == {POLICY}
    assert "1 exercise, as found in what was handed in" in result.stdout
    assert "as found" not in run(tmp_path, "--lesson", "01-key-concepts").stdout
    assert {one["exercise"] for one in rows(tmp_path)} == {"letter-by-letter", CHOOSE}


def test_the_worst_among_the_rest(tmp_path: Path) -> None:
    """Each broken submission has its own rows and reason, and everybody else their points."""
    worst: dict[str, str | bytes] = {
        "bomb/hw.zip": packed({"04.ipynb": b" " * 30_000_000}),
        "deep/04.ipynb": "[" * 100_000,
        "cut/04.ipynb": notebook({POLICY: RIGHT, CHOOSE: CHOSEN})[:-150],
        "empty/04.ipynb": "",
        "zip.zip": b"PK\x03\x04",
        "stranger/04.ipynb": notebook({POLICY: RIGHT}),
        "fine/04.ipynb": notebook({POLICY: RIGHT}),
    }
    lay(tmp_path / "in", worst)
    (tmp_path / "in/link").symlink_to(tmp_path / "in/fine")
    ids = ["bomb", "deep", "cut", "empty", "zip", "link", "fine", "=cmd", "\u202eevil", "../up"]
    result = run(tmp_path, "--exercise", POLICY, "--feedback", str(tmp_path / "pages"), roster="id\n" + "\n".join(ids))
    assert result.exit_code == 0, result.output
    found = {one["student"]: one for one in rows(tmp_path)}
    assert list(found) == ["bomb", "deep", "cut", "empty", "zip", "link", "fine", "'=cmd", "\\u202eevil", "../up", ""]
    assert [one["status"] for one in found.values()][:8] == [
        "unreadable", "unreadable", "right", "unreadable", "unreadable", "missing", "right", "missing",
    ]  # fmt: skip
    assert all(found[id]["note"] for id in ("bomb", "deep", "cut", "empty", "zip"))
    assert (found[""]["status"], found[""]["note"][:19]) == ("nobody", "`stranger/04.ipynb`")
    assert "Left out: `stranger/04.ipynb`: no student of the roster is named in it." in result.stderr
    assert len(list((tmp_path / "pages").iterdir())) == len(ids)
    assert {path.name for path in tmp_path.iterdir()} == {"in", "pages", "grades.csv", "roster.csv"}


def test_common_mistakes_are_told(tmp_path: Path) -> None:
    """In words that follow a number, on standard output."""
    lay(tmp_path, {f"in/{id}/04.ipynb": notebook({POLICY: WRONG}) for id in ("maya", "bo")})
    told = "  2 students also allow `s3:DeleteObject`, in One bucket for a training job"
    assert told in run(tmp_path).stdout.splitlines()


def test_variants(tmp_path: Path) -> None:
    """Each student's own variant counts; the answer of somebody else's is told in the CSV, and not to the student."""
    ids = [f"student{number}" for number in range(6)]
    values = {id: find_exercise(POLICY, id).values["bucket"] for id in ids}
    copied = next(id for id in ids if values[id] != values[ids[0]])
    for id in ids:
        text = make_kind(find_exercise(POLICY, ids[0] if id == copied else id)).solved()
        lay(tmp_path / "in" / id, {"04.ipynb": notebook({POLICY: text})})
    pages = str(tmp_path / "pages")
    result = run(tmp_path, "--exercise", POLICY, "--variants", "--feedback", pages, roster="id\n" + "\n".join(ids))
    assert result.exit_code == 0, result.output
    found = {one["student"]: one for one in rows(tmp_path)}
    assert {id for id in ids if found[id]["status"] == "right"} == set(ids) - {copied}
    assert f"right for the variant of `{ids[0]}`" in found[copied]["note"]
    assert ids[0] not in (tmp_path / "pages" / f"{copied}.html").read_text()


REFUSED = [
    ("no id", "name\nmaya\n", (), "no column `id`"),
    ("unknown exercise", ROSTER, ("--exercise", "s3-read"), "There is no exercise or lesson `s3-read`."),
    ("unknown lesson", ROSTER, ("--lesson", "04"), "There is no exercise or lesson `04`."),
    ("no picture", ROSTER, ("--picture", "class.txt"), "A picture is a .png, .pdf or .svg file"),
    ("no scheduler", ROSTER, ("--scheduler", "nonsense://x"), "No Dask scheduler answers at nonsense://x"),
]


@pytest.mark.parametrize(("roster", "more", "said"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_refused(tmp_path: Path, roster: str, more: tuple[str, ...], said: str) -> None:
    """One sentence, status 2, and nothing written."""
    lay(tmp_path, {"in/maya/04.ipynb": notebook({POLICY: RIGHT})})
    result = run(tmp_path, *more, roster=roster)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert {path.name for path in tmp_path.iterdir()} == {"in", "roster.csv"}
