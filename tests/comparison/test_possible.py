"""`may`: whether a request of some kind can ever be allowed."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iamlab.comparison import Budget, may
from iamlab.evaluation import Policies, Request, decide
from tests.comparison.small import ACTIONS, RESOURCES, ROLE, pairs

READ = {"Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::b/*"}
NO_SECRETS = {"Effect": "Deny", "Action": "*", "Resource": "arn:aws:s3:::b/secret/*"}
POLICY = {"Version": "2012-10-17", "Statement": [READ, NO_SECRETS]}
ML = {"StringEquals": {"aws:PrincipalTag/team": "ml"}}

CASES: list[tuple[str, tuple[Any, ...], bool]] = [
    ("reading", ("s3:GetObject",), True),
    ("reading there", ("s3:GetObject", "arn:aws:s3:::b/*"), True),
    ("reading elsewhere", ("s3:GetObject", "arn:aws:s3:::other/*"), False),
    ("writing", ("s3:Put*",), False),
    ("reading secrets", ("s3:*", "arn:aws:s3:::b/secret/*"), False),
    ("reading beside secrets", ("s3:*", "arn:aws:s3:::b/s*"), True),
    ("reading as a team", ("s3:GetObject", "*", ML), True),
    ("one of several", (["s3:PutObject", "s3:GetObject"], ["arn:aws:s3:::b/x"]), True),
]


@pytest.mark.parametrize(("asked", "answer"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_kinds_of_requests(asked: tuple[Any, ...], answer: bool) -> None:
    """Whether anything of a kind is allowed; where it is, a request of that kind that is."""
    found = may(POLICY, *asked)
    assert found.answer is answer
    if found.witness:
        witness = found.witness
        request = Request.of(ROLE, witness.action, witness.resource, dict(witness.context))
        assert decide(request, Policies.of(identity=POLICY)).allowed


def test_conditions_that_no_request_meets() -> None:
    """A statement whose conditions contradict each other never allows anything."""
    condition = {"StringEquals": {"aws:PrincipalTag/team": "ml"}, "StringLike": {"aws:PrincipalTag/team": "w*"}}
    assert may({"Version": "2012-10-17", "Statement": {**READ, "Condition": condition}}).answer is False


def test_bounds_count() -> None:
    """What identity and boundary do not both allow can never be."""
    boundary = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:List*", "Resource": "*"}}
    assert may(Policies.of(identity=POLICY, permissions_boundary=boundary), "s3:*", principal=ROLE).answer is False


def test_some_operations_need_no_permission() -> None:
    """No policy refuses GetCallerIdentity (rule T13)."""
    found = may(Policies(), principal=ROLE)
    assert found.witness is not None
    assert found.witness.action == "sts:GetCallerIdentity"


def test_any_caller_will_do() -> None:
    """Of a resource's policy it is asked for every caller it can tell apart."""
    statement = {**READ, "Principal": {"Service": "sagemaker.amazonaws.com"}}
    found = may({"Version": "2012-10-17", "Statement": statement}, "s3:GetObject", kind="resource")
    assert found.witness is not None
    assert found.witness.principal == {"Service": "sagemaker.amazonaws.com"}


def test_not_decided() -> None:
    """With too small a budget there is no answer."""
    stars = [{**READ, "Resource": f"arn:aws:s3:::*{i}*{i + 1}*"} for i in range(6)]
    deny = {"Effect": "Deny", "Action": "*", "Resource": "*"}
    policy = {"Version": "2012-10-17", "Statement": [*stars, deny]}
    assert may(policy, "s3:GetObject", budget=Budget(states=10)).answer is None


@settings(max_examples=300)
@given(pairs(), st.sampled_from(ACTIONS), st.sampled_from(RESOURCES))
def test_no_allowed_request_is_missed(pair: tuple[dict[str, Any], Any], action: str, resource: str) -> None:
    """Where a request without context is allowed, something like it may be."""
    policies = Policies.of(identity=pair[0])
    if decide(Request.of(ROLE, action, resource), policies).allowed:
        assert may(pair[0], action, resource).answer
