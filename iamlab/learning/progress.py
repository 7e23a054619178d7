"""What a learner has done so far, read from the saved answers, and what is worth doing next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from iamlab.learning.course import course
from iamlab.learning.exam_history import ExamRecord, best_exam
from iamlab.learning.exercise import Exercise, exercise_files, load_exercise
from iamlab.learning.lessons import course_root
from iamlab.learning.misconceptions import misconceptions
from iamlab.learning.result import RIGHT
from iamlab.learning.saved import AnswersError, Event, Saved, load_answer
from iamlab.learning.settings import ANSWERS, settings

if TYPE_CHECKING:
    from pandas import DataFrame

__all__ = ["Entry", "Progress", "Share", "Suggestion", "progress_of"]

OPEN = "open"
"""The status of an exercise of which no answer was checked yet."""


class Share(NamedTuple):
    """How much of a lesson or a topic is done: points, and exercises that are right."""

    name: str
    points: float
    most: float
    right: int
    exercises: int
    tried: int


class Suggestion(NamedTuple):
    """An exercise that is worth doing next, and why, a clause."""

    exercise: str
    why: str


@dataclass(frozen=True)
class Entry:
    """One exercise and what became of it."""

    exercise: Exercise
    saved: Saved | None = None

    @property
    def best(self) -> Event | None:
        """The best attempt, of those before the solution was opened."""
        return self.saved.best if self.saved else None

    @property
    def points(self) -> float:
        """The points reached: at most what the exercise is worth, whatever the file says."""
        return min(max(self.best.score or 0.0, 0.0), float(self.exercise.points)) if self.best else 0.0

    @property
    def status(self) -> str:
        """The status of the best attempt, `open` without one."""
        return (self.best.status or OPEN) if self.best else OPEN

    @property
    def is_right(self) -> bool:
        """Whether it was answered rightly."""
        return self.status == RIGHT

    @property
    def checks(self) -> Sequence[Event]:
        """The attempts."""
        return self.saved.checks if self.saved else ()

    @property
    def at_first_try(self) -> bool:
        """Whether the first attempt was right, with no hint and no solution before it."""
        events = self.saved.events if self.saved else ()
        before = next((event for event in events if event.what in {"check", "hint", "solution"}), None)
        return before is not None and before.what == "check" and before.status == RIGHT

    @property
    def misconceptions(self) -> Counter[str]:
        """How often each misconception showed in the attempts."""
        return Counter(slug for event in self.checks for slug in event.misconceptions)

    @property
    def sure_and_wrong(self) -> bool:
        """Whether a prediction was sure and wrong, and is not right by now."""
        return not self.is_right and any(event.sure for event in self.checks)


@dataclass(frozen=True)
class Progress:
    """Everything a learner has done, exercise by exercise; `problems` are files that could not be read.

    `exam` is the best mock exam; None before the first one.
    """

    entries: tuple[Entry, ...]
    problems: tuple[str, ...] = ()
    exam: ExamRecord | None = None

    @property
    def points(self) -> float:
        """The points reached."""
        return round(sum(entry.points for entry in self.entries), 2)

    @property
    def most(self) -> int:
        """All points there are."""
        return sum(entry.exercise.points for entry in self.entries)

    @property
    def right(self) -> int:
        """How many exercises are right."""
        return sum(entry.is_right for entry in self.entries)

    @property
    def tried(self) -> int:
        """How many exercises were tried."""
        return sum(bool(entry.checks) for entry in self.entries)

    @property
    def at_first_try(self) -> int:
        """How many were right at the first try."""
        return sum(entry.at_first_try for entry in self.entries)

    @cached_property
    def lessons(self) -> tuple[Share, ...]:
        """How much of each lesson is done."""
        return _shares((entry.exercise.lesson, entry) for entry in self.entries)

    @cached_property
    def topics(self) -> tuple[Share, ...]:
        """How much of each topic is done, in the course's order."""
        found = _shares((topic, entry) for entry in self.entries for topic in entry.exercise.topics)
        return tuple(sorted(found, key=lambda share: [int(part) for part in share.name[1:].split(".")]))

    @property
    def weak_topics(self) -> tuple[Share, ...]:
        """Topics that were tried and got fewer than two thirds of the points tried for, the weakest first."""
        tried = _shares((topic, entry) for entry in self.entries if entry.checks for topic in entry.exercise.topics)
        weak = (share for share in tried if share.points < share.most * 2 / 3)
        return tuple(sorted(weak, key=lambda share: share.points / share.most))

    @cached_property
    def misconceptions(self) -> Mapping[str, int]:
        """How often each misconception showed, the most frequent first."""
        counted = sum((entry.misconceptions for entry in self.entries), Counter[str]())
        return dict(counted.most_common())

    @property
    def by_day(self) -> tuple[tuple[date, float], ...]:
        """The points in sum at the end of each day on which there were more of them."""
        gains = Counter[date]()
        for entry in self.entries:
            reached = 0.0
            for event in entry.checks if entry.best else ():
                score = min(event.score or 0.0, entry.points)
                if score > reached:
                    gains[datetime.fromisoformat(event.at).astimezone().date()] += score - reached  # type: ignore[assignment]
                    reached = score
        total, found = 0.0, list[tuple[date, float]]()
        for day in sorted(gains):
            total += gains[day]
            found.append((day, round(total, 2)))
        return tuple(found)

    def review(self, count: int = 5) -> list[Suggestion]:
        """Return exercises worth doing next: sure and wrong before all, then weak spots, then what is open.

        Args:
            count: how many at most.
        """
        weak = {slug for entry in self.entries if not entry.is_right for slug in entry.misconceptions}
        topics = {share.name for share in self.weak_topics}
        rated = [(*_urgency(entry, weak, topics), entry) for entry in self.entries if not entry.is_right]
        rated.sort(key=lambda one: one[0])
        return [Suggestion(entry.exercise.name, why) for _, why, entry in rated[: max(count, 0)]]

    def data(self, folder: str = ANSWERS, review: int = 5) -> dict[str, Any]:
        """Return all of it as plain data, for `iamlab.reporting.progress` and for JSON.

        Args:
            folder: where answers lie, as it is told.
            review: how many exercises to suggest.
        """
        return {
            "folder": folder,
            "points": self.points,
            "most": self.most,
            "right": self.right,
            "exercises": len(self.entries),
            "tried": self.tried,
            "first": self.at_first_try,
            "hints": sum(entry.saved.hints for entry in self.entries if entry.saved),
            "exam": {"right": self.exam.right, "of": self.exam.questions} if self.exam else None,
            "lessons": [_shown(share, course().lesson(share.name), share.name) for share in self.lessons],
            "topics": [_shown_topic(share) for share in self.topics],
            "weak": [_shown_topic(share) for share in self.weak_topics],
            "days": [(day.isoformat(), points) for day, points in self.by_day],
            "mistakes": [_mistake(slug, count) for slug, count in self.misconceptions.items()],
            "review": [self._suggested(one) for one in self.review(review)],
            "problems": list(self.problems),
        }

    def _suggested(self, one: Suggestion) -> dict[str, Any]:
        exercise = next(entry.exercise for entry in self.entries if entry.exercise.name == one.exercise)
        return {"exercise": one.exercise, "title": exercise.title, "why": one.why, "lesson": exercise.lesson}

    def frame(self) -> DataFrame:
        """Return a row an exercise as a DataFrame."""
        import pandas as pd

        return pd.DataFrame([_row(entry) for entry in self.entries])


