"""Exact comparison: what one policy allows beyond another, with requests that prove it."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field

from iamlab.comparison.actions import ActionClass
from iamlab.comparison.examples import prominence
from iamlab.comparison.search import Budget, Found, Search
from iamlab.comparison.settings import worlds
from iamlab.comparison.witness import Witness, witness_of
from iamlab.evaluation.decision import Decision
from iamlab.evaluation.matching import GATEWAY_SERVICES
from iamlab.evaluation.policies import Document, Policies
from iamlab.policy.regions import BudgetSpent

__all__ = ["RELATIONS", "Comparison", "compare"]

RELATIONS = ("equal", "narrower", "wider", "overlapping", "undecided")
DEFAULT = Budget()
KEPT = 4
"""How many classes of requests are kept for each way of differing, in case the plainest cannot be confirmed."""
SEARCHED = 2
"""For how many of them a plausible resource is searched for."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """How the access that two policies give compares.

    `relation` is one of `RELATIONS`, of the first to the second: `narrower` where it allows strictly less. `only_first`
    are requests that the first alone allows, the plainest first, one for each way of differing; `only_second` the
    others. `undecided` says in sentences what could not be decided within the budget.
    """

    relation: str
    only_first: tuple[Witness, ...] = ()
    only_second: tuple[Witness, ...] = ()
    undecided: tuple[str, ...] = ()


def compare(
    first: Document | Policies,
    second: Document | Policies,
    *,
    kind: str = "identity",
    principal: object = None,
    resource_account: str | None = None,
    management_account: bool = False,
    only_plausible: bool = False,
    budget: Budget = DEFAULT,
) -> Comparison:
    """Compare the access that two policies, or two sets of policies, give.

    Args:
        first: a document, or the policies that can have a say in a principal's requests.
        second: the same.
        kind: the kind of two documents, one of `KINDS`. They are compared as if nothing else stood in the way.
        principal: whose policies sets of policies are, as in a scenario; a role of which nothing is known, unless
            given.
        resource_account: the account that owns the resources; the principal's, unless given.
        management_account: whether the principal is in the organization's management account.
        only_plausible: whether to leave out requests that AWS does not make: for an action that the catalogue does not
            know, or on a resource that the action cannot name.
        budget: how much work to do before a question is left undecided.

    Raises:
        PolicyError: where a document is no policy.
        ValueError: where a principal or a kind is none.

    Every request counts: of actions in the catalogue and out of it, on every resource of the principal's partition,
    with every combination of values of the condition keys. How keys that follow from the caller can be combined is not
    looked at for documents, since they can be attached to anyone.

    >>> one = {"Statement": {"Effect": "Allow", "Action": "s3:*Object", "Resource": "arn:aws:s3:::b/*"}}
    >>> two = {"Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}
    >>> found = compare(one, two)
    >>> found.relation, found.only_first[0].action, found.only_first[0].resource
    ('wider', 's3:PutObject', 'arn:aws:s3:::b/train.csv')
    """
    differences = _Differences()
    for world in worlds(first, second, kind, principal, resource_account, management_account=management_account):
        differences.add(Search(world, budget, only_plausible=only_plausible))
    return differences.comparison()


@dataclass
class _Differences:
    """Ways of differing, each with classes of requests that show it."""

    found: dict[Hashable, list[tuple[Search, Found]]] = field(default_factory=dict)
    unproven: list[set[str]] = field(default_factory=lambda: [set(), set()])

    def add(self, search: Search) -> None:
        """Find the differences in one world."""
        judge = _Judge(search)
        for actions in _different(search):
            try:
                self._add_class(search, judge, actions)
            except BudgetSpent as spent:
                for direction in self.unproven:
                    direction.add(f"Requests like `{actions.names[0]}`: {spent}.")
        for sentence in search.skipped:
            for direction in self.unproven:
                direction.add(f"Not looked at: {sentence}.")

    def _add_class(self, search: Search, judge: _Judge, actions: ActionClass) -> None:
        seen = set[int]()
        for found in search.found(actions):
            if (way := judge.way(found)) is not None:
                seen.add(way[0])
                self.found.setdefault(way, []).append((search, found))
        if len(seen) < 2 and not search.is_exact(actions):
            for found in search.perhaps(actions):
                if (way := judge.way(found)) is not None and way[0] not in seen:
                    self.unproven[way[0]].add(_unproven(actions))

    def comparison(self) -> Comparison:
        """Return the answer, with a witness confirmed by the evaluator for each way of differing."""
        witnesses: tuple[list[Witness], list[Witness]] = ([], [])
        for way, classes in self.found.items():
            direction = way[0]  # type: ignore[index]
            witness = _confirmed(classes, (direction == 0, direction == 1))
            if witness is not None:
                witnesses[direction].append(witness)
            else:
                self.unproven[direction].add(_unproven(classes[0][1].actions))
        first, second = (tuple(sorted(_distinct(one), key=_plainness)) for one in witnesses)
        sentences = tuple(sorted(self.unproven[0] | self.unproven[1]))
        return Comparison(self._relation(bool(first), bool(second)), first, second, sentences)

    def _relation(self, first: bool, second: bool) -> str:
        if first and second:
            return "overlapping"
        if (not first and self.unproven[0]) or (not second and self.unproven[1]):
            return "undecided"
        return "wider" if first else "narrower" if second else "equal"


def _different(search: Search) -> Iterator[ActionClass]:
    """Yield the classes of actions on which both sides do not say the same in the same words."""
    for actions in search.classes:
        if not search.world.same(actions.mask, at_gateway=actions.service in GATEWAY_SERVICES):
            yield from search.parts(actions)


def _confirmed(classes: list[tuple[Search, Found]], wanted: tuple[bool, bool]) -> Witness | None:
    """Return the plainest witness of one way of differing, a plausible one where the first few tried have one."""
    ranked, spare = sorted(classes, key=lambda one: _rank(one[1]))[:KEPT], None
    tries = [*((one, False) for one in ranked), *((one, True) for one in ranked[:SEARCHED])]
    for (search, found), thorough in tries:
        witness = witness_of(search, found, wanted, thorough=thorough)
        if witness and witness.plausible:
            return witness
        spare = spare or witness
    return spare


def _rank(found: Found) -> tuple[object, ...]:
    values = sum(len(value) if isinstance(value, tuple) else 1 for value in found.context.values())
    return (not found.actions.known, len(found.context), values, prominence(found.actions.names))


def _plainness(witness: Witness) -> tuple[object, ...]:
    return (not witness.plausible, len(witness.context), len(witness.action), witness.action, witness.resource)


def _distinct(witnesses: Iterable[Witness]) -> Iterator[Witness]:
    seen = set[object]()
    for witness in witnesses:
        key = (str(witness.principal), witness.action, witness.resource, str(witness.context))
        if key not in seen:
            seen.add(key)
            yield witness


def _unproven(actions: ActionClass) -> str:
    return (
        f"Requests like `{actions.names[0]}` depend on policy variables or mixed values in a way that was not settled."
    )


class _Judge:
    """Says in which way both sides differ on a class of requests, if they do."""

    def __init__(self, search: Search) -> None:
        self.search, self.world = search, search.world
        self._known: dict[Hashable, tuple[int, Hashable, Hashable] | None] = {}

    def way(self, found: Found) -> tuple[int, Hashable, Hashable] | None:
        """Return which side alone allows, what grants there, and what refuses on the other side."""
        context = tuple(sorted(found.context.items(), key=str)) if not self.world.is_plain else ()
        key = (found.mask, found.place.facts, self.world.facts(found.actions.names[0].lower()), context)
        if key not in self._known:
            self._known[key] = self._way(found)
        return self._known[key]

    def _way(self, found: Found) -> tuple[int, Hashable, Hashable] | None:
        request = self.search.request(found)
        first, second = (self.world.decide(side, request, found.mask) for side in (0, 1))
        if first.allowed == second.allowed:
            return None
        if first.allowed:
            return 0, _behind(first), _behind(second)
        return 1, _behind(second), _behind(first)


def _behind(decision: Decision) -> Hashable:
    match = decision.match
    return (decision.decision, decision.step, match and (match.attached.label, match.statement.index))
