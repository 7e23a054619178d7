"""A mock exam: questions drawn by a seed, a clock that can stand, and whether each answer is right.

What an exam is made of lies in one file, so that it goes on after a restart where it stopped.
"""

from __future__ import annotations

import json
import math
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path
from secrets import token_hex

from iamlab.learning.bank import Question, question, question_files
from iamlab.learning.lessons import course_root
from iamlab.learning.reading import filled_in
from iamlab.learning.result import NOT_ATTEMPTED, RIGHT, Result
from iamlab.learning.saved import moment
from iamlab.reporting.words import and_list, plural

__all__ = [
    "FULL_LENGTH",
    "PASS",
    "Exam",
    "ExamError",
    "Outcome",
    "asked",
    "bank_about",
    "draw",
    "rows_of",
    "start_exam",
]

WEIGHTS = {"C1": 8, "C2": 8, "C3": 7, "C4": 35, "C5": 15, "C6": 10, "C7": 7, "C8": 10}
"""How much of an exam each part of the course is, in hundredths."""
FULL_LENGTH = (65, 130)
"""An AWS-style full length: questions, and minutes."""
PASS = 0.7
"""What share passes this mock exam. AWS scales its scores, so a share of right answers is no score of AWS's."""
MOST_QUESTIONS, MOST_MINUTES = 500, 600
MOST_ANSWER = 20_000
KINDS = {"choose", "predict", "order", "match", "diagnose"}
"""The kinds that an exam asks; a policy takes longer than a question may."""


class ExamError(Exception):
    """An exam that cannot be made, read or kept; its text says why."""


