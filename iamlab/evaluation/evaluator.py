"""The fast path: policies made ready to decide many requests.

No second order is written here. Which statements match, and a few facts about the caller, the action and the resource,
put every request into a class of requests that `order.decide` cannot tell apart. An `Evaluator` finds the class by
generated code and asks `order.decide` once for each; every further request of the class gets the same decision.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from iamlab.evaluation.compiled import ActionIndex, Bit, Matcher, Spelling, matcher_of
from iamlab.evaluation.context import CALLER_KEYS, DERIVED, Asked, Context, Value
from iamlab.evaluation.credentials import RESTRICTED_SERVICES, refusal
from iamlab.evaluation.decision import Decision
from iamlab.evaluation.matching import GATEWAY_SERVICES, principal_matches
from iamlab.evaluation.naming import Grant, named
from iamlab.evaluation.order import decide
from iamlab.evaluation.policies import Policies
from iamlab.evaluation.principal import Principal, principal_of
from iamlab.evaluation.request import Request, check_action, check_resource
from iamlab.evaluation.scope import action_facts, resource_facts
from iamlab.policy import parse_arn
from iamlab.policy.statement import PrincipalEntry

__all__ = ["Evaluator"]

MAX_KEPT = 65_536
"""How many actions, callers, resources and classes are remembered; past that, the memory is given back."""

Key = TypeVar("Key")
Kept = TypeVar("Kept")
NOTHING: dict[str, Any] = {}


@dataclass(slots=True)
class _Class:
    """A class of callers that no policy tells apart.

    `named` has two masks of the statements whose `Principal` takes them in: for requests that pass no gateway endpoint,
    and for those that do.
    """

    number: int
    account: str
    named: tuple[int, int]


@dataclass(slots=True)
class _Caller:
    """A principal as it was given, its class, and those context keys that follow from it and that a policy asks for."""

    given: object
    kind: _Class
    keys: dict[str, str]

    @property
    def principal(self) -> Principal:
        """The principal itself."""
        return principal_of(self.given)


@dataclass(slots=True)
class _Resource:
    """A resource's owner by its ARN, and what of it the order's questions look at."""

    account: str
    kind: tuple[object, ...]


@dataclass(slots=True)
class _Group:
    """The requests with actions that no policy and no question tells apart, and the decisions found so far."""

    matcher: Matcher
    at_gateway: bool
    restricted: bool
    decisions: dict[Any, Decision] = field(default_factory=dict)


class Evaluator:
    """Policies that decide many requests.

    >>> policies = Policies.of(identity={"Statement": {"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}})
    >>> role = "arn:aws:iam::111122223333:role/TrainingRole"
    >>> Evaluator(policies).decide(role, "s3:GetObject", "arn:aws:s3:::b/x").decision
    'allowed'
    """

    def __init__(self, policies: Policies, *, management_account: bool = False) -> None:
        self.policies, self.management_account = policies, management_account
        self._bits = tuple(
            Bit(attached, statement) for attached in policies for statement in attached.policy.statements
        )
        self._index, self._spelling = ActionIndex(self._bits), Spelling(self._bits)
        numbered = [(bit, 1 << i) for i, bit in enumerate(self._bits)]
        self._for_everyone = sum(number for bit, number in numbered if bit.statement.principal is None)
        self._granting = [(bit, number) for bit, number in numbered if _grants(bit)]
        self._naming = [(bit, n) for bit, n in numbered if bit.statement.principal is not None and not _grants(bit)]
        self._caller_keys = [key for key in self._spelling.keys if key in CALLER_KEYS]
        self._names = {entry.text for bit in self._bits for entry in _entries(bit)}
        self._users: dict[str, _Class] = {}
        self._callers: dict[object, _Caller] = {}
        self._resources: dict[str, _Resource] = {}
        self._actions: dict[str, _Group] = {}
        self._groups: dict[Any, _Group] = {}
        self._kinds: dict[Any, int] = {}

    def decide(
        self,
        principal: object,
        action: str,
        resource: str,
        context: Mapping[str, Value] | None = None,
        resource_account: str | None = None,
    ) -> Decision:
        """Decide a request. Takes what `Request.of` takes, and decides as `order.decide` does.

        Raises:
            ValueError: where the request is none. Context values are looked at only where a policy asks for their key.
        """
        caller = (self._callers.get(principal) if principal.__class__ is str else None) or self._caller(principal)
        group = self._actions.get(action) or self._action(action)
        place = self._resources.get(resource) or self._resource(resource)
        kind = caller.kind
        owner = resource_account or place.account or kind.account
        matcher, given = group.matcher, self._spelling.given(context) if context else NOTHING
        if given is None:
            return self._decide(principal, action, resource, context, resource_account)

        def whole() -> Context:
            return Context(context or NOTHING, Asked(caller.principal, action, resource, owner))

        matched = matcher(resource, given, caller.keys, whole) & kind.named[group.at_gateway]
        refused = refusal(caller.principal, action.lower(), whole()) if group.restricted else ""
        key = (matched, kind.number, owner == kind.account, place.kind, refused)
        decision = group.decisions.get(key)
        if decision is None:
            decision = self._decide(principal, action, resource, context, resource_account)
            _room(group.decisions)[key] = decision
        return decision

    def _decide(self, principal: object, action: str, resource: str, context: Any, resource_account: Any) -> Decision:
        request = Request.of(principal, action, resource, context, resource_account)
        return decide(request, self.policies, management_account=self.management_account)

    def _caller(self, given: object) -> _Caller:
        kind = self._class(given)
        keys = self._keys_of(principal_of(given)) if self._caller_keys else NOTHING
        caller = _Caller(given, kind, keys)
        if isinstance(given, str):
            _room(self._callers)[given] = caller
        return caller

    def _class(self, given: object) -> _Class:
        """Return the class of a caller; users whom no policy names by their ARN are all alike in one account."""
        account, slash, name = given.partition(":user/") if isinstance(given, str) else ("", "", "")
        alike = bool(slash and name) and given not in self._names
        if alike and account in self._users:
            return self._users[account]
        principal = principal_of(given)
        grants = {number: named(bit.statement.principal, principal) for bit, number in self._granting}
        kind = (principal.type, principal.is_service_linked, principal.partition, *grants.values())
        mask = self._named(principal, grants, at_gateway=False)
        masks = (mask, self._named(principal, grants, at_gateway=True) if self.policies.vpc_endpoint else mask)
        found = _Class(self._kinds.setdefault(kind, len(self._kinds)), principal.account, masks)
        if alike and principal.type == "User":
            _room(self._users)[account] = found
        return found

    def _keys_of(self, principal: Principal) -> dict[str, str]:
        """Return the context keys that follow from a principal and that some policy asks for."""
        values = ((key, DERIVED[key][1](Asked(principal))) for key in self._caller_keys)
        return {key: value for key, value in values if value is not None}

    def _named(self, principal: Principal, grants: Mapping[int, Grant], *, at_gateway: bool) -> int:
        has_boundary = self.policies.permissions_boundary is not None
        mask = self._for_everyone | sum(number for number, grant in grants.items() if grant)
        for bit, number in self._naming:
            at_endpoint = at_gateway and bit.attached.label == "vpc_endpoint"
            element = bit.statement.principal
            if principal_matches(element, principal, has_boundary=has_boundary, at_gateway=at_endpoint):
                mask |= number
        return mask

    def _resource(self, text: str) -> _Resource:
        check_resource(text)
        arn = parse_arn(text)
        found = _room(self._resources)[text] = _Resource(arn.account if arn else "", resource_facts(text))
        return found

    def _action(self, action: str) -> _Group:
        check_action(action)
        folded = action.lower()
        key = (self._index.candidates(folded), action_facts(folded))
        group = self._groups.get(key)
        if group is None:
            service = folded.partition(":")[0]
            flags = (service in GATEWAY_SERVICES, service in RESTRICTED_SERVICES)
            group = _room(self._groups)[key] = _Group(matcher_of(self._bits, key[0], self._spelling), *flags)
        _room(self._actions)[action] = group
        return group


def _entries(bit: Bit) -> tuple[PrincipalEntry, ...]:
    return bit.statement.principal.entries if bit.statement.principal else ()


def _grants(bit: Bit) -> bool:
    """Whether it is an Allow of the resource's policy: how such a one names the caller matters (rules E16–E25)."""
    return bit.attached.label == "resource" and bit.statement.effect == "Allow"


def _room(memo: dict[Key, Kept]) -> dict[Key, Kept]:
    """Return a memo that has room for one more."""
    if len(memo) >= MAX_KEPT:
        memo.clear()
    return memo
