"""Conditions of one statement that no request meets together.

Keys are independent of each other, so it is enough to look at the tests of one key: at one value of each class into
which these tests cut all values, the missing key among them. Where a test depends on a policy variable, or values are
read as more than one type, more is thought possible than is; what contradicts itself even then does so surely.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from iamlab.aws.catalogue import find_condition_key
from iamlab.comparison.values import KeyTests, type_of
from iamlab.evaluation.conditions import value_holds
from iamlab.evaluation.context import MULTIVALUED
from iamlab.policy import OPERATORS, Policy, Span, Statement
from iamlab.policy.operators import OperatorUse
from iamlab.policy.regions import BudgetSpent
from iamlab.policy.statement import ConditionTest, ConditionValue
from iamlab.policy.variables import no_variable

__all__ = ["Contradiction", "contradictions", "never_applies"]

LIMIT = 2_000
MOST_TESTS = 8
"""Tests of one key up to which they are looked at."""

MOST_CHARACTERS = 2_000
"""The same of the characters in their values."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Tests that never hold together, in the order of the text; or one, where the key's variable is in the resource."""

    tests: tuple[ConditionTest, ...]


def contradictions(policy: Policy, statement: Statement) -> Iterator[Contradiction]:
    """Yield the contradictions of a statement's conditions: at most one for each key, and those with its resources."""
    for tests in _by_key(statement):
        if len(tests) > 1 and (fewest := _fewest(policy.version, tests)):
            yield Contradiction(fewest)
        elif _needs_value(statement, tests[0].key) and _must_be_missing(policy.version, tests):
            yield Contradiction(tests[:1])


def never_applies(policy: Policy, statement: Statement) -> bool:
    """Return whether a statement matches no request, because of its conditions."""
    return next(contradictions(policy, statement), None) is not None


def _by_key(statement: Statement) -> Iterator[tuple[ConditionTest, ...]]:
    """Yield the tests of each key, as far as it is settled how they are evaluated."""
    found = dict[str, list[ConditionTest]]()
    for test in statement.condition:
        found.setdefault(test.key.lower(), []).append(test)
    for key, tests in found.items():
        settled = tuple(test for test in tests if _is_settled(key, test))
        if 0 < len(settled) <= MOST_TESTS and sum(map(_length, settled)) <= MOST_CHARACTERS:
            yield settled


def _length(test: ConditionTest) -> int:
    return sum(len(value.text) for value in test.values)


def _is_settled(key: str, test: ConditionTest) -> bool:
    """Whether AWS says how a test is evaluated: not for a plain operator over several values, nor `Null` over a set."""
    is_null = test.use.operator.family == "Null"
    return is_null != bool(test.use.set_operator) if is_null or _is_multivalued(key) else True


def _is_multivalued(key: str) -> bool:
    """Whether a key may have several values; of one that the catalogue does not know, this may be."""
    known = find_condition_key(key)
    return key in MULTIVALUED or known is None or known.multivalued


def _fewest(version: str, tests: Sequence[ConditionTest]) -> tuple[ConditionTest, ...]:
    """Return two tests, or else all, that never hold together; none where they may."""
    pairs = (pair for pair in combinations(tests, 2) if _together(version, pair) == frozenset())
    return next(pairs, tuple(tests) if len(tests) > 2 and _together(version, tuple(tests)) == frozenset() else ())


def _must_be_missing(version: str, tests: tuple[ConditionTest, ...]) -> bool:
    return _together(version, tests) == frozenset({False})


def _there(key: str) -> ConditionTest:
    """The test that a key is there: `Null` with `false`."""
    use, nowhere = OperatorUse(OPERATORS["Null"]), Span(0, 0)
    value = ConditionValue.of("false", nowhere, use, variables=False)
    return ConditionTest("Null", use, key, (value,), nowhere, nowhere, nowhere)


def _needs_value(statement: Statement, key: str) -> bool:
    """Whether every resource of a statement has a variable of a key, without a default."""
    element = statement.resource
    return (
        element is not None
        and not element.negated
        and all(
            any(one.key.lower() == key.lower() and one.default is None for one in entry.template.variables)
            for entry in element.entries
        )
    )


@lru_cache(maxsize=4096)
def _together(version: str, tests: tuple[ConditionTest, ...]) -> frozenset[bool] | None:
    """Return whether all tests of a key may hold together where it is there, and where it is not, as a set of answers.

    None where that takes too long. `version` decides whether `${…}` is a variable, and is asked for since tests are
    equal whose texts are.
    """
    key = tests[0].key.lower()
    exact = [test for test in tests if not _is_loose(test, tests)]
    several = _is_multivalued(key) or any(test.use.set_operator for test in tests)
    told = KeyTests(key, (*exact, _there(key)), never_missing=False, several=several, limit=LIMIT)
    try:
        choices = told.choices(no_variable)
    except BudgetSpent:
        return None
    missing = all(value_holds(test, None, no_variable) for test in tests)
    ways = {choice.outcomes[-1] for choice in choices if all(choice.outcomes[:-1])}
    return frozenset(ways if missing else ways - {False})


def _is_loose(test: ConditionTest, tests: Sequence[ConditionTest]) -> bool:
    """Whether nothing is worked out of a test: it has a variable, or reads values as another type than the first."""
    types = [type_of(one) for one in tests if type_of(one) != "Null"]
    return test.has_variables or type_of(test) not in ("Null", *types[:1])
