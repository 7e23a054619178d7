"""An explanation as data: every step, every statement, and what would have to change, with lines and columns.

The text, the terminal's colors and the notebook's HTML are renderings of it (`report.py`, `html.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from iamlab.aws.catalogue import CatalogueMissing, applies
from iamlab.evaluation.explanation import Explanation, PolicyTrace, StatementTrace, StepTrace
from iamlab.evaluation.request import Request
from iamlab.policy import Source, Span
from iamlab.reporting.changes import change_lines
from iamlab.reporting.denial import denial_sentence
from iamlab.reporting.elements import element_lines
from iamlab.reporting.reasons import policy_name, reason
from iamlab.reporting.words import WORDS

__all__ = ["applicability_note", "explanation_data"]


def explanation_data(explanation: Explanation, origins: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return an explanation as plain data, ready for JSON.

    Args:
        explanation: the decision with its trace.
        origins: where in a model of accounts each policy stands, by its label.

    Returns:
        `decision`, `word`, `step`, `reason`; `denial`, AWS's own sentence, or None; `note`, where the action does not
        apply to the resource, or None; `request`; `steps` in order; `policies` in the order in which the steps ask
        them, each with its statements and their elements; `changes`, or None where no change of a policy helps.
    """
    decision, changes = explanation.decision, change_lines(explanation)
    return {
        "decision": decision.decision,
        "word": WORDS[decision.decision],
        "step": decision.step,
        "reason": reason(explanation),
        "denial": denial_sentence(explanation),
        "note": applicability_note(explanation.request),
        "request": _request(explanation.request),
        "steps": [_step(number, trace) for number, trace in enumerate(explanation.steps, 1)],
        "policies": [_policy(trace, explanation.request, origins or {}) for trace in explanation.policies],
        "changes": None
        if changes is None
        else [
            {"step": line.change.step, "text": line.text, "add": line.change.allow, "statement": line.statement or None}
            for line in changes
        ],
    }


def applicability_note(request: Request) -> str | None:
    """Return why a request's action does not apply to its resource; None where it does, or nobody knows.

    It changes no decision: AWS would hardly be asked such a thing, and a policy may allow it all the same.
    """
    try:
        found = applies(request.action, request.resource)
    except CatalogueMissing:
        return None
    return found.why if found.answer is False else None


def _request(request: Request) -> dict[str, Any]:
    return {
        "principal": request.principal.text,
        "action": request.action,
        "resource": request.resource,
        "resource_account": request.resource_account,
        "context": {key: list(values) for key, values in request.context},
    }


def _step(number: int, trace: StepTrace) -> dict[str, Any]:
    """Return a step; `answer` is None where an earlier step had ended the evaluation."""
    answer = trace.answer
    return {
        "number": number,
        "name": trace.step.name,
        "question": trace.step.question,
        "rule": trace.step.rule,
        "answer": None if answer is None else "yes" if answer.yes else "no",
        "note": answer.note if answer else "",
        "outcome": trace.outcome,
    }


def _policy(trace: PolicyTrace, request: Request, origins: Mapping[str, str]) -> dict[str, Any]:
    attached = trace.attached
    return {
        "label": attached.label,
        "kind": attached.policy.kind,
        "name": policy_name(attached.label, attached.policy.kind),
        "origin": origins.get(attached.label),
        "binds": trace.binds,
        "statements": [_statement(statement, request) for statement in trace.statements],
    }


def _statement(trace: StatementTrace, request: Request) -> dict[str, Any]:
    source, statement = trace.attached.policy.source, trace.statement
    elements = [
        {"name": line.name, "matched": line.matched, "text": line.text, **_place(line.span, source)}
        for line in element_lines(trace, request)
    ]
    return {
        "index": statement.index,
        "sid": statement.sid,
        "effect": statement.effect,
        "matched": trace.applies,
        **_place(statement.span, source),
        "failed": next((element for element in elements if element["matched"] is False), None),
        "elements": elements,
    }


def _place(span: Span | None, source: Source) -> dict[str, int | None]:
    place = source.place(span) if span is not None else None
    return {name: getattr(place, name, None) for name in ("line", "column", "end_line", "end_column")}
