"""Action by action: how much of it policies allow, and which actions one set of policies allows more of than another.

Nothing is sampled: for every class of requests that the policies can tell apart it is asked whether they are allowed,
and what is found is confirmed by the evaluator. Requests that AWS does not make are left out: actions that the
catalogue does not know, and resources that an action cannot name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from iamlab.aws.catalogue import find_action
from iamlab.aws.names import action_names
from iamlab.comparison import Budget
from iamlab.comparison.actions import ActionClass, takes_any, taking_in
from iamlab.comparison.search import Search
from iamlab.comparison.settings import worlds
from iamlab.comparison.shapes import examples_of
from iamlab.comparison.witness import witness_of
from iamlab.comparison.world import World
from iamlab.evaluation.order import decide
from iamlab.evaluation.policies import Document, Policies
from iamlab.policy.regions import BudgetSpent
from iamlab.reporting.words import UNDECIDED

__all__ = ["ALL", "NONE", "SOME", "access_by_action", "difference_by_action"]

NONE, SOME, ALL = "none", "some", "all"
Outcome = bool | None
"""Whether a request of some class is allowed; None where that could not be decided."""


def access_by_action(
    policies: Document | Policies,
    actions: Sequence[str],
    resources: str | Sequence[str] = "*",
    *,
    kind: str = "identity",
    principal: object = None,
    resource_account: str | None = None,
    budget: Budget | None = None,
) -> dict[str, str]:
    """Return how much of each action policies allow: `none`, `some` or `all`, or `undecided`.

    Args:
        policies: a document, or the policies that can have a say.
        actions: names of actions.
        resources: patterns of the resources that are meant.
        kind: the kind of a document.
        principal: whose policies they are, as in `compare`.
        resource_account: the account that owns the resources, as in `compare`.
        budget: how much work to do before an action is left undecided.
    """
    asked = {"Effect": "Allow", "Action": list(actions), "Resource": resources}
    pattern = Policies.of(identity=[{"Version": "2012-10-17", "Statement": asked}])
    known, found = {name.lower(): name for name in actions}, dict[str, set[Outcome]]()
    for world in worlds(policies, policies, kind, principal, resource_account):
        search = Search(world.beside(pattern), budget or Budget(), only_plausible=True)
        bit, reached = search.world.pattern_bit, set[str]()
        for one in search.classes:
            if one.mask & bit:
                outcomes = _outcomes(search, one, bit)
                for name in one.names:
                    reached.add(name.lower())
                    found.setdefault(name.lower(), set()).update(outcomes)
        for name in known.keys() - reached:
            found.setdefault(name, set()).add(_ungoverned(world, known[name]))
    return {name: _amount(found[low]) for low, name in known.items()}


def _amount(outcomes: set[Outcome]) -> str:
    if outcomes >= {True, False}:
        return SOME
    if None in outcomes:
        return UNDECIDED
    return ALL if True in outcomes else NONE


def _ungoverned(world: World, action: str) -> bool:
    """Return whether an action is allowed on which no policy has a say (rules T13, B13)."""
    resource = next(iter(examples_of(action)))
    return decide(world.request(action, resource, {}), world.first).allowed


def _outcomes(search: Search, actions: ActionClass, asked: int) -> set[Outcome]:
    """Return which outcomes the requests of a class of actions have."""
    found = set[Outcome]()
    for allowed in (True, False):
        found |= _outcome(search, actions, (allowed,), asked)
    return found


def _outcome(search: Search, actions: ActionClass, wanted: tuple[bool, ...], asked: int = 0) -> set[Outcome]:
    """Return `{wanted[0]}` where some request is decided so by each side, `{}` where none is, else `{None}`."""
    doubtful = False
    try:
        fitting = [found for found in search.found(actions) if search.decides(found, wanted, asked)]
        for thorough in (False, True):  # a search for a resource takes long, and is seldom needed
            for found in fitting:
                witness = witness_of(search, found, wanted, thorough=thorough)
                if witness and witness.plausible:
                    return {wanted[0]}
                doubtful |= thorough and witness is None
        if not search.is_exact(actions):
            doubtful |= any(search.decides(found, wanted, asked) for found in search.perhaps(actions))
    except BudgetSpent:
        doubtful = True
    return {None} if doubtful else set()


def difference_by_action(
    first: Document | Policies,
    second: Document | Policies,
    *,
    kind: str = "identity",
    principal: object = None,
    resource_account: str | None = None,
    budget: Budget | None = None,
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the actions of which the first allows requests that the second does not, and the other way round.

    Args:
        first: a document, or the policies that can have a say.
        second: the same.
        kind: the kind of two documents.
        principal: whose policies they are, as in `compare`.
        resource_account: the account that owns the resources, as in `compare`.
        budget: how much work to do before an action is left out.
    """
    only: tuple[set[str], set[str]] = (set(), set())
    for world in worlds(first, second, kind, principal, resource_account):
        search = Search(world, budget or Budget(), only_plausible=True)
        for one in (*search.classes, *_others(search)):
            for side, wanted in enumerate(((True, False), (False, True))):
                if not only[side].issuperset(one.names) and wanted[0] in _outcome(search, one, wanted):
                    only[side].update(one.names)
    return tuple(sorted(only[0])), tuple(sorted(only[1]))


def _others(search: Search) -> Iterator[ActionClass]:
    """Yield classes of the actions that no entry but `*` matches, of which a search knows only a few."""
    world = search.world
    covered = {name.lower() for one in search.classes for name in one.names}
    index = action_names()
    groups = dict[object, list[str]]()
    elements = [atom.action for atom in world.atoms]
    if any(map(takes_any, elements)):
        for low, name in zip(index.keys, index.names, strict=True):
            if low not in covered and (about := world.facts(low)) is not None:
                action = find_action(name)
                groups.setdefault((about, bool(action and action.resources)), []).append(name)
    for names in groups.values():
        yield ActionClass(taking_in(elements, names[0].lower()), tuple(names))
