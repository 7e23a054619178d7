"""`points(name)`: always a plain float within 0 and the points, whatever a submission holds; what it found is printed."""

import json
import math
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import iamlab.learning.assignment as assignment
from iamlab.learning.answers import save_check
from iamlab.learning.assignment import points, remember
from iamlab.learning.exercise import find_exercise
from iamlab.learning.kinds import Kind
from iamlab.learning.result import Result
from iamlab.learning.verify import make_kind

NAME = "smaller-than-managed"
KIND = make_kind(find_exercise(NAME))
RIGHT, PARTLY, WRONG = KIND.solved(), KIND.exercise.solution.wrong[0]["answer"], '{"Statement": []}'
MOST = float(KIND.exercise.points)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A working directory of its own, and a kernel in which no answer cell has run."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(assignment.NBGRADER, raising=False)
    monkeypatch.setattr(assignment, "_given", {})
    return tmp_path


def save(folder: Path, text: str, name: str = NAME) -> None:
    kind = make_kind(find_exercise(name))
    save_check(name, text, kind.check(text), start=kind.start, folder=folder / "answers")


SCORES = [("right", RIGHT, MOST), ("partly", PARTLY, KIND.check(PARTLY).score), ("template", KIND.template, 0.0)]


@pytest.mark.parametrize(("text", "score"), [case[1:] for case in SCORES], ids=[case[0] for case in SCORES])
@pytest.mark.parametrize("where", ["cell", "answers/"])
def test_score(text, score, where, folder, capsys):
    """Of the answer cell, or of the saved answer; what was found is on stdout, nothing on stderr."""
    remember(NAME, text) if where == "cell" else save(folder, text)
    found = points(NAME)
    assert (type(found), found) == (float, score)
    out, err = capsys.readouterr()
    assert f"{score:g} of 5 points for {KIND.exercise.title}" in out
    assert err == ""


@pytest.mark.parametrize(("cell", "saved"), [(RIGHT, PARTLY), (PARTLY, RIGHT), (WRONG, RIGHT), (KIND.template, RIGHT)])
def test_the_better_one_counts(cell, saved, folder, capsys):
    """A changed answer cell and a saved answer: the better one, and that is said where both were tried."""
    remember(NAME, cell)
    save(folder, saved)
    assert points(NAME) == MOST
    said = capsys.readouterr().out
    assert ("the better one counts" in said) == (cell != KIND.template)


def test_a_cell_that_ran_again():
    """Where a person works the last run counts, whatever it says."""
    remember(NAME, RIGHT)
    remember(NAME, KIND.template)
    assert points(NAME) == 0.0


def test_two_cells_under_nbgrader(monkeypatch):
    """Where nbgrader runs each cell once, the last that was changed counts, as where the file is read."""
    monkeypatch.setenv(assignment.NBGRADER, "autograde")
    remember(NAME, RIGHT)
    remember(NAME, PARTLY)
    remember(NAME, KIND.template)
    assert points(NAME) == KIND.check(PARTLY).score


def test_answers_elsewhere_do_not_count(folder, monkeypatch):
    """Only `answers/` of the working directory counts: nobody is graded by what lies in a folder above."""
    save(folder, RIGHT)
    (folder / "inner").mkdir()
    monkeypatch.chdir(folder / "inner")
    assert points(NAME) == 0.0


def test_a_saved_answer_of_another_name_does_not_count(folder):
    """A file that was renamed is no answer to the exercise whose name it bears."""
    save(folder, RIGHT)
    (folder / f"answers/{NAME}.json").rename(folder / "answers/s3-read-write.json")
    assert points("s3-read-write") == 0.0


def test_a_saved_answer_cannot_bring_points_along(folder):
    """Points that the file claims are not looked at."""
    save(folder, WRONG)
    path = folder / f"answers/{NAME}.json"
    content = json.loads(path.read_text())
    content["events"][0] |= {"score": 5.0, "status": "right"}
    path.write_text(json.dumps(content))
    assert points(NAME) == KIND.check(WRONG).score < MOST


