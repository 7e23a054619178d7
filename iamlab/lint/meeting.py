"""Which statements of a policy meet another one so that they may make it superfluous: seen quickly, by examples.

One request of a statement that none of the others takes in proves that they do not cover it. That tells most
statements apart; what is left is for the exact comparison.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from iamlab.evaluation.conditions import value_holds
from iamlab.evaluation.credentials import ROLES_MAY_NOT
from iamlab.evaluation.scope import UNGOVERNED
from iamlab.lint.subject import Subject, is_pattern, names_of
from iamlab.policy import Statement
from iamlab.policy.statement import ConditionTest, ResourceElement

__all__ = ["meeting", "principals_of"]

Values = Mapping[str, str]
"""An example of a context: the values of keys, given in lower case."""


def meeting(subject: Subject, statement: Statement, others: Iterable[Statement]) -> list[Statement]:
    """Return the statements that meet another one; none where they surely leave a request of it out.

    None, too, where the comparison could not tell: of actions on which no policy decides, and of resources in several
    partitions.
    """
    names = _Names.of(subject, statement)
    found = [other for other in others if other is not statement and _speaks_for(other, statement)]
    met = {other.index: taken for other in found if (taken := names.within(subject, other))}
    found = [other for other in found if other.index in met]
    if not names.are_covered(met.values()) or not names.are_compared(met.values()) or len(_partitions(subject)) > 1:
        return []
    for resource in _resources(statement):
        taking = _taking_in(found, resource, _context(statement))
        if not names.are_covered([met[other.index] for other in taking]):
            return []
    return found


def principals_of(statement: Statement) -> object:
    """Return something that is equal for two statements which name the same principals in the same words."""
    element = statement.principal
    return element and (element.negated, frozenset((entry.type, entry.text) for entry in element.entries))


@dataclass(frozen=True)
class _Names:
    """The actions that a statement takes in: the catalogue's, and others that it names."""

    known: frozenset[str]
    others: frozenset[str]

    @classmethod
    def of(cls, subject: Subject, statement: Statement) -> _Names:
        """Return all that a statement takes in."""
        named = () if statement.action.negated else statement.action.entries
        others = (entry.text for entry in named if not is_pattern(entry.text) and not names_of(entry.text))
        return cls(subject.covered(statement), frozenset(others))

    def within(self, subject: Subject, other: Statement) -> frozenset[str]:
        """Return which of these another statement takes in as well."""
        covered = subject.covered(other)
        common = self.known if self.known is covered else self.known & covered
        others = [name for name in self.others if subject.takes_in(other, name)]
        return common.union(others) if others else common

    def are_covered(self, taken: Collection[frozenset[str]]) -> bool:
        """Return whether these are at least all of them, and there are some."""
        sizes, count = [len(one) for one in taken], len(self.known) + len(self.others)
        if count in sizes:  # one has them all: sets of many thousands are not joined for nothing
            return count > 0
        return 0 < count <= sum(sizes) and len(frozenset().union(*taken)) == count

    def are_compared(self, taken: Collection[frozenset[str]]) -> bool:
        """Return whether each action that the comparison leaves out shares its fate with one that it looks at."""
        for name in _left_out() & self.known:
            alike = self.known - _left_out()
            for one in taken:
                if not (one is self.known or self.known <= one):
                    alike = alike & one if name in one else alike - one
            if not alike:
                return False
        return True


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
def _left_out() -> frozenset[str]:
    """Actions that the comparison leaves out: no policy decides on them, or not on a role's."""
    return frozenset(name for one in UNGOVERNED | ROLES_MAY_NOT for name in names_of(one))


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
        fitting = (text for text in (None, *texts, "x") if all(value_holds(test, text, _nothing) for test in tests))
        found = next(fitting, "")
        if found == "" or any(map(_has_variable, tests)):
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
        _has_variable(test) or value_holds(test, context.get(test.key.lower()), _nothing)
        for test in statement.condition
    )


def _has_variable(test: ConditionTest) -> bool:
    return any(value.template.variables for value in test.values)


def _nothing(key: str) -> None:
    return None
