"""`iamlab exam`: answers through a pipe, stopping and going on, the result, the bank's counts."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import iamlab.learning.bank
import iamlab.learning.exam
from iamlab.cli.exam import exam
from iamlab.cli.exam_answers import answer_of
from iamlab.learning.bank import question, question_files
from iamlab.learning.exam import asked, start_exam
from iamlab.learning.exam_keeper import load_exam
from iamlab.learning.exam_sheet import shown_in
from tests.learning.exam_bank import KEYS, use_bank, write_bank

ASK = ["--questions", "7", "--seed", "pipe"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own, and the small bank."""
    for module in (iamlab.learning.bank, iamlab.learning.exam):
        monkeypatch.setattr(module, "course_root", module.course_root)  # put back afterwards
    use_bank(write_bank(tmp_path / "course"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")
    return tmp_path


def run(typed: str, *options: str) -> Result:
    return CliRunner().invoke(exam, list(options), input=typed)


def typed_for(name: str) -> str:
    """What is typed for a right answer, by the order in which the exam shows things."""
    shown, key = shown_in("pipe", asked(name)), json.loads(asked(name).kind.solved())
    places = {
        "choose": lambda: [[one["id"] for one in shown["options"]].index(id) for id in key],
        "match": lambda: [[one["id"] for one in shown["choices"]].index(key[one["id"]]) for one in shown["left"]],
        "diagnose": lambda: [[o["id"] for o in one["options"]].index(key[one["id"]]) for one in shown["questions"]],
        "order": lambda: [shown["steps"].index(one) for one in key],
    }
    if shown["kind"] == "predict":
        rows = [key[one["id"]] for one in shown["requests"]]
        letters = {"allowed": "a", "explicitDeny": "e", "implicitDeny": "i"}
        return " ".join(f"{letters[row['decision']]}{shown['steps'].index(row['step']) + 1}" for row in rows)
    long = len(shown.get("steps", ())) > 5
    return " ".join(str(place + 1) if long else "abcde"[place] for place in places[shown["kind"]]())


def test_all_right() -> None:
    """Every kind is answered by letters and numbers; the result has the number first, and topics."""
    names = start_exam(7, 35, seed="pipe").questions
    found = run("\n".join([*(typed_for(name) for name in names), "h", ""]), *ASK)
    assert found.exit_code == 0, found.output
    assert "Right: 7 of 7, 100 %\nTo pass this mock exam: 5 of 7, passed" in found.output
    assert "C4 Elements and evaluation  ####################  3 of 3" in found.output
    assert "None is open." in found.output


def test_nothing_is_told_before_the_end() -> None:
    """Wrong answers pass without a word; at the end each has its reasons."""
    names = start_exam(7, 35, seed="pipe").questions
    typed = ["a" if asked(name).exercise.kind == "choose" else "n" for name in names]
    found = run("\n".join([*typed, "h", ""]), *ASK)
    before, result = found.output.split("\nRight: ")
    for word in ("The reason of", "signs in and asks", "The Deny matches too", "the answer"):
        assert word not in before
    assert "The reason of several. (lesson 01)" in result
    assert "<- the answer" in result


def test_stopping_and_going_on() -> None:
    """`s` stops; the next run goes on there, with answers and flags, whatever it asks for."""
    name = start_exam(7, 35, seed="pipe").questions[0]
    found = run(f"{typed_for(name)}\nf\ns\n", *ASK)
    assert "Flagged." in found.output
    assert "`iamlab exam` goes on here." in found.output
    kept = load_exam(Path("answers/exam.json"))[0]
    assert kept is not None
    assert (kept.paused, kept.at, list(kept.answers), kept.flags) == (True, 1, [name], (kept.questions[1],))
    again = run("p\no\n1\nh\n", "--questions", "3")
    assert "An exam is under way and goes on at question 2 of 7, with 35:00 left." in again.output
    assert "Question 1 of 7, answered," in again.output
    assert "6 questions open: 2, 3, 4, 5, 6 and 7. 1 question flagged: 2." in again.output
    assert "`h` is none of" in again.output


def test_the_end_of_the_pipe_stops() -> None:
    """Where there is nothing more to read, the exam stands."""
    assert run("", *ASK).exit_code == 0
    kept = load_exam(Path("answers/exam.json"))[0]
    assert kept is not None
    assert (kept.paused, kept.handed_in) == (True, False)


def test_a_new_one() -> None:
    run("s\n", *ASK)
    found = run("s\n", "--questions", "2", "--new")
    assert "2 questions in 35 minutes." in found.output
    assert Path("answers/exam-before.json").exists()


def test_full_length() -> None:
    """Where the bank has fewer questions, that is said."""
    found = run("s\n", "--full")
    assert "7 questions in 130 minutes. 65 questions were asked for; the bank has 7 questions" in found.output.replace(
        "\n", " "
    )


def test_list() -> None:
    found = run("", "--list")
    assert "C4 Elements and evaluation: 3\n  C4.2 Statement: 1\n  C4.3 Effect: 1\n" in found.output
    assert found.output.endswith("7 questions\n")
    assert not Path("answers").exists()


@pytest.mark.parametrize(
    "options", [["--topics", "C6"], ["--questions", "0"], ["--topics", "C6", "--list"], ["--minutes", "0"]], ids=str
)
def test_what_is_no_exam(options: list[str]) -> None:
    found = run("", *options)
    assert found.exit_code == 2
    assert found.output.count("\n") == 1
    assert not Path("answers/exam.json").exists()


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("choose-one", "d", "`d` is none of a to c."),
        ("choose-one", "ab", "This question takes one letter."),
        ("choose-one", "a b", "This question takes one letter."),
        ("diagnose-one", "a", "This takes 2 keys; 1 were given."),
        ("match-one", "a b", "This takes 3 keys; 2 were given."),
        ("match-one", "a b z", "`z` is none of a to d."),
        ("predict-one", "a1 e1", "This takes 3 predictions; 2 were given."),
        ("predict-one", "a1 e1 x", "`x` is no prediction: a, e or i, then a number from 1 to 8."),
        ("predict-one", "a1 e1 i9", "`i9` is no prediction: a, e or i, then a number from 1 to 8."),
        ("order-one", "1 9", "`9` is none of 1 to 8."),
        ("items-one", "é", "`é` is none of a to d."),
    ],
    ids=str,
)
def test_what_is_no_answer(name: str, typed: str, said: str) -> None:
    with pytest.raises(ValueError, match=said.replace("(", r"\(").replace(".", r"\.")):
        answer_of(shown_in("s", asked(name)), typed)


