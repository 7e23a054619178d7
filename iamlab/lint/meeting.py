"""Which statements of a policy meet another one so that they may make it superfluous: seen quickly, by examples.

One request of a statement that none of the others takes in proves that they do not cover it. That tells most
statements apart; what is left is for the exact comparison.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, reduce
from operator import or_

from iamlab.aws.names import action_names
from iamlab.evaluation.conditions import value_holds
from iamlab.evaluation.credentials import ROLES_MAY_NOT
from iamlab.evaluation.scope import UNGOVERNED
from iamlab.lint.subject import Subject, is_pattern, names_of
from iamlab.policy import Statement
from iamlab.policy.statement import ConditionTest, ResourceElement
from iamlab.policy.variables import no_variable

__all__ = ["meeting", "principals_of"]

Values = Mapping[str, str]
"""An example of a context: the values of keys, given in lower case."""


def meeting(subject: Subject, statement: Statement, others: Iterable[Statement]) -> list[Statement]:
    """Return the statements that meet another one; none where they surely leave a request of it out.

    None, too, where the comparison could not tell: of actions on which no policy decides, and of resources in several
    partitions.
    """
    whole = _Actions.of(statement)
    found = [other for other in others if other is not statement and _speaks_for(other, statement)]
    met = {other.index: common for other in found if (common := whole.within(other))}
    if not whole.are_in(met.values()) or not whole.are_compared(met.values()) or len(_partitions(subject)) > 1:
        return []
    found = [other for other in found if other.index in met]
    context = _context(statement)
    for resource in _resources(statement):
        if not whole.are_in(met[other.index] for other in _taking_in(found, resource, context)):
            return []
    return found


def principals_of(statement: Statement) -> object:
    """Return something that is equal for two statements which name the same principals in the same words."""
    element = statement.principal
    return element and (element.negated, frozenset((entry.type, entry.text) for entry in element.entries))


@dataclass(frozen=True)
class _Actions:
    """The actions that a statement takes in, as a number with a bit for each.

    The catalogue's actions come first; then those that the statement names and the catalogue does not know.
    """

    bits: int
    unknown: tuple[str, ...]

    @classmethod
    def of(cls, statement: Statement) -> _Actions:
        """Return all that a statement takes in."""
        named = () if statement.action.negated else statement.action.entries
        texts = (entry.text.lower() for entry in named if not is_pattern(entry.text) and not names_of(entry.text))
        unknown = tuple(dict.fromkeys(texts))
        return cls(_known(statement) | ((1 << len(unknown)) - 1) << _count(), unknown)

    def within(self, other: Statement) -> int:
        """Return which of these another statement takes in as well."""
        common = self.bits & _known(other)
        for place, name in enumerate(self.unknown):
            is_named = any(entry.matches(name) for entry in other.action.entries)
            common |= (is_named != other.action.negated) << _count() + place
        return common

    def are_in(self, some: Iterable[int]) -> bool:
        """Return whether there are any, and all of them are in some others together."""
        return bool(self.bits) and not self.bits & ~reduce(or_, some, 0)

    def are_compared(self, some: Collection[int]) -> bool:
        """Return whether each action that the comparison leaves out shares its fate with one that it looks at."""
        for bit in _left_out():
            alike = self.bits & ~reduce(or_, _left_out())
            if self.bits & bit:
                for one in some:
                    alike &= one if one & bit else ~one
                if not alike:
                    return False
        return True


def _known(statement: Statement) -> int:
    """The catalogue's actions that a statement takes in."""
    named = reduce(or_, (_bits(entry.text) for entry in statement.action.entries), 0)
    return ((1 << _count()) - 1) ^ named if statement.action.negated else named


@lru_cache(maxsize=4096)
def _bits(entry: str) -> int:
    """The catalogue's actions that an entry of `Action` takes in."""
    digits = bytearray(_count() // 8 + 1)
    for name in names_of(entry):
        place = _places()[name]
        digits[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(digits, "little")


@cache
def _places() -> dict[str, int]:
    return {name: place for place, name in enumerate(action_names().names)}


@cache
def _count() -> int:
    return len(_places())


def _speaks_for(other: Statement, statement: Statement) -> bool:
    """Whether a statement is about the same principals and, as to there being one, the same resource."""
    if (other.resource is None) != (statement.resource is None):
        return False
    principal = other.principal
    if principal is None or principals_of(other) == principals_of(statement):
        return True
    everyone = not principal.negated and any(entry.is_everyone for entry in principal.entries)
    return other.effect == "Deny" and everyone


@cache
def _left_out() -> tuple[int, ...]:
    """Actions that the comparison leaves out, each as its bit: no policy decides on them, or not on a role's."""
    return tuple(_bits(name) for name in UNGOVERNED | ROLES_MAY_NOT)


def _partitions(subject: Subject) -> set[str]:
    """The partitions that resources name: the comparison is about those of one."""
    elements = (statement.resource for statement in subject.statements if statement.resource)
    parts = (entry.text.split(":")[1:2] for element in elements for entry in element.entries)
    return {part[0] for part in parts if part}


def _resources(statement: Statement) -> Iterator[str]:
    """Yield an example of each resource of a statement; one that is like no other, where it names none."""
    element = statement.resource
    for entry in element.entries if element and not element.negated else ():
        example = entry.text if entry.text == "*" else re.sub("[*?]", "x", entry.text)
        if entry.pattern and entry.pattern.matches(example):
            yield example
    if element is None:
        yield "*"


def _context(statement: Statement) -> Values | None:
    """An example of a context in which all tests of a statement hold; None where none is at hand."""
    by_key = dict[str, list[ConditionTest]]()
    for test in statement.condition:
        by_key.setdefault(test.key.lower(), []).append(test)
    context = dict[str, str]()
    for key, tests in by_key.items():
        texts = (re.sub("[*?]", "x", value.text) for test in tests for value in test.values)
        fitting = (text for text in (None, *texts, "x") if all(value_holds(test, text, no_variable) for test in tests))
        found = next(fitting, "")
        if found == "" or any(test.has_variables for test in tests):
            return None
        context |= {key: found} if found is not None else {}
    return context


def _taking_in(found: Sequence[Statement], resource: str, context: Values | None) -> Iterator[Statement]:
    """Yield the statements that may take in a resource in a context, of which perhaps nothing is known."""
    for other in found:
        if _may_match(other.resource, resource) and (context is None or _may_hold(other, context)):
            yield other


def _may_match(element: ResourceElement | None, example: str) -> bool:
    if element is None or any(entry.pattern is None for entry in element.entries):
        return True
    return any(entry.pattern.matches(example) for entry in element.entries if entry.pattern) != element.negated


def _may_hold(statement: Statement, context: Values) -> bool:
    return all(
        test.has_variables or value_holds(test, context.get(test.key.lower()), no_variable)
        for test in statement.condition
    )
