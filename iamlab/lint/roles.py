"""How policies let roles be passed and service-linked roles be made: one question, asked by the checks of both.

Access Analyzer tells the forms apart by how the action is written and by how the resource is
(https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from iamlab.lint.subject import Subject
from iamlab.policy import Span, Statement
from iamlab.policy.statement import ActionEntry

__all__ = ["CREATE_SLR", "PASS_ROLE", "Granted", "grants"]


@dataclass(frozen=True, slots=True)
class Granted:
    """An action of IAM whose resource matters: how an entry that means it begins, and the key that narrows it."""

    action: str
    beginning: str
    narrowed_by: str


PASS_ROLE = Granted("iam:PassRole", "iam:pass", "iam:passedtoservice")
CREATE_SLR = Granted("iam:CreateServiceLinkedRole", "iam:createservicelinked", "iam:awsservicename")


def grants(subject: Subject, granted: Granted, action: str, resource: str) -> Iterator[Span]:
    """Yield the places where a statement allows the action in one form.

    Args:
        subject: the policy.
        granted: which action.
        action: `named`, by its name; `star`, by a wildcard that covers much else; `not`, by a NotAction without it.
        resource: `star`, on `*`; `not`, by NotResource.

    A statement whose condition names the service is left out, as Access Analyzer leaves it out.
    """
    for statement in subject.allows:
        if granted.narrowed_by in subject.keys(statement) or not subject.takes_in(statement, granted.action):
            continue
        if _action_form(subject, statement, granted) == action and _is_resource(subject, statement, resource):
            yield _place(subject, statement, granted, action, resource)


def _action_form(subject: Subject, statement: Statement, granted: Granted) -> str:
    if statement.action.negated:
        return "not"
    entries = subject.entries_for(statement, granted.action)
    return "named" if any(_means(entry, granted) for entry in entries) else "star"


def _means(entry: ActionEntry, granted: Granted) -> bool:
    return entry.text.lower().startswith(granted.beginning)


def _is_resource(subject: Subject, statement: Statement, form: str) -> bool:
    element = statement.resource
    if element is None or element.negated:
        return form == "not" and element is not None
    return form == "star" and subject.everything(statement) is not None


def _place(subject: Subject, statement: Statement, granted: Granted, action: str, resource: str) -> Span:
    if action == "star":
        return subject.entries_for(statement, granted.action)[0].span
    if resource == "not":
        return statement.places["NotResource"].name
    everything = subject.everything(statement)
    return statement.places["NotAction"].name if action == "not" or everything is None else everything.span
