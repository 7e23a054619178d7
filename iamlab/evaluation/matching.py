"""Whether a statement applies to a request: every element must match (rule M1).

The same four questions answer both ways of asking: `applies` stops at the first no, `examine` in `explanation.py`
keeps every answer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from iamlab.evaluation.conditions import holds
from iamlab.evaluation.naming import names
from iamlab.evaluation.principal import Principal
from iamlab.evaluation.request import Request
from iamlab.policy import Statement
from iamlab.policy.statement import PrincipalElement

__all__ = ["ELEMENTS", "GATEWAY_SERVICES", "Situation", "applies"]

GATEWAY_SERVICES = frozenset({"s3", "dynamodb"})


@dataclass(frozen=True, slots=True)
class Situation:
    """What the elements are held against: a request, and what of its surroundings an element can depend on."""

    request: Request
    has_boundary: bool = False
    at_endpoint: bool = False
    """Whether the policy in question is a VPC endpoint's."""


def _principal_matches(statement: Statement, situation: Situation) -> bool:
    element = statement.principal
    if element is None:
        return True
    principal = situation.request.principal
    if situation.at_endpoint and not element.negated:
        return _endpoint_principal_matches(element, situation.request, principal)
    return names(element, principal, has_boundary=situation.has_boundary)


def _endpoint_principal_matches(element: PrincipalElement, request: Request, principal: Principal) -> bool:
    """At a gateway endpoint an account in `Principal` means its root user only (rule T27, vpc-endpoints-access)."""
    if request.service in GATEWAY_SERVICES and not principal.is_root:
        return any(entry.is_everyone for entry in element.entries)
    return names(element, principal, has_boundary=False)


def _action_matches(statement: Statement, situation: Situation) -> bool:
    element, action = statement.action, situation.request.action.lower()
    if not element.entries:  # an empty list never matches, under NotAction too (rule G24)
        return False
    return element.negated != any(entry.matches(action) for entry in element.entries)


def _resource_matches(statement: Statement, situation: Situation) -> bool:
    element, request = statement.resource, situation.request
    if element is None:  # the resource that the policy hangs on (rules G12, G13)
        return True
    if not element.entries:
        return False
    lookup = request.context.variable
    return element.negated != any(entry.matches(request.resource, lookup) for entry in element.entries)


def _condition_matches(statement: Statement, situation: Situation) -> bool:
    return all(holds(test, situation.request.context) for test in statement.condition)


ELEMENTS: dict[str, Callable[[Statement, Situation], bool]] = {
    "Action": _action_matches,
    "Resource": _resource_matches,
    "Principal": _principal_matches,
    "Condition": _condition_matches,
}
"""The elements that decide whether a statement applies, and how each is asked."""


def applies(statement: Statement, situation: Situation) -> bool:
    """Return whether a statement applies to a request."""
    return (
        _action_matches(statement, situation)
        and _resource_matches(statement, situation)
        and _principal_matches(statement, situation)
        and _condition_matches(statement, situation)
    )
