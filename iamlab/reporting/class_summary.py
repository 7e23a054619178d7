"""What a class's rows come to: counts by exercise, common mistakes, misconceptions, and what wants a look.

Students are added one by one and not kept, so that a class of any size can be counted.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from iamlab.evaluation.decision import ALLOWED

__all__ = ["GROUPS", "ClassSummary", "ExerciseCount", "Look", "Mistake"]

Row = Mapping[str, Any]

GROUPS = {
    "right": "right",
    "partly": "partly",
    "wrong": "wrong",
    "invalid": "wrong",
    "not_attempted": "none",
    "missing": "none",
    "unreadable": "none",
    "stopped": "none",
}
"""How the statuses of rows are counted together."""
LOST = {"unreadable", "stopped"}
"""Statuses of rows whose answers may have been lost."""
MOST_LOOKS, MOST_MISTAKES, MOST_SPELLINGS, MOST_NAMES = 200, 5_000, 200, 5
TOLD = {"misconception", "problem", "style", "explanation"}
REQUEST = re.compile(r"(?P<request>`[^`]+` on `[^`]+`): (?P<why>.+)", re.DOTALL)
PLACED = re.compile(r"^Lines? \d+(?:, column \d+)?(?: to \d+)?: ")


class Look(NamedTuple):
    """Something to look at: whose, how grave (`error` or `warning`), and a sentence."""

    name: str
    severity: str
    sentence: str


@dataclass(slots=True)
class ExerciseCount:
    """One exercise: how many answers were right, partly right, wrong or not there, and the sum of their points."""

    title: str
    topics: str
    most: float
    counts: Counter[str] = field(default_factory=Counter)
    points: float = 0.0

    @property
    def mean(self) -> float:
        """The mean of the points."""
        return self.points / max(self.counts.total(), 1)


@dataclass(slots=True)
class Mistake:
    """A mistake that several students may have made: in which exercise, how it is told, and who made it.

    `words` follow "14 students …", with code in backticks; `witness` is one request that shows it, `why` a sentence.
    """

    exercise: str
    words: str
    witness: Mapping[str, Any] | None
    why: str = ""
    count: int = 0
    names: list[str] = field(default_factory=list)
    spellings: Counter[str] = field(default_factory=Counter)
    misconceptions: Counter[str] = field(default_factory=Counter)


class ClassSummary:
    """A class's results, counted.

    Args:
        exercises: by name, `title`, `topics` and `points` of the assignment's exercises.
    """

    def __init__(self, exercises: Mapping[str, Mapping[str, Any]]) -> None:
        self.exercises = {
            name: ExerciseCount(str(one["title"]), ", ".join(one["topics"]), float(one["points"]))
            for name, one in exercises.items()
        }
        self.students = self.handed_in = 0
        self.totals: list[float] = []
        self.looks: list[Look] = []
        self.unseen = 0
        """How many more things there were to look at than are kept."""
        self.misconceptions: Counter[str] = Counter()
        self._mistakes: dict[tuple[str, str], Mistake] = {}

    @property
    def most(self) -> float:
        """How many points there are."""
        return sum(one.most for one in self.exercises.values())

    @property
    def median(self) -> float:
        """The median of the points of those who handed something in."""
        return statistics.median(self.totals) if self.totals else 0.0

    @property
    def absent(self) -> int:
        """How many answers are not there."""
        return sum(one.counts["none"] for one in self.exercises.values())

    def add(self, name: str, rows: Sequence[Row], *, handed_in: bool, notes: Sequence[str] = ()) -> None:
        """Count one student.

        Args:
            name: the name to show.
            rows: one for each exercise.
            handed_in: whether there was anything.
            notes: sentences on what could not be read.
        """
        self.students += 1
        self.handed_in += handed_in
        if handed_in:
            self.totals.append(sum(float(row["score"]) for row in rows))
        for row in rows:
            counted = self.exercises[row["exercise"]]
            counted.counts[GROUPS[row["status"]]] += 1
            counted.points += float(row["score"])
            self._count_mistake(name, row)
        self.misconceptions.update({slug for row in rows for slug in row["misconceptions"]})
        for severity, sentence in dict.fromkeys(self._looks(rows, notes)):
            self.look(name, severity, sentence)

    def look(self, name: str, severity: str, sentence: str) -> None:
        """Note something to look at."""
        if len(self.looks) < MOST_LOOKS:
            self.looks.append(Look(name, severity, sentence))
        else:
            self.unseen += 1

    def _looks(self, rows: Sequence[Row], notes: Sequence[str]) -> list[tuple[str, str]]:
        lost = any(row["status"] in LOST for row in rows)
        found = [("error" if lost else "warning", note) for note in notes]
        for row in rows:
            own = "" if row["status"] == "missing" or any(note in row["note"] for note in notes) else row["note"]
            title = self.exercises[row["exercise"]].title
            found += [("error" if row["status"] in LOST else "warning", f"{title}: {own}")] if own else []
            found += [("warning", f"{title}: {row['private']}")] if row.get("private") else []
        return found

    def _count_mistake(self, name: str, row: Row) -> None:
        words, why = _words(row)
        if not words or (len(self._mistakes) >= MOST_MISTAKES and (row["exercise"], words) not in self._mistakes):
            return
        found = self._mistakes.setdefault(
            (row["exercise"], words), Mistake(row["exercise"], words, row.get("witness") or None, why)
        )
        found.count += 1
        if len(found.names) < MOST_NAMES:
            found.names.append(name)
        if row.get("spelling") and len(found.spellings) < MOST_SPELLINGS:
            found.spellings[row["spelling"]] += 1
        found.misconceptions.update(row["misconceptions"])

    def mistakes(self, most: int = 12) -> list[Mistake]:
        """Return the most frequent mistakes."""
        ranked = sorted(self._mistakes.values(), key=lambda one: (-one.count, one.exercise, one.words))
        return ranked[:most]


def _words(row: Row) -> tuple[str, str]:
    """Return how a row's mistake is told, to follow "14 students …", and why it is one; empty where there is none."""
    if GROUPS[row["status"]] in {"right", "none"}:
        return "", ""
    if witness := row.get("witness"):
        does = "also allow" if witness["yours"] == ALLOWED else "do not allow"
        return f"{does} `{witness['action']}`", ""
    told = [str(one["text"]) for one in row["feedback"] if one["kind"] in TOLD]
    if not told:
        return "get part of it wrong" if row["status"] == "partly" else "get it wrong", ""
    if match := REQUEST.match(told[0]):
        return f"misjudge {match['request']}", match["why"]
    text = PLACED.sub("", told[0])
    return f"{'have no readable answer' if row['status'] == 'invalid' else 'are told'}: {text}", ""