@dataclass(frozen=True, slots=True)
class Exam:
    """An exam under way, or handed in.

    `answers` are texts by question, `flags` the questions flagged for review, `used` the seconds that counted, `at` the
    place of the question shown, from 0. `asked` is how many questions were asked for, where the bank has fewer.
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
    ended: str = ""
    asked: int = 0

    @property
    def id(self) -> str:
        """What tells it from every other exam."""
        return f"{self.started} {self.seed}"

    @property
    def left(self) -> float:
        """The seconds left."""
        return max(0.0, self.minutes * 60 - self.used)

    @property
    def open(self) -> tuple[int, ...]:
        """The places of questions without a whole answer, from 0."""
        return tuple(i for i, name in enumerate(self.questions) if not self.is_answered(name))

    def is_answered(self, name: str) -> bool:
        """Return whether a question has an answer to everything it asks: without part marks, half an answer is none."""
        return is_whole(asked(name), self.answers.get(name, ""))

    def answered(self, name: str, answer: str) -> Exam:
        """Return it with an answer; nothing changes once it is handed in."""
        if self.handed_in or name not in self.questions or len(answer) > MOST_ANSWER:
            return self
        return replace(self, answers={**self.answers, name: answer})

    def flagged(self, name: str) -> Exam:
        """Return it with a question flagged, or not any more."""
        if self.handed_in or name not in self.questions:
            return self
        kept = tuple(one for one in self.flags if one != name)
        return replace(self, flags=kept if name in self.flags else (*kept, name))

    def going_to(self, at: int) -> Exam:
        """Return it at another question, the nearest one that there is."""
        return replace(self, at=min(max(at, 0), len(self.questions) - 1))

    def ticked(self, seconds: float) -> Exam:
        """Return it after some seconds; where its time is over it is handed in."""
        if self.handed_in or self.paused:
            return self
        found = replace(self, used=min(self.minutes * 60, self.used + max(seconds, 0.0)))
        return found.ending() if found.left <= 0 else found

    def ending(self) -> Exam:
        """Return it handed in."""
        return self if self.handed_in else replace(self, handed_in=True, paused=False, ended=moment())

    def outcomes(self) -> list[Outcome]:
        """Return the outcome of each question."""
        return [Outcome(asked(name), self.answers.get(name, "")) for name in self.questions]

    @property
    def needed(self) -> int:
        """How many right answers pass it."""
        return math.ceil(round(PASS * len(self.questions), 6))

    @property
    def shortage(self) -> str:
        """A sentence where the bank had fewer questions than were asked for; empty where it had enough."""
        if self.asked <= len(self.questions):
            return ""
        return shortage(self.asked, len(self.questions), self.topics)


@dataclass(frozen=True)
class Outcome:
    """One question with the answer that was given."""

    question: Question
    answer: str

    @cached_property
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


def start_exam(questions: int, minutes: float, topics: Sequence[str] = (), seed: object = None) -> Exam:
    """Return a new exam; where the bank has fewer questions than are asked for, one with all of them.

    Args:
        questions: how many.
        minutes: how long it may take.
        topics: numbers of topics, as `C4.7`, or of parts of the course, as `C4`; all, unless some are given.
        seed: what draws the questions and the order of their options; a new one, unless given.

    Raises:
        ExamError: there are no such questions, or the numbers make no exam.
    """
    if not 1 <= questions <= MOST_QUESTIONS or not 0 < minutes <= MOST_MINUTES:
        raise ExamError("An exam has from 1 to 500 questions, and takes at most 600 minutes.")
    about = tuple(dict.fromkeys([topics] if isinstance(topics, str) else map(str, topics)))
    chosen, drawn_by = bank_about(about), token_hex(4) if seed is None else str(seed)[:100]
    drawn = draw(chosen, min(questions, len(chosen)), drawn_by)
    return Exam(tuple(drawn), float(minutes), drawn_by, about, started=moment(), asked=questions)


def bank_about(topics: Sequence[str] = ()) -> list[Question]:
    """Return the questions about some topics, or all of them.

    Raises:
        ExamError: there is none about one of them.
    """
    bank = [one for path in question_files().values() if (one := question(path)).exercise.kind in KINDS]
    for topic in topics or ("",):
        if not any(_is_about(one, topic) for one in bank):
            raise ExamError(f"There are no questions{f' about `{topic[:40]}`' if topic else ''}.")
    return [one for one in bank if any(_is_about(one, topic) for topic in topics or ("",))]


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


def asked(name: str) -> Question:
    """Return a question of the bank.

    Raises:
        KeyError: there is none of that name.
    """
    return _found(course_root(), name)


@cache
def _found(root: Path, name: str) -> Question:
    return question(question_files(root)[name])


def is_whole(one: Question, answer: str) -> bool:
    """Return whether an answer says something to everything that a question asks."""
    try:
        said = filled_in(json.loads(answer or "[]"))
    except (ValueError, TypeError, RecursionError):
        return False
    return len(said) >= (rows_of(one) or 1) and all(map(_is_said, said.values() if isinstance(said, dict) else said))


def rows_of(one: Question) -> int:
    """Return how many things are answered within a question: rows, or as many options as it says that are right."""
    if one.exercise.body.get("several"):
        return len(json.loads(one.kind.solved()))
    whole = json.loads(one.kind.template)
    return len(whole) if isinstance(whole, dict) else 0


def _is_said(entry: object) -> bool:
    """Whether a row says all it can: of a prediction decision and step."""
    return bool(entry.get("decision") and entry.get("step")) if isinstance(entry, dict) else bool(entry)


def _is_about(one: Question, topic: str) -> bool:
    return not topic or any(found == topic or found.startswith(f"{topic}.") for found in one.exercise.topics)


def shortage(wanted: int, count: int, topics: Sequence[str] = ()) -> str:
    """Say that the bank has fewer questions than are asked for.

    >>> shortage(65, 12, ["C7"])
    '65 questions were asked for; the bank has 12 questions about C7, and all of them are in this exam.'
    """
    about = f" about {and_list(topics)}" if topics else ""
    there = f"the bank has {plural(count, 'question')}{about}"
    return f"{wanted} questions were asked for; {there}, and all of them are in this exam."
