"""The exam panel without a browser: nothing of the key leaves the kernel, and nothing is lost with it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import iamlab.learning.bank
import iamlab.learning.exam
from iamlab.learning.exam import Exam, ExamError
from iamlab.learning.exam_history import exams_taken
from iamlab.learning.exam_keeper import load_exam
from iamlab.widgets.exam import ExamPanel, exam
from tests.learning.exam_bank import KEYS, use_bank, write_bank
from tests.widgets.exercises import until


@pytest.fixture(autouse=True)
def bank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The small bank in place of the real one."""
    for module in (iamlab.learning.bank, iamlab.learning.exam):
        monkeypatch.setattr(module, "course_root", module.course_root)  # put back afterwards
    use_bank(write_bank(tmp_path / "course", more=3))


class Now:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.time = 1000.0

    def __call__(self) -> float:
        return self.time


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> Now:
    clock = Now()
    monkeypatch.setattr("iamlab.learning.clock.Clock.__init__.__defaults__", (clock,))
    return clock


def sends(panel: ExamPanel, type: str, **more: Any) -> None:
    """Send a message as a browser does; it is heard."""
    sent: list[dict[str, Any]] = []
    panel.send = sent.append  # type: ignore[method-assign]
    panel._on_message(panel, {"type": type, "id": "1", **more}, None)
    assert sent == [{"type": type, "id": "1", "answer": True}]


def writes(panel: ExamPanel, **changes: Any) -> None:
    """Write a sheet as a browser does."""
    sheet = {**json.loads(panel.text), **changes}
    text = json.dumps(sheet, ensure_ascii=False, separators=(",", ":"))
    panel.set_state({"document": {"revision": panel.document["revision"] + 1, "text": text}})
    assert panel.report["revision"] == panel.document["revision"]


def begun(**more: Any) -> ExamPanel:
    panel = exam(10, 30, seed="x", **more)
    sends(panel, "begin")
    return panel


def taken(panel: ExamPanel) -> Exam:
    assert panel.exam is not None
    return panel.exam


def face(panel: ExamPanel) -> str:
    return str(panel.progress["face"])


def test_the_clock_starts_when_one_begins(now: Now) -> None:
    """Running the cell shows what it will be; no question is there, and no time passes."""
    panel = exam(10, 30, ["C4", "C7"])
    now.time += 500
    assert face(panel) == "start"
    assert panel.progress["start"]["said"] == (
        "10 questions in 30 minutes, about Elements and evaluation (C4) and Scenarios (C7)."
    )
    until(lambda: panel.progress["start"]["short"].startswith("10 questions were asked for; the bank has"))
    assert (panel.questions, panel.text) == ([], "")
    sends(panel, "begin")
    assert panel.progress["left"] == 1800


def test_nothing_leaks() -> None:
    """Whatever is answered, flagged, paused: until the hand-in no trait says anything of what is right, and why."""
    panel = begun()
    seen = [panel.get_state()]
    for name, said in KEYS.items():
        writes(panel, answers={name: json.dumps(said)})
        seen.append(panel.get_state())
    for act in ("tick", "back", "pause", "go_on", "save", "keep_mine", "last", "anew"):
        sends(panel, act, open_for=1)
        seen.append(panel.get_state())
    told = json.dumps([{key: one for key, one in state.items() if key != "_esm"} for state in seen], default=str)
    for word in (
        "The reason of",
        "signs in and asks",
        "never makes",
        '"right"',
        '"why"',
        '"status"',
        '"hints"',
        '"title": "About',
    ):
        assert word not in told, word
    sends(panel, "hand_in")
    assert "The reason of" in json.dumps(panel.progress)


def test_every_answer_is_saved_at_once() -> None:
    panel = begun()
    writes(panel, answers={"several": '["user"]'}, flags=["items-one"], at=4)
    assert panel._keeper.flush()
    kept = load_exam(Path("answers/exam.json"))[0]
    assert kept is not None
    assert (kept.answers, kept.flags, kept.at) == ({"several": '["user"]'}, ("items-one",), 4)


@pytest.mark.parametrize(
    "sheet",
    [
        {"exam": "another"},
        {"answers": []},
        {"answers": {"no-question": "x", "several": 7}},
        {"answers": {"several": "x" * 20_001}},
        {"flags": 7},
        {"flags": ["no-question", 7, None]},
        {"at": "x"},
        {"at": 1e400},
    ],
    ids=str,
)
def test_hostile_sheets(sheet: dict[str, Any]) -> None:
    """What is no sheet of this exam changes nothing."""
    panel = begun()
    before = taken(panel)
    writes(panel, **sheet)
    assert taken(panel) == before


@pytest.mark.parametrize("text", ["", "[", "[]", "null", "[" * 100_000])
def test_what_is_no_sheet(text: str) -> None:
    panel = begun()
    before = taken(panel)
    panel.set_state({"document": {"revision": 9, "text": text}})
    assert taken(panel) == before


def test_a_place_beyond_the_end() -> None:
    panel = begun()
    writes(panel, at=99)
    assert taken(panel).at == 9


@pytest.mark.parametrize("open_for", [None, "x", -5, float("nan"), float("inf"), [], True])
def test_hostile_ticks(now: Now, open_for: object) -> None:
    """The time is the kernel's, whatever a page says."""
    panel = begun()
    now.time += 10
    sends(panel, "tick", open_for=open_for)
    assert taken(panel).used == 10


