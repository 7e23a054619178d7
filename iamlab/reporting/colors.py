"""The decisions' colors outside of widgets: for notebooks' HTML and for pictures.

They are those of the widgets' `tokens.css` (a test holds the two together). A color never says anything alone.
"""

from __future__ import annotations

from collections.abc import Mapping

from iamlab.evaluation.decision import ALLOWED, EXPLICIT_DENY, IMPLICIT_DENY
from iamlab.reporting.words import UNDECIDED

__all__ = ["DARK", "LIGHT", "MARKS", "decision_style"]

LIGHT: Mapping[str, str] = {
    ALLOWED: "#0a6f61",
    EXPLICIT_DENY: "#86130f",
    IMPLICIT_DENY: "#985400",
    UNDECIDED: "#3a475c",
    "surface": "#ffffff",
    "line": "#e0e0e0",
    "text": "#212121",
    "muted": "#5c5f66",
}
DARK: Mapping[str, str] = {
    ALLOWED: "#93ebc6",
    EXPLICIT_DENY: "#ee7f73",
    IMPLICIT_DENY: "#fbc254",
    UNDECIDED: "#a9b7cd",
    "surface": "#212121",
    "line": "#424242",
    "text": "#e0e0e0",
    "muted": "#b3b6bc",
}
"""By decision, and what a picture is drawn on and written with."""

MARKS = {ALLOWED: "✓", EXPLICIT_DENY: "✕", IMPLICIT_DENY: "–", UNDECIDED: "?"}
"""A sign for each decision, beside its word."""


def decision_style(root: str) -> str:
    """Return rules that color `.decision-allowed` and its like within a class, by the theme of JupyterLab.

    >>> decision_style("iam-x").splitlines()[0]
    '.iam-x .decision-allowed { color: #0a6f61; }'
    """
    names = (ALLOWED, EXPLICIT_DENY, IMPLICIT_DENY, UNDECIDED)
    light = [f".{root} .decision-{name} {{ color: {LIGHT[name]}; }}" for name in names]
    dark = '[data-jp-theme-light="false"]'
    return "\n".join([*light, *(f"{dark} .{root} .decision-{name} {{ color: {DARK[name]}; }}" for name in names)])
