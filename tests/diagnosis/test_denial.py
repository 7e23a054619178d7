"""Every documented form of AWS's error for a request that was not allowed is read (rules D1-D14).

The sentences are those of https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html, of
https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html and of the AWS Security Blog's
"Enhanced access denied error messages with policy ARNs", with names of our own.
"""

import json
import time
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iamlab import explain_denial
from iamlab.aws.catalogue import find_action
from iamlab.diagnosis import NotADenial
from iamlab.diagnosis.reading import FORMS, MAX_LENGTH
from iamlab.evaluation import Policies, Request, explain
from iamlab.policy import parse_policy
from iamlab.reporting.denial import EXPLICIT, denial_sentence
from tests.diagnosis.denials import FORM_CASES, FRAME, MAYA, OBJECT, ROLE, SCP, SESSION, TAIL

REASONS = [
    (f"because no identity-based policy {TAIL}", "identity", "implicit", True),
    ("with an explicit deny in an identity-based policy", "identity", "explicit", False),
    (f"because no resource-based policy {TAIL}", "resource", "implicit", True),
    ("with an explicit deny in a resource-based policy", "resource", "explicit", False),
    (f"because no permissions boundary {TAIL}", "permissions_boundary", "implicit", True),
    ("with an explicit deny in a permissions boundary", "permissions_boundary", "explicit", False),
    (f"because no session policy {TAIL}", "session", "implicit", True),
    ("with an explicit deny in a session policy", "session", "explicit", False),
    (f"because no service control policy {TAIL}", "scp", "implicit", True),
    ("with an explicit deny in a service control policy", "scp", "explicit", False),
    ("with an explicit deny in a resource control policy", "rcp", "explicit", False),
    (f"because no VPC endpoint policy {TAIL}", "vpc_endpoint", "implicit", True),
    ("with an explicit deny in a VPC endpoint policy", "vpc_endpoint", "explicit", False),
    ("because no role trust policy allows the sts:AssumeRole action", "trust", "implicit", True),
    ("with an explicit deny in the role trust policy", "trust", "explicit", False),
    ("due to an explicit deny in a Service Control Policy", "scp", "explicit", False),
    ("with an explicit deny", "unknown", "explicit", False),
    ("", "unknown", "unknown", None),
]


@pytest.mark.parametrize(("reason", "policy_type", "kind", "helps"), REASONS, ids=[row[0] or "none" for row in REASONS])
def test_reasons(reason: str, policy_type: str, kind: str, helps: bool | None) -> None:
    """Each reason of the sentence tells the type of policy and the kind of deny; only no Allow helps against a Deny."""
    denial = explain_denial(f"{FRAME} {reason}".strip())
    assert (denial.principal, denial.action, denial.resource) == (MAYA, "s3:GetObject", OBJECT)
    assert (denial.policy_type, denial.kind, denial.allow_can_help) == (policy_type, kind, helps)
    assert denial.look_at
    assert (denial.draft is None) == (helps is False)


# what is particular, the text, and what it tells


@pytest.mark.parametrize(("text", "told"), [row[1:] for row in FORM_CASES], ids=[row[0] for row in FORM_CASES])
def test_forms(text: str, told: dict[str, Any]) -> None:
    """Each form tells what it tells, and nothing else is made up."""
    denial = explain_denial(text)
    assert {name: getattr(denial, name) for name in told} == told
    assert denial.form in FORMS
    assert denial.look_at


def test_every_form_has_a_case() -> None:
    """No form is without a text that has it."""
    assert {explain_denial(row[1]).form for row in FORM_CASES} == set(FORMS)


@pytest.mark.parametrize("width", [40, 60, 79, 80, 100])
@pytest.mark.parametrize("indent", ["", "    "])
def test_lines_broken_by_a_terminal(width: int, indent: str) -> None:
    """Lines broken anywhere, within words too, are put together again."""
    whole = f"{FRAME} with an explicit deny in a service control policy: {SCP}"
    broken = f"\n{indent}".join(whole[at : at + width] for at in range(0, len(whole), width))
    denial = explain_denial(broken)
    assert (denial.principal, denial.action, denial.resource) == (MAYA, "s3:GetObject", OBJECT)
    assert (denial.policy_type, denial.policy_arn) == ("scp", SCP)


