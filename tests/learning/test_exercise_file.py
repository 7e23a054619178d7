"""Exercise files: what is wrong with one is told with file, line and field."""

from pathlib import Path

import pytest

from iamlab.learning.exercise import ExerciseError, find_exercise, load_exercise, variants
from iamlab.learning.exercise_file import read_toml

GOOD = """title = "A title"
kind = "policy"
topics = ["C4.4"]
points = 4
task = "Read every object of {{bucket}}."
hints = ["Which action?"]

[variables]
bucket = ["one", "two", "three"]

[[wanted]]
action = "s3:GetObject"
resource = "arn:aws:s3:::{{bucket}}/*"
"""

BROKEN = [
    ("no TOML", GOOD.replace("points = 4", "points = "), 4, "", "no TOML"),
    ("unknown field", GOOD.replace("points = 4", "point = 4\npoints = 4"), None, "point", "no field `point`"),
    ("missing field", GOOD.replace("points = 4\n", ""), None, "", "`points` is missing"),
    ("unknown kind", GOOD.replace('"policy"', '"essay"'), 2, "kind", "one of `policy`"),
    ("points are text", GOOD.replace("points = 4", 'points = "4"'), 4, "points", "whole number"),
    ("no topic", GOOD.replace("C4.4", "Chapter 4"), 3, "topics[0]", "number of the course"),
    ("in a table", GOOD.replace('action = "s3:GetObject"', "action = 4"), 12, "wanted[0].action", "text or a list"),
]


def written(folder: Path, text: str, name: str = "sample") -> Path:
    path = folder / "exercises" / "04" / f"{name}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "line", "field", "said"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN]
)
def test_what_is_wrong_is_told(tmp_path: Path, text: str, line: int | None, field: str, said: str) -> None:
    """Each mistake has its line (where TOML has one), its field and a sentence."""
    with pytest.raises(ExerciseError) as error:
        load_exercise(written(tmp_path, text))
    assert error.value.line == line
    assert error.value.field == field
    assert said in error.value.message
    assert str(error.value).startswith(str(tmp_path))


@pytest.mark.parametrize(
    "content", [b"\xff\xfe", b"x" * 300_000, b"a = " + b"[" * 50_000], ids=["bytes", "long", "deep"]
)
def test_hostile_files_are_refused(tmp_path: Path, content: bytes) -> None:
    """What is no text, too long or too deep ends in an error, not in a crash."""
    path = written(tmp_path, "")
    path.write_bytes(content)
    with pytest.raises(ExerciseError):
        read_toml(path, "exercise")


def test_a_missing_file(tmp_path: Path) -> None:
    """A file that is not there is told so."""
    with pytest.raises(ExerciseError, match="cannot be read"):
        read_toml(tmp_path / "none.toml", "exercise")


def test_a_seed_chooses_a_variant(tmp_path: Path) -> None:
    """The same seed always gives the same variant, different ones give all of them; without one the first."""
    path = written(tmp_path, GOOD)
    assert load_exercise(path).values == {"bucket": "one"}
    drawn = [load_exercise(path, f"student {i}").values["bucket"] for i in range(40)]
    assert drawn == [load_exercise(path, f"student {i}").values["bucket"] for i in range(40)]
    assert set(drawn) == {"one", "two", "three"}
    assert [one.values["bucket"] for one in variants(path)] == ["one", "two", "three"]


def test_variables_are_put_in_place(tmp_path: Path) -> None:
    """In every text of the file, however deep."""
    exercise = load_exercise(written(tmp_path, GOOD))
    assert exercise.task == "Read every object of one."
    assert exercise.body["wanted"][0]["resource"] == "arn:aws:s3:::one/*"


def test_a_variable_that_is_none(tmp_path: Path) -> None:
    """A placeholder without a variable is the author's mistake, and is told."""
    with pytest.raises(ExerciseError, match="no variable"):
        load_exercise(written(tmp_path, GOOD.replace("{{bucket}}", "{{basket}}")))


def test_names(tmp_path: Path) -> None:
    """A file's name is the exercise's; a name that is none tells the nearest ones."""
    with pytest.raises(ExerciseError, match="lower-case"):
        load_exercise(written(tmp_path, GOOD, "Sample_One"))
    written(tmp_path, GOOD)
    with pytest.raises(ExerciseError, match="Close: `sample`"):
        find_exercise("smaple", root=tmp_path)
    assert find_exercise("sample", root=tmp_path).lesson == "04"


def test_a_missing_solution(tmp_path: Path) -> None:
    """An exercise without its solution file says so when the solution is asked for."""
    with pytest.raises(ExerciseError, match="no solution"):
        _ = load_exercise(written(tmp_path, GOOD)).solution
