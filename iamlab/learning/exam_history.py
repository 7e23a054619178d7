"""The mock exams that were handed in: one line of numbers each, in `answers/exams.json`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from iamlab.learning.exam import Exam, ExamError
from iamlab.learning.files import put, read_whole, reason, set_aside
from iamlab.learning.locking import locked

__all__ = ["ExamRecord", "best_exam", "exams_taken", "record_exam", "record_of"]

FILE = "exams.json"
FORMAT = 1
MOST_BYTES = 1_000_000
MOST_EXAMS = 200
"""How many are kept: the newest."""
LONG = 10
"""How many questions an exam has that says something: a shorter one is the best only where there is no longer one."""


@dataclass(frozen=True, slots=True)
class ExamRecord:
    """One exam that was handed in. `parts` has for each part of the course how many were right, of how many."""

    id: str
    ended: str
    questions: int
    right: int
    minutes: float
    used: float
    seed: str
    topics: tuple[str, ...] = ()
    parts: Mapping[str, tuple[int, int]] | None = None

    @property
    def worth(self) -> tuple[bool, float, int]:
        """What makes one better than another: the share of right answers, then the number of questions."""
        return self.questions >= LONG, self.right / self.questions, self.questions


def record_of(exam: Exam) -> ExamRecord:
    """Return the numbers of an exam."""
    outcomes = exam.outcomes()
    asked, right = Counter(one.question.group for one in outcomes), Counter[str]()
    right.update(one.question.group for one in outcomes if one.is_right)
    parts = {part: (right[part], asked[part]) for part in sorted(asked)}
    head = (exam.id, exam.ended, len(outcomes), right.total(), exam.minutes, round(exam.used, 1))
    return ExamRecord(*head, exam.seed, exam.topics, parts)


def record_exam(folder: Path, exam: Exam) -> None:
    """Add an exam to those that were handed in, once.

    Raises:
        ExamError: it could not be written; its text is a clause.
    """
    path = folder / FILE
    with locked(path, ExamError):
        before = _read(path)
        if any(one.id == exam.id for one in before):
            return
        exams = [asdict(one) for one in (*before, record_of(exam))[-MOST_EXAMS:]]
        try:
            put(path, f"{json.dumps({'format': FORMAT, 'exams': exams}, indent=1)}\n".encode("ascii"))
        except OSError as error:
            raise ExamError(reason(error)) from error


def exams_taken(folder: Path) -> tuple[ExamRecord, ...]:
    """Return the exams that were handed in, the oldest first; those that cannot be read are left out."""
    try:
        return _read(folder / FILE)
    except ExamError:
        return ()


def best_exam(folder: Path) -> ExamRecord | None:
    """Return the exam with the largest share of right answers; None before the first one."""
    return max(exams_taken(folder), key=lambda one: one.worth, default=None)


def _read(path: Path) -> tuple[ExamRecord, ...]:
    try:
        content = read_whole(path, MOST_BYTES)
        listed = [] if content is None else json.loads(content)["exams"]
        return tuple(found for one in listed if (found := _record(one)))
    except OSError as error:
        raise ExamError(reason(error)) from error
    except (ValueError, KeyError, TypeError, RecursionError):
        set_aside(path)
        return ()


def _record(told: Any) -> ExamRecord | None:
    """Read one; None where it is none."""
    try:
        parts = {str(part): (int(right), int(of)) for part, (right, of) in told["parts"].items()}
        texts = {name: str(told[name]) for name in ("id", "ended", "seed")}
        numbers = {name: float(told[name]) for name in ("minutes", "used")}
        counts = {name: int(told[name]) for name in ("questions", "right")}
        record = ExamRecord(**texts, **counts, **numbers, topics=tuple(map(str, told["topics"])), parts=parts)  # type: ignore[arg-type]
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        return None
    return record if record.questions > 0 and 0 <= record.right <= record.questions else None
