"""An answer that was checked, with all that is shown under it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from iamlab.learning.exercise import Exercise, find_exercise
from iamlab.learning.kinds import Kind
from iamlab.learning.kinds.policy import PolicyExercise
from iamlab.learning.result import Result
from iamlab.reporting.editor import editor_report
from iamlab.reporting.result import ShownResult

__all__ = ["shown_result"]

LONGEST = 65_536
"""Longer answers are checked, but not shown with marks."""


def shown_result(kind: Kind, text: str, result: Result, notes: Sequence[str] = ()) -> ShownResult:
    """Return a result as it is shown under the answer.

    Args:
        kind: the exercise.
        text: the answer.
        result: what checking it found.
        notes: sentences on what else happened.
    """
    said = [*variant_note(kind.exercise), *notes]
    return ShownResult(kind.exercise.title, result.as_dict(), text[:LONGEST], _report(kind, text), said)


def variant_note(exercise: Exercise) -> list[str]:
    """Say whose variant an exercise is, where it is not the one that notebooks are written for."""
    if not exercise.values or exercise.values == find_exercise(exercise.name).values:
        return []
    values = ", ".join(f"{name} `{value}`" for name, value in exercise.values.items())
    return [f"This is checked in a variant of your own, with {values}."]


def _report(kind: Kind, text: str) -> Mapping[str, Any] | None:
    """Return marks and the requests' decisions, as the editor shows them; None where there is no policy to show."""
    if not isinstance(kind, PolicyExercise) or len(text) > LONGEST:
        return None
    try:
        return editor_report(
            text,
            kind.requests,
            kind=kind.kind,
            principal=kind.shown()["principal"],
            others=kind.others,
            management_account=kind.around.management_account,
            advise=lambda _: None,
        )
    except Exception:  # the result stands without it
        return None
