"""Marks in a policy's text, as the browser's editor counts: offsets are UTF-16 units."""

from __future__ import annotations

from typing import Any

from iamlab.evaluation.explanation import StatementTrace
from iamlab.evaluation.request import Request
from iamlab.policy import Source, Span
from iamlab.reporting.elements import element_lines

__all__ = ["element_marks", "span_mark", "statement_mark"]


def span_mark(span: Span | None, source: Source) -> dict[str, int | None]:
    """Return a place as offsets; two None for no place."""
    if span is None:
        return {"from": None, "to": None}
    return {"from": source.utf16(span.start), "to": source.utf16(span.end)}


def statement_mark(trace: StatementTrace) -> dict[str, Any]:
    """Return where a statement stands in its policy, and what it is called there."""
    source, span = trace.attached.policy.source, trace.statement.span
    place = source.place(span)
    lines = f"line {place.line}" if place.line == place.end_line else f"lines {place.line} to {place.end_line}"
    return {
        **span_mark(span, source),
        "line": place.line,
        "end_line": place.end_line,
        "label": f"Statement {trace.statement.index + 1}, {lines}",
    }


def element_marks(trace: StatementTrace, request: Request) -> list[dict[str, Any]]:
    """Return the elements of a statement, each with whether it matches, why, and where it stands."""
    source = trace.attached.policy.source
    return [
        {"name": line.name, "matched": line.matched, "text": line.text, **span_mark(line.span, source)}
        for line in element_lines(trace, request)
    ]
