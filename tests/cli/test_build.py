"""`iamlab build`: what it writes, what it says, and its exit status."""

from pathlib import Path

import nbformat
import pytest
from click.testing import CliRunner, Result

import iamlab.cli.build as command
from iamlab.cli.build import build
from iamlab.learning.exercise import find_exercise
from iamlab.learning.lessons import course_root

LESSON = find_exercise("letter-by-letter").lesson


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(build, [str(one) for one in arguments], catch_exceptions=False)


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with one lesson's exercises, and no notebooks yet."""
    root = course_root()
    wanted = [*root.glob(f"*/{LESSON}/*.toml"), root / "solutions/nbgrader_config.py"]
    for path in wanted:
        target = tmp_path / "checkout" / path.relative_to(root)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    monkeypatch.setattr(command, "course_root", lambda: tmp_path / "checkout")
    return tmp_path / "checkout"


def test_builds_and_checks(checkout):
    """A check fails before, and passes after; building again writes nothing."""
    result = run("--check")
    assert result.exit_code == 1
    assert f"exercises/{LESSON}/{LESSON}.ipynb is not as `iamlab build` would make it.\n" in result.output
    assert not (checkout / f"exercises/{LESSON}/{LESSON}.ipynb").exists()
    result = run()
    assert result.exit_code == 0
    assert result.output.splitlines() == [
        f"Wrote exercises/{LESSON}/{LESSON}.ipynb",
        f"Wrote solutions/{LESSON}/{LESSON}.ipynb",
        "2 notebooks, 2 of them written",
    ]
    assert run("--check").output == "2 of 2 notebooks are current\n"
    assert run("--check").exit_code == 0
    assert run().output == "2 notebooks, 0 of them written\n"


def test_unknown_lesson(checkout):
    """One sentence, and status 2."""
    result = run("99-nothing")
    assert result.exit_code == 2
    assert result.output == "Error: exercises: There is no lesson `99-nothing` with exercises.\n"


def test_an_installed_package_is_not_written_to(checkout, monkeypatch):
    """There is nothing to build in it; courses are laid from it."""
    packaged = checkout.with_name("_course")
    checkout.rename(packaged)
    monkeypatch.setattr(command, "course_root", lambda: packaged)
    assert run().exit_code == 2
    assert run("--course", checkout.with_name("course")).exit_code == 0
    assert list(packaged.rglob("*.ipynb")) == []


def test_variants(checkout, tmp_path):
    """A folder for each seed; nothing of the checkout changes."""
    result = run("--seed", "maya", "--seed", "arnav", "--out", tmp_path / "out")
    assert result.exit_code == 0
    found = sorted(path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.*"))
    files = (f"{LESSON}.ipynb", "iamlab.toml")
    assert found == sorted(f"{seed}/{LESSON}/{name}" for seed in ("maya", "arnav") for name in files)
    assert list(checkout.rglob("*.ipynb")) == []


@pytest.mark.parametrize(
    "arguments", [["--seed", "maya"], ["--out", "x"], ["--seed", "a", "--out", "x", "--course", "y"]]
)
def test_options_that_do_not_go_together(arguments, checkout):
    """They are refused."""
    result = run(*arguments)
    assert result.exit_code == 2
    assert "--seed and --out belong together" in result.output


class TestCourse:
    @pytest.fixture
    def course(self, checkout) -> Path:
        folder = checkout.with_name("course")
        assert run("--course", folder).exit_code == 0
        return folder

    def test_what_is_laid(self, course, checkout):
        """The configuration, and each lesson's instructor notebook: no answers, and nothing of the checkout changes."""
        found = sorted(path.relative_to(course).as_posix() for path in course.rglob("*") if path.is_file())
        assert found == ["nbgrader_config.py", f"source/{LESSON}/{LESSON}.ipynb"]
        assert list(checkout.rglob("*.ipynb")) == []

    def test_what_is_changed_stays(self, course):
        """Laying again leaves what an instructor has changed, and says so."""
        (course / "nbgrader_config.py").write_text("# mine")
        result = run("--course", course)
        assert result.exit_code == 0
        assert f"Left {course / 'nbgrader_config.py'}: it is there already, and differs\n" in result.output
        assert (course / "nbgrader_config.py").read_text() == "# mine"

    def test_next_step(self, course):
        """The next command is told."""
        assert (
            run("--course", course).output.splitlines()[-1]
            == f"Next, in {course}: nbgrader generate_assignment {LESSON}"
        )

    def test_check(self, course):
        """A course as it was laid has no problem."""
        result = run("--course", course, "--check")
        assert (result.exit_code, result.output) == (0, f"0 problems in {course}\n")

    @pytest.mark.parametrize(
        ("old", "new", "said"),
        [
            ('["list-bucket"]', '["get-object"]', "the solution of `the-action-behind-the-call` is `wrong`, 0 of 2 points."),
            ('"points": 2', '"points": 3', "`test-the-action-behind-the-call` has 3 points, the exercise 2."),
            ("%%answer the-action-behind-the-call", "%%answer the-action-behind", "There is no exercise `the-action-behind`."),
            ('"grade_id": "the-action-behind-the-call"', '"grade_id": "x"', "is not marked as a solution"),
            ('"grade": true', '"grade": false', "no cell with the ID `test-letter-by-letter` counts the points"),
            ('{\n "cells"', "{", "it cannot be read as a notebook"),
        ],
        ids=["solution", "points", "name", "answer cell", "test cell", "broken"],
    )  # fmt: skip
    def test_check_finds(self, course, old, new, said):
        """What `nbgrader validate` would tell, if at all, with status 0."""
        path = course / f"source/{LESSON}/{LESSON}.ipynb"
        text = path.read_text()
        new_text = text.replace(
            old.replace('"', '\\"') if old.startswith("[") else old,
            new.replace('"', '\\"') if new.startswith("[") else new,
        )
        assert new_text != text
        path.write_text(new_text)
        result = run("--course", course, "--check")
        assert result.exit_code == 1
        assert said in result.output

    def test_check_finds_another_configuration(self, course):
        """Without ours, nbgrader would grade answer cells wrong."""
        (course / "nbgrader_config.py").write_text("c = get_config()")
        assert run("--course", course, "--check").exit_code == 1

    def test_check_of_an_empty_folder(self, tmp_path):
        """No configuration and no notebook: two problems."""
        (tmp_path / "empty").mkdir()
        assert run("--course", tmp_path / "empty", "--check").output.splitlines()[-1].startswith("2 problems in ")

    def test_the_notebook_is_the_instructors(self, course):
        """Solutions stand in it, between marks, for `generate_assignment` to clear."""
        notebook = nbformat.read(course / f"source/{LESSON}/{LESSON}.ipynb", as_version=4)
        assert "### BEGIN SOLUTION" in notebook.cells[3].source
