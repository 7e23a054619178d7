"""Keeping an exam: saved at each answer, whole, and never over what another window has written since.

There is one exam at a time, in `answers/exam.json` beside the notebooks. One that was begun and then passed over for a
new one is put beside it, as `exam-before.json`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from secrets import token_hex
from typing import Any

from iamlab.learning.bank import question_files
from iamlab.learning.exam import MOST_MINUTES, MOST_QUESTIONS, Exam, ExamError
from iamlab.learning.exam_history import record_exam
from iamlab.learning.files import put, read_whole, reason, set_aside, sweep
from iamlab.learning.locking import locked
from iamlab.learning.window_keeper import Outcome, Telling, WindowKeeper

__all__ = ["ExamKeeper", "load_exam", "save_exam"]

FILE, BEFORE = "exam.json", "exam-before.json"
FORMAT = 1
MOST_BYTES = 16_000_000
CONFLICT = "this exam went on in another window since"
TELLING = Telling(
    conflict=CONFLICT,
    ask="Another window has gone on with this exam. Yours is still here; say which one to keep.",
    moved="This exam has been opened again elsewhere. Your answers went along; go on there.",
    here="Your answers are still here.",
)


class ExamKeeper(WindowKeeper[Exam]):
    """Keeps one learner's exam while it is open; one that was under way is paused when it is opened.

    Args:
        told: is called with each new outcome of keeping, from a thread of its own.
        folder: where answers lie.
    """

    telling, failure = TELLING, ExamError

    def __init__(self, told: Callable[[Outcome], None], *, folder: Path) -> None:
        self._folder = folder
        super().__init__(folder / FILE, told, self._write)
        self._exam, self._stamp, self.problem = _opened(self._path)
        """`problem` is a sentence where what was kept cannot be used."""

    @property
    def exam(self) -> Exam | None:
        """The exam as it is now; None where none was begun."""
        return self._exam

    def keep(self, exam: Exam) -> None:
        """Keep the exam as it is now."""
        with self._lock:
            self._exam = exam
            self._send(exam)

    def begin(self, exam: Exam) -> None:
        """Keep a new exam; one under way is put beside it.

        Raises:
            ExamError: that one could not be put beside it.
        """
        if self._exam is not None and not self._exam.handed_in:
            save_exam(self._path.with_name(BEFORE), self._exam)
        self.keep(exam)

    def keep_mine(self) -> None:
        """End a conflict: this exam stays."""
        with self._lock:
            self._stamp = _opened(self._path)[1]
            self.again()

    def take_theirs(self) -> Exam | None:
        """End a conflict: the other window's exam stays, and is returned."""
        with self._lock:
            self._exam, self._stamp, _ = _opened(self._path)
            self.again()
            return self._exam

    def again(self) -> None:
        """Write once more what could not be written."""
        if self._exam is not None:
            self.keep(self._exam)

    def _write(self, exam: Exam) -> None:
        """Write the file where nobody else has; heard in the keeper's thread."""
        with locked(self._path, ExamError):
            theirs, stamp, _ = _opened(self._path)
            if theirs is not None and stamp != self._stamp and not (theirs.handed_in and theirs.id != exam.id):
                raise ExamError(CONFLICT)
            self._stamp = save_exam(self._path, exam)
        if exam.handed_in:
            record_exam(self._folder, exam)


def save_exam(path: Path, exam: Exam) -> str:
    """Save an exam, in one step; return the stamp by which this version is known.

    Raises:
        ExamError: it could not be written; what was there is there still.
    """
    stamp = token_hex(8)
    content = json.dumps({"format": FORMAT, "stamp": stamp, **asdict(exam)}, indent=1)
    try:
        put(path, f"{content}\n".encode("ascii"))
    except OSError as error:
        raise ExamError(reason(error)) from error
    return stamp


def load_exam(path: Path) -> tuple[Exam | None, str]:
    """Read a saved exam and its stamp; None where there is none.

    Raises:
        ExamError: the file cannot be read, is broken, or asks for questions that there are no more; then it is set
            aside first.
    """
    sweep(path)
    try:
        content = read_whole(path, MOST_BYTES)
        return (None, "") if content is None else _read(json.loads(content))
    except OSError as error:
        raise ExamError(f"The exam that was begun cannot be read: {reason(error)}.") from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError) as error:
        raise ExamError(f"There was an exam; {set_aside(path)}.") from error


def _opened(path: Path) -> tuple[Exam | None, str, str]:
    """Return what is saved, paused where it is under way, and a sentence where it cannot be used."""
    try:
        exam, stamp = load_exam(path)
    except ExamError as error:
        return None, "", str(error)
    return exam and (exam if exam.handed_in else replace(exam, paused=True)), stamp, ""


def _read(content: Mapping[str, Any]) -> tuple[Exam, str]:
    """Read an exam as its file tells it. Raises ValueError and the like where it is none."""
    if content["format"] != FORMAT:
        raise ValueError("no exam")
    lists = {name: tuple(map(str, content[name])) for name in ("questions", "topics", "flags")}
    answers = {str(name): str(answer) for name, answer in content["answers"].items()}
    texts = {name: str(content[name]) for name in ("seed", "started", "ended")}
    switches = {name: content[name] is True for name in ("paused", "handed_in")}
    numbers = {"minutes": float(content["minutes"]), "used": float(content["used"])}
    counts = {"at": int(content["at"]), "asked": int(content["asked"])}
    exam = Exam(**lists, answers=answers, **texts, **switches, **numbers, **counts)  # type: ignore[arg-type]
    if not _fits(exam):
        raise ValueError("no exam")
    return exam, str(content["stamp"])


def _fits(exam: Exam) -> bool:
    """Return whether an exam is one that can be shown."""
    numbers = 0 < exam.minutes <= MOST_MINUTES and 0 <= exam.used <= 60 * MOST_MINUTES
    places = 0 <= exam.at < len(exam.questions) <= MOST_QUESTIONS
    known = {*exam.answers, *exam.flags} <= set(exam.questions) <= set(question_files())
    return numbers and places and known and len(set(exam.questions)) == len(exam.questions)
