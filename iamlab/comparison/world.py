"""What is compared: two sets of policies around one caller, and their statements as numbered atoms.

An atom is what a statement takes in: action, resource and condition. Statements that take in the same share an atom,
whoever's they are. A set of atoms, the atoms that a request matches, is a mask with one bit an atom; together with the
caller it settles both decisions.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from iamlab.evaluation.case import Case
from iamlab.evaluation.context import CALLER_KEYS, DERIVED, Asked, Context
from iamlab.evaluation.credentials import RESTRICTED_SERVICES, refusal
from iamlab.evaluation.decision import Decision, Match
from iamlab.evaluation.matching import GATEWAY_SERVICES, principal_matches
from iamlab.evaluation.order import decided
from iamlab.evaluation.policies import Attached, Policies
from iamlab.evaluation.principal import Principal, principal_of
from iamlab.evaluation.request import Request
from iamlab.evaluation.scope import UNGOVERNED, action_facts
from iamlab.policy import Statement

__all__ = ["Side", "World"]

Bits = Mapping[tuple[str, int], int]
"""The atom of each statement, as a bit, by the policy's label and the statement's index; 0 where another is named."""


@dataclass(frozen=True)
class _Supposed(Case):
    """A case of which it is supposed, not found out, which statements match."""

    bits: Bits = field(default_factory=dict, repr=False)
    mask: int = 0

    def matching(self, effect: str, policies: Iterable[Attached]) -> tuple[Match, ...]:
        """Return the statements of one effect whose atom is in the mask."""
        return tuple(
            Match(attached, statement)
            for attached in policies
            for statement in attached.policy.statements
            if statement.effect == effect and self.bits[attached.label, statement.index] & self.mask
        )


@dataclass(frozen=True)
class Side:
    """One of the two sets of policies."""

    policies: Policies
    bits: Bits
    gateway_bits: Bits
    """The same for services behind a gateway endpoint, whose policy reads principals in its own way (rule T27)."""

    def meaning(self, mask: int, *, at_gateway: bool) -> Hashable:
        """Return something that is equal for two sides which decide alike, whatever of the mask matches."""
        bits = self.gateway_bits if at_gateway else self.bits
        return frozenset(
            (_slot(attached), statement.effect, bits[attached.label, statement.index], statement.principal)
            for attached, statement in _statements(self.policies)
            if bits[attached.label, statement.index] & mask
        )

    @property
    def frame(self) -> Hashable:
        """Which types of policies there are, and how many levels."""
        one = self.policies
        kinds = (one.resource, one.permissions_boundary, one.vpc_endpoint)
        levels = (len(one.scp) if one.scp is not None else -1, len(one.rcp) if one.rcp is not None else -1)
        return (*(policy is None for policy in kinds), bool(one.session), *levels)


@dataclass(frozen=True)
class World:
    """Two sets of policies around one caller.

    `free` tells that the caller stands for anyone the policies can be attached to, so that keys which follow from the
    caller may have any value. `supposed` tells that the resource's policy is no part of the comparison, and only
    there because KMS keys and roles let nobody in without one (rules T1, T14).
    """

    principal: object
    owner: str
    first: Policies
    second: Policies
    management_account: bool = False
    free: bool = False
    supposed: bool = False
    pattern: Policies = field(default_factory=Policies)

    def beside(self, pattern: Policies) -> World:
        """Return this world with the statement of a pattern of requests as one more atom, asked of no side."""
        return replace(self, pattern=pattern)

    @property
    def pattern_bit(self) -> int:
        """The atom of the pattern of requests; 0 where there is none."""
        numbers = list(self._numbered)
        return sum(1 << numbers.index(_content(statement)) for _, statement in _statements(self.pattern))

    @cached_property
    def who(self) -> Principal:
        """The caller."""
        return principal_of(self.principal)

    @cached_property
    def atoms(self) -> tuple[Statement, ...]:
        """One statement for each atom."""
        return tuple(self._numbered.values())

    @cached_property
    def _numbered(self) -> dict[Hashable, Statement]:
        found = dict[Hashable, Statement]()
        for policies in (self.first, self.second, self.pattern):
            for _, statement in _statements(policies):
                found.setdefault(_content(statement), statement)
        return found

    @cached_property
    def sides(self) -> tuple[Side, Side]:
        """Both sets of policies, with the atoms of their statements."""
        numbers = {content: 1 << i for i, content in enumerate(self._numbered)}
        first, second = (self._side(policies, numbers) for policies in (self.first, self.second))
        return first, second

    def _side(self, policies: Policies, numbers: Mapping[Hashable, int]) -> Side:
        bits = self._bits(policies, numbers, at_gateway=False)
        return Side(policies, bits, self._bits(policies, numbers, at_gateway=True) if policies.vpc_endpoint else bits)

    def _bits(self, policies: Policies, numbers: Mapping[Hashable, int], *, at_gateway: bool) -> Bits:
        has_boundary = policies.permissions_boundary is not None
        return {
            (attached.label, statement.index): numbers[_content(statement)]
            if principal_matches(
                statement.principal,
                self.who,
                has_boundary=has_boundary,
                at_gateway=at_gateway and attached.label == "vpc_endpoint",
            )
            else 0
            for attached, statement in _statements(policies)
        }

    @cached_property
    def is_plain(self) -> bool:
        """Whether nothing about an action counts but which statements take it in."""
        types = (self.first.resource, self.second.resource, self.first.rcp, self.second.rcp)
        others = (self.first.vpc_endpoint, self.second.vpc_endpoint)
        return self.free and (self.supposed or not any(types)) and not any(others)

    def facts(self, action: str) -> Hashable:
        """Return what of an action counts beside the statements; None where no policy has a say (rules T13, B13)."""
        if not self.is_plain:
            return (*action_facts(action), action.partition(":")[0] in RESTRICTED_SERVICES)
        restricted = action.startswith(("sts:", "iam:"))
        return None if restricted and (action in UNGOVERNED or refusal(self.who, action, Context({}))) else ()

    def same(self, mask: int, *, at_gateway: bool) -> bool:
        """Return whether both sides decide alike, whatever of a mask matches."""
        first, second = self.sides
        alike = first.frame == second.frame
        return alike and first.meaning(mask, at_gateway=at_gateway) == second.meaning(mask, at_gateway=at_gateway)

    def decide(self, side: int, request: Request, mask: int) -> Decision:
        """Decide a request for one side, supposing that exactly the atoms of a mask match it."""
        one = self.sides[side]
        bits = one.gateway_bits if request.service in GATEWAY_SERVICES else one.bits
        case = _Supposed.of(request, one.policies, management_account=self.management_account)
        return decided(_Supposed(case.request, case.policies, case.given, bits, mask))

    def fixed(self, key: str) -> str | None:
        """Return the value that a key has for this caller whatever a request says, or None."""
        return self.derived(key) if not self.free and key in CALLER_KEYS else None

    def lacks(self, key: str) -> bool:
        """Return whether a key is missing for this caller whatever a request says: it belongs to identities of IAM."""
        is_of_caller = not self.free and key in CALLER_KEYS
        return is_of_caller and not self.who.has_identity_policies and self.derived(key) is None

    def derived(self, key: str) -> str | None:
        """Return the value of a key, in lower case, that follows from the caller and the owner."""
        asked = Asked(self.who, "s3:GetObject", "*", self.owner)
        return DERIVED[key][1](asked) if key in DERIVED else None

    def request(self, action: str, resource: str, context: Mapping[str, object]) -> Request:
        """Return the caller's request."""
        return Request.of(self.who, action, resource, context, self.owner or None)  # type: ignore[arg-type]


def _statements(policies: Policies) -> Iterator[tuple[Attached, Statement]]:
    return ((attached, statement) for attached in policies for statement in attached.policy.statements)


def _slot(attached: Attached) -> str:
    """Policies of one type count together; levels of SCPs and RCPs do not."""
    if attached.label.startswith(("scp", "rcp")):
        return attached.label.rpartition("[")[0]
    return attached.label.partition("[")[0]


def _content(statement: Statement) -> Hashable:
    action, resource = statement.action, statement.resource
    return (
        action.negated,
        frozenset(entry.text.lower() for entry in action.entries),
        resource and (resource.negated, frozenset(entry.template for entry in resource.entries)),
        frozenset((t.operator, t.key.lower(), frozenset(v.template for v in t.values)) for t in statement.condition),
    )
