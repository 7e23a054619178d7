"""A whole explanation line by line: as plain text, and with colors for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from iamlab.evaluation.explanation import Explanation
from iamlab.reporting.changes import NO_CHANGE_HELPS, NOTHING_ELSE
from iamlab.reporting.explanation import explanation_data
from iamlab.reporting.text import MARKS, printable
from iamlab.reporting.words import WORDS, code

if TYPE_CHECKING:
    from rich.text import Text

__all__ = ["report_terminal", "report_text", "statement_head", "verdict"]

STYLES = {
    "allowed": "bold green",
    "explicitDeny": "bold red",
    "implicitDeny": "bold yellow",
    "head": "bold",
    "quiet": "dim",
    "": "",
}
"""How a terminal shows a line; the words say the same without it."""


class Line(NamedTuple):
    """One line, with how it is shown: a decision, `head`, `quiet` or nothing."""

    text: str
    style: str = ""


def report_text(explanation: Explanation, origins: Mapping[str, str] | None = None, title: str = "") -> str:
    """Return a whole explanation as plain text.

    Args:
        explanation: the decision with its trace.
        origins: where in a model of accounts each policy stands, by its label.
        title: what stands before the decision, as a scenario's id.
    """
    return printable("\n".join(line.text for line in _lines(explanation_data(explanation, origins), title)))


def report_terminal(explanation: Explanation, origins: Mapping[str, str] | None = None, title: str = "") -> Text:
    """Return a whole explanation with colors, for rich; its plain text is that of `report_text`."""
    from rich.text import Text

    lines = _lines(explanation_data(explanation, origins), title)
    return Text("\n").join(Text(printable(line.text), STYLES[line.style]) for line in lines)


def statement_head(statement: Mapping[str, Any]) -> str:
    """Return what a statement is called where its policy is named above it.

    >>> statement_head({"index": 0, "sid": "Read", "effect": "Allow", "line": 4, "end_line": 9})
    'Statement 1, `Read`, Allow, lines 4 to 9'
    """
    line, end = statement["line"], statement["end_line"]
    parts = [f"Statement {statement['index'] + 1}", *([code(statement["sid"])] if statement["sid"] else [])]
    return ", ".join([*parts, statement["effect"], f"line {line}" if line == end else f"lines {line} to {end}"])


def _lines(data: Mapping[str, Any], title: str) -> Iterator[Line]:
    request = data["request"]
    yield Line(f"{title}: {data['word']}" if title else data["word"], data["decision"])
    yield Line(f"  {request['principal']} asks for {request['action']} on {request['resource']}")
    yield Line(f"  Decided by {data['step']}. {data['reason']}")
    if data["denial"]:
        yield Line(f"  AWS says: {data['denial']}", "quiet")
    if data["note"]:
        yield Line(f"  Note: {data['note']}")
    yield Line("Steps", "head")
    yield from map(_step_line, data["steps"])
    yield Line("Policies, in the order in which they are asked", "head")
    for policy in data["policies"]:
        yield from _policy_lines(policy)
    yield from _change_lines(data["changes"], data["decision"])


def _step_line(step: Mapping[str, Any]) -> Line:
    note = f" ({step['note']})" if step["note"] else ""
    outcome = f" {WORDS[step['outcome']]}." if step["outcome"] else ""
    answer = step["answer"] or "not asked"
    text = f"  {step['number']}. {step['name']}: {step['question']} {answer.capitalize()}{note}.{outcome}"
    return Line(text, step["outcome"] or ("" if step["answer"] else "quiet"))


def _policy_lines(policy: Mapping[str, Any]) -> Iterator[Line]:
    where = f", {policy['origin']}" if policy["origin"] else ""
    aside = "" if policy["binds"] else ": does not bind this request"
    yield Line(f"  {policy['name']} ({policy['label']}{where}){aside}", "" if policy["binds"] else "quiet")
    if not policy["statements"]:
        yield Line("    It has no statements.", "quiet")
    for statement in policy["statements"]:
        yield Line(f"    {MARKS[statement['matched']]} {statement_head(statement)}: {verdict(statement)}")


def verdict(statement: Mapping[str, Any]) -> str:
    """Return whether a statement matches, or the first element that does not, with its place."""
    failed = statement["failed"]
    if failed is None:
        return "matches"
    place = f" ({failed['line']}:{failed['column']})" if failed["line"] else ""
    return f"{failed['name']} does not match{place}: {failed['text']}"


def _change_lines(changes: list[Mapping[str, Any]] | None, decision: str) -> Iterator[Line]:
    if decision == "allowed":
        return
    yield Line("What would have to change", "head")
    for number, change in enumerate(changes or (), 1):
        yield Line(f"  {number}. {change['text']}")
        if change["statement"]:
            yield Line(f"     {change['statement']}", "quiet")
    yield Line(f"  {NO_CHANGE_HELPS if changes is None else NOTHING_ELSE}")
