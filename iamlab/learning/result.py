"""What checking an answer says: points, status, and feedback as data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

__all__ = ["STATUSES", "Feedback", "Part", "Result", "scored"]

RIGHT, PARTLY, WRONG, NOT_ATTEMPTED, INVALID = STATUSES = ("right", "partly", "wrong", "not_attempted", "invalid")


@dataclass(frozen=True, slots=True)
class Feedback:
    """One thing to say of an answer.

    `kind` is `witness`, `problem`, `style`, `misconception`, `explanation`, `advice` or `note`; `text` whole sentences.
    `witness` is a request with both decisions, `misconception` a slug, `place` line and column in the answer.
    """

    kind: str
    text: str
    witness: Mapping[str, Any] | None = None
    misconception: str | None = None
    place: Mapping[str, int] | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return it for JSON; what is not there is left out."""
        found = {"kind": self.kind, "text": self.text, "witness": self.witness, "place": self.place}
        found["misconception"] = self.misconception
        return {key: value for key, value in found.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a task: what it asks, whether the answer holds it, and how much it weighs beside the others."""

    name: str
    holds: bool
    weight: float = 1.0
    points: float = 0.0
    most: float = 0.0


@dataclass(frozen=True, slots=True)
class Result:
    """What checking an answer found."""

    exercise: str
    status: str
    score: float
    max_score: float
    feedback: tuple[Feedback, ...] = ()
    parts: tuple[Part, ...] = field(default=())

    def as_dict(self) -> dict[str, Any]:
        """Return it as `iamlab exercise check --format json` prints it."""
        return {
            "exercise": self.exercise,
            "score": self.score,
            "max_score": self.max_score,
            "status": self.status,
            "feedback": [one.as_dict() for one in self.feedback],
            "parts": [
                {"name": part.name, "holds": part.holds, "points": part.points, "most": part.most}
                for part in self.parts
            ],
        }

    @property
    def misconceptions(self) -> tuple[str, ...]:
        """The slugs that the answer shows."""
        return tuple(dict.fromkeys(one.misconception for one in self.feedback if one.misconception))


def scored(exercise: str, points: int, parts: Sequence[Part], feedback: Sequence[Feedback]) -> Result:
    """Return the result of an answer by the parts of the task that it holds.

    Points are rounded to hundredths; only an answer that holds every part gets all of them.
    """
    whole = sum(part.weight for part in parts)
    worth = tuple(
        Part(
            part.name,
            part.holds,
            part.weight,
            round(points * part.weight / whole, 2) * part.holds,
            round(points * part.weight / whole, 2),
        )
        for part in parts
    )
    right = all(part.holds for part in parts)
    held = sum(part.weight for part in parts if part.holds)
    score = float(points) if right else min(round(points * held / whole, 2), points - 0.01)
    status = RIGHT if right else PARTLY if score > 0 else WRONG
    return Result(exercise, status, score, float(points), tuple(feedback), worth)
