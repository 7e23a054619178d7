"""AWS's denial sentences, one for every type of policy and both kinds of deny (rules D1–D9, D13)."""

from typing import Any

import pytest

from iamlab.evaluation import Policies, Request, explain
from iamlab.reporting.denial import denial_sentence

SESSION, OBJECT = "arn:aws:sts::111122223333:assumed-role/Train/job", "arn:aws:s3:::b/x"
ROLE = "arn:aws:iam::111122223333:role/R"
FULL = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}
NONE: dict[str, Any] = {"Version": "2012-10-17", "Statement": []}
DENY = {"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}}
FOR_ALL = {
    "Version": "2012-10-17",
    "Statement": {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"},
}
TRUST = {"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Principal": "*", "Action": "sts:AssumeRole"}}
RCP_FULL = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}}

S3 = "s3:GetObject on resource: arn:aws:s3:::b/x"
CASES = [
    ({}, S3, "because no identity-based policy allows the s3:GetObject action"),
    ({"identity": DENY}, S3, "with an explicit deny in an identity-based policy"),
    ({"resource": FOR_ALL}, S3, "with an explicit deny in a resource-based policy"),
    ({"permissions_boundary": NONE}, S3, "because no permissions boundary allows the s3:GetObject action"),
    ({"permissions_boundary": DENY}, S3, "with an explicit deny in a permissions boundary"),
    ({"session": [NONE]}, S3, "because no session policy allows the s3:GetObject action"),
    ({"session": [DENY]}, S3, "with an explicit deny in a session policy"),
    ({"scp": [[NONE]]}, S3, "because no service control policy allows the s3:GetObject action"),
    ({"scp": [[DENY]]}, S3, "with an explicit deny in a service control policy"),
    ({"rcp": [[RCP_FULL, FOR_ALL]]}, S3, "with an explicit deny in a resource control policy"),
    (
        {"vpc_endpoint": RCP_FULL | {"Statement": []}},
        S3,
        "because no VPC endpoint policy allows the s3:GetObject action",
    ),
    ({"vpc_endpoint": FOR_ALL}, S3, "with an explicit deny in a VPC endpoint policy"),
]


@pytest.mark.parametrize(("given", "what", "tail"), CASES, ids=[row[2] for row in CASES])
def test_sentences(given: Any, what: str, tail: str) -> None:
    """The frame, the caller's session, and the type of the policy that refused."""
    policies = {"identity": FULL if len(given) and "identity" not in given else ()} | given
    request = Request.of(SESSION, "s3:GetObject", OBJECT)
    sentence = denial_sentence(explain(request, Policies.of(**policies)))
    assert sentence == f"User: {SESSION} is not authorized to perform: {what} {tail}"


@pytest.mark.parametrize(
    ("trust", "tail"),
    [
        (None, "because no role trust policy allows the sts:AssumeRole action"),
        (TRUST, "with an explicit deny in the role trust policy"),
    ],
)
def test_trust_policies(trust: Any, tail: str) -> None:
    """A role's trust policy has words of its own (rule D4)."""
    policies = Policies.of(identity=FULL, resource=trust, resource_kind="trust")
    sentence = denial_sentence(explain(Request.of(SESSION, "sts:AssumeRole", ROLE), policies))
    assert sentence == f"User: {SESSION} is not authorized to perform: sts:AssumeRole on resource: {ROLE} {tail}"


def test_no_resource_and_no_denial() -> None:
    """An action without resource leaves it out; an allowed request has no sentence."""
    request = Request.of(SESSION, "s3:ListAllMyBuckets", "*")
    sentence = denial_sentence(explain(request, Policies()))
    assert sentence is not None
    assert "on resource" not in sentence
    assert denial_sentence(explain(request, Policies.of(identity=FULL))) is None
