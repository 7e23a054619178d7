"""What lint found, as text, as data, and as GitHub's annotations; SARIF is in `sarif.py`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from iamlab.policy import Problem, Source
from iamlab.policy.problem import ERROR, SECURITY_WARNING, SEVERITIES, SUGGESTION, WARNING, Fix
from iamlab.reporting.text import printable, snippet
from iamlab.reporting.words import plural

if TYPE_CHECKING:
    from rich.text import Text

__all__ = [
    "CHANGES_ACCESS",
    "NAMES",
    "Linted",
    "count_findings",
    "finding_data",
    "findings_terminal",
    "findings_text",
    "github_lines",
    "summary",
]

NAMES = {ERROR: "error", SECURITY_WARNING: "security warning", WARNING: "warning", SUGGESTION: "suggestion"}
"""What each class of findings is called, as Access Analyzer calls it."""

STYLES = {
    ERROR: "bold red",
    SECURITY_WARNING: "bold yellow",
    WARNING: "bold yellow",
    SUGGESTION: "bold blue",
    "place": "bold",
    "quiet": "dim",
    "": "",
}
COMMANDS = {ERROR: "error", SECURITY_WARNING: "warning", WARNING: "warning", SUGGESTION: "notice"}
"""GitHub's command for each class: it knows three."""

CHANGES_ACCESS = "changes access"
Part = tuple[str, str]
"""A piece of text and its style, a key of `STYLES`."""


@dataclass(frozen=True, slots=True)
class Linted:
    """A document after lint: its text, named as its file; what was found; whether the file could be opened at all."""

    source: Source
    problems: tuple[Problem, ...]
    readable: bool = True
    """Whether it could be read as a policy."""
    opened: bool = True


def count_findings(problems: Iterable[Problem]) -> str:
    """Return how many findings there are of each class, the gravest first; empty for none.

    >>> from iamlab.policy import Span
    >>> count_findings([Problem("a", Span(0, 1), "A.", severity="warning"), Problem("b", Span(0, 1), "B.")])
    '1 error, 1 warning'
    """
    listed = [problem.severity for problem in problems]
    return ", ".join(plural(listed.count(one), NAMES[one]) for one in SEVERITIES if one in listed)


def summary(documents: Sequence[Linted]) -> str:
    """Return the last line: how much was found in how many files."""
    opened = [document for document in documents if document.opened]
    counts = count_findings(problem for document in opened for problem in document.problems)
    return f"{counts or 'No findings'} in {plural(len(opened), 'file')}."


def finding_data(problem: Problem, source: Source) -> dict[str, Any]:
    """Return a finding as plain data: lines and columns from 1, columns in code points, ends one past the last."""
    return {
        "file": source.name,
        "code": problem.code,
        "class": problem.severity,
        **asdict(source.place(problem.span)),
        "message": problem.message,
        "help": problem.help,
        "fix": _fix_data(problem.fix, source) if problem.fix else None,
        "reference": problem.reference,
    }


def _fix_data(fix: Fix, source: Source) -> dict[str, Any]:
    place = asdict(source.place(fix.span))
    return {"title": fix.title, **place, "text": fix.text, "changes_access": fix.changes_access}


def findings_text(document: Linted) -> str:
    """Return a document's findings for people, one after the other; empty where there are none."""
    return printable("".join(text for text, _ in _document_parts(document)))


def findings_terminal(document: Linted) -> Text:
    """Return the same with colors, for rich."""
    from rich.text import Text

    return Text.assemble(*((printable(text), STYLES[style]) for text, style in _document_parts(document)))


def _document_parts(document: Linted) -> Iterator[Part]:
    if not document.opened:
        yield from ((problem.message, ERROR) for problem in document.problems)
        return
    for number, problem in enumerate(document.problems):
        yield ("\n", "") if number else ("", "")
        yield from _parts(problem, document.source)


def _parts(problem: Problem, source: Source) -> Iterator[Part]:
    line, column = source.position(problem.span.start)
    yield f"{source.name}:{line}:{column}: ", "place"
    yield problem.code, problem.severity
    yield f" ({NAMES[problem.severity]}): {problem.message}", ""
    if shown := snippet(problem, source):
        text, _, marks = shown.rpartition("\n")
        yield f"\n{text}\n", ""
        yield marks, problem.severity
    if problem.help:
        yield f"\n{problem.help}", ""
    if problem.fix:
        yield f"\nFix: {_fix_title(problem.fix)}.", "quiet"


def _fix_title(fix: Fix) -> str:
    return f"{fix.title} ({CHANGES_ACCESS})" if fix.changes_access else fix.title


def github_lines(document: Linted) -> Iterator[str]:
    """Yield a document's findings as commands that GitHub Actions shows beside the lines of a change.

    Source: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands. Its annotations
    take columns only where they begin and end in one line.
    """
    for problem in document.problems:
        place = document.source.place(problem.span)
        where: dict[str, object] = {"file": document.source.name, "line": place.line}
        if place.line == place.end_line:
            where |= {"col": place.column, "endLine": place.end_line, "endColumn": place.end_column}
        else:
            where |= {"endLine": place.end_line}
        where["title"] = f"{problem.code} ({NAMES[problem.severity]})"
        properties = ",".join(f"{name}={_escaped(str(value), ':,')}" for name, value in where.items())
        yield f"::{COMMANDS[problem.severity]} {properties}::{_escaped(f'{problem.message} {problem.help}'.strip())}"


def _escaped(text: str, also: str = "") -> str:
    """Escape what would end a command, or one of its properties."""
    return "".join(f"%{ord(sign):02X}" if sign in f"%\r\n{also}" else sign for sign in text)
