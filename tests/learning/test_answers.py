"""Answers: saved whole, with their history, and never silently over what another window wrote."""

from __future__ import annotations

import errno
import json
import signal
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from iamlab.learning import answers, window_keeper
from iamlab.learning.answers import AnswerKeeper, AnswersError, Outcome, load_answer, save_check
from iamlab.learning.result import Result
from iamlab.learning.saved import LONGEST_HISTORY, MOST_EVENTS, Event, Saved, merged, written

NAME = "s3-read-write"
RIGHT = Result(NAME, "right", 4.0, 4.0)
HALF = Result(NAME, "partly", 2.0, 4.0)


class Told(list[Outcome]):
    """What a learner was told, in order."""

    @property
    def states(self) -> list[str]:
        return [outcome.state for outcome in self]


def opened(folder: Path, told: Told | None = None) -> AnswerKeeper:
    return AnswerKeeper(NAME, "{}", (told if told is not None else Told()).append, folder=folder)


def apart(folder: Path, told: Told | None = None) -> AnswerKeeper:
    """Open the exercise as another kernel would: without the one before knowing."""
    window_keeper._open.clear()
    return opened(folder, told)


def on_disk(folder: Path) -> Saved:
    saved = load_answer(NAME, folder)
    assert saved is not None
    return saved


def test_what_is_typed_comes_back(tmp_path: Path) -> None:
    """After the end of a kernel the answer, its attempts and the help that was taken are there."""
    keeper = opened(tmp_path / "answers")
    keeper.keep("{typed")
    keeper.record("check", HALF)
    keeper.record("hint")
    keeper.keep("{more")
    keeper.record("check", RIGHT, sure=1)
    keeper.end()
    again = apart(tmp_path / "answers").saved
    assert (again.answer, again.attempts, again.hints, again.solution_seen) == ("{more", 2, 1, False)
    assert [event.answer for event in again.events] == ["{typed", "{typed", "{more"]
    assert again.best is not None
    assert (again.best.score, again.best.sure) == (4.0, 1)


def test_nothing_is_written_before_anything_is_typed(tmp_path: Path) -> None:
    keeper = opened(tmp_path / "answers")
    keeper.keep("{}")
    keeper.end()
    assert not (tmp_path / "answers").exists()


def test_the_file_is_plain_json(tmp_path: Path) -> None:
    keeper = opened(tmp_path)
    keeper.keep("{é\u202e")
    keeper.record("check", HALF)
    keeper.end()
    content = json.loads((tmp_path / f"{NAME}.json").read_bytes())
    assert (content["format"], content["exercise"], content["answer"]) == (1, NAME, "{é\u202e")
    assert content["events"][0]["what"] == "check"
    assert content["events"][0]["status"] == "partly"


def test_points_stay_when_the_solution_was_opened(tmp_path: Path) -> None:
    keeper = opened(tmp_path)
    for what, result in (("check", HALF), ("solution", None), ("check", RIGHT)):
        keeper.record(what, result)
    best = keeper.saved.best
    assert best is not None
    assert best.score == 2.0
    assert (keeper.saved.solution_seen, keeper.saved.attempts) == (True, 2)


def test_two_panels_of_one_kernel(tmp_path: Path) -> None:
    """The panel opened last goes on with the answer; the one before says so and keeps nothing more."""
    told = Told()
    first = opened(tmp_path, told)
    first.keep("{first")
    second = opened(tmp_path)
    assert second.saved.answer == "{first"
    assert told.states[-1] == "moved"
    second.keep("{second")
    first.keep("{late")
    assert second.flush()
    assert on_disk(tmp_path).answer == "{second"


def test_two_kernels_do_not_overwrite_each_other(tmp_path: Path) -> None:
    """Whoever writes second is asked; until then the first one's answer stays on the disk."""
    told = Told()
    mine = opened(tmp_path, told)
    mine.keep("{a")
    assert mine.flush()
    theirs = apart(tmp_path)
    theirs.keep("{theirs")
    assert theirs.flush()
    mine.keep("{mine")
    mine.keep("{mine, longer")
    assert mine.flush()
    assert told.states[-1] == "conflict"
    assert on_disk(tmp_path).answer == "{theirs"


