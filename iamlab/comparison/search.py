"""The search over the classes of requests: which sets of statements some request can match, and which request does.

For each class of actions the statements left are narrowed down by the resource, then by one condition key after the
other; ways that leave the same statements are one, and the plainest request of each is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from itertools import islice, product

from iamlab.aws.catalogue import find_condition_key
from iamlab.comparison.actions import ActionClass, action_classes, takes_any
from iamlab.comparison.resources import Place, Resources
from iamlab.comparison.shapes import shapes_of
from iamlab.comparison.values import Choice, KeyTests, Value
from iamlab.comparison.variables import candidates, template_keys
from iamlab.comparison.world import World
from iamlab.evaluation.context import DERIVED, MULTIVALUED
from iamlab.evaluation.request import Request
from iamlab.policy import Statement
from iamlab.policy.regions import BudgetSpent

__all__ = ["Budget", "Found", "Search"]


@dataclass(frozen=True, slots=True)
class Budget:
    """How much work a comparison may take; where it is not enough, the answer is "not decided".

    `states` bounds the states of automata for one set of patterns, `ways` the ways of matching for one class of
    actions, `assignments` the combinations of values of policy variables.
    """

    states: int = 20_000
    ways: int = 10_000
    assignments: int = 96


@dataclass(frozen=True, slots=True)
class Found:
    """A class of requests: the mask of the atoms that match, and the plainest request of it."""

    mask: int
    place: Place
    actions: ActionClass
    context: Mapping[str, Value] = field(default_factory=dict)


Ways = dict[tuple[int, object], tuple[Place, dict[str, Value]]]
"""By the mask of atoms left, and what else of the resource counts: a resource, and values of keys."""


@dataclass(frozen=True, slots=True)
class Supposed:
    """What is supposed of policy variables: values, or, `loosely`, only which of them are missing.

    Loosely, `values` has the missing ones and `present` those that have some value; tests of which the outcomes are not
    worked out exactly may turn out either way.
    """

    values: Mapping[str, Value] = field(default_factory=dict)
    variables: frozenset[str] = frozenset()
    loosely: bool = False
    present: frozenset[str] = frozenset()

    @property
    def free(self) -> frozenset[str]:
        """The variables of which no value is supposed, nor that they are missing."""
        return self.variables - set(self.values)

    def lookup(self, key: str) -> str | None:
        """Return the value of a variable; None where it is missing or not supposed."""
        value = self.values.get(key.lower())
        return value if isinstance(value, str) else None


class Search:
    """The classes of requests that a world's policies can tell apart."""

    def __init__(self, world: World, budget: Budget, *, only_plausible: bool = False) -> None:
        self.world, self.budget, self.only_plausible = world, budget, only_plausible
        self.skipped: list[str] = []
        self._tests: dict[tuple[str, int], KeyTests] = {}
        self._named: dict[int, frozenset[str]] = {}
        self._asked: dict[int, list[str]] = {}

    @cached_property
    def classes(self) -> list[ActionClass]:
        """The classes of actions; where only what is plausible counts, those of actions that there are."""
        elements = [atom.action for atom in self.world.atoms]
        found, skipped = action_classes(elements, self.world.facts, self.budget.states, self._services())
        if self.only_plausible:
            return [one for one in found if one.known]
        self.skipped += skipped
        return found

    def parts(self, actions: ActionClass) -> Iterable[ActionClass]:
        """Return the parts of a class that are searched apart: actions that name the same kinds of resources."""
        return _by_shape(actions) if self.only_plausible else (actions,)

    def _services(self) -> set[str]:
        """The services of the resources that statements about any action name."""
        wide = (atom for atom in self.world.atoms if atom.resource and takes_any(atom.action))
        texts = (entry.text for atom in wide for entry in atom.resource.entries)  # type: ignore[union-attr]
        return {text.split(":")[2] for text in texts if text.count(":") > 1}

    @cached_property
    def resources(self) -> Resources:
        """The resource elements of all atoms."""
        return Resources(self.world.atoms, self.world.who.partition, self.budget.states, self.world.is_plain)

    def found(self, actions: ActionClass) -> Iterator[Found]:
        """Yield the classes of requests for a class of actions, each with a request of it.

        They are all of them where `is_exact`.

        Raises:
            BudgetSpent: where there are too many.
        """
        variables = self._variables(actions.mask)
        for values in self._assignments(actions, variables):
            yield from self._narrowed(actions, Supposed(values, variables))

    def perhaps(self, actions: ActionClass) -> Iterator[Found]:
        """Yield all classes of requests, and such as there may not be: little is supposed of policy variables."""
        variables = sorted(self._variables(actions.mask))
        if 2 ** len(variables) > self.budget.assignments:
            yield from self._narrowed(actions, Supposed({}, frozenset(variables), loosely=True))
            return
        for missing in product(*(self._may_be_missing(key) for key in variables)):
            lacking = {key: None for key, lacks in zip(variables, missing, strict=True) if lacks}
            present = frozenset(variables) - set(lacking)
            yield from self._narrowed(actions, Supposed(lacking, frozenset(variables), loosely=True, present=present))

    def _may_be_missing(self, key: str) -> tuple[bool, ...]:
        """Return whether a key can be missing: it can, it cannot, or both."""
        if self.world.lacks(key):
            return (True,)
        return (False,) if self.world.fixed(key) is not None or self._never_missing(key) else (False, True)

    def _never_missing(self, key: str) -> bool:
        return key in DERIVED and self.world.derived(key) is not None

    def is_exact(self, actions: ActionClass) -> bool:
        """Return whether `found` misses no class."""
        keys = self._keys(actions.mask)
        return not self._variables(actions.mask) and all(self._key_tests(key, actions.mask).is_exact for key in keys)

    def request(self, found: Found) -> Request:
        """Return the request of a class, as it was put together."""
        context = {key: list(v) if isinstance(v, tuple) else v for key, v in found.context.items() if v is not None}
        return self.world.request(found.actions.names[0], found.place.text, context)

    def decides(self, found: Found, wanted: tuple[bool, ...], asked: int = 0) -> bool:
        """Return whether a class is allowed or not as wanted: by the first side, and the second where it is named too.

        Args:
            found: the class.
            wanted: whether the first, or the first and the second, set of policies is to allow.
            asked: atoms of which one must match; any class will do, unless given.
        """
        if asked and not found.mask & asked:
            return False
        request = self.request(found)
        return all(self.world.decide(side, request, found.mask).allowed is want for side, want in enumerate(wanted))

    def _atoms(self, mask: int) -> list[Statement]:
        return [atom for i, atom in enumerate(self.world.atoms) if mask >> i & 1]

    def _variables(self, mask: int) -> frozenset[str]:
        if mask not in self._named:
            self._named[mask] = template_keys(self._atoms(mask))
        return self._named[mask]

    def _keys(self, mask: int) -> list[str]:
        if mask not in self._asked:
            keys = (test.key.lower() for atom in self._atoms(mask) for test in atom.condition)
            self._asked[mask] = list(dict.fromkeys(keys))
        return self._asked[mask]

    def _key_tests(self, key: str, mask: int) -> KeyTests:
        if (key, mask) not in self._tests:
            tests = tuple(test for atom in self._atoms(mask) for test in atom.condition if test.key.lower() == key)
            several = any(test.use.set_operator for test in tests) or key in MULTIVALUED or _is_multivalued(key)
            self._tests[key, mask] = KeyTests(key, tests, self._never_missing(key), several, self.budget.states)
        return self._tests[key, mask]

    def _assignments(self, actions: ActionClass, variables: frozenset[str]) -> Iterator[dict[str, Value]]:
        """Yield values for the policy variables; one empty assignment where there are none."""
        keys, atoms = sorted(variables), self._atoms(actions.mask)
        values = [self._candidates(key, actions.mask, atoms) for key in keys]
        for way in islice(product(*values), self.budget.assignments):
            yield dict(zip(keys, way, strict=True))

    def _candidates(self, key: str, mask: int, atoms: list[Statement]) -> list[Value]:
        fixed = self.world.fixed(key)
        if fixed is not None or self.world.lacks(key):
            return [fixed]
        return candidates(key, self._key_tests(key, mask), atoms)

    def _narrowed(self, actions: ActionClass, supposed: Supposed) -> Iterator[Found]:
        within = shapes_of(actions.names[0], self.world.who.partition) if self.only_plausible else None
        loose = supposed.free if supposed.loosely else frozenset[str]()
        places = self.resources.places(actions.mask, actions.service, supposed.lookup, loose=loose, within=within)
        given: dict[str, Value] = {
            key: v for key, v in supposed.values.items() if v is not None and self.world.fixed(key) is None
        }
        ways: Ways = {(place.mask, place.facts): (place, given) for place in reversed(places)}
        for key in self._keys(actions.mask):
            ways = self._by_key(ways, key, actions.mask, supposed)
        for (mask, _), (place, context) in ways.items():
            yield Found(mask, place, actions, context)

    def _by_key(self, ways: Ways, key: str, mask: int, supposed: Supposed) -> Ways:
        """Narrow down by one key: which atoms are left for each of its classes of values."""
        choices = self._choices(self._key_tests(key, mask), supposed)
        left = [(self._left(mask, key, choice), choice.value) for choice in choices]
        found: Ways = {}
        for (before, facts), (place, context) in sorted(ways.items(), key=lambda way: len(way[1][1])):
            for kept, value in left:
                way = (before & kept, facts)
                given = value is not None and self.world.fixed(key) is None
                if way not in found or len(found[way][1]) > len(context) + given:
                    found[way] = (place, {**context, key: value} if given else context)
            if len(found) > self.budget.ways:
                raise BudgetSpent("the conditions can be met in too many ways")
        return found

    def _choices(self, tests: KeyTests, supposed: Supposed) -> list[Choice]:
        fixed, key = self.world.fixed(tests.key), tests.key
        if supposed.loosely and not tests.is_exact:
            values = tests.values(supposed.lookup, present=_presence(key, supposed))
            return tests.relaxed(supposed.lookup, values, supposed.free)
        if fixed is not None or self.world.lacks(key):
            return tests.choices(supposed.lookup, [fixed])
        if supposed.loosely and key in supposed.present:
            return tests.choices(supposed.lookup, tests.values(supposed.lookup, present=True))
        return tests.choices(supposed.lookup, [supposed.values[key]] if key in supposed.values else None)

    def _left(self, mask: int, key: str, choice: Choice) -> int:
        """Return the atoms of which every test of a key holds."""
        outcomes = iter(choice.outcomes)
        for i, atom in enumerate(self.world.atoms):
            if mask >> i & 1:
                held = [next(outcomes) for test in atom.condition if test.key.lower() == key]
                if not all(held):
                    mask &= ~(1 << i)
        return mask


def _presence(key: str, supposed: Supposed) -> bool | None:
    """Return whether a key is supposed to have a value; None where nothing is supposed of it."""
    return True if key in supposed.present else False if key in supposed.values else None


def _by_shape(actions: ActionClass) -> Iterator[ActionClass]:
    """Yield the parts of a class of actions that name the same kinds of resources."""
    parts = dict[int, list[str]]()
    for name in actions.names:
        parts.setdefault(id(shapes_of(name, "")), []).append(name)
    return (replace(actions, names=tuple(names)) for names in parts.values())


@lru_cache(maxsize=4096)
def _is_multivalued(key: str) -> bool:
    known = find_condition_key(key)
    return known is not None and known.multivalued