def progress_of(folder: Path | None = None, root: Path | None = None) -> Progress:
    """Return what was done so far.

    Args:
        folder: where answers lie; as `settings` says, unless given.
        root: the course; this one, unless given.

    Raises:
        SettingsError: the settings cannot be used.
    """
    held = settings()
    where, problems, entries = folder or held.answers, list[str](), list[Entry]()
    for name, path in exercise_files(root).items():
        try:
            saved = load_answer(name, where)
        except AnswersError as error:
            saved = None
            problems.append(f"`{name}`: {error}")
        entries.append(Entry(load_exercise(path, held.seed), saved))
    return Progress(tuple(entries), tuple(problems), best_exam(where))


def _shares(named: Iterable[tuple[str, Entry]]) -> tuple[Share, ...]:
    groups = dict[str, list[Entry]]()
    for name, entry in named:
        groups.setdefault(name, []).append(entry)
    return tuple(
        Share(
            name,
            round(sum(one.points for one in some), 2),
            sum(one.exercise.points for one in some),
            sum(one.is_right for one in some),
            len(some),
            sum(bool(one.checks) for one in some),
        )
        for name, some in groups.items()
    )


def _urgency(entry: Entry, weak: set[str], topics: set[str]) -> tuple[int, str]:
    """Return how soon an exercise should come (0 is first), and why."""
    practised = set(entry.exercise.body.get("misconceptions", ())) & weak
    if entry.sure_and_wrong:
        return 0, "you were sure, and it is not so"
    if entry.misconceptions:
        return 1, "a mistake that came back"
    if practised:
        return 2, "it is about a mistake that came back"
    if entry.checks:
        return 3, "begun, and not right yet"
    if topics & set(entry.exercise.topics):
        return 4, "its topic is weak so far"
    return 5, "not tried yet"


def _shown(share: Share, title: str, lesson: str) -> dict[str, Any]:
    return {**share._asdict(), "title": title, "href": lesson_link(f"{lesson}.ipynb")}


def _shown_topic(share: Share) -> dict[str, Any]:
    title = f"{share.name} {course().topics.get(share.name, '')}".strip()
    return _shown(share, title, course().lesson_of(share.name))


def _mistake(slug: str, count: int) -> dict[str, Any]:
    known = misconceptions().get(slug)
    lesson = known.lesson if known else ""
    title = course().lesson(lesson.removesuffix(".ipynb")) if lesson else ""
    text = known.believes if known else slug
    return {"slug": slug, "text": text, "count": count, "lesson": title, "href": lesson_link(lesson)}


def lesson_link(notebook: str) -> str | None:
    """Return the link to a lesson, seen from the lessons' folder; None where there is no such lesson yet."""
    return notebook if notebook and (course_root() / "notebooks" / notebook).is_file() else None


def _row(entry: Entry) -> dict[str, object]:
    exercise, saved = entry.exercise, entry.saved
    return {
        "lesson": exercise.lesson,
        "exercise": exercise.name,
        "title": exercise.title,
        "kind": exercise.kind,
        "topics": ", ".join(exercise.topics),
        "points": entry.points,
        "of": float(exercise.points),
        "status": entry.status,
        "attempts": len(entry.checks),
        "first try": entry.at_first_try,
        "hints": saved.hints if saved else 0,
        "solution seen": saved.solution_seen if saved else False,
        "sure and wrong": any(event.sure for event in entry.checks),
        "misconceptions": ", ".join(entry.misconceptions),
        "last": entry.checks[-1].at if entry.checks else None,
    }
