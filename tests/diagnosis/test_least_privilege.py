"""The smallest policy that allows what was used."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iamlab.diagnosis import smallest_policy
from iamlab.diagnosis.cloudtrail import COLUMNS, trail_of
from iamlab.evaluation import Policies, Request, decide
from iamlab.policy import parse_policy
from tests.diagnosis.records import ACCOUNT, BUCKET, READ, REFUSED, ROLE, SESSION, TRAIN, record

OTHER = f"arn:aws:iam::{ACCOUNT}:user/maya"


def allow(action: Any, resource: Any, **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def document(*statements: dict[str, Any]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": list(statements)}


def test_grouped_by_resource() -> None:
    """Actions on one resource stand in one statement, sorted; resources with the same actions share it."""
    calls = [
        ("s3", "GetObject", {"bucketName": BUCKET, "key": "b.csv"}),
        ("s3", "PutObject", {"bucketName": BUCKET, "key": "b.csv"}),
        ("s3", "PutObject", {"bucketName": BUCKET, "key": "a.csv"}),
        ("s3", "GetObject", {"bucketName": BUCKET, "key": "a.csv"}),
        ("s3", "ListObjects", {"bucketName": BUCKET}),
        ("s3", "ListObjects", {"bucketName": BUCKET}),
    ]
    trimmed = smallest_policy(trail_of(record(*call) for call in calls))
    objects = [f"arn:aws:s3:::{BUCKET}/a.csv", f"arn:aws:s3:::{BUCKET}/b.csv"]
    assert trimmed.document == document(
        allow("s3:ListBucket", f"arn:aws:s3:::{BUCKET}"), allow(["s3:GetObject", "s3:PutObject"], objects)
    )
    assert trimmed.requests == 5


def test_only_what_succeeded() -> None:
    """A call that was refused, or failed otherwise, was not used."""
    failed = READ | {"errorCode": "NoSuchKey"}
    assert smallest_policy(trail_of([REFUSED, failed])).document == document()


def test_what_is_never_logged() -> None:
    """`iam:PassRole` and tagging, which no record tells, are allowed too: the role to that service alone."""
    job = f"arn:aws:sagemaker:eu-west-1:{ACCOUNT}:training-job/churn"
    passed = {"StringEquals": {"iam:PassedToService": "sagemaker.amazonaws.com"}}
    assert smallest_policy(trail_of([TRAIN])).document == document(
        allow("iam:PassRole", ROLE, Condition=passed),
        allow(["sagemaker:AddTags", "sagemaker:CreateTrainingJob"], job),
    )


def test_keys_that_are_asked_for() -> None:
    """Keys named by the caller become conditions with the values that the requests had, by the key's own operator."""
    one = READ | {"vpcEndpointId": "vpce-1a2b3c4d", "tlsDetails": {"tlsVersion": "TLSv1.3"}}
    trimmed = smallest_policy(trail_of([one]), keys=["aws:SourceVpce", "aws:SecureTransport"])
    (statement,) = trimmed.document["Statement"]
    assert statement["Condition"] == {
        "Bool": {"aws:SecureTransport": "true"},
        "StringEquals": {"aws:SourceVpce": "vpce-1a2b3c4d"},
    }


def test_conditions_of_the_present_policy_are_kept() -> None:
    """A statement that allows a request on a condition lends it to the smallest; one without does not."""
    region = {"StringEquals": {"aws:RequestedRegion": ["eu-west-1", "us-east-1"]}}
    present = document(allow("s3:*", "*", Condition=region), allow("sagemaker:*", "*"), allow("iam:PassRole", "*"))
    trimmed = smallest_policy(trail_of([READ, TRAIN]), present)
    by_action = {json.dumps(one["Action"]): one for one in trimmed.document["Statement"]}
    assert by_action['"s3:GetObject"']["Condition"] == region
    assert "Condition" not in by_action['["sagemaker:AddTags", "sagemaker:CreateTrainingJob"]']
    assert trimmed.unexplained == 0


def test_what_it_takes_away() -> None:
    """Compared with the present policy: what that allows beyond, and nothing that the smallest would add."""
    trimmed = smallest_policy(trail_of([READ]), document(allow("s3:*Object", f"arn:aws:s3:::{BUCKET}/*")))
    assert trimmed.comparison is not None
    assert trimmed.comparison.relation == "wider"
    assert trimmed.comparison.only_first
    assert not trimmed.comparison.only_second


