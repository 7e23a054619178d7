"""`iamlab exercise`: what it prints, and its exit status."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from iamlab.cli.exercise import exercise
from iamlab.learning.exercise import exercise_files, find_exercise

NAME = "s3-read-write"
RIGHT, START = find_exercise(NAME).solution.answer, str(find_exercise(NAME).body["start"])
ANSWERS = [
    ("right", RIGHT, "right", 0),
    ("partly", RIGHT.replace('"s3:PutObject"', '"s3:*"'), "partly", 1),
    ("the start", START, "not_attempted", 1),
    ("no JSON", "{", "invalid", 1),
]


@pytest.mark.parametrize(
    ("answer", "status", "code"), [case[1:] for case in ANSWERS], ids=[case[0] for case in ANSWERS]
)
@pytest.mark.parametrize("by", ["file", "standard input"])
def test_check(tmp_path: Path, answer: str, status: str, code: int, by: str) -> None:
    """The result as JSON, and status 0 for a right answer alone."""
    (tmp_path / "answer.json").write_text(answer, encoding="utf-8")
    name = str(tmp_path / "answer.json") if by == "file" else "-"
    result = CliRunner().invoke(exercise, ["check", NAME, name, "--format", "json"], input=answer)
    found = json.loads(result.stdout)
    assert (found["exercise"], found["status"], found["max_score"]) == (NAME, status, 4.0)
    assert result.exit_code == code


def test_check_in_words(tmp_path: Path) -> None:
    """For people: the points, the parts, and what is to be said."""
    result = CliRunner().invoke(exercise, ["check", NAME, "-"], input=RIGHT.replace("s3:PutObject", "s3:*"))
    assert result.stdout.startswith("Part of the way: 2 of 4 points")
    assert "- Allows nothing besides: 0 of 2" in result.stdout


@pytest.mark.parametrize("content", [None, b"\xff\xfe", b"x" * 5_000_000], ids=["missing", "bytes", "long"])
def test_unreadable_answers(tmp_path: Path, content: bytes | None) -> None:
    """A file that is not there, no text, or too long ends with status 2 and one sentence."""
    path = tmp_path / "answer.json"
    if content is not None:
        path.write_bytes(content)
    result = CliRunner().invoke(exercise, ["check", NAME, str(path)])
    assert result.exit_code == 2
    assert str(path) in result.stderr
    assert result.stdout == ""


def test_unknown_exercise() -> None:
    """A name that is none tells the nearest, with status 2."""
    result = CliRunner().invoke(exercise, ["check", "s3-read-writ", "-"], input="{}")
    assert result.exit_code == 2
    assert f"`{NAME}`" in result.stderr


def test_list() -> None:
    """Every exercise, with its points and topics."""
    found = json.loads(CliRunner().invoke(exercise, ["list", "--format", "json"]).stdout)
    assert [one["name"] for one in found] == list(exercise_files())
    assert all(one["topics"] and one["points"] for one in found)


def test_new_then_verify(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new exercise is written once, and verifying says what its author has still to add."""
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(exercise, ["new", "sample", "--lesson", "04-x"]).exit_code == 0
    assert CliRunner().invoke(exercise, ["new", "sample", "--lesson", "04-x"]).exit_code == 1
    result = CliRunner().invoke(exercise, ["verify", "exercises/04-x/sample.toml", "--format", "json"])
    assert result.exit_code == 1
    (verdict,) = json.loads(result.stdout)
    assert verdict["problems"] == ["only 0 wrong answers are listed; people write at least 3"]


def test_verify_by_name() -> None:
    """An exercise of the course is proved."""
    result = CliRunner().invoke(exercise, ["verify", NAME])
    assert result.exit_code == 0
    assert "mutation score 100.0%" in result.stdout
