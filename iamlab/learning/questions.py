"""Questions with options: what choose and diagnose have in common."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from iamlab.learning.result import Feedback, Part

__all__ = ["Option", "Question", "option_mark", "read_question"]


@dataclass(frozen=True, slots=True)
class Option:
    """One option: its id, its text, whether it is right, why (not), and the misconception that choosing it shows."""

    id: str
    text: str
    right: bool
    why: str = ""
    misconception: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its options."""

    id: str
    text: str
    options: tuple[Option, ...]

    @property
    def key(self) -> tuple[str, ...]:
        """The ids of the right options, sorted."""
        return tuple(sorted(option.id for option in self.options if option.right))

    def part(self, chosen: Sequence[str], name: str) -> Part:
        """Return whether exactly the right options were chosen."""
        return Part(name, tuple(sorted(set(chosen))) == self.key)

    def feedback(self, chosen: Sequence[str]) -> Iterator[Feedback]:
        """Say of each option that was wrongly chosen why it is not so; of right ones left out only that some are."""
        for option in self.options:
            if option.id in chosen and not option.right:
                yield Feedback("explanation", option.why, misconception=option.misconception)
        missed = set(self.key) - set(chosen)
        if chosen and missed and set(chosen) <= set(self.key):
            yield Feedback("explanation", "What is chosen is right, and there is more.")

    def other_answers(self) -> Iterator[list[str]]:
        """Yield every other choice of one or two options."""
        ids = [option.id for option in self.options]
        for size in (1, 2):
            yield from (list(some) for some in combinations(ids, size) if tuple(sorted(some)) != self.key)


def read_question(body: Mapping[str, Any], right: frozenset[str] | None = None) -> Question:
    """Read a question of an exercise file.

    Args:
        body: its table.
        right: the ids of the right options where they follow from something; otherwise each option says so.
    """
    options = tuple(
        Option(
            one["id"],
            one["text"],
            one["id"] in right if right is not None else bool(one.get("right", False)),
            str(one.get("why", "")),
            one.get("misconception"),
        )
        for one in body["options"]
    )
    return Question(str(body.get("id", "answer")), str(body.get("question", "")), options)


def option_mark(option: Option) -> dict[str, Any]:
    """Return what is said of an option that was chosen."""
    told = {"id": option.id, "right": option.right, "text": option.why, "misconception": option.misconception}
    return {key: value for key, value in told.items() if value is not None}