def test_what_the_present_policy_does_not_allow_is_counted() -> None:
    """Requests that another policy must have allowed are counted, and still allowed."""
    trimmed = smallest_policy(trail_of([READ]), document(allow("s3:PutObject", "*")))
    assert trimmed.unexplained == 1
    assert trimmed.document["Statement"]


def test_one_principal() -> None:
    """A smallest policy can be that of one user or role, whose sessions count as the role."""
    maya = READ | {"userIdentity": {"type": "IAMUser", "arn": OTHER, "accountId": ACCOUNT}}
    frame = trail_of([TRAIN, maya])
    assert [one["Action"] for one in smallest_policy(frame, principal=OTHER).document["Statement"]] == ["s3:GetObject"]
    for name in (ROLE, SESSION, ROLE.replace("role/", "role/ml/")):
        actions = json.dumps(smallest_policy(frame, principal=name).document)
        assert "sagemaker:CreateTrainingJob" in actions
        assert "s3:GetObject" not in actions


@pytest.mark.parametrize(
    "identity",
    [
        {"type": "AWSService", "invokedBy": "sagemaker.amazonaws.com"},
        {"type": "AWSAccount", "accountId": "ANONYMOUS_PRINCIPAL"},
        {"type": "Root", "accountId": ACCOUNT},
    ],
    ids=["service", "anonymous", "root"],
)
def test_callers_without_identity_policies(identity: dict[str, str]) -> None:
    """What services, nobody and the root user do needs no identity-based policy."""
    assert smallest_policy(trail_of([READ | {"userIdentity": identity}])).document == document()


def test_unknown_resources_are_named() -> None:
    """Where the records do not tell a resource, `*` stands, and the action is named."""
    trimmed = smallest_policy(trail_of([record("s3", "GetObject", {})]))
    assert trimmed.document == document(allow("s3:GetObject", "*"))
    assert trimmed.unknown == ("s3:GetObject",)


NAMES = ["a", "b", "a*", "a?", "${aws:username}", "a/b", "ab", "é", "機"]
ACTIONS = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:GetObjectTagging"]
VPCES = [None, "vpce-1", "vpce-2"]
Asked = tuple[str, str, str | None]
POOL: list[Asked] = [
    (action, f"arn:aws:s3:::{BUCKET}/{name}", vpce) for action in ACTIONS for name in NAMES for vpce in VPCES
]


def frame_of(asked: set[Asked]) -> Any:
    """A trail of successful requests."""
    import pandas as pd

    empty = dict.fromkeys(COLUMNS, "")
    rows = [
        empty | {"principal": OTHER, "action": action, "resource": resource, "context": context(vpce), "known": True}
        for action, resource, vpce in sorted(asked, key=str)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def context(vpce: str | None) -> dict[str, str]:
    return {"aws:SourceVpce": vpce} if vpce else {}


def is_allowed(asked: Asked, policies: Policies) -> bool:
    action, resource, vpce = asked
    return decide(Request.of(OTHER, action, resource, context(vpce)), policies).allowed


@given(st.sets(st.sampled_from(POOL), max_size=12))
def test_exactly_what_was_used(used: set[Asked]) -> None:
    """Every used request is allowed, and of a pool of others none, whatever characters names have.

    A request without the key is allowed without a condition, so that it is with the key, too. A character that no
    policy can hold stands as `?`, which covers the one-letter names.
    """
    smallest = smallest_policy(frame_of(used), keys=["aws:SourceVpce"]).document
    parse_policy(json.dumps(smallest), "identity")
    policies = Policies.of(identity=smallest)
    free = {(action, resource) for action, resource, vpce in used if vpce is None}
    wild = {(action, vpce) for action, resource, vpce in used if resource.endswith("機")}
    for asked in POOL:
        action, resource, vpce = asked
        if asked in used or (action, resource) in free:
            assert is_allowed(asked, policies)
        elif not any(one == action and (end is None or end == vpce) for one, end in wild):
            assert not is_allowed(asked, policies)
