"""Why a request was decided so: the sentence, and a few words on each element."""

from typing import Any

import pytest

from iamlab.evaluation import Policies, Request, explain
from iamlab.reporting.elements import element_lines
from iamlab.reporting.reasons import nearest_trace, reason

ROLE = "arn:aws:iam::111122223333:role/TrainingRole"
OBJECT, BUCKET = "arn:aws:s3:::ml-training-data-bucket/train.csv", "arn:aws:s3:::ml-training-data-bucket"
FULL = {"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}


def statement(**more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": "s3:GetObject", "Resource": f"{BUCKET}/*"} | more


def explained(
    *statements: dict[str, Any],
    action: str = "s3:GetObject",
    resource: str = OBJECT,
    context: Any = None,
    principal: Any = ROLE,
    version: str = "2012-10-17",
    **others: Any,
) -> Any:
    policies = Policies.of(identity={"Version": version, "Statement": list(statements)}, **others)
    return explain(Request.of(principal, action, resource, context), policies)


REASONS = [
    (explained(statement(Sid="Read")), "Statement 1, `Read`, allows this request, and no statement denies it."),
    (
        explained(statement(), statement(Effect="Deny", Sid="No")),
        "Statement 2, `No`, denies this request. An explicit deny overrides every allow, so no other statement can undo it.",
    ),
    (explained(), "No statement allows this, so the default stands."),
    (
        explained(statement(), action="s3:PutObject"),
        "No statement allows this, so the default stands. Statement 1 comes closest: its Action does not match.",
    ),
    (
        explained(statement(), action="s3:ListBucket", resource=BUCKET),
        "No statement allows this, so the default stands. Statement 1 comes closest: two of its elements do not match, Action and Resource.",
    ),
    (
        explained(statement(), permissions_boundary={"Statement": []}),
        "An identity-based policy allows this, and the permissions boundary leaves no room for it.",
    ),
    (
        explained(statement(), scp=[[FULL], [{"Statement": [statement(Effect="Deny")]}]]),
        "Statement 1 of the service control policy 1 of level 2 denies this request. An explicit deny overrides every allow, so no other statement can undo it.",
    ),
    (
        explained(principal="arn:aws:iam::111122223333:root"),
        "The caller is the root user of the resource's account: no statement of any policy was needed.",
    ),
    (
        explained(action="sts:GetCallerIdentity", resource="*"),
        "This operation needs no permission: no statement of any policy was needed.",
    ),
    (
        explained(statement(), principal="arn:aws:sts::111122223333:federated-user/maya"),
        "A federated user session has no permissions without a session policy.",
    ),
]


@pytest.mark.parametrize(("explanation", "sentence"), REASONS, ids=[str(i) for i in range(len(REASONS))])
def test_reasons(explanation: Any, sentence: str) -> None:
    """The reason names the statement, or what is missing, in the words that the widgets and the command line share."""
    assert reason(explanation, "identity[0]") == sentence


# statement, request, element, whether it matched, words
ELEMENTS = [
    (statement(), {}, "Action", True, "`s3:GetObject`"),
    (statement(Action="s3:Get*"), {}, "Action", True, "`s3:Get*` covers `s3:GetObject`"),
    (statement(Action="*"), {}, "Action", True, "`*` covers every action"),
    (statement(Action="s3:PutObject"), {}, "Action", False, "`s3:GetObject` is not `s3:PutObject`"),
    (statement(Action="s3:Put*"), {}, "Action", False, "`s3:GetObject` is not covered by `s3:Put*`"),
    (statement(Action=["s3:Put*", "s3:List*"]), {}, "Action", False, "`s3:GetObject` is neither `s3:Put*` nor `s3:List*`"),
    (statement(Action=list("abcd")) | {"Action": ["a:a", "a:b", "a:c", "a:d"]}, {}, "Action", False, "`s3:GetObject` is covered by none of the 4 entries"),
    (statement(Action=[]), {}, "Action", False, "the list is empty, so it matches nothing"),
    (statement(Resource=OBJECT), {}, "Resource", True, f"`{OBJECT}`"),
    (statement(), {}, "Resource", True, f"`{BUCKET}/*` covers it"),
    (statement(Resource="*"), {}, "Resource", True, "`*` covers every ARN"),
    (statement(Resource=BUCKET), {}, "Resource", False, f"`{BUCKET}` is the bucket itself; the request names an object in it"),
    (statement(), {"resource": BUCKET}, "Resource", False, f"`{BUCKET}` has no `/` after its name; `{BUCKET}/*` needs one"),
    (statement(Resource=OBJECT.upper().replace("ARN:AWS:S3", "arn:aws:s3")), {}, "Resource", False, "`arn:aws:s3:::ML-TRAINING-DATA-BUCKET/TRAIN.CSV` differs from the request's ARN in capital letters, which count"),
    (statement(), {"resource": "*"}, "Resource", False, f"this action has no resource of its own, so only `*` covers it, not `{BUCKET}/*`"),
    (statement(Resource=f"{BUCKET}/${{aws:username}}/*"), {}, "Resource", False, f"`${{aws:username}}` has no value in this request, so `{BUCKET}/${{aws:username}}/*` matches nothing"),
    (statement(Resource=f"{BUCKET}/${{aws:username}}/*"), {"version": "2008-10-17"}, "Resource", False, f"without `Version` `2012-10-17`, `{BUCKET}/${{aws:username}}/*` is plain text, dollar sign and all"),
    (statement(), {}, "Condition", None, "none, so it always holds"),
    (statement(Condition={"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}), {"context": {"aws:SourceIp": "198.51.100.1"}}, "Condition", False, "`aws:SourceIp`, `198.51.100.1`, is not in `203.0.113.0/24`"),
    (statement(Condition={"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}), {}, "Condition", False, "`aws:SourceIp` is missing from the request"),
    (statement(Condition={"StringNotEquals": {"aws:SourceVpce": "vpce-1"}}), {}, "Condition", True, "`aws:SourceVpce` is missing from the request; a negated operator is then true"),
    (statement(Condition={"StringNotEquals": {"aws:SourceVpce": "vpce-1"}}), {"context": {"aws:SourceVpce": "vpce-1"}}, "Condition", False, "`aws:SourceVpce`, `vpce-1`, is `vpce-1`"),
    (statement(Condition={"BoolIfExists": {"aws:MultiFactorAuthPresent": "true"}}), {}, "Condition", True, "`aws:MultiFactorAuthPresent` is missing from the request; `IfExists` lets that pass"),
    (statement(Condition={"ForAllValues:StringEquals": {"aws:TagKeys": "team"}}), {}, "Condition", True, "`aws:TagKeys` is missing from the request; for all of no values anything is true"),
    (statement(Condition={"ForAnyValue:StringEquals": {"aws:TagKeys": "team"}}), {"context": {"aws:TagKeys": ["x", "y"]}}, "Condition", False, "`aws:TagKeys` has `x` and `y`; `ForAnyValue:StringEquals` `team` for one of them does not hold"),
    (statement(Condition={"StringEquals": {"aws:TagKeys": "team"}}), {"context": {"aws:TagKeys": ["x", "y"]}}, "Condition", False, "`aws:TagKeys` has several values, `x` and `y`, and `StringEquals` takes one"),
    (statement(Condition={"NumericLessThan": {"s3:max-keys": 10}}), {"context": {"s3:max-keys": 20}}, "Condition", False, "`s3:max-keys`, `20`, is not less than `10`"),
    (statement(Condition={"DateGreaterThanEquals": {"aws:CurrentTime": "2026"}}), {"context": {"aws:CurrentTime": "2027"}}, "Condition", True, "`aws:CurrentTime`, `2027`, is at least `2026`"),
    (statement(Condition={"Null": {"aws:username": "true"}}), {}, "Condition", True, "`aws:username` is missing from the request"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "asked", "name", "matched", "words"), ELEMENTS, ids=[str(i) for i in range(len(ELEMENTS))]
)
def test_element_words(
    given: dict[str, Any], asked: dict[str, Any], name: str, matched: bool | None, words: str
) -> None:
    """Each element says why it matched or not; of a near miss, what keeps the two apart."""
    explanation = explained(given, **asked)
    (trace,) = explanation.statements("Allow")
    line = next(line for line in element_lines(trace, explanation.request) if line.name == name)
    assert (line.matched, line.text) == (matched, words)


def test_the_nearest_statement() -> None:
    """The nearest Allow is the one with the fewest failing elements; with as many, the one whose action fits."""
    explanation = explained(
        statement(Action="s3:PutObject", Resource="arn:aws:s3:::x"),
        statement(Action="s3:PutObject"),
        statement(Resource="arn:aws:s3:::x"),
    )
    nearest = nearest_trace(explanation)
    assert nearest is not None
    assert nearest.statement.index == 2
