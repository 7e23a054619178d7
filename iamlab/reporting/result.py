"""What checking an answer found, for a terminal, and for a notebook as HTML: plain, and readable without color."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from iamlab.policy import Source
from iamlab.reporting.colors import MARKS, decision_style
from iamlab.reporting.html import marked
from iamlab.reporting.text import WIDEST, printable

__all__ = ["STATUS_WORDS", "ShownResult", "result_text"]

ROOT = "iam-result"
STATUS_WORDS = {
    "right": "Right",
    "partly": "Part of the way",
    "wrong": "Not yet",
    "not_attempted": "Not tried yet",
    "invalid": "Not readable yet",
}
ADVICE = "Advice, not counted: "
MOST_MARKS = 5
STYLE = f"""{decision_style(ROOT)}
.{ROOT} table {{ margin-left: 0; }}
.{ROOT} td, .{ROOT} th {{ text-align: left; }}"""


def result_text(title: str, result: Mapping[str, Any]) -> str:
    """Return what checking an answer found, as text.

    Args:
        title: the exercise's title.
        result: as a `Result` gives it for JSON.
    """
    return "\n".join([_headline(title, result), *_parts(result), *_sentences(result)])


@dataclass(frozen=True, slots=True)
class ShownResult:
    """A result that shows itself under an answer: points, parts, what is wrong and where, how requests are decided.

    `result` is as a `Result` gives it for JSON, `text` the answer, `report` what an editor would show for it, where it
    is a policy. `notes` are sentences on what else happened.
    """

    title: str
    result: Mapping[str, Any]
    text: str = ""
    report: Mapping[str, Any] | None = None
    notes: Sequence[str] = field(default=())

    def __repr__(self) -> str:
        requests = [f"  {MARKS[one['decision']]} {one['word']}: {_asked(one)}{_by(one)}" for one in self.verdicts]
        marks = [f"  {mark.line} | {mark.shown}\n  {' ' * len(str(mark.line))} | {mark.carets}" for mark in self.marks]
        told = [*self._titled("In the answer:", marks), *self._titled("Requests, with this answer:", requests)]
        return printable("\n".join([result_text(self.title, self.result), *told, *self.notes]))

    def _repr_html_(self) -> str:
        inner = "\n".join([*self._head(), *self._marks(), *self._verdicts(), *map(_paragraph, self.notes)])
        return printable(f'<section class="{ROOT}">\n<style>\n{STYLE}\n</style>\n{inner}\n</section>')

    @property
    def verdicts(self) -> Sequence[Mapping[str, Any]]:
        """How each request of the exercise is decided with this answer."""
        found: Sequence[Mapping[str, Any]] = (self.report or {}).get("verdicts", ())
        return found

    @property
    def marks(self) -> Sequence[Mark]:
        """The places in the answer that the feedback speaks of."""
        source = Source(self.text)
        problems = (self.report or {}).get("problems", ()) if not (self.report or {}).get("readable", True) else ()
        places = [one["place"] for one in self.result["feedback"] if one.get("place")]
        found = dict.fromkeys((int(one["line"]), int(one["column"])) for one in (*problems, *places))
        return [_mark(source, *place) for place in list(found)[:MOST_MARKS]]

    def _head(self) -> Iterator[str]:
        word, rest = STATUS_WORDS[self.result["status"]], _headline(self.title, self.result).partition(":")[2]
        yield f"<p><strong>{word}</strong>:{escape(rest)}</p>"
        if parts := list(_parts(self.result)):
            yield f"<ul>{''.join(f'<li>{_signed(part)}</li>' for part in parts)}</ul>"
        yield from map(_paragraph, _sentences(self.result))

    def _marks(self) -> Iterator[str]:
        for mark in self.marks:
            before, at, after = mark.split()
            code = f"{escape(before)}<mark>{escape(at)}</mark>{escape(after)}"
            yield f"<p>Line {mark.line}, column {mark.column}:</p>\n<pre><code>{code}</code></pre>"

    def _verdicts(self) -> Iterator[str]:
        if not self.verdicts:
            return
        yield "<table><caption>Requests, with this answer</caption>"
        yield '<tr><th scope="col">Decision</th><th scope="col">Request</th><th scope="col">Why</th></tr>'
        for one in self.verdicts:
            decision = one["decision"]
            word = f'<span class="decision-{decision}">{MARKS[decision]} {escape(one["word"])}</span>'
            yield f"<tr><td>{word}</td><td>{marked(_asked(one))}</td><td>{marked(one['reason'])}</td></tr>"
        yield "</table>"

    @staticmethod
    def _titled(title: str, lines: Sequence[str]) -> list[str]:
        return [title, *lines] if lines else []


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in an answer, with as much of its line as there is room for."""

    line: int
    column: int
    shown: str
    at: int
    """Where in `shown` it is."""

    @property
    def carets(self) -> str:
        """The line below, which points at it."""
        return " " * self.at + "^"

    def split(self) -> tuple[str, str, str]:
        """Return what stands before it, the character itself, and what follows."""
        return self.shown[: self.at], self.shown[self.at : self.at + 1] or " ", self.shown[self.at + 1 :]


def _mark(source: Source, line: int, column: int) -> Mark:
    text = source.line(line) if line <= source.position(len(source.text))[0] else ""
    begin = max(0, column - 1 - WIDEST // 2)
    return Mark(line, column, text[begin : begin + WIDEST].expandtabs(1), column - 1 - begin)


def _headline(title: str, result: Mapping[str, Any]) -> str:
    worth = f"{result['max_score']:g} point{'' if result['max_score'] == 1 else 's'}"
    return printable(f"{STATUS_WORDS[result['status']]}: {result['score']:g} of {worth} for {title}")


def _parts(result: Mapping[str, Any]) -> Iterator[str]:
    for part in result["parts"]:
        yield printable(f"  {'+' if part['holds'] else '-'} {part['name']}: {part['points']:g} of {part['most']:g}")


def _sentences(result: Mapping[str, Any]) -> Iterator[str]:
    for one in result["feedback"]:
        yield f"{ADVICE if one['kind'] == 'advice' else ''}{printable(one['text'])}"


def _signed(part: str) -> str:
    sign, _, rest = part.strip().partition(" ")
    return f"{'✓' if sign == '+' else '✕'} {marked(rest)}"


def _paragraph(sentence: str) -> str:
    return f"<p>{marked(sentence)}</p>"


def _asked(verdict: Mapping[str, Any]) -> str:
    return f"`{verdict['action']}` on `{verdict['resource']}`{_where(verdict['context'])}"


def _where(context: Mapping[str, Any]) -> str:
    told = [f"`{key}` is `{value}`" for key, value in context.items()]
    return f", where {' and '.join(told)}" if told else ""


def _by(verdict: Mapping[str, Any]) -> str:
    return f" ({verdict['step']}{', ' + verdict['where'] if verdict['where'] else ''})" if verdict["step"] else ""
