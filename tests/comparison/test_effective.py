"""Comparison of effective permissions: every type of policy, every sort of caller, against requests one by one."""

import random
from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from iamlab.comparison import compare
from iamlab.evaluation import Policies, Request, decide
from iamlab.evaluation.evaluator import Evaluator
from tests.evaluation.worlds import ACTIONS, PRINCIPALS, RESOURCES, A, B, documents

CONTEXT: dict[str, list[Any]] = {
    "aws:PrincipalTag/team": [None, "ml", "web", ""],
    "aws:username": [None, "maya"],
    "aws:TagKeys": [None, ["team"], ["team", "x"], []],
    "aws:SourceIp": [None, "203.0.113.9", "198.51.100.1"],
    "aws:SecureTransport": [None, "true", "false"],
    "aws:MultiFactorAuthPresent": [None, "true"],
}
MORE = ["sts:GetCallerIdentity", "sts:GetSessionToken", "iam:PassRole", "s3:GetBucketPolicy"]
EVERYTHING = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}
BOUNDS = ("permissions_boundary", "session", "scp", "rcp", "vpc_endpoint")
SIDES = ("identity", "resource", "permissions_boundary", "session", "scp", "rcp", "vpc_endpoint")


def one_type(name: str) -> st.SearchStrategy[Any]:
    if name in {"identity", "session"}:
        return st.lists(documents(name), max_size=2)
    if name in {"scp", "rcp"}:
        return st.none() | st.lists(st.lists(documents(name), max_size=2), max_size=2)
    return st.none() | documents(name)


@st.composite
def situations(draw: st.DrawFn) -> dict[str, Any]:
    """Two sets of policies that differ in one or two types, around one caller."""
    first = {name: draw(one_type(name)) for name in SIDES}
    for bound in draw(st.sets(st.sampled_from(BOUNDS))):
        first[bound] = [] if bound == "session" else None
    if draw(st.booleans()):
        first["identity"] = [*first["identity"], EVERYTHING]
    changed = draw(st.sets(st.sampled_from(SIDES), min_size=1, max_size=2))
    second = first | {name: draw(one_type(name)) for name in sorted(changed)}
    options = {
        "principal": draw(st.sampled_from(PRINCIPALS)),
        "resource_account": draw(st.sampled_from([A, B])),
        "management_account": draw(st.booleans()),
    }
    return {"first": first, "second": second, **options}


def contexts(text: str) -> list[dict[str, Any]]:
    keys = [key for key in CONTEXT if key in text]
    found = [dict(zip(keys, values, strict=True)) for values in product(*(CONTEXT[key] for key in keys))]
    few = random.Random(0).sample(found, min(len(found), 24))
    return [{key: value for key, value in one.items() if value is not None} for one in few]


@settings(max_examples=300)
@given(situations())
def test_no_disagreement(situation: dict[str, Any]) -> None:
    """No difference is missed, and every witness is one."""
    options = {name: situation[name] for name in ("principal", "resource_account", "management_account")}
    sides = [Policies.of(**situation[name]) for name in ("first", "second")]
    found = compare(*sides, **options)
    shown = [bool(found.only_first), bool(found.only_second)]
    for witness in (*found.only_first, *found.only_second):
        asked = (witness.action, witness.resource, dict(witness.context), situation["resource_account"])
        request = Request.of(situation["principal"], *asked)
        allowed = [decide(request, one, management_account=options["management_account"]).allowed for one in sides]
        assert allowed == [witness in found.only_first, witness in found.only_second]
    if found.relation == "undecided" or all(shown):
        return
    evaluators = [Evaluator(one, management_account=options["management_account"]) for one in sides]
    for context in contexts(str(situation)):
        for action, resource in product([*ACTIONS, *MORE], RESOURCES):
            asked = (options["principal"], action, resource, context, options["resource_account"])
            one, two = (side.decide(*asked).allowed for side in evaluators)
            assert (one, two) in {(True, True), (False, False)} or shown[two], asked