def test_lines_broken_between_words() -> None:
    """Lines broken at spaces are read the same."""
    denial = explain_denial(f"{FRAME} because no VPC endpoint policy {TAIL}".replace(" ", "\n  "))
    assert (denial.principal, denial.resource, denial.policy_type) == (MAYA, OBJECT, "vpc_endpoint")


FULL = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}
NONE: dict[str, Any] = {"Version": "2012-10-17", "Statement": []}
DENY = {"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "*", "Resource": "*"}}
FOR_ALL = {
    "Version": "2012-10-17",
    "Statement": {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"},
}
TRUST = {"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Principal": "*", "Action": "sts:AssumeRole"}}
RCP_FULL = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}}
WRITTEN: list[tuple[str, dict[str, Any]]] = [
    ("identity", {}),
    ("identity", {"identity": DENY}),
    ("resource", {"identity": FULL, "resource": FOR_ALL}),
    ("permissions_boundary", {"identity": FULL, "permissions_boundary": NONE}),
    ("permissions_boundary", {"identity": FULL, "permissions_boundary": DENY}),
    ("session", {"identity": FULL, "session": [NONE]}),
    ("session", {"identity": FULL, "session": [DENY]}),
    ("scp", {"identity": FULL, "scp": [[NONE]]}),
    ("scp", {"identity": FULL, "scp": [[DENY]]}),
    ("rcp", {"identity": FULL, "rcp": [[RCP_FULL, FOR_ALL]]}),
    ("vpc_endpoint", {"identity": FULL, "vpc_endpoint": RCP_FULL | {"Statement": []}}),
    ("vpc_endpoint", {"identity": FULL, "vpc_endpoint": FOR_ALL}),
    ("trust", {"identity": FULL, "resource_kind": "trust"}),
    ("trust", {"identity": FULL, "resource": TRUST, "resource_kind": "trust"}),
]


@pytest.mark.parametrize(("policy_type", "given_policies"), WRITTEN)
def test_what_we_write_we_read(policy_type: str, given_policies: dict[str, Any]) -> None:
    """The sentence that iamlab writes for a decision is read back as that decision, its step and its request."""
    trust = policy_type == "trust"
    request = Request.of(SESSION, "sts:AssumeRole" if trust else "s3:GetObject", ROLE if trust else OBJECT)
    explanation = explain(request, Policies.of(**given_policies))
    denial = explain_denial(denial_sentence(explanation))
    assert (denial.principal, denial.action, denial.resource) == (SESSION, request.action, request.resource)
    assert denial.policy_type == policy_type
    assert denial.step == explanation.decision.step
    assert denial.kind == ("explicit" if explanation.decision.match else "implicit")


def test_round_trip_covers_every_type() -> None:
    """No type of policy that can refuse is left out of the round trip."""
    assert {kind for kind, _ in WRITTEN} == set(EXPLICIT)


@pytest.mark.parametrize("policy_type", sorted(EXPLICIT))
def test_drafts_are_policies_of_their_kind(policy_type: str) -> None:
    """A draft is a statement that its kind of policy takes, with the role's ARN, not the session's, as principal."""
    words = {"vpc_endpoint": "VPC endpoint policy", "scp": "service control policy", "rcp": "resource control policy"}
    words |= {"permissions_boundary": "permissions boundary", "session": "session policy", "trust": "role trust policy"}
    words |= {"identity": "identity-based policy", "resource": "resource-based policy"}
    action, resource = ("sts:AssumeRole", ROLE) if policy_type == "trust" else ("s3:GetObject", OBJECT)
    denial = explain_denial(
        f"User: {SESSION} is not authorized to perform: {action} on resource: {resource} because no "
        f"{words[policy_type]} allows the {action} action"
    )
    assert denial.draft is not None
    assert denial.draft_kind == policy_type
    parse_policy(json.dumps({"Version": "2012-10-17", "Statement": [denial.draft]}), policy_type)
    if policy_type in {"resource", "trust"}:
        assert denial.draft["Principal"] == {"AWS": ROLE}


