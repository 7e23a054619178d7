"""The picture of the evaluation order on paper: the same steps, nodes and words as in the stepper, with matplotlib."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, RegularPolygon

from iamlab.evaluation.decision import ALLOWED, EXPLICIT_DENY, IMPLICIT_DENY
from iamlab.evaluation.explanation import Explanation, explain
from iamlab.evaluation.policies import Policies
from iamlab.evaluation.request import Request
from iamlab.reporting.colors import DARK, LIGHT
from iamlab.reporting.pictures import MARGIN, new_figure, new_page
from iamlab.reporting.stepper import picture_data, picture_lines
from iamlab.reporting.words import UNDECIDED

__all__ = ["draw_evaluation", "plot_evaluation"]

PITCH, RADIUS, RAIL = 0.46, 0.095, 0.14
"""In inches: from step to step, the radius of a node, how far the rail is from the left edge."""
WIDTH, GAP = 4.1, 0.35
"""In inches: the width of a rail with its words, and the gap between two."""
HEAD = 0.7
LINE = 0.19
DOTTED = (0, (1, 2.2))
Data = Mapping[str, Any]


def plot_evaluation(
    asked: Explanation | Request,
    policies: Policies | None = None,
    *,
    origins: Mapping[str, str] | None = None,
    management_account: bool = False,
    dark: bool = False,
) -> Figure:
    """Draw how a request is decided, step by step, for slides and printed pages.

    Args:
        asked: an explanation, or a request.
        policies: every policy that can have a say, where a request is given.
        origins: where in a model of accounts each policy stands, by its label.
        management_account: whether the principal is in the organization's management account.
        dark: whether to draw on a dark surface.

    Raises:
        ValueError: where a request is given without policies.
    """
    if isinstance(asked, Request):
        if policies is None:
            raise ValueError("A request needs the policies that decide it: plot_evaluation(request, policies).")
        asked = explain(asked, policies, management_account=management_account)
    return draw_evaluation(picture_data(asked, origins), asked.request, dark=dark)


def draw_evaluation(picture: Data, request: Request, *, dark: bool = False) -> Figure:
    """Draw a picture of an evaluation.

    Args:
        picture: what `picture_data` returns.
        request: the request that it is about.
        dark: whether to draw on a dark surface.
    """
    colors, rails = DARK if dark else LIGHT, picture["rails"]
    rows = max(len(rail["nodes"]) for rail in rails) + 1
    width = len(rails) * WIDTH + (len(rails) - 1) * GAP
    said = textwrap.wrap(picture["reason"].replace("`", ""), int(width / 0.064))
    heads = len(rails) > 1
    top = MARGIN + HEAD + heads * LINE * 2
    bottom = top + rows * PITCH + heads * 0.68 + len(said) * LINE
    figure = new_figure(width + 2 * MARGIN, bottom + MARGIN, colors)
    figure.set_label("\n".join(picture_lines(picture)))
    pen = _Pen(new_page(figure), colors)
    pen.request(request, width)
    for number, rail in enumerate(rails):
        pen.rail(rail, MARGIN + number * (WIDTH + GAP), top, rows)
    below = top + rows * PITCH
    if heads:
        pen.verdict(picture, MARGIN + width / 2, below)
    for number, line in enumerate(said):
        y = bottom - (len(said) - number - 0.5) * LINE
        pen.words(MARGIN, y, line, size=8.5, color=colors["muted"])
    return figure


@dataclass(frozen=True, slots=True)
class _Pen:
    """Draws on a page measured in inches from its top left corner."""

    page: Axes
    colors: Mapping[str, str]

    def words(self, x: float, y: float, text: str, **look: Any) -> None:
        """Write a line, its middle at a height."""
        self.page.text(x, y, text, **{"va": "center", "size": 9, "color": self.colors["text"], **look})

    def line(self, x: float, start: float, end: float, color: str, **look: Any) -> None:
        """Draw a piece of a rail."""
        self.page.plot([x, x], [start, end], color=color, solid_capstyle="butt", zorder=1, **{"lw": 1.3, **look})

    def request(self, request: Request, width: float) -> None:
        """Write who asks for what on what."""
        room = int(width / 0.071)
        self.words(MARGIN, MARGIN + 0.06, _fitting(request.action, room), weight="bold")
        for number, text in enumerate((f"by  {request.principal.text}", f"on  {request.resource}"), 1):
            y = MARGIN + 0.06 + number * LINE
            self.words(MARGIN, y, _fitting(text, room), size=8.5, color=self.colors["muted"])

    def rail(self, rail: Data, left: float, top: float, rows: int) -> None:
        """Draw one rail with its nodes, its words and its end."""
        if rail["title"]:
            self.words(left, top - LINE * 1.6, rail["title"], weight="bold")
            self.words(left, top - LINE * 0.6, rail["account"], size=8, color=self.colors["muted"])
        nodes, x = rail["nodes"], left + RAIL
        places = [top + (number + 0.5) * PITCH for number in range(len(nodes))]
        end = top + (rows - 0.5) * PITCH
        self._lines(rail, x, [*places, end])
        for node, y in zip(nodes, places, strict=True):
            self._node(node, x, y)
            self._texts(node, left, y)
        self.sign(rail["decision"], x, end)
        color = self.colors[rail["decision"]]
        self.words(left + 0.36, end, rail["word"], weight="bold", size=9.5, color=color)

    def _lines(self, rail: Data, x: float, places: list[float]) -> None:
        ended = ""
        for node, start, end in zip(rail["nodes"], places, places[1:], strict=False):
            ended = ended or node["outcome"] or ""
            if ended:
                outright = ended == ALLOWED
                look = {"linestyle": DOTTED} if outright else {"lw": 1.8}
                self.line(x, start + RADIUS, end - RADIUS, self.colors["muted" if outright else ended], **look)
            else:
                self.line(x, start + RADIUS, end - RADIUS, self.colors["text"])
        first = next((at for at, node in enumerate(rail["nodes"]) if node["outcome"] == ALLOWED), None)
        if first is not None and first < len(rail["nodes"]) - 1:
            self._around(x + WIDTH - RAIL - 0.12, places[first], places[-1], x + 1.25)

    def _around(self, x: float, start: float, end: float, to: float) -> None:
        """Draw the line that an allow takes which stands alone, past the steps that are not asked."""
        color = self.colors[ALLOWED]
        self.page.plot([x - 0.1, x, x], [start, start, end], color=color, lw=1.8, solid_joinstyle="round")
        self.page.annotate("", (to, end), (x, end), arrowprops={"arrowstyle": "->", "color": color, "lw": 1.8})

    def _node(self, node: Data, x: float, y: float) -> None:
        if node["outcome"]:
            return self.sign(node["outcome"], x, y)
        is_reached = node["state"] == "passed"
        ink = self.colors["text" if is_reached else "muted"]
        dotted = {"linestyle": DOTTED} if node["state"] == "absent" else {}
        surface = self.colors["surface"]
        self.page.add_patch(Circle((x, y), RADIUS, facecolor=surface, edgecolor=ink, lw=1.2, zorder=2, **dotted))
        if is_reached:
            self._strokes([((-4, 0.5), (-1, 3.5), (4, -2.5))], x, y, ink)
        return None

    def _texts(self, node: Data, left: float, y: float) -> None:
        ink = self.colors["muted" if node["state"] == "open" else "text"]
        weight = "bold" if node["outcome"] else "normal"
        self.words(left + 0.36, y - 0.075, node["title"], color=ink, weight=weight)
        self.words(left + 0.36, y + 0.095, _fitting(node["asked"], 48), size=7.5, color=self.colors["muted"])
        self.words(left + WIDTH - 0.25, y - 0.075, node["said"], ha="right", size=8, color=self.colors["muted"])

    def sign(self, decision: str, x: float, y: float) -> None:
        """Draw a decision's sign: the shape tells it as well as the color."""
        ink, surface = self.colors[decision], self.colors["surface"]
        if decision == EXPLICIT_DENY:
            shape: Any = RegularPolygon((x, y), 8, radius=RADIUS * 1.12, orientation=0.3927, facecolor=ink, zorder=2)
        else:
            fill = ink if decision == ALLOWED else surface
            dotted = {"linestyle": DOTTED} if decision == UNDECIDED else {}
            shape = Circle((x, y), RADIUS, facecolor=fill, edgecolor=ink, lw=1.8, zorder=2, **dotted)
        self.page.add_patch(shape)
        self._strokes(STROKES[decision], x, y, ink if decision in {IMPLICIT_DENY, UNDECIDED} else surface)

    def _strokes(self, strokes: Any, x: float, y: float, ink: str) -> None:
        """Draw lines inside a node; its own measure is the ninth part of its radius."""
        for stroke in strokes:
            xs, ys = zip(*((x + dx * RADIUS / 9, y + dy * RADIUS / 9) for dx, dy in stroke), strict=True)
            self.page.plot(xs, ys, color=ink, lw=1.4, solid_capstyle="round", solid_joinstyle="round", zorder=3)

    def verdict(self, picture: Data, x: float, y: float) -> None:
        """Draw where both sides of a cross-account request meet."""
        self.page.plot([MARGIN, 2 * x - MARGIN], [y + 0.06] * 2, color=self.colors["muted"], lw=1)
        self.words(x, y + 0.2, "Both sides must allow", ha="center", size=8, color=self.colors["muted"])
        color, half = self.colors[picture["decision"]], len(picture["word"]) * 0.042
        self.sign(picture["decision"], x - half - 0.12, y + 0.41)
        self.words(x - half + 0.06, y + 0.41, picture["word"], weight="bold", size=10, color=color)


STROKES: Mapping[str, Any] = {
    ALLOWED: [((-4, 0.5), (-1, 3.5), (4, -2.5))],
    EXPLICIT_DENY: [((-3, -3), (3, 3)), ((3, -3), (-3, 3))],
    IMPLICIT_DENY: [((-3.6, 0), (3.6, 0))],
    UNDECIDED: [((0, 3), (0, 3.2)), ((0, 0.5), (0, -2.5))],
}


def _fitting(text: str, room: int) -> str:
    """Return a text that fits; a long one loses its middle, never its tail."""
    return text if len(text) <= room else f"{text[: room // 2 - 1]}…{text[-(room // 2) :]}"
