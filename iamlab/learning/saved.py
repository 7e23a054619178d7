"""An answer as it is saved: its text, and what became of it, event by event. One JSON file an exercise."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from iamlab.learning.files import read_whole, reason, set_aside, sweep

__all__ = ["AnswersError", "Event", "Saved", "load_answer", "merged", "moment", "written"]

FORMAT = 1
CHECK, HINT, SOLUTION, RESET, REPLACED = WHATS = ("check", "hint", "solution", "reset", "replaced")
LONGEST_ANSWER = 262_144
LONGEST_HISTORY = 1_000_000
"""How many characters of earlier answers are kept; of older ones only what became of them."""
MOST_EVENTS = 2_000
LONGEST_FILE = 16_000_000


class AnswersError(Exception):
    """An answer that could not be saved or read; the message is a clause that says why."""


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to an answer: when (ISO 8601, UTC), what, the answer as it then was, and what checking it said.

    `what` is `check`, `hint`, `solution`, `reset`, or `replaced` (by an answer from another window). `sure` is how many
    predictions were sure and wrong, where the exercise asks for that.
    """

    at: str
    what: str
    answer: str = ""
    status: str | None = None
    score: float | None = None
    max_score: float | None = None
    misconceptions: tuple[str, ...] = ()
    sure: int | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """The saved answer to one exercise. `stamp` changes with every writing; `saved` is when that was."""

    exercise: str
    answer: str
    start: str
    seed: str | None = None
    events: tuple[Event, ...] = ()
    stamp: str = ""
    saved: str = ""

    @property
    def checks(self) -> tuple[Event, ...]:
        """The attempts, in their order."""
        return tuple(event for event in self.events if event.what == CHECK)

    @property
    def attempts(self) -> int:
        """How often an answer was checked."""
        return len(self.checks)

    @property
    def hints(self) -> int:
        """How many hints were taken."""
        return sum(event.what == HINT for event in self.events)

    @property
    def solution_seen(self) -> bool:
        """Whether the solution was opened."""
        return any(event.what == SOLUTION for event in self.events)

    @property
    def last(self) -> Event | None:
        """The last attempt."""
        return self.checks[-1] if self.checks else None

    @property
    def best(self) -> Event | None:
        """The best attempt; what was checked after the solution was opened adds no points."""
        opened = next((event.at for event in self.events if event.what == SOLUTION), None)
        counted = [event for event in self.checks if opened is None or event.at < opened]
        return max(counted, key=lambda event: event.score or 0.0, default=None)

    def having(self, event: Event) -> Saved:
        """Return it with one more event."""
        return replace(self, events=_bounded((*self.events, event)))


def moment() -> str:
    """Return the time, in the form that events carry."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def merged(mine: Iterable[Event], theirs: Iterable[Event]) -> tuple[Event, ...]:
    """Return the events of two histories of one answer, each once, in the order of time."""
    return _bounded(sorted(dict.fromkeys((*theirs, *mine)), key=lambda event: event.at))


def _bounded(events: Iterable[Event]) -> tuple[Event, ...]:
    """Let go of the oldest answers' texts where there are too many."""
    left, found = LONGEST_HISTORY, list[Event]()
    for event in list(events)[: -MOST_EVENTS - 1 : -1]:
        left -= len(event.answer)
        found.append(event if left >= 0 else replace(event, answer=""))
    return tuple(reversed(found))


def written(saved: Saved) -> bytes:
    """Return the file's content. Raises AnswersError where the answer is too long."""
    if len(saved.answer) > LONGEST_ANSWER:
        raise AnswersError(f"the answer is longer than {LONGEST_ANSWER:,} characters")
    events = [
        {key: value for key, value in asdict(event).items() if value not in (None, "", ())} for event in saved.events
    ]
    content = {"format": FORMAT, **asdict(saved), "events": events}
    return f"{json.dumps(content, indent=1)}\n".encode("ascii")


def _told(event: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in event.items() if value not in (None, "", ())}


def load_answer(name: str, folder: Path) -> Saved | None:
    """Return the saved answer to an exercise; None where there is none.

    Raises:
        AnswersError: the file cannot be read, or is broken; then it is set aside first.
    """
    path = folder / f"{name}.json"
    sweep(path)
    try:
        content = read_whole(path, LONGEST_FILE)
        return None if content is None else _read(json.loads(content), name)
    except OSError as error:
        raise AnswersError(reason(error)) from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise AnswersError(set_aside(path)) from error


def _read(content: Mapping[str, Any], name: str) -> Saved:
    texts = [content["answer"], content["start"], content["stamp"], content["saved"], content["seed"] or ""]
    if content["format"] != FORMAT or content["exercise"] != name or not all(isinstance(one, str) for one in texts):
        raise ValueError("no saved answer")
    events = tuple(_event(one) for one in content["events"])
    return Saved(name, texts[0], texts[1], content["seed"], events, texts[2], texts[3])


def _event(content: Mapping[str, Any]) -> Event:
    event = Event(**{**content, "misconceptions": tuple(content.get("misconceptions", ()))})
    datetime.fromisoformat(event.at)
    numbers = [one for one in (event.score, event.max_score, event.sure) if one is not None]
    texts = [event.answer, event.status or "", *event.misconceptions]
    if event.what not in WHATS or not all(isinstance(one, str) for one in texts):
        raise ValueError("no event")
    if not all(isinstance(one, int | float) and abs(one) < 1e6 for one in numbers):
        raise ValueError("no event")
    return event
