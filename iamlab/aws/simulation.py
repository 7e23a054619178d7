"""One simulated action on one resource: the decision, and what the simulator's response says of it (rules A3–A11)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from iamlab.evaluation.case import Case
from iamlab.evaluation.context import Asked, Context, Value
from iamlab.evaluation.decision import ALLOWED, EXPLICIT_DENY, IMPLICIT_DENY, Match
from iamlab.evaluation.order import decide, every_scp_level_allows
from iamlab.evaluation.policies import Attached, Policies
from iamlab.evaluation.principal import Principal
from iamlab.evaluation.request import Request
from iamlab.policy import Policy, Statement, parse_arn

__all__ = ["Evaluated", "Simulation"]

DETAILS = {
    "identity-based policy": "identity",
    "resource-based policy": "resource",
    "permissions boundary": "permissions_boundary",
}
"""The keys of `EvalDecisionDetails`, and the types of policies that they are about."""


@dataclass(frozen=True)
class Simulation:
    """Everything that is the same for each action and resource; `sources` are the ids and types of the policies."""

    caller: Principal
    policies: Policies
    sources: Mapping[str, tuple[str, str]]
    context: Mapping[str, Value]
    owner: str = ""
    has_resource_policy: bool = False

    def evaluate(self, action: str, resource: str) -> Evaluated:
        """Decide one action on one resource."""
        request = self._request(action, resource)
        return Evaluated(self, resource, Case.of(request, self.policies), decide(request, self.policies).decision)

    def _request(self, action: str, resource: str) -> Request:
        arn = parse_arn(resource)
        told = arn.account if arn and arn.account.isdecimal() else ""
        owner = told or self.owner or self.caller.account
        asked = Asked(self.caller, action, resource, owner) if self.caller.name else None
        decides = owner if self.has_resource_policy else self.caller.account
        return Request(self.caller, action, resource, Context(self.context, asked), decides)

    @property
    def shown(self) -> tuple[Attached, ...]:
        """The policies whose statements and keys the response names: identity-based and resource-based ones."""
        resource = self.policies.resource if self.has_resource_policy else None
        return (*self.policies.identity, *((resource,) if resource else ()))


@dataclass(frozen=True)
class Evaluated:
    """One action on one resource, decided."""

    simulation: Simulation
    resource: str
    case: Case
    decision: str

    @property
    def matched(self) -> list[dict[str, Any]]:
        """The statements that determine the decision (rule A10)."""
        if self.decision == IMPLICIT_DENY:
            return []
        effect = "Allow" if self.decision == ALLOWED else "Deny"
        bound = [attached for attached in self.simulation.shown if attached in tuple(self.case.policies)]
        return [self._statement(match) for match in self.case.matching(effect, bound)]

    def _statement(self, match: Match) -> dict[str, Any]:
        """Return a statement's reference. AWS's start is the place after the opening brace, as its examples show."""
        source, type = self.simulation.sources[match.attached.label]
        place = match.place
        return {
            "SourcePolicyId": source,
            "SourcePolicyType": type,
            "StartPosition": {"Line": place.line, "Column": place.column + 1},
            "EndPosition": {"Line": place.end_line, "Column": place.end_column},
        }

    @property
    def missing(self) -> list[str]:
        """The context keys that the policies mention and the request lacks (rule A8)."""
        context = self.case.request.context
        keys = (key for one in self.simulation.shown for key in _keys(one.policy) if context.value(key) is None)
        return list({key.lower(): key for key in keys}.values())

    @property
    def allowed_by_boundary(self) -> bool:
        """Whether the permissions boundary allows (rule A3)."""
        boundary = self.case.policies.permissions_boundary
        return boundary is None or self._of((boundary,)) == ALLOWED

    @property
    def allowed_by_organizations(self) -> bool:
        """Whether every level of SCPs allows, and none denies (rule A4)."""
        scps = [attached for level in self.case.policies.scp or () for attached in level]
        return every_scp_level_allows(self.case).yes and not self.case.matching("Deny", scps)

    @property
    def details(self) -> dict[str, str] | None:
        """What each type of policy says, across accounts only; None where it is not returned (rule A11)."""
        if self.resource == "*" or not self.allowed_by_organizations:
            return None
        if not self.case.request.is_cross_account:
            return {}
        found = {name: _several(getattr(self.simulation.policies, type)) for name, type in DETAILS.items()}
        return {name: self._of(policies) for name, policies in found.items() if policies or "boundary" not in name}

    def _of(self, policies: Sequence[Attached]) -> str:
        if self.case.matching("Deny", policies):
            return EXPLICIT_DENY
        return ALLOWED if self.case.matching("Allow", policies) else IMPLICIT_DENY


def _several(found: Attached | Sequence[Attached] | None) -> Sequence[Attached]:
    return (found,) if isinstance(found, Attached) else found or ()


def _keys(policy: Policy) -> Iterator[str]:
    """Yield the context keys that a policy mentions, in its conditions and as variables."""
    for statement in policy.statements:
        yield from (test.key for test in statement.condition)
        yield from (variable.key for variable in _variables(statement) if variable.default is None)


def _variables(statement: Statement) -> Iterator[Any]:
    for entry in statement.resource.entries if statement.resource else ():
        yield from entry.template.variables
    for test in statement.condition:
        for value in test.values:
            yield from value.template.variables
