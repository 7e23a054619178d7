"""The exact answer against all requests over small alphabets, one by one."""

from typing import Any

import pytest
from hypothesis import given, settings

from iamlab.comparison import Comparison, compare
from iamlab.evaluation import Policies, Request, decide
from iamlab.evaluation.evaluator import Evaluator
from tests.comparison.small import ROLE, pairs, requests

Pair = tuple[dict[str, Any], dict[str, Any]]


def differences(pair: Pair) -> tuple[bool, bool]:
    """Whether some request over the alphabets is allowed by the first alone, and by the second alone."""
    first, second = (Evaluator(Policies.of(identity=policy)) for policy in pair)
    found = [False, False]
    for action, resource, context in requests(*pair):
        one, two = (side.decide(ROLE, action, resource, context).allowed for side in (first, second))
        if one != two:
            found[two] = True
            if all(found):
                break
    return found[0], found[1]


def check(pair: Pair, comparison: Comparison) -> None:
    """No difference is missed; every witness is one; the relation says what the witnesses show."""
    only_first, only_second = differences(pair)
    if comparison.relation != "undecided":
        assert not only_first or comparison.only_first, "a request that the first alone allows was missed"
        assert not only_second or comparison.only_second, "a request that the second alone allows was missed"
        shown = (bool(comparison.only_first), bool(comparison.only_second))
        relation = {(False, False): "equal", (True, False): "wider", (False, True): "narrower"}
        assert comparison.relation == relation.get(shown, "overlapping")
    for witness, expected in [
        *((one, (True, False)) for one in comparison.only_first),
        *((one, (False, True)) for one in comparison.only_second),
    ]:
        request = Request.of(
            witness.principal, witness.action, witness.resource, dict(witness.context), witness.resource_account
        )
        resource = witness.resource_policy
        sides = (decide(request, Policies.of(identity=policy, resource=resource)).allowed for policy in pair)
        assert tuple(sides) == expected


@settings(max_examples=4_000)
@given(pairs())
def test_no_disagreement(pair: Pair) -> None:
    """4,000 pairs without policy variables: decided, every one, and never against the enumeration."""
    comparison = compare(*pair)
    assert comparison.relation != "undecided", comparison.undecided
    check(pair, comparison)


@settings(max_examples=1_000)
@given(pairs(variables=True))
def test_no_disagreement_with_policy_variables(pair: Pair) -> None:
    """1,000 pairs with policy variables: where it is decided, never against the enumeration."""
    check(pair, compare(*pair))


@pytest.mark.parametrize("number", range(3))
def test_the_enumeration_sees_differences(number: int) -> None:
    """The yardstick itself: it tells apart what is different."""
    allow = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}
    one = {"Version": "2012-10-17", "Statement": [allow]}
    two = {"Version": "2012-10-17", "Statement": [{**allow, "Resource": "arn:aws:s3:::b/x"}]}
    expected = [((one, two), (True, False)), ((two, one), (False, True)), ((one, one), (False, False))]
    pair, found = expected[number]
    assert differences(pair) == found