@pytest.mark.parametrize(("stays", "goes"), [("{mine", "{theirs"), ("{theirs", "{mine")])
def test_a_conflict_ends_with_both_answers_kept(tmp_path: Path, stays: str, goes: str) -> None:
    """The one that is chosen is the answer, the other one is in the history, and both windows' attempts are."""
    told = Told()
    mine, theirs = opened(tmp_path, told), apart(tmp_path)
    theirs.keep("{theirs")
    theirs.record("check", HALF)
    assert theirs.flush()
    mine.keep("{mine")
    mine.record("hint")
    assert mine.flush()
    assert told.states == ["conflict"]
    if stays == "{mine":
        mine.keep_mine()
    else:
        assert mine.take_theirs() == "{theirs"
    assert mine.flush()
    saved = on_disk(tmp_path)
    assert saved.answer == stays
    assert {event.what: event.answer for event in saved.events}["replaced"] == goes
    assert (saved.attempts, saved.hints) == (1, 1)
    assert told.states == ["conflict", "saved"]
    mine.keep("{on")
    assert mine.flush()
    assert on_disk(tmp_path).answer == "{on"


def test_the_same_answer_in_two_windows_is_no_conflict(tmp_path: Path) -> None:
    told = Told()
    mine, theirs = opened(tmp_path, told), apart(tmp_path)
    theirs.keep("{same")
    theirs.record("check", HALF)
    assert theirs.flush()
    mine.keep("{same")
    assert mine.flush()
    assert told == []
    assert on_disk(tmp_path).attempts == 1


def test_a_full_disk_is_told_once_and_when_it_is_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = Told()
    keeper = opened(tmp_path, told)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(answers, "put", full)
        for text in ("{a", "{ab"):
            keeper.keep(text)
            assert keeper.flush()
    assert told == [Outcome("failed", "Not saved: the disk is full. Your answer is still here.")]
    assert keeper.saved.answer == "{ab"
    keeper.keep("{abc")
    assert keeper.flush()
    assert told.states == ["failed", "saved"]
    assert on_disk(tmp_path).answer == "{abc"


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "answers").write_text("a file stands here")
    told = Told()
    keeper = opened(tmp_path / "answers", told)
    keeper.keep("{mine")
    assert keeper.flush()
    assert "failed" in told.states
    assert keeper.saved.answer == "{mine"