def test_a_restart(now: Now) -> None:
    """A new kernel finds the exam paused, with every answer, the same questions in the same order, and its time."""
    panel = begun()
    writes(panel, answers={"several": '["user"]'}, flags=["several"], at=2)
    now.time += 100
    sends(panel, "tick", open_for=100)
    questions, text = panel.questions, panel.text
    assert panel._keeper.flush()
    again = exam(3, 5)
    assert (face(again), again.questions, again.text) == ("paused", questions, text)
    assert again.progress["left"] == 1700
    now.time += 1000
    sends(again, "tick", open_for=1000)
    sends(again, "go_on")
    assert (face(again), taken(again).used) == ("running", 100)
    assert panel.saved["state"] == "moved"
    assert face(panel) == "paused"


def test_answers_that_a_lost_kernel_never_heard() -> None:
    """They come with the page, also into an exam that stands."""
    panel = begun()
    assert panel._keeper.flush()
    again = exam()
    writes(again, answers={"several": '["user"]'})
    assert taken(again).answers == {"several": '["user"]'}
    assert face(again) == "paused"


def test_a_page_that_was_closed(now: Now) -> None:
    """One that comes back at once goes on; one that was away longer finds the exam paused, for fifteen seconds."""
    panel = begun()
    now.time += 6
    sends(panel, "back")
    assert (face(panel), taken(panel).used) == ("running", 6)
    now.time += 3600
    sends(panel, "back")
    assert (face(panel), taken(panel).used) == ("paused", 21)


def test_the_time_is_over(now: Now) -> None:
    """The exam is handed in by itself, and what was answered counts."""
    panel = begun()
    writes(panel, answers={"several": json.dumps(KEYS["several"])})
    now.time += 1805
    sends(panel, "tick", open_for=1805)
    assert face(panel) == "over"
    assert panel.progress["result"]["right"] == 1
    assert panel.progress["result"]["used"] == 1800


def test_handing_in() -> None:
    """The result is there and stays; answers that come later change nothing; it is in the history."""
    panel = begun()
    writes(panel, answers={"several": json.dumps(KEYS["several"])})
    sends(panel, "hand_in")
    assert panel.progress["result"]["right"] == 1
    writes(panel, answers={name: json.dumps(said) for name, said in KEYS.items()})
    assert panel.progress["result"]["right"] == 1
    assert panel._keeper.flush()
    assert [one.right for one in exams_taken(Path("answers"))] == [1]
    again = exam(5, 10)
    assert face(again) == "start"
    sends(again, "last")
    assert again.progress["result"]["right"] == 1


def test_a_new_one_on_the_weak_topics() -> None:
    panel = begun()
    writes(panel, answers={name: json.dumps(KEYS[name]) for name in ("several", "diagnose-one")})
    sends(panel, "hand_in")
    sends(panel, "anew", weak=True)
    assert face(panel) == "start"
    assert "(C7)" not in panel.progress["start"]["said"]
    sends(panel, "begin")
    assert (face(panel), taken(panel).topics) == ("running", ("C1", "C2", "C3", "C4"))
    assert taken(panel).seed != "x"


def test_passing_over_one_under_way() -> None:
    """`new` says what becomes of the one before, and puts it aside only when the new one begins."""
    writes(begun(), answers={"several": "[]"})
    panel = exam(new=True)
    assert panel.progress["start"]["before"] == "The exam begun before, with 1 answer, is then put aside."
    assert not Path("answers/exam-before.json").exists()
    sends(panel, "begin")
    assert taken(panel).answers == {}
    assert Path("answers/exam-before.json").exists()


def test_another_window() -> None:
    """Where the exam went on elsewhere it stands here; the other one can be taken over."""
    panel = begun()
    assert panel._keeper.flush()
    file = Path("answers/exam.json")
    theirs = {**json.loads(file.read_text()), "stamp": "another", "answers": {"several": '["role"]'}}
    file.write_text(json.dumps(theirs))
    writes(panel, answers={"several": '["user"]'})
    until(lambda: panel.saved["state"] == "conflict")
    assert face(panel) == "paused"
    assert taken(panel).answers == {"several": '["user"]'}
    sends(panel, "take_theirs")
    assert taken(panel).answers == {"several": '["role"]'}
    assert '"several":"[\\"role\\"]"' in panel.text
    until(lambda: panel.saved["state"] == "kept")


def test_a_broken_file() -> None:
    """It is said on the page before a new exam."""
    Path("answers").mkdir()
    Path("answers/exam.json").write_text("[")
    assert exam().progress["note"].startswith("There was an exam; what was kept for it cannot be read")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"questions": 0}, "from 1 to 500"),
        ({"minutes": 0}, "at most 600 minutes"),
        ({"topics": ["C4", "C11"]}, "There is no topic `C11`."),
    ],
    ids=str,
)
def test_what_is_no_exam(asked: dict[str, Any], said: str) -> None:
    with pytest.raises(ExamError, match=said):
        exam(**asked)


def test_topics_without_questions() -> None:
    """A topic of the course that no question is about: said on the page, and when one begins all the same."""
    panel = exam(topics="C6.2")
    until(lambda: panel.progress["note"])
    sends(panel, "begin")
    assert (face(panel), panel.progress["note"]) == ("start", "There are no questions about `C6.2`.")
