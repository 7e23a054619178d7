"""`review()`: exercises worth doing next, each in its panel."""

from __future__ import annotations

from html import escape

from ipywidgets import HTML, VBox

from iamlab.learning.progress import Suggestion, progress_of
from iamlab.widgets.exercise import exercise

__all__ = ["review"]

DONE = "Every exercise is right. There is nothing to review."


def review(count: int = 3) -> VBox:
    """Show the exercises worth doing next: those that were sure and wrong before all, then weak spots.

    Args:
        count: how many at most.

    Raises:
        SettingsError: `iamlab.toml` cannot be used.
    """
    suggestions = progress_of().review(count)
    if not suggestions:
        return VBox([HTML(f"<p>{DONE}</p>")])
    return VBox([part for one in suggestions for part in _shown(one)])


def _shown(one: Suggestion) -> tuple[HTML, VBox]:
    why = f"{one.why[:1].upper()}{one.why[1:]}."
    return HTML(f"<p>{escape(why)}</p>"), exercise(one.exercise)
