"""How explained refusals and smallest policies look: as data for programs, as text for people."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from iamlab.diagnosis.denial import Denial
from iamlab.policy import KINDS
from iamlab.reporting.text import printable
from iamlab.reporting.words import WORDS, and_list, code, plural

if TYPE_CHECKING:
    import pandas as pd

    from iamlab.comparison import Comparison, Witness
    from iamlab.diagnosis.least_privilege import Trimmed

__all__ = [
    "denial_data",
    "denial_text",
    "denial_verdict",
    "refusals_data",
    "refusals_text",
    "trimmed_data",
    "trimmed_text",
]

MANAGED_LIMIT = 6144
"""The most characters of a managed policy, white space aside (section L of the rules)."""

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


def refusals_data(found: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of `denials` as JSON can hold them."""
    rows = found.astype(object).where(found.notna(), None).to_dict("records")
    for row in rows:
        row |= {name: row[name].isoformat() for name in ("first", "last") if row[name] is not None}
        row["look_at"] = list(row["look_at"])
    return [{str(name): value for name, value in row.items()} for row in rows]


def refusals_text(found: pd.DataFrame) -> str:
    """Return the rows of `denials` for a person, each with its step and the statement that would allow it."""
    if not len(found):
        return "No request was refused."
    return printable("\n\n".join("\n".join(_refusal_lines(row)) for row in refusals_data(found)))


def _refusal_lines(row: dict[str, Any]) -> Iterator[str]:
    yield f"{plural(row['times'], 'time')}: {row['principal']} asks for {row['action'] or row['operation']}"
    yield f"  Resource   {row['resource'] or 'not told'}"
    step = row["step"] or "not told by the message"
    yield f"  Refused by {step}" + (f", {KINDS[row['policy_type']].label}" if row["policy_type"] in KINDS else "")
    if row["decided"]:
        yield f"  Decided by the given policies: {WORDS[row['decided']]}"
    if row["draft"]:
        kind = KINDS[row["draft_kind"]]
        yield f"  Would help, in {kind.article.lower()} {kind.label}: {json.dumps(row['draft'], ensure_ascii=False)}"
    elif row["allow_can_help"] is False:
        yield "  No Allow can help."


def trimmed_data(trimmed: Trimmed) -> dict[str, Any]:
    """Return a smallest policy, and what it takes away, as data."""
    compared = trimmed.comparison
    return {
        "policy": trimmed.document,
        "requests": trimmed.requests,
        "size": trimmed.size,
        "unknown_resources": list(trimmed.unknown),
        "unexplained": trimmed.unexplained,
        "relation": compared.relation if compared else None,
        "takes_away": [_witness(one) for one in compared.only_first] if compared else [],
        "adds": [_witness(one) for one in compared.only_second] if compared else [],
    }


def _witness(witness: Witness) -> dict[str, Any]:
    return {"action": witness.action, "resource": witness.resource, "context": dict(witness.context)}


def trimmed_text(trimmed: Trimmed) -> str:
    """Return a smallest policy for a person, with notes on what it takes away and what is left open."""
    return printable("\n".join(_trimmed_lines(trimmed)))


def _trimmed_lines(trimmed: Trimmed) -> Iterator[str]:
    yield f"The smallest policy that allows the {plural(trimmed.requests, 'request')} that succeeded:"
    yield json.dumps(trimmed.document, indent=2, ensure_ascii=False)
    if trimmed.unknown:
        listed = and_list([code(name) for name in trimmed.unknown])
        yield f"The records do not tell the resource of {listed}, so `*` stands for it: narrow it."
    if trimmed.unexplained:
        yield f"The present policy does not allow {plural(trimmed.unexplained, 'record')}; another must."
    if trimmed.size > MANAGED_LIMIT:
        yield f"It has {trimmed.size:,} characters; a managed policy has at most {MANAGED_LIMIT:,}."
    if trimmed.comparison:
        yield from _comparison_lines(trimmed.comparison)


RELATIONS = {
    "equal": "It allows what the present policy allows.",
    "wider": "The present policy allows more:",
    "narrower": "It allows more than the present policy:",
    "overlapping": "Each allows what the other does not:",
    "undecided": "How it compares with the present policy was not decided.",
}


def _comparison_lines(compared: Comparison) -> Iterator[str]:
    yield RELATIONS[compared.relation]
    yield from (f"  taken away: {one.action} on {one.resource}" for one in compared.only_first)
    yield from (f"  added: {one.action} on {one.resource}" for one in compared.only_second)