def test_own_variant(folder):
    """With a seed in the settings, the variant of that seed is checked."""
    seed = next(str(n) for n in range(50) if find_exercise(NAME, str(n)).values != find_exercise(NAME).values)
    (folder / "iamlab.toml").write_text(f'seed = "{seed}"\n')
    remember(NAME, RIGHT)
    assert points(NAME) < MOST
    remember(NAME, make_kind(find_exercise(NAME, seed)).solved())
    assert points(NAME) == MOST


HOSTILE = {
    "a megabyte": "x" * 1_000_000,
    "deep JSON": "[" * 100_000,
    "a deep policy": '{"Statement": ' * 50_000,
    "no text at all": "\0\ud800\u202e",
    "numbers": '{"Statement": [{"Effect": NaN, "Action": 1e999}]}',
    "code": "import os; os._exit(1)",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=list(HOSTILE))
def test_hostile_answers(text, capsys):
    """Any text gets a float and a sentence."""
    for name in (NAME, "letter-by-letter", "user-or-role"):
        remember(name, text)
        assert points(name) == 0.0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    "name", ["nothing-here", "", "../../etc/passwd", "s3-read-write\0", 5, None, [], "n" * 100_000]
)
def test_wrong_names(name, capsys):
    """A name that is no exercise's: no points, and a sentence."""
    assert (type(points(name)), points(name)) == (float, 0.0)
    out, err = capsys.readouterr()
    assert out.strip()
    assert len(out) < 2_000
    assert err == ""


@pytest.mark.parametrize("content", [b"", b"{", b"[" * 200_000, b"null", b"\xff\xfe", b'{"format": 1}'])
def test_broken_answer_files(content, folder, capsys):
    """A broken file is passed over; the answer cell still counts."""
    (folder / "answers").mkdir()
    (folder / f"answers/{NAME}.json").write_bytes(content)
    remember(NAME, RIGHT)
    assert points(NAME) == MOST
    assert capsys.readouterr().err == ""


def test_broken_settings(folder, capsys):
    """Settings that cannot be read: a sentence."""
    (folder / "iamlab.toml").write_text("seed = [")
    assert points(NAME) == 0.0
    assert "iamlab.toml" in capsys.readouterr().out


class Odd:
    """An exercise whose check goes wrong in some way."""

    def __init__(self, outcome: object) -> None:
        self.exercise, self.outcome = KIND.exercise, outcome

    def check(self, _: str) -> Result:
        warnings.warn("this would be on stderr", UserWarning, stacklevel=1)
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return Result(NAME, "right", self.outcome, MOST)  # type: ignore[arg-type]

    def same(self, *_: str) -> bool:
        return True

    def untouched(self, _: str) -> bool:
        return False


ODD = [("more", 99.0, MOST), ("less", -1.0, 0.0), ("whole", 3, 3.0), ("true", True, 1.0), ("error", MemoryError(), 0.0)]


@pytest.mark.parametrize(("outcome", "score"), [case[1:] for case in ODD], ids=[case[0] for case in ODD])
def test_whatever_checking_does(outcome, score, monkeypatch, capsys):
    """Errors, warnings, and scores that are none: a plain float within 0 and the points, and nothing on stderr."""
    monkeypatch.setattr(assignment, "make_kind", lambda _: Odd(outcome))
    remember(NAME, RIGHT)
    found = points(NAME)
    assert (type(found), found) == (float, score)
    assert capsys.readouterr().err == ""


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text()
    | st.recursive(st.none() | st.floats() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)).map(
        json.dumps
    )
)
def test_any_answer(text):
    """Of any text, for an exercise of any kind: a number within 0 and the points."""
    for name in ("letter-by-letter", "the-action-behind-the-call", "whose-request-is-it", "a-role-in-an-organization"):
        kind: Kind = make_kind(find_exercise(name))
        remember(name, text)
        found = points(name)
        assert type(found) is float
        assert not math.isnan(found)
        assert 0 <= found <= kind.exercise.points