def test_part_of_an_answer() -> None:
    """`-` leaves one open; letters can be written as one word."""
    assert json.loads(answer_of(shown_in("s", asked("predict-one")), "- a1 -")) == {
        "delete": {"decision": "allowed", "step": shown_in("s", asked("predict-one"))["steps"][0]}
    }
    assert answer_of(shown_in("s", asked("match-one")), "a-b") == answer_of(shown_in("s", asked("match-one")), "a - b")
    assert answer_of(shown_in("s", asked("several")), "ab") == answer_of(shown_in("s", asked("several")), "A, b")


def test_every_question_of_the_small_bank_is_shown_and_answered() -> None:
    """The keys of the tests are right answers."""
    for name, path in question_files().items():
        if name in KEYS:
            assert question(path).kind.check(json.dumps(KEYS[name])).status == "right"


SCRIPT = """
import sys
from pathlib import Path
from tests.learning.exam_bank import use_bank
use_bank(Path(sys.argv.pop(1)))
from iamlab.cli.main import main
main(["exam", "--questions", "7", "--seed", "pipe"])
"""


def test_ctrl_c(folder: Path) -> None:
    """Ctrl-C leaves the exam saved, with the shell's usual status."""
    repository = Path(iamlab.learning.exam.__file__).parents[2]
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(folder / "course")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(repository), "PYTHONUNBUFFERED": "1"},
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("f\n")
    process.stdin.flush()
    for line in process.stdout:
        if "Flagged." in line:
            break
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert process.returncode == 130, err
    assert "Stopped. `iamlab exam` goes on here." in out
    kept = load_exam(folder / "answers" / "exam.json")[0]
    assert kept is not None
    assert (kept.paused, len(kept.flags)) == (True, 1)
