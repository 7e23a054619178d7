"""A mock exam: questions drawn by a seed, a clock that can stand, and a result by topic.

What an exam is made of lies in one file, so that it goes on after a restart where it stopped. Time counts while it
runs; between two signs of life at most `GAP_SECONDS` are counted, so that a killed kernel costs nobody more.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from iamlab.learning.bank import Question, question, question_files
from iamlab.learning.files import put, read_whole, set_aside
from iamlab.learning.result import NOT_ATTEMPTED, RIGHT, Result
from iamlab.learning.saved import moment

__all__ = ["FULL_LENGTH", "Exam", "ExamError", "Outcome", "draw", "load_exam", "save_exam", "start_exam"]

FORMAT = 1
WEIGHTS = {"C1": 8, "C2": 8, "C3": 7, "C4": 35, "C5": 15, "C6": 10, "C7": 7, "C8": 10}
"""How much of an exam each part of the course is, in hundredths."""
FULL_LENGTH = (65, 130)
"""An AWS-style full length: questions, and minutes."""
PASS = 0.7
"""What share passes this mock exam. AWS scales its scores, so a share of right answers is no score of AWS's."""
GAP_SECONDS = 15.0
MOST_BYTES = 4_000_000
MOST_ANSWER = 20_000


class ExamError(Exception):
    """An exam that cannot be made or read; its text is a sentence."""


@dataclass(frozen=True, slots=True)
class Exam:
    """An exam under way, or handed in.

    `answers` are texts by question, `flags` the questions flagged for review, `used` the seconds that counted, `at` the
    place of the question shown, from 0. Scores of AWS are scaled and have no counterpart here.
    """

    questions: tuple[str, ...]
    minutes: float
    seed: str
    topics: tuple[str, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    flags: tuple[str, ...] = ()
    at: int = 0
    used: float = 0.0
    paused: bool = False
    handed_in: bool = False
    started: str = ""

    @property
    def left(self) -> float:
        """The seconds left."""
        return max(0.0, self.minutes * 60 - self.used)

    @property
    def open(self) -> tuple[int, ...]:
        """The places of questions without an answer, from 0."""
        return tuple(i for i, name in enumerate(self.questions) if not self.is_answered(name))

    def is_answered(self, name: str) -> bool:
        """Return whether a question has an answer that was attempted."""
        return name in self.answers and not _asked(name).kind.untouched(self.answers[name])

    def answered(self, name: str, answer: str) -> Exam:
        """Return it with an answer; nothing changes once it is handed in, paused or over."""
        if self.handed_in or self.paused or name not in self.questions or len(answer) > MOST_ANSWER:
            return self
        return replace(self, answers={**self.answers, name: answer})

    def flagged(self, name: str) -> Exam:
        """Return it with a question flagged, or not any more."""
        if name not in self.questions:
            return self
        kept = tuple(one for one in self.flags if one != name)
        return replace(self, flags=kept if name in self.flags else (*kept, name))

    def ticked(self, seconds: float) -> Exam:
        """Return it after some seconds; where its time is over it is handed in."""
        if self.handed_in or self.paused:
            return self
        found = replace(self, used=min(self.minutes * 60, self.used + min(max(seconds, 0.0), GAP_SECONDS)))
        return replace(found, handed_in=True) if found.left <= 0 else found

    def outcomes(self) -> list[Outcome]:
        """Return the outcome of each question."""
        return [Outcome(one, self.answers.get(name, "")) for name in self.questions if (one := _asked(name))]


@dataclass(frozen=True)
class Outcome:
    """One question with the answer that was given."""

    question: Question
    answer: str

    @property
    def result(self) -> Result:
        """What checking the answer says. There are no part marks: it is right or not."""
        return self.question.kind.check(self.answer)

    @property
    def is_right(self) -> bool:
        """Whether the answer is right."""
        return self.result.status == RIGHT

    @property
    def is_open(self) -> bool:
        """Whether no answer was given."""
        return self.result.status == NOT_ATTEMPTED


def start_exam(questions: int, minutes: float, topics: Sequence[str] = (), seed: str = "") -> Exam:
    """Return a new exam.

    Args:
        questions: how many.
        minutes: how long it may take.
        topics: numbers of topics, as `C4.7`, or of parts of the course, as `C4`; all, unless some are given.
        seed: what draws the questions; another seed draws others.

    Raises:
        ExamError: there are no such questions, or not enough.
    """
    if questions < 1 or not 0 < minutes <= 600:
        raise ExamError("An exam has at least one question, and takes between a minute and ten hours.")
    bank = [question(path) for path in question_files().values()]
    chosen = [one for one in bank if not topics or any(_is_about(one, topic) for topic in topics)]
    if len(chosen) < questions:
        about = f" about {', '.join(topics)}" if topics else ""
        raise ExamError(f"There are {len(chosen)} questions{about}; {questions} were asked for.")
    return Exam(tuple(draw(chosen, questions, seed)), float(minutes), seed, tuple(topics), started=moment())


def draw(bank: Iterable[Question], count: int, seed: str) -> list[str]:
    """Return the names of some questions: of each part of the course about as many as its weight says.

    Args:
        bank: the questions to draw from; at least `count`.
        count: how many.
        seed: the same seed draws the same.
    """
    chance, groups = random.Random(seed), dict[str, list[str]]()
    for one in sorted(bank, key=lambda found: found.name):
        groups.setdefault(one.group, []).append(one.name)
    for names in groups.values():
        chance.shuffle(names)
    drawn = list[str]()
    taken = dict.fromkeys(groups, 0)
    for _ in range(count):
        left = [group for group in groups if taken[group] < len(groups[group])]
        group = min(left, key=lambda one: ((taken[one] + 1) / WEIGHTS.get(one, 5), one))
        drawn.append(groups[group][taken[group]])
        taken[group] += 1
    chance.shuffle(drawn)
    return drawn


def _is_about(one: Question, topic: str) -> bool:
    return any(found == topic or found.startswith(f"{topic}.") for found in one.exercise.topics)


def _asked(name: str) -> Question:
    return question(question_files()[name])


def save_exam(path: Path, exam: Exam) -> None:
    """Save an exam, in one step.

    Raises:
        OSError: it could not be written; what was there is there still.
    """
    put(path, f"{json.dumps({'format': FORMAT, **asdict(exam)}, indent=1)}\n".encode("ascii"))


def load_exam(path: Path) -> Exam | None:
    """Read a saved exam; None where there is none, or where it asks for questions that there are no more.

    Raises:
        ExamError: the file cannot be read, or is broken; then it is set aside first.
    """
    try:
        content = read_whole(path, MOST_BYTES)
        exam = None if content is None else _read(json.loads(content))
    except OSError as error:
        raise ExamError(f"The exam that was begun cannot be read: {error.strerror}.") from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ExamError(f"An exam that was begun: {set_aside(path)}.") from error
    return exam if exam and set(exam.questions) <= set(question_files()) else None


def _read(content: dict[str, Any]) -> Exam:
    if content.pop("format") != FORMAT:
        raise ValueError("no exam")
    lists: dict[str, Any] = {name: tuple(map(str, content.pop(name))) for name in ("questions", "topics", "flags")}
    answers = {str(name): str(answer) for name, answer in content.pop("answers").items()}
    exam = Exam(**lists, answers=answers, **content)
    numbers_fit = 0 < exam.minutes <= 600 and 0 <= exam.used <= 36_000 and 0 <= exam.at < len(exam.questions)
    if not numbers_fit or not isinstance(exam.seed, str):
        raise ValueError("no exam")
    return exam
