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

__all__ = ["ELEMENTS", "GATEWAY_SERVICES", "Situation", "applies", "principal_matches"]

GATEWAY_SERVICES = frozenset({"s3", "dynamodb"})


@dataclass(frozen=True, slots=True)
class Situation:
    """What the elements are held against: a request, and what of its surroundings an element can depend on."""

    request: Request
    has_boundary: bool = False
    at_endpoint: bool = False
    """Whether the policy in question is a VPC endpoint's."""


def _principal_matches(statement: Statement, situation: Situation) -> bool:
    gateway = situation.at_endpoint and situation.request.service in GATEWAY_SERVICES
    return principal_matches(
        statement.principal, situation.request.principal, has_boundary=situation.has_boundary, at_gateway=gateway
    )


def principal_matches(
    element: PrincipalElement | None, principal: Principal, *, has_boundary: bool, at_gateway: bool = False
) -> bool:
    """Return whether `Principal` or `NotPrincipal` takes in a caller.

    Args:
        element: the element, or None where the statement has none.
        principal: the caller.
        has_boundary: whether the caller has a permissions boundary, which `NotPrincipal` looks at (rule P23).
        at_gateway: whether the policy is a gateway endpoint's, where an account means its root user only (rule T27,
            vpc-endpoints-access.html).
    """
    if element is None:
        return True
    if at_gateway and not element.negated and not principal.is_root:
        return any(entry.is_everyone for entry in element.entries)
    return names(element, principal, has_boundary=has_boundary)


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
