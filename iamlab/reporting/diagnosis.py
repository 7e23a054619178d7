"""How an explained refusal looks: as data for programs, as text for people."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from iamlab.diagnosis.denial import Denial
from iamlab.policy import KINDS
from iamlab.reporting.text import printable
from iamlab.reporting.words import code

__all__ = ["denial_data", "denial_text", "denial_verdict"]

WIDTH = 10


def denial_data(denial: Denial) -> dict[str, Any]:
    """Return a refusal as `iamlab why --format json` writes it."""
    return {
        "principal": denial.principal,
        "action": denial.action,
        "resource": denial.resource,
        "policy_type": denial.policy_type,
        "policy_arn": denial.policy_arn,
        "kind": denial.kind,
        "allow_can_help": denial.allow_can_help,
        "look_at": list(denial.look_at),
        "draft": denial.draft,
        "draft_kind": denial.draft_kind,
        "step": denial.step,
        "form": denial.form,
        "operation": denial.operation,
        "further": [{"action": one.action, "when": one.when, "instead": one.instead} for one in denial.further],
    }


def denial_verdict(denial: Denial) -> str:
    """Return in a sentence which step refused.

    >>> from iamlab.diagnosis import explain_denial
    >>> text = "User: anonymous is not authorized to perform: execute-api:Invoke with an explicit deny"
    >>> denial_verdict(explain_denial(text))
    'Explicit deny, decided by deny evaluation: a statement with `Deny` matches.'
    """
    policy = KINDS.get(denial.policy_type)
    if denial.kind == "explicit":
        where = f" in {policy.article.lower()} {policy.label}" if policy else ""
        return f"Explicit deny, decided by deny evaluation: a statement with `Deny`{where} matches."
    if denial.kind == "implicit" and policy:
        action = code(denial.action) if denial.action else "the action"
        return f"Implicit deny, decided by {denial.step}: no {policy.label} allows {action}."
    if denial.kind == "implicit":
        return "Implicit deny: no statement with `Deny` matches, and none that allows the request."
    return "Not allowed; the message does not tell by which step."


def denial_text(denial: Denial) -> str:
    """Return an explained refusal for a person: the verdict, the request, what to look at, and the draft."""
    return printable("\n".join(_lines(denial)))


def _lines(denial: Denial) -> Iterator[str]:
    yield denial_verdict(denial)
    rows = {
        "Principal": denial.principal,
        "Operation": denial.operation,
        "Action": denial.action,
        "Resource": denial.resource,
        "Policy": denial.policy_arn,
    }
    yield from (f"  {name:<{WIDTH}} {value}" for name, value in rows.items() if value)
    yield ""
    yield "Look at"
    yield from (f"  {number}. {sentence}" for number, sentence in enumerate(denial.look_at, 1))
    yield ""
    yield from _draft_lines(denial)


def _draft_lines(denial: Denial) -> Iterator[str]:
    if denial.draft and denial.draft_kind:
        kind = KINDS[denial.draft_kind]
        sure = (
            "A statement that allows it"
            if denial.allow_can_help
            else "A statement that allows it, if this is what lacks"
        )
        yield f"{sure}, for {kind.article.lower()} {kind.label}:"
        yield json.dumps(denial.draft, indent=2, ensure_ascii=False)
        if not denial.resource and denial.draft.get("Resource", "*") != "*":
            yield "What stands in capitals is to be filled in."
    elif denial.allow_can_help is False:
        yield "No Allow can help."
    else:
        yield "Too little is told to draft a statement."
