"""Pictures of access, drawn with matplotlib: which policy allows how much of which action, and what one allows alone.

A color never says anything alone: each cell has a mark, each bar a number. The colors are the decisions' own.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle, Wedge

from iamlab.evaluation.decision import ALLOWED
from iamlab.reporting.action_access import ALL, NONE, SOME
from iamlab.reporting.colors import DARK, LIGHT
from iamlab.reporting.words import UNDECIDED, plural

__all__ = ["Picture", "draw_difference", "draw_matrix", "new_figure", "new_page"]

ROW, CHARACTER, MARGIN = 0.24, 0.078, 0.2
"""In inches: the height of a row, the width of a character, the space at the edges."""
CELL = 0.42
SLANTED = 0.72
"""How wide and how high a slanted character is, beside an upright one."""
PANEL_ROWS = 30
"""How many rows stand under each other before another column of them begins."""
MOST_PANELS = 3
LEAST_WIDTH = 4.2
LEGEND = (
    (ALL, "all: on every resource, in every context"),
    (SOME, "some: on some resources, or under conditions"),
    (NONE, "none"),
    (UNDECIDED, "not decided"),
)
MOST_GROUPS = 28
"""How many rows a picture of differences has before the smallest are counted together."""
BAR_WIDTH = 1.5
NAMES_WIDTH = 68
"""How many characters of actions' names stand in a row."""
DPI = 144


class Picture(Figure):
    """A figure that a notebook shows as it is, whether or not pyplot is at work there.

    Its label, where it has one, says in words what it shows, and is a part of the file.
    """

    def _repr_png_(self) -> bytes:
        content, words = io.BytesIO(), str(self.get_label())
        self.savefig(content, format="png", dpi=DPI, metadata={"Description": words} if words else None)
        return content.getvalue()


class Row(NamedTuple):
    """A row of a matrix: a heading, or an action with a value for each policy."""

    text: str
    values: tuple[str, ...] = ()


def draw_matrix(
    policies: Sequence[str], levels: Mapping[str, Mapping[str, Sequence[str]]], *, dark: bool = False
) -> Figure:
    """Draw how much of each action each policy allows.

    Args:
        policies: their names.
        levels: by access level and action, a value for each policy.
        dark: whether to draw on a dark surface.
    """
    panels, colors = _panels(levels), DARK if dark else LIGHT
    labels = [max(len(row.text) + 2 * (not row.values) for row in panel) * CHARACTER for panel in panels]
    slant = max(map(len, policies)) * CHARACTER * SLANTED
    values = {value for panel in panels for row in panel for value in row.values}
    legend = [entry for entry in LEGEND if entry[0] in values]
    bottom = MARGIN + slant + (max(map(len, panels)) + 1) * ROW
    widths = [label + len(policies) * CELL + slant + MARGIN for label in labels]
    figure = new_figure(max(sum(widths) + MARGIN, LEAST_WIDTH), bottom + (len(legend) + 1) * ROW, colors)
    page, left = new_page(figure), MARGIN
    for panel, label, width in zip(panels, labels, widths, strict=True):
        _draw_panel(page, panel, policies, (left, MARGIN + slant), label, colors)
        left += width
    _draw_legend(page, legend, bottom, colors)
    return figure


