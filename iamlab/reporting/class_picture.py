"""The instructor's page as a picture: answers by exercise, common mistakes, and misconceptions."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from iamlab.reporting.class_page import Misconception
from iamlab.reporting.class_summary import ClassSummary
from iamlab.reporting.colors import DARK as DARK_COLORS
from iamlab.reporting.colors import LIGHT as LIGHT_COLORS
from iamlab.reporting.page_style import DARK, LIGHT
from iamlab.reporting.pictures import Picture
from iamlab.reporting.visible import visible

__all__ = ["class_picture"]

WIDTH, ROW, HEAD, MARGIN = 10.0, 0.3, 0.75, 0.3
"""In inches."""
MOST_MISTAKES, MOST_BELIEFS = 8, 8
NAME, WORDS = 42, 92
"""How many characters of a name, and of a sentence, stand in a row."""
LABEL_INCHES = 3.3
GROUPS = (("right", ""), ("partly", "////"), ("wrong", "xxxx"))
"""How answers are counted, each with a hatch that tells it without color."""


class Bar(NamedTuple):
    """A row: what it counts, how many, and in words what it is, below."""

    label: str
    number: int


def class_picture(
    title: str, summary: ClassSummary, misconceptions: Mapping[str, Misconception], *, dark: bool = False
) -> Figure:
    """Draw a class's results on one page.

    Args:
        title: the assignment's name.
        summary: the class's results, counted.
        misconceptions: the catalogue, by slug.
        dark: whether to draw in light colors on a dark surface.
    """
    mistakes = [
        Bar(f"{one.words.replace('`', '')} · {summary.exercises[one.exercise].title}", one.count)
        for one in summary.mistakes(MOST_MISTAKES)
    ]
    beliefs = [
        Bar(misconceptions.get(slug, Misconception(slug)).believes.replace("`", ""), count)
        for slug, count in summary.misconceptions.most_common(MOST_BELIEFS)
    ]
    look = {
        **(DARK_COLORS if dark else LIGHT_COLORS),
        **(DARK if dark else LIGHT),
        "text": "#e0e0e0" if dark else "#212121",
    }
    figure, (top, middle, bottom) = _laid_out([len(summary.exercises), 1.5 * len(mistakes), 1.5 * len(beliefs)], look)
    about = f"{summary.handed_in} of {summary.students} handed in, median {summary.median:g} of {summary.most:g} points"
    figure.text(
        MARGIN / WIDTH, 1 - 0.3 / figure.get_figheight(), _plain(title), size=13, weight="bold", color=look["text"]
    )
    figure.text(MARGIN / WIDTH, 1 - 0.52 / figure.get_figheight(), about, size=9, color=look["muted"])
    _draw_exercises(top, summary, look)
    _draw_bars(middle, "Common mistakes: students who …", mistakes, look)
    _draw_bars(bottom, "Misconceptions: students who believe …", beliefs, look)
    return figure


def _plain(text: str, most: int = 80) -> str:
    """Return a text that matplotlib draws as it is: `$` begins no formula."""
    return visible(text, most).replace("$", r"\$")


def _laid_out(rows: Iterable[float], look: Mapping[str, Any]) -> tuple[Figure, list[Axes]]:
    """Return a figure with an axes for each section, as high as its rows."""
    heights = [max(count, 1) * ROW for count in rows]
    whole = sum(heights) + len(heights) * HEAD + MARGIN + 0.4
    figure = Picture(figsize=(WIDTH, whole), dpi=100, facecolor=look["surface"])
    top, found = whole - 0.4, list[Axes]()
    for height in heights:
        top -= HEAD + height
        axes = figure.add_axes((MARGIN / WIDTH, top / whole, 1 - 2 * MARGIN / WIDTH, height / whole))
        axes.set_facecolor(look["surface"])
        axes.axis("off")
        found.append(axes)
    return figure, found


def _title(axes: Axes, text: str, look: Mapping[str, Any]) -> None:
    axes.set_title(text, loc="left", size=10, weight="bold", color=look["text"], pad=8)


def _draw_exercises(axes: Axes, summary: ClassSummary, look: Mapping[str, Any]) -> None:
    _title(axes, "Answers by exercise", look)
    left, width = LABEL_INCHES, WIDTH - 2 * MARGIN - LABEL_INCHES - 1.5
    axes.set_xlim(0, WIDTH - 2 * MARGIN)
    axes.set_ylim(len(summary.exercises) - 0.5, -0.5)
    for y, one in enumerate(summary.exercises.values()):
        axes.text(
            0, y, textwrap.shorten(_plain(one.title), NAME, placeholder="…"), va="center", size=8.5, color=look["text"]
        )
        at, whole = left, max(one.counts.total(), 1)
        for name, hatch in GROUPS:
            size = width * one.counts[name] / whole
            axes.barh(
                y, size, 0.55, at, color=look["surface"] if hatch else look[name], hatch=hatch, edgecolor=look[name]
            )
            if size > 0.25:
                ink = {"size": 7, "ha": "center", "va": "center", "color": look["text"] if hatch else look["surface"]}
                axes.text(at + size / 2, y, str(one.counts[name]), **ink, **_backed(hatch, look))
            at += size
        mean = f"{one.mean:.1f} of {one.most:g}"
        axes.text(WIDTH - 2 * MARGIN, y, mean, va="center", ha="right", size=8.5, color=look["muted"])
    _draw_key(axes, left, look)


def _backed(hatch: str, look: Mapping[str, Any]) -> dict[str, Any]:
    return {"bbox": {"facecolor": look["surface"], "edgecolor": "none", "pad": 1}} if hatch else {}


def _draw_key(axes: Axes, left: float, look: Mapping[str, Any]) -> None:
    for number, (name, hatch) in enumerate(GROUPS):
        at = left + number * 0.85
        axes.barh(
            -0.95,
            0.16,
            0.4,
            at,
            color=look["surface"] if hatch else look[name],
            hatch=hatch,
            edgecolor=look[name],
            clip_on=False,
        )
        axes.text(at + 0.22, -0.95, name, va="center", size=8, color=look["muted"])
    axes.text(WIDTH - 2 * MARGIN, -0.95, "mean points", va="center", ha="right", size=8, color=look["muted"])


def _draw_bars(axes: Axes, title: str, bars: list[Bar], look: Mapping[str, Any]) -> None:
    """Draw counts as bars, each below its sentence."""
    _title(axes, title, look)
    axes.set_xlim(0, WIDTH - 2 * MARGIN)
    axes.set_ylim(max(len(bars), 0.5) - 0.5, -0.5)
    if not bars:
        axes.text(0, 0, "none", va="center", size=8.5, color=look["muted"])
    most = max((bar.number for bar in bars), default=1)
    for y, bar in enumerate(bars):
        text = textwrap.shorten(_plain(bar.label, 200), WORDS + 20, placeholder=" …")
        axes.text(0.45, y - 0.2, text, va="center", size=8.5, color=look["text"])
        axes.text(0.3, y - 0.2, str(bar.number), va="center", ha="right", size=9, weight="bold", color=look["text"])
        axes.barh(y + 0.2, 6.5 * bar.number / most, 0.16, 0.45, color=look["muted"])
