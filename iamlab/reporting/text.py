"""Problems and decisions as plain text, for terminals and logs."""

from __future__ import annotations

from iamlab.evaluation import Explanation, Scenario
from iamlab.evaluation.scenario import ScenarioError
from iamlab.policy import PolicyError, Problem, Source
from iamlab.reporting.elements import element_lines
from iamlab.reporting.explanation import applicability_note
from iamlab.reporting.reasons import nearest_trace, reason
from iamlab.reporting.words import WORDS

__all__ = [
    "error_text",
    "explanation_text",
    "policy_error_text",
    "printable",
    "problem_text",
    "scenario_error_text",
    "snippet",
]

WIDEST = 160
MARKS = {True: "+", False: "x", None: "-"}


def printable(text: object) -> str:
    """Return a text without control characters, which could command a terminal."""
    return "".join(c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in str(text))


def problem_text(problem: Problem, source: Source) -> str:
    """Return a problem with its place, the line that it is in, and what would be right.

    >>> from iamlab.policy import Span
    >>> wrong = Problem("invalid-effect", Span(12, 19), "`allow` is no effect.", "Write `Allow`.")
    >>> print(problem_text(wrong, Source('  "Effect": "allow",')))
    policy:1:13: invalid-effect: `allow` is no effect.
      1 |   "Effect": "allow",
        |             ^^^^^^^
    Write `Allow`.
    """
    place = source.place(problem.span)
    head = f"{source.name}:{place.line}:{place.column}: {problem.code}: {problem.message}"
    return printable("\n".join(part for part in (head, snippet(problem, source), problem.help) if part))


def snippet(problem: Problem, source: Source) -> str:
    """Return the line that a problem is in, with its place underlined; empty for an empty text."""
    place, text = source.place(problem.span), source.text
    if not text.strip():
        return ""
    line = source.line(place.line)
    end = place.end_column if place.end_line == place.line else len(line) + 1
    start = max(0, place.column - WIDEST // 2)
    shown = line[start : start + WIDEST].expandtabs(1)
    width = max(1, min(end, start + WIDEST + 1) - place.column)
    number = str(place.line)
    marks = " " * (place.column - 1 - start) + "^" * width
    return f"  {number} | {shown}\n  {' ' * len(number)} | {marks}"


def policy_error_text(error: PolicyError) -> str:
    """Return every problem of a document, one after the other."""
    return "\n".join(problem_text(problem, error.source) for problem in error.problems)


def scenario_error_text(error: ScenarioError) -> str:
    """Return what is wrong with a scenario, and in which of its fields."""
    where = f"in `{error.where}`: " if error.where else ""
    line = f", line {error.input_line}" if error.input_line else ""
    read = printable(f"In {error.file or 'standard input'}{line}:\n") if error.file or line else ""
    if not error.source.text:
        head = f"scenario: {where}{error.problem.code}: {error.problem.message}"
        return read + printable(f"{head}\n{error.problem.help}".strip())
    name = error.where or error.source.name
    return read + problem_text(error.problem, Source(error.source.text, name))


def error_text(error: PolicyError | ScenarioError) -> str:
    """Return the text of either kind of error."""
    return policy_error_text(error) if isinstance(error, PolicyError) else scenario_error_text(error)


def explanation_text(scenario: Scenario, explanation: Explanation) -> str:
    """Return a decision for a person: what, why, and the statement behind it with its elements."""
    request, decision = explanation.request, explanation.decision
    name = f"{scenario.id}: " if scenario.id is not None else ""
    lines = [
        f"{name}{WORDS[decision.decision]}, decided by {decision.step}",
        f"  {request.principal.text} asks for {request.action} on {request.resource}",
        f"  {reason(explanation)}",
    ]
    nearest = nearest_trace(explanation)
    match = decision.match or nearest
    if match:
        place = match.attached.policy.source.place(match.statement.span)
        origin = scenario.origins.get(match.attached.label)
        lines.append(f"  {match.attached.label}:{place.line}:{place.column}{f' ({origin})' if origin else ''}")
    if nearest:
        lines += [f"    {MARKS[line.matched]} {line.name}: {line.text}" for line in element_lines(nearest, request)]
    if note := applicability_note(request):
        lines.append(f"  Note: {note}")
    if scenario.expect and scenario.expect != decision.decision:
        lines.append(f"  Expected was: {WORDS[scenario.expect]}")
    return printable("\n".join(lines))