def _panels(levels: Mapping[str, Mapping[str, Sequence[str]]]) -> list[list[Row]]:
    """Return rows in columns of about the same height; a level that goes on in the next one is named there again."""
    total = sum(len(actions) + 1 for actions in levels.values())
    count = min(MOST_PANELS, -(-total // PANEL_ROWS))
    height = -(-total // count) + 1
    panels: list[list[Row]] = [[]]
    for level, actions in levels.items():
        if len(panels[-1]) + 2 > height:
            panels.append([])
        panels[-1].append(Row(level))
        for name, values in actions.items():
            if len(panels[-1]) >= height and len(panels) < count:
                panels.append([Row(f"{level}, continued")])
            panels[-1].append(Row(name, tuple(values)))
    return panels


def new_figure(width: float, height: float, colors: Mapping[str, str]) -> Figure:
    """Return an empty picture of a size in inches, on its surface."""
    return Picture(figsize=(width, height), dpi=100, facecolor=colors["surface"])


def new_page(figure: Figure) -> Axes:
    """Return the whole figure as one surface, measured in inches from its top left corner."""
    width, height = figure.get_size_inches()
    page = figure.add_axes((0, 0, 1, 1))
    page.set_xlim(0, width)
    page.set_ylim(height, 0)
    page.axis("off")
    return page


def _draw_panel(
    page: Axes,
    rows: Sequence[Row],
    policies: Sequence[str],
    corner: tuple[float, float],
    label: float,
    colors: Mapping[str, str],
) -> None:
    left, top = corner
    for i, name in enumerate(policies):
        at = left + label + (i + 0.4) * CELL
        page.text(at, top, name, rotation=45, ha="left", va="bottom", rotation_mode="anchor", size=8, c=colors["text"])
    for number, row in enumerate(rows):
        y = top + (number + 0.75) * ROW
        if not row.values:
            at = left + label - 0.08
            page.text(at, y, row.text, va="center", ha="right", size=8.5, weight="bold", color=colors["text"])
            continue
        page.text(left + label - 0.08, y, row.text, va="center", ha="right", size=8, color=colors["text"])
        for i, value in enumerate(row.values):
            _draw_cell(page, value, left + label + (i + 0.5) * CELL, y, colors)


def _draw_cell(page: Axes, value: str, x: float, y: float, colors: Mapping[str, str]) -> None:
    """Draw a cell: its ground deepens with what is allowed, its mark says the same without color."""
    ground = {ALL: 0.85, SOME: 0.3}.get(value, 0.0)
    page.add_patch(
        Rectangle(
            (x - CELL / 2 + 0.015, y - ROW / 2 + 0.015),
            CELL - 0.03,
            ROW - 0.03,
            facecolor=_mixed(colors[ALLOWED], colors["surface"], ground),
            edgecolor=colors["line"],
            linewidth=0.6,
        )
    )
    _draw_mark(page, value, x, y, colors)


def _draw_mark(page: Axes, value: str, x: float, y: float, colors: Mapping[str, str]) -> None:
    ink = colors["surface"] if value == ALL else colors["text"]
    if value == ALL:
        page.add_patch(Wedge((x, y), 0.065, 0, 360, facecolor=ink))
    elif value == SOME:
        page.add_patch(Wedge((x, y), 0.065, 0, 360, facecolor="none", edgecolor=ink, linewidth=0.9))
        page.add_patch(Wedge((x, y), 0.065, 90, 270, facecolor=ink))
    else:
        page.text(x, y, "–" if value == NONE else "?", ha="center", va="center", size=8, color=colors["muted"])


def _draw_legend(page: Axes, entries: Sequence[tuple[str, str]], top: float, colors: Mapping[str, str]) -> None:
    for number, (value, text) in enumerate(entries):
        y = top + (number + 0.5) * ROW
        _draw_cell(page, value, MARGIN + CELL / 2, y, colors)
        page.text(MARGIN + CELL + 0.08, y, text, va="center", size=8, color=colors["text"])


def _mixed(color: str, ground: str, share: float) -> tuple[float, float, float]:
    """Return a share of a color on a ground."""
    over, under = ([int(text[i : i + 2], 16) / 255 for i in (1, 3, 5)] for text in (color, ground))
    red, green, blue = (share * a + (1 - share) * b for a, b in zip(over, under, strict=True))
    return red, green, blue


# Differences


Groups = Mapping[tuple[str, str], tuple[Sequence[str], Sequence[str]]]
"""By service and access level: the operations that the first alone allows, and those that the second alone does."""


class Bar(NamedTuple):
    """A row of a picture of differences: what it counts, how many of each side, and names."""

    label: str
    counts: tuple[int, int]
    names: str


def draw_difference(names: tuple[str, str], groups: Groups, *, dark: bool = False) -> Figure:
    """Draw how many actions each of two policies alone allows, by service and access level, and which.

    Args:
        names: what the policies are called.
        groups: the operations by service and access level.
        dark: whether to draw on a dark surface.
    """
    colors, bars = DARK if dark else LIGHT, list(_bars(groups))
    totals = (sum(bar.counts[0] for bar in bars), sum(bar.counts[1] for bar in bars))
    title = _title(names, totals)
    label = max((len(bar.label) for bar in bars), default=0) * CHARACTER + MARGIN
    columns = list(_bar_columns(names, totals, label))
    text_at = columns[-1].left + columns[-1].width if columns else label
    width = max(text_at + NAMES_WIDTH * CHARACTER * 0.9, len(title) * CHARACTER * 1.35)
    figure = new_figure(width + MARGIN, (len(bars) + 3 * bool(bars) + 1) * ROW + 2 * MARGIN, colors)
    page = new_page(figure)
    page.text(MARGIN, MARGIN + ROW / 2, title, va="center", size=9.5, weight="bold", color=colors["text"])
    for column in columns:
        page.text(column.left, MARGIN + 2.2 * ROW, column.head, va="center", size=8, color=colors["muted"])
    longest = max((count for bar in bars for count in bar.counts), default=1)
    for number, bar in enumerate(bars):
        y = MARGIN + (number + 3.5) * ROW
        page.text(label - 0.08, y, bar.label, ha="right", va="center", size=8, color=colors["text"])
        for column in columns:
            count = bar.counts[column.side]
            _draw_bar(page, count, column.side, column.left, y, BAR_WIDTH / longest, colors)
        page.text(text_at, y, bar.names, va="center", size=7.5, color=colors["muted"])
    return figure


class Column(NamedTuple):
    """Where one side's bars stand."""

    side: int
    head: str
    left: float
    width: float


def _bar_columns(names: tuple[str, str], totals: tuple[int, int], left: float) -> Iterator[Column]:
    """Yield a column for each side that allows something alone, as wide as its heading and its numbers need."""
    for side in (0, 1):
        if totals[side]:
            head = f"only {names[side]}"
            width = max(BAR_WIDTH + 0.5, len(head) * CHARACTER + MARGIN)
            yield Column(side, head, left, width)
            left += width


def _title(names: tuple[str, str], totals: tuple[int, int]) -> str:
    first, second = names
    counts = [plural(total, "action") for total in totals]
    if all(totals):
        return f"{first} alone allows requests for {counts[0]}, {second} alone for {counts[1]}"
    if not any(totals):
        return f"{first} and {second} allow the same"
    wide, other, count = (first, second, counts[0]) if totals[0] else (second, first, counts[1])
    return f"{wide} allows requests for {count} that {other} does not"


def _draw_bar(
    page: Axes, count: int, side: int, left: float, y: float, scale: float, colors: Mapping[str, str]
) -> None:
    """Draw a bar with its number: filled for the first policy, hatched for the second."""
    if not count:
        page.text(left, y, "–", va="center", size=8, color=colors["muted"])
        return
    width, ink = max(count * scale, 0.03), colors[ALLOWED]
    look: dict[str, Any] = {"facecolor": ink} if side == 0 else {"facecolor": "none", "hatch": "//////"}
    page.add_patch(Rectangle((left, y - ROW * 0.33), width, ROW * 0.66, edgecolor=ink, linewidth=0.8, **look))
    page.text(left + width + 0.05, y, f"{count:,}", va="center", size=8, color=colors["text"])


def _bars(groups: Groups) -> Iterator[Bar]:
    """Yield the rows: the services with most actions first, and what is left over counted together."""
    services = dict[str, int]()
    for (service, _), sides in groups.items():
        services[service] = services.get(service, 0) + sum(map(len, sides))
    order = sorted(groups, key=lambda group: (-services[group[0]], group[0], group[1]))
    for service, level in order[:MOST_GROUPS]:
        first, second = groups[service, level]
        room = NAMES_WIDTH // 2 if first and second else NAMES_WIDTH
        names = " | ".join(_some(one, room) for one in (first, second) if one)
        yield Bar(f"{service} · {level}", (len(first), len(second)), names)
    if left := order[MOST_GROUPS:]:
        counts = [sum(len(groups[group][side]) for group in left) for side in (0, 1)]
        yield Bar("everything else", (counts[0], counts[1]), plural(len({service for service, _ in left}), "service"))


def _some(names: Sequence[str], room: int) -> str:
    """Return as many names as fit, and how many are left."""
    found, length = list[str](), 0
    for name in sorted(names, key=lambda name: (len(name), name)):
        length += len(name) + 2
        if found and length > room - 12:
            break
        found.append(name)
    left = len(names) - len(found)
    return ", ".join(found) + (f" and {left:,} more" if left else "")
