"""A comparison as HTML, for notebooks: plain, semantic, and readable without color."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from iamlab.comparison import Witness
from iamlab.reporting.colors import MARKS, decision_style
from iamlab.reporting.comparison import SHOWN, Compared, Told, comparison_text, headline, told
from iamlab.reporting.html import marked
from iamlab.reporting.side_reasons import Reason
from iamlab.reporting.text import printable
from iamlab.reporting.words import WORDS, plural

__all__ = ["ShownComparison", "comparison_html"]

ROOT = "iam-comparison"


class ShownComparison:
    """A comparison that shows itself, in a notebook and in a terminal."""

    def __init__(self, compared: Compared) -> None:
        self.compared = compared

    def __repr__(self) -> str:
        return comparison_text(self.compared)

    def _repr_html_(self) -> str:
        return comparison_html(self.compared)


def comparison_html(compared: Compared, most: int | None = SHOWN) -> str:
    """Return a comparison as HTML.

    Args:
        compared: the comparison.
        most: how many requests are shown at once for each direction; the others unfold. None for all.
    """
    return printable(f'<section class="{ROOT}">\n' + "\n".join(_parts(compared, most)) + "\n</section>")


def _parts(compared: Compared, most: int | None) -> Iterator[str]:
    comparison = compared.comparison
    yield f"<style>\n{decision_style(ROOT)}\n</style>"
    yield f"<p><strong>{marked(headline(compared))}</strong></p>"
    for name, witnesses in zip(compared.names, (comparison.only_first, comparison.only_second), strict=True):
        if witnesses:
            yield f"<h4>Only {escape(name)} allows</h4>"
            yield from _direction(compared, witnesses, len(witnesses) if most is None else most)
    if comparison.undecided:
        yield "<h4>Not decided</h4>\n<ul>"
        yield from (f"<li>{marked(sentence)}</li>" for sentence in comparison.undecided)
        yield "</ul>"


def _direction(compared: Compared, witnesses: tuple[Witness, ...], most: int) -> Iterator[str]:
    yield "<ol>"
    yield from (_witness(told(compared, witness)) for witness in witnesses[:most])
    yield "</ol>"
    if more := witnesses[most:]:
        yield f'<details><summary>{plural(len(more), "more way")}</summary>\n<ol start="{most + 1}">'
        yield from (_witness(told(compared, witness)) for witness in more)
        yield "</ol></details>"


def _witness(one: Told) -> str:
    who = f"<code>{escape(one.principal)}</code> asks for " if one.principal else ""
    asked = f"{who}<code>{escape(one.action)}</code> on <code>{escape(one.resource)}</code>"
    context = "".join(f"<br>with <code>{escape(key)}</code> {marked(value)}" for key, value in one.context)
    rows = "".join(_row(name, reason) for name, reason in one.sides)
    notes = [one.also, *(f"Note: {note}" for note in one.notes)]
    more = "".join(f"<p>{marked(note)}</p>" for note in notes if note)
    return f"<li><p>{asked}{context}</p><table>{rows}</table>{more}</li>"


def _row(name: str, reason: Reason) -> str:
    decision = reason.decision
    mark = f'<span aria-hidden="true">{MARKS[decision]}</span>'
    word = f'<td class="decision-{decision}">{mark} <strong>{WORDS[decision]}</strong></td>'
    place = f"<br>{marked(reason.place)}" if reason.place else ""
    return f'<tr><th scope="row">{escape(name)}</th>{word}<td>{marked(reason.sentence)}{place}</td></tr>'