def test_a_draft_allows_the_request() -> None:
    """With the draft beside it the policy that refused lets the same request through."""
    request = Request.of(SESSION, "s3:GetObject", "arn:aws:s3:::b/${aws:username}/x")
    denial = explain_denial(denial_sentence(explain(request, Policies())))
    document = {"Version": "2012-10-17", "Statement": [denial.draft]}
    assert explain(request, Policies.of(identity=document)).decision.allowed


RECORD: dict[str, Any] = {
    "eventVersion": "1.11",
    "userIdentity": {"type": "AssumedRole", "arn": SESSION, "accountId": "111122223333"},
    "eventTime": "2026-03-04T05:06:07Z",
    "eventSource": "s3.amazonaws.com",
    "eventName": "HeadObject",
    "awsRegion": "eu-west-1",
    "errorCode": "AccessDenied",
    "errorMessage": "Access Denied",
    "requestParameters": {"bucketName": "ml-training-data-bucket", "key": "train.csv"},
}


def test_a_cloudtrail_record() -> None:
    """A record as JSON tells by its fields what its message leaves out."""
    denial = explain_denial(json.dumps(RECORD))
    assert (denial.principal, denial.action, denial.resource) == (SESSION, "s3:GetObject", OBJECT)
    assert denial.operation == "HeadObject"


def test_a_cloudtrail_record_with_a_message() -> None:
    """What the message tells counts before the record's fields."""
    denial = explain_denial(json.dumps(RECORD | {"errorMessage": f"{FRAME} because no session policy {TAIL}"}))
    assert (denial.principal, denial.policy_type) == (MAYA, "session")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "{",
        "[]",
        "An error occurred (NoSuchBucket) when calling the GetObject operation: The specified bucket does not exist",
        "An error occurred (ThrottlingException) when calling the InvokeModel operation: Too many requests",
        json.dumps(RECORD | {"errorCode": None, "errorMessage": None}),
    ],
    ids=["empty", "word", "brace", "list", "no bucket", "throttled", "allowed record"],
)
def test_other_texts_are_no_denials(text: str) -> None:
    """A text that tells of no refusal is said to be none."""
    with pytest.raises(NotADenial):
        explain_denial(text)


HOSTILE = {
    "frames": "User: is not authorized to perform: " * 30_000,
    "open frames": f"{FRAME} because no " * 5_000,
    "quotes": FRAME.replace(OBJECT, '"' * 500_000),
    "colons": "arn:" * 250_000,
    "letters": "a" * 3_000_000,
    "newlines": "\n " * 500_000 + FRAME,
    "entities": "&amp;" * 200_000 + FRAME,
    "nested": "[" * 500_000,
    "braces": '{"a":' * 200_000,
    "codes": "An error occurred (" * 50_000,
    "services": "Service: " * 100_000 + "AccessDenied",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_time_on_hostile_text(text: str) -> None:
    """Huge texts take no longer than their length asks for."""
    start = time.perf_counter()
    with suppress(NotADenial):
        explain_denial(text)
    assert time.perf_counter() - start < 5


def test_what_lies_beyond_the_limit_is_not_read() -> None:
    """A text is read up to its limit."""
    with pytest.raises(NotADenial):
        explain_denial(" " * MAX_LENGTH + FRAME)


@given(st.text() | st.text(alphabet="User: arn:is not authorized to perform s3:GetObject on resource because no \n\"'"))
def test_any_text_is_answered(text: str) -> None:
    """Whatever stands before and after a sentence, there is an answer or the one exception."""
    for said in (text, f"User: {text} is not authorized to perform: {text}", f"{FRAME} {text}"):
        try:
            denial = explain_denial(said)
        except NotADenial:
            continue
        assert denial.allow_can_help is not False or denial.draft is None


def test_the_action_exists() -> None:
    """Where only an operation is told, the action is one of the catalogue's."""
    for operation in ("GetObject", "Converse", "UploadPart", "DescribeTrainingJob", "GetSecretValue", "RunInstances"):
        denial = explain_denial(
            f"An error occurred (AccessDenied) when calling the {operation} operation: Access Denied"
        )
        assert denial.action is not None
        assert find_action(denial.action) is not None