BROKEN = {
    "half": "{",
    "deep": "[" * 100_000,
    "a list": "[]",
    "of another exercise": written(Saved("other", "", "")).decode(),
    "an answer that is no text": json.dumps({**json.loads(written(Saved(NAME, "", ""))), "answer": 7}),
    "an event that is none": json.dumps({**json.loads(written(Saved(NAME, "", ""))), "events": [{"at": "soon"}]}),
    "a score that is none": json.dumps(
        {**json.loads(written(Saved(NAME, "", ""))), "events": [{"at": "2026-11-25", "what": "check", "score": "all"}]}
    ),
    "not UTF-8": "\udcff",
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_set_aside(tmp_path: Path, content: str) -> None:
    """It is kept under another name and told; the answer begins anew."""
    path = tmp_path / f"{NAME}.json"
    path.write_bytes(content.encode(errors="surrogateescape"))
    told = Told()
    keeper = opened(tmp_path, told)
    assert keeper.saved.answer == "{}"
    assert "set aside" in told[0].message
    keeper.keep("{new")
    assert keeper.flush()
    assert on_disk(tmp_path).answer == "{new"
    assert len(list(tmp_path.glob(f"{NAME}.unreadable-*.json"))) == 1


def test_an_answer_that_is_too_long_is_not_written(tmp_path: Path) -> None:
    told = Told()
    keeper = opened(tmp_path, told)
    keeper.keep("x" * 300_000)
    assert keeper.flush()
    assert told[0].message == "Not saved: the answer is longer than 262,144 characters. Your answer is still here."


def test_the_history_is_bounded() -> None:
    """Of very many attempts the newest are whole; of older ones only what became of them; none is counted twice."""
    saved = Saved(NAME, "", "")
    for number in range(60):
        saved = saved.having(Event(f"2026-11-25T10:{number:02}:00+00:00", "check", "x" * 50_000, "wrong", 0.0, 4.0))
    assert saved.attempts == 60
    assert sum(len(event.answer) for event in saved.events) <= LONGEST_HISTORY
    assert saved.events[-1].answer
    assert not saved.events[0].answer
    many = [Event(f"2026-11-25T10:00:00.{number:06}+00:00", "hint") for number in range(2 * MOST_EVENTS)]
    assert merged(many, many) == tuple(many[MOST_EVENTS:])


def test_events_of_two_windows_are_in_the_order_of_time() -> None:
    early, late = Event("2026-11-25T10:00:00+00:00", "hint"), Event("2026-11-25T11:00:00+00:00", "check")
    assert merged([late], [early, late]) == (early, late)


def test_a_check_outside_of_a_panel(tmp_path: Path) -> None:
    """What an answer cell saves takes the place of what was there, which goes into the history."""
    keeper = opened(tmp_path)
    keeper.keep("{panel")
    keeper.end()
    save_check(NAME, "{cell", RIGHT, start="{}", folder=tmp_path)
    saved = on_disk(tmp_path)
    assert saved.answer == "{cell"
    assert [(event.what, event.answer) for event in saved.events] == [("replaced", "{panel"), ("check", "{cell")]


def test_another_keeper_holds_the_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "PATIENCE_SECONDS", 0.05)
    with answers._locked(tmp_path / f"{NAME}.json"):
        code = (
            "import sys; from pathlib import Path; from iamlab.learning import answers\n"
            "answers.PATIENCE_SECONDS = 0.05\n"
            "try:\n    answers.save_check(sys.argv[2], '', answers.Result('x', 'wrong', 0, 1), start='', folder=Path(sys.argv[1]))\n"
            "except answers.AnswersError as error:\n    print(error)\n"
        )
        found = subprocess.run([sys.executable, "-c", code, tmp_path, NAME], capture_output=True, text=True, timeout=60)
    assert found.stdout == "another window is writing it\n", found.stderr


WRITER = """
import sys
from pathlib import Path
from iamlab.learning.answers import AnswerKeeper
keeper = AnswerKeeper("s3-read-write", "{}", print, folder=Path(sys.argv[1]))
for number in range(1_000_000):
    keeper.keep(f"{number} " * 2_000)
    if number == 20:
        keeper.flush()
        print("running", flush=True)
"""


def test_killed_in_the_middle(tmp_path: Path) -> None:
    """A kernel killed while it writes leaves a whole answer, and no lock that anyone would wait for."""
    with subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"running\n"
        threading.Event().wait(0.03)
        process.send_signal(signal.SIGKILL)
    assert len(set(on_disk(tmp_path).answer.split())) == 1
    told = Told()
    keeper = opened(tmp_path, told)
    keeper.keep("{after")
    assert keeper.flush()
    assert on_disk(tmp_path).answer == "{after"


def test_an_unchanged_file_is_not_read_as_another_windows(tmp_path: Path) -> None:
    """Many writings in a row by one keeper never meet themselves."""
    told = Told()
    keeper = opened(tmp_path, told)
    for number in range(50):
        keeper.keep(f"{number}")
        assert keeper.flush()
    assert told == []
    assert replace(on_disk(tmp_path), stamp="", saved="") == replace(keeper.saved, stamp="", saved="")


def test_a_file_that_cannot_be_read_raises_a_clause(tmp_path: Path) -> None:
    (tmp_path / f"{NAME}.json").mkdir()
    with pytest.raises(AnswersError, match="directory"):
        load_answer(NAME, tmp_path)
