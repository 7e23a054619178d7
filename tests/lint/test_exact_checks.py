"""Checks that stand on exact comparison: what adds nothing, what is never allowed, what never holds.

Rules: an explicit Deny wins (E1), all tests of a condition must hold (O1). Pages:
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html and
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html.
"""

import json
import time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iamlab.comparison import may
from iamlab.evaluation import Policies, Request, decide
from iamlab.lint import all_checks, lint, proofs
from iamlab.lint.contradictions import never_applies
from iamlab.lint.subject import Subject
from iamlab.policy import parse_policy

BUCKET = "arn:aws:s3:::ml-training-data-bucket"
OBJECTS = f"{BUCKET}/*"
HOME = f"{BUCKET}/home/${{aws:username}}/*"
ROLE = "arn:aws:iam::111122223333:role/TrainingRole"
OTHER = "arn:aws:iam::111122223333:role/ServingRole"
TAG = "aws:RequestTag/team"
NOTHING: tuple[int, ...] = ()

CHECKS = {check.code: check for check in all_checks()}


def allow(action: Any, resource: Any = OBJECTS, condition: Any = None, **elements: Any) -> dict[str, Any]:
    """A statement that allows; an element given as None is left out."""
    named = {"Effect": "Allow", "Action": action, "Resource": resource, "Condition": condition} | elements
    return {name: value for name, value in named.items() if value is not None}


def deny(action: Any, resource: Any = OBJECTS, condition: Any = None, **elements: Any) -> dict[str, Any]:
    """A statement that denies."""
    return allow(action, resource, condition, **elements) | {"Effect": "Deny"}


def to(who: str, action: Any = "s3:GetObject", **elements: Any) -> dict[str, Any]:
    """A statement of a bucket's policy."""
    return allow(action, **elements) | {"Principal": "*" if who == "*" else {"AWS": who}}


def document(statements: list[dict[str, Any]], version: str = "2012-10-17") -> str:
    """A policy of these statements."""
    return json.dumps({"Version": version, "Statement": statements}, indent=1)


def marked(code: str, statements: list[dict[str, Any]], kind: str = "identity") -> tuple[int, ...]:
    """The statements, counted from 1, in which a check finds something."""
    policy = parse_policy(document(statements), kind)
    places = [finding.at for finding in CHECKS[code].find(Subject(policy))]
    return tuple(
        one.index + 1 for one in policy.statements if any(one.span.start <= at.start < one.span.end for at in places)
    )


# what is so, statements, those that add nothing
REDUNDANT: tuple[tuple[str, list[dict[str, Any]], tuple[int, ...]], ...] = (
    ("same twice", [allow("s3:GetObject"), allow("S3:getobject")], (2,)),
    ("narrower first", [allow("s3:GetObject"), allow("s3:Get*")], (1,)),
    ("narrower by resource", [allow("s3:GetObject"), allow("s3:GetObject", f"{BUCKET}/raw/*")], (2,)),
    ("narrower by condition", [allow("s3:GetObject"), allow("s3:GetObject", OBJECTS, {"Bool": {"aws:SecureTransport": "true"}})], (2,)),
    ("wider by condition", [allow("s3:GetObject", OBJECTS, {"Bool": {"aws:SecureTransport": "true"}}), allow("s3:GetObject")], (1,)),
    ("by two together", [allow(["s3:GetObject", "s3:GetObjectAcl"]), allow(["s3:PutObject", "s3:PutObjectAcl"]), allow(["s3:GetObject", "s3:PutObject"])], (3,)),
    ("each by the other two", [allow(["s3:GetObject", "s3:PutObject"]), allow(["s3:PutObject", "s3:DeleteObject"]), allow(["s3:DeleteObject", "s3:GetObject"])], (3,)),
    ("halves by condition", [allow("s3:GetObject"), allow("s3:GetObject", OBJECTS, {"Null": {TAG: "true"}}), allow("s3:GetObject", OBJECTS, {"Null": {TAG: "false"}})], (2, 3)),
    ("conditions that leave nothing", [allow("s3:GetObject", OBJECTS, {"StringEquals": {TAG: "a"}}), allow("s3:GetObject", OBJECTS, {"StringNotEquals": {TAG: "a"}}), allow("s3:GetObject")], (1, 2)),
    ("deny by a wider one", [allow("*", "*"), deny("s3:Delete*", "*"), deny("s3:DeleteObject")], (3,)),
    ("same variable", [allow("s3:*Object", HOME), allow("s3:GetObject", HOME)], (2,)),
    ("same condition with a variable", [allow("s3:*Object", OBJECTS, {"StringEquals": {TAG: "${aws:username}"}}), allow("s3:GetObject", OBJECTS, {"StringEquals": {TAG: "${aws:username}"}})], (2,)),
    ("not action", [allow(None, NotAction="iam:*", Resource="*"), allow("s3:GetObject")], (2,)),
    ("allowed in part, denied in part", [allow("s3:GetObject"), deny("s3:DeleteObject"), allow(["s3:GetObject", "s3:DeleteObject"])], (1,)),
    ("unknown action", [allow("s3:*"), allow("s3:ReadMinds")], (2,)),
    # near misses
    ("another action", [allow("s3:GetObject"), allow("s3:PutObject")], NOTHING),
    ("another resource", [allow("s3:GetObject"), allow("s3:GetObject", BUCKET)], NOTHING),
    ("bucket and objects", [allow("s3:*", OBJECTS), allow("s3:*", BUCKET)], NOTHING),
    ("overlapping patterns", [allow("s3:Get*"), allow("s3:*Object")], NOTHING),
    ("pattern of one action takes in unknown ones", [allow("s3:GetObjec?"), allow("s3:GetObject")], (2,)),
    ("deny that no allow meets caps other policies", [allow("s3:GetObject"), deny("iam:*", "*")], NOTHING),
    ("deny beside an allow of the same", [allow("s3:GetObject", "*"), deny("s3:GetObject")], NOTHING),
    ("another variable", [allow("s3:GetObject", HOME), allow("s3:GetObject", f"{BUCKET}/home/${{aws:userid}}/*")], NOTHING),
    ("variable may be any name", [allow("s3:GetObject", f"{BUCKET}/home/maya/*"), allow("s3:GetObject", HOME)], NOTHING),
    ("tests of variables", [allow("s3:GetObject", OBJECTS, {"StringEquals": {TAG: "${aws:username}"}}), allow("s3:GetObject", OBJECTS, {"StringEquals": {TAG: "${aws:userid}"}})], NOTHING),
    ("value of a variable below a pattern", [allow("s3:GetObject", OBJECTS, {"StringLike": {TAG: "x*"}}), allow("s3:GetObject", OBJECTS, {"StringEquals": {TAG: "${aws:username}"}, "StringNotLike": {TAG: "x*"}})], NOTHING),
    ("other partitions", [allow("s3:GetObject"), allow("s3:GetObject", OBJECTS.replace(":aws:", ":aws-cn:"))], NOTHING),
    ("action on which no policy decides", [allow("s3:*", "*"), allow("sts:GetCallerIdentity", "*")], NOTHING),
    ("an action among them that roles cannot call", [allow("sts:GetFederationToken", "arn:aws:sts::111122223333:federated-user/a"), allow("sts:GetFederationToken", "arn:aws:sts::111122223333:federated-user/b")], NOTHING),
    ("contradictory, which is told otherwise", [allow("s3:GetObject"), allow("s3:GetObject", OBJECTS, {"StringEquals": {TAG: "a"}, "StringLike": {TAG: "b*"}})], NOTHING),
    ("shadowed, which is told otherwise", [allow("s3:GetObject", "*"), deny("s3:*"), allow("s3:PutObject")], NOTHING),
    ("one alone", [allow("s3:GetObject")], NOTHING),
)  # fmt: skip


@pytest.mark.parametrize(("statements", "numbers"), [row[1:] for row in REDUNDANT], ids=[row[0] for row in REDUNDANT])
def test_what_adds_nothing(statements: list[dict[str, Any]], numbers: tuple[int, ...]) -> None:
    """A statement is redundant if without it every request is decided as before, in any company."""
    assert marked("redundant-statement", statements) == numbers


OF_RESOURCES: tuple[tuple[str, str, list[dict[str, Any]], tuple[int, ...]], ...] = (
    ("same principal", "resource", [to(ROLE, "s3:*"), to(ROLE)], (2,)),
    ("same principals in another order", "resource", [to([ROLE, OTHER]), to([OTHER, ROLE])], (2,)),  # type: ignore[arg-type]
    ("another principal", "resource", [to(ROLE), to(OTHER)], NOTHING),
    ("a role in its account", "resource", [to("arn:aws:iam::111122223333:root"), to(ROLE)], NOTHING),  # rule P3
    ("everyone", "resource", [to("*"), to(ROLE)], NOTHING),  # rule P19
    ("deny of everyone", "resource", [to("*", "s3:*", Effect="Deny"), to(ROLE, "s3:GetObject", Effect="Deny")], (2,)),
    ("anonymous callers have no ARN", "resource", [to("*", condition={"Null": {"aws:PrincipalArn": "true"}}), to("*", condition={"StringNotEqualsIfExists": {"aws:PrincipalArn": ROLE}})], (1,)),
    ("no ARN, or another", "resource", [to("*", condition={"ArnNotEquals": {"aws:PrincipalArn": ROLE}}), to("*", condition={"ArnNotEquals": {"aws:PrincipalArn": OTHER}})], NOTHING),
    ("without Resource", "trust", [{"Effect": "Allow", "Principal": {"AWS": ROLE}, "Action": ["sts:AssumeRole", "sts:TagSession"]}, {"Effect": "Allow", "Principal": {"AWS": ROLE}, "Action": "sts:TagSession"}], (2,)),
    ("SCP", "scp", [allow("*", "*"), allow("s3:*", "*"), deny("s3:DeleteBucket", "*")], (2,)),
    ("RCP", "rcp", [to("*", "s3:*", Effect="Deny", Resource="*", condition={"Bool": {"aws:SecureTransport": "false"}}), to("*", Effect="Deny", Resource="*", condition={"Bool": {"aws:SecureTransport": "false"}})], (2,)),
)  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "statements", "numbers"), [row[1:] for row in OF_RESOURCES], ids=[row[0] for row in OF_RESOURCES]
)
def test_principals_count(kind: str, statements: list[dict[str, Any]], numbers: tuple[int, ...]) -> None:
    """Statements about different principals are not set off against each other: how they reach a role differs."""
    assert marked("redundant-statement", statements, kind) == numbers


SHADOWED: tuple[tuple[str, str, list[dict[str, Any]], tuple[int, ...]], ...] = (
    ("wider deny", "identity", [allow("s3:GetObject"), deny("s3:*")], (1,)),
    ("two denies", "identity", [deny("s3:Get*"), deny("s3:Put*"), allow(["s3:GetObject", "s3:PutObject"])], (3,)),
    ("denies with opposite conditions", "identity", [allow("s3:GetObject"), deny("s3:*", "*", {"Null": {TAG: "true"}}), deny("s3:*", "*", {"Null": {TAG: "false"}})], (1,)),
    ("not action", "identity", [allow("s3:GetObject"), deny(None, NotAction="iam:*", Resource="*")], (1,)),
    ("under the same condition", "identity", [allow("s3:GetObject", OBJECTS, {"StringEquals": {TAG: "a"}}), deny("s3:*", "*", {"StringLike": {TAG: "?"}})], (1,)),
    ("in an SCP", "scp", [allow("*", "*"), deny("*", "*")], (1,)),
    ("everyone denied", "resource", [to(ROLE), to("*", "s3:*", Effect="Deny")], (1,)),
    # near misses
    ("one action is left", "identity", [allow(["s3:GetObject", "s3:PutObject"]), deny("s3:Get*")], NOTHING),
    ("one resource is left", "identity", [allow("s3:GetObject", [OBJECTS, "arn:aws:s3:::other/*"]), deny("s3:*")], NOTHING),
    ("deny under a condition", "identity", [allow("s3:GetObject"), deny("s3:*", "*", {"Bool": {"aws:SecureTransport": "false"}})], NOTHING),
    ("deny of another principal", "resource", [to(ROLE), to(OTHER, "s3:*", Effect="Deny")], NOTHING),
    ("not principal", "resource", [to(ROLE), {"Effect": "Deny", "NotPrincipal": {"AWS": ROLE}, "Action": "s3:*", "Resource": OBJECTS}], NOTHING),
    ("contradictory, which is told otherwise", "identity", [allow("s3:GetObject", OBJECTS, {"StringEquals": {TAG: "a"}, "StringLike": {TAG: "b*"}}), deny("s3:*")], NOTHING),
    ("deny that meets nothing", "identity", [allow("s3:GetObject"), deny("iam:*", "*")], NOTHING),
    ("deny whose variable may be missing", "identity", [allow("s3:GetObject", HOME), deny("s3:*", f"{BUCKET}/home/${{aws:userid}}/*")], NOTHING),
)  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "statements", "numbers"), [row[1:] for row in SHADOWED], ids=[row[0] for row in SHADOWED]
)
def test_what_is_never_allowed(kind: str, statements: list[dict[str, Any]], numbers: tuple[int, ...]) -> None:
    """An Allow is shadowed if Denies of the same policy take in its every request."""
    assert marked("allow-shadowed-by-deny", statements, kind) == numbers


# condition, resource where it counts; whether it never holds
CONTRADICTORY: tuple[tuple[str, dict[str, Any], bool], ...] = (
    ("two equalities", {"StringEquals": {TAG: "a"}, "StringLike": {TAG: "b*"}}, True),
    ("equality that fits", {"StringEquals": {TAG: "ba"}, "StringLike": {TAG: "b*"}}, False),
    ("letter case", {"StringEquals": {TAG: "a"}, "StringEqualsIgnoreCase": {TAG.lower(): "A"}}, False),
    ("equal and not", {"StringEquals": {TAG: "a"}, "StringNotEquals": {TAG: ["a", "b"]}}, True),
    ("a value is left", {"StringEquals": {TAG: ["a", "c"]}, "StringNotEquals": {TAG: ["a", "b"]}}, False),
    ("pattern and all that fit it", {"StringLike": {TAG: ["x*", "y*"]}, "StringNotLike": {TAG: "?*"}}, True),
    ("missing and equal", {"Null": {TAG: "true"}, "StringEquals": {TAG: "a"}}, True),
    ("missing and equal to a variable", {"Null": {TAG: "true"}, "StringEquals": {TAG: "${aws:username}"}}, True),
    ("missing and not equal", {"Null": {TAG: "true"}, "StringNotEquals": {TAG: "a"}}, False),
    ("missing, and equal if there", {"Null": {TAG: "true"}, "StringEqualsIfExists": {TAG: "a"}}, False),
    ("there and equal", {"Null": {TAG: "false"}, "StringEquals": {TAG: "a"}}, False),
    ("equal to a variable, not empty", {"StringEquals": {TAG: "${aws:username}"}, "StringNotEquals": {TAG: ""}}, False),
    ("equal to a variable and a text", {"StringEquals": {TAG: "${aws:username}"}, "StringLike": {TAG: "maya"}}, False),
    ("numbers apart", {"NumericLessThan": {"s3:max-keys": "3"}, "NumericGreaterThan": {"s3:max-keys": "5"}}, True),
    ("numbers that meet", {"NumericLessThanEquals": {"s3:max-keys": "5"}, "NumericGreaterThanEquals": {"s3:max-keys": "5"}}, False),
    ("numbers that touch", {"NumericLessThan": {"s3:max-keys": "5"}, "NumericGreaterThanEquals": {"s3:max-keys": "5"}}, True),
    ("any of several numbers", {"NumericLessThan": {"s3:max-keys": ["3", "9"]}, "NumericGreaterThan": {"s3:max-keys": "5"}}, False),
    ("dates apart", {"DateGreaterThan": {"aws:CurrentTime": "2026-02-01T00:00:00Z"}, "DateLessThan": {"aws:CurrentTime": "2026-01-01T00:00:00Z"}}, True),
    ("dates that meet", {"DateGreaterThan": {"aws:CurrentTime": "2026-01-01T00:00:00Z"}, "DateLessThan": {"aws:CurrentTime": "2026-02-01T00:00:00Z"}}, False),
    ("networks apart", {"IpAddress": {"aws:SourceIp": "203.0.113.0/25"}, "NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}}, True),
    ("network and a hole", {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}, "NotIpAddress": {"aws:SourceIp": "203.0.113.0/25"}}, False),
    ("networks of two versions", {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}, "NotIpAddress": {"aws:SourceIp": "2001:db8::/32"}}, False),
    ("two roles", {"ArnEquals": {"aws:PrincipalArn": ROLE}, "ArnLike": {"aws:PrincipalArn": OTHER}}, True),
    ("two roles in one list", {"ArnLike": {"aws:PrincipalArn": [ROLE, OTHER]}}, False),
    ("two keys", {"StringEquals": {TAG: "a", "aws:RequestTag/stage": "b"}}, False),
    ("true and false", {"Bool": {"aws:SecureTransport": "true"}, "StringEquals": {"aws:SecureTransport": "false"}}, True),
    ("true, or missing", {"BoolIfExists": {"aws:SecureTransport": "false"}, "Bool": {"aws:SecureTransport": "true"}}, True),
    ("some and all", {"ForAllValues:StringEquals": {"aws:TagKeys": "a"}, "ForAnyValue:StringEquals": {"aws:TagKeys": "b"}}, True),
    ("some and some", {"ForAnyValue:StringEquals": {"aws:TagKeys": "a"}, "ForAnyValue:StringLike": {"aws:TagKeys": "b"}}, False),
    ("all of none", {"ForAllValues:StringEquals": {"aws:TagKeys": "a"}, "Null": {"aws:TagKeys": "true"}}, False),
    ("AWS does not say how", {"StringEquals": {"aws:TagKeys": "a"}, "StringLike": {"aws:TagKeys": "b"}}, False),
    ("three together", {"StringLike": {TAG: ["a", "b"]}, "StringNotEquals": {TAG: "a"}, "StringNotLike": {TAG: "b"}}, True),
    ("texts as numbers", {"NumericLessThan": {TAG: "3"}, "StringEquals": {TAG: "5"}}, False),
)  # fmt: skip


@pytest.mark.parametrize("effect", ["Allow", "Deny"])
@pytest.mark.parametrize(
    ("condition", "never"), [row[1:] for row in CONTRADICTORY], ids=[row[0] for row in CONTRADICTORY]
)
def test_what_never_holds(condition: dict[str, Any], never: bool, effect: str) -> None:
    """Tests of one key contradict each other if they hold for no value, nor where the key is missing."""
    statement = allow("s3:GetObject", OBJECTS, condition) | {"Effect": effect}
    assert marked("contradictory-conditions", [statement]) == ((1,) if never else ())
    if never:
        assert may(document([statement | {"Effect": "Allow"}])).answer is False


MISSING = {"Null": {"aws:username": "true"}}
VARIABLES: tuple[tuple[str, Any, dict[str, Any], bool], ...] = (
    ("missing", HOME, MISSING, True),
    ("missing in both", [HOME, f"{BUCKET}/${{AWS:Username}}"], MISSING, True),
    ("one without", [HOME, OBJECTS], MISSING, False),
    ("another key", f"{BUCKET}/${{aws:userid}}/*", MISSING, False),
    ("with a default", f"{BUCKET}/${{aws:username, 'shared'}}/*", MISSING, False),
    ("there", HOME, {"Null": {"aws:username": "false"}}, False),
    ("perhaps there", HOME, {"StringLikeIfExists": {"aws:username": "ma*"}}, False),
    ("no other value", HOME, {"StringEqualsIfExists": {"aws:username": "a"}, "StringNotEquals": {"aws:username": "a"}}, True),
)  # fmt: skip


@pytest.mark.parametrize(
    ("resource", "condition", "never"), [row[1:] for row in VARIABLES], ids=[row[0] for row in VARIABLES]
)
def test_variables_without_a_value(resource: Any, condition: dict[str, Any], never: bool) -> None:
    """A resource whose variable has no value matches nothing (rule V9)."""
    statement = allow("s3:GetObject", resource, condition)
    assert marked("contradictory-conditions", [statement]) == ((1,) if never else ())
    old = parse_policy(document([statement], "2008-10-17"))
    assert not never_applies(old, old.statements[0]), "there it is plain text (rule V6)"


def messages(code: str, statements: list[dict[str, Any]]) -> list[str]:
    """What a check says, in one policy."""
    return [problem.message for problem in lint(document(statements)) if problem.code == code]


def test_findings_name_the_other_statements() -> None:
    """With number and line, as few as are enough."""
    twice = [allow("s3:GetObject"), allow("iam:GetRole", "*"), allow("s3:Get*"), deny("s3:GetObject")]
    assert messages("redundant-statement", twice[:3]) == [
        "This statement adds nothing: what it allows is allowed by statement 3 (line 14) already."
    ]
    assert messages("allow-shadowed-by-deny", [twice[0], twice[3]]) == [
        "This statement never allows anything: statement 2 (line 9) denies all of it."
    ]
    three = [deny("s3:Get*"), deny("s3:Put*"), allow(["s3:GetObject", "s3:PutObject"])]
    assert messages("allow-shadowed-by-deny", three) == [
        "This statement never allows anything: statements 1 (line 4) and 2 (line 9) together deny all of it."
    ]


def test_contradictions_name_operators_and_key() -> None:
    """At the later of the two tests; what the statement does not do follows from its effect."""
    condition = {"StringEquals": {TAG: "a"}, "Null": {TAG: "true"}}
    assert messages("contradictory-conditions", [deny("s3:GetObject", OBJECTS, condition)]) == [
        f"`StringEquals` and `Null` over `{TAG}` never hold together, so this statement denies nothing."
    ]


def test_many_statements_are_only_told_apart_by_their_words() -> None:
    """Above forty statements nothing is compared, and two that say the same are found all the same."""
    many = [allow("s3:GetObject", f"arn:aws:s3:::bucket-{n}/*") for n in range(proofs.MOST)]
    assert marked("redundant-statement", [*many, allow("s3:GetObject", "arn:aws:s3:::bucket-1/x")]) == ()
    assert marked("redundant-statement", [*many, many[1]]) == (proofs.MOST + 1,)


def test_nothing_is_compared_again_when_something_else_is_edited(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was proved is kept by the content of the statements that meet."""
    pair = [allow("s3:GetObject", "arn:aws:s3:::kept/*"), allow("s3:Get*", "arn:aws:s3:::kept/*")]
    assert marked("redundant-statement", pair) == (1,)

    def fail(*args: object, **options: object) -> None:
        raise AssertionError("compared again")

    monkeypatch.setattr(proofs, "compare", fail)
    assert marked("redundant-statement", [allow("iam:GetRole", "*"), *pair]) == (2,)


EXACT = ("redundant-statement", "allow-shadowed-by-deny", "contradictory-conditions")
THREE = [
    allow("s3:*", "*"),
    allow("s3:GetObject", OBJECTS, {"StringLike": {TAG: "x*"}, "StringNotEquals": {TAG: "xy"}}),
    deny("s3:*", "*", {"Bool": {"aws:SecureTransport": "false"}}),
]


def test_three_statements_take_little_time() -> None:
    """Under 8 ms, once the catalogue is read."""
    policy = parse_policy(document(THREE))
    times = []
    for _ in range(10):
        subject, begun = Subject(policy), time.perf_counter()
        assert sum(len(list(CHECKS[code].find(subject))) for code in EXACT) == 1
        times.append(time.perf_counter() - begun)
    assert min(times) < 0.008


ACTIONS = ["s3:GetObject", "s3:PutObject", "s3:Get*", "s3:*", "*", "kms:Decrypt"]
RESOURCES = ["*", OBJECTS, f"{BUCKET}/x", f"{BUCKET}/${{aws:username}}/*", f"{BUCKET}/maya/*"]
CONDITIONS: list[dict[str, Any]] = [
    {},
    {"StringEquals": {TAG: "x"}},
    {"StringLike": {TAG: "x*"}},
    {"StringNotEquals": {TAG: "x"}},
    {"StringEquals": {TAG: "x"}, "StringLike": {TAG: "y*"}},
    {"StringEquals": {TAG: "${aws:username}"}},
    {"StringNotLike": {TAG: "${aws:username}*"}},
    {"Null": {TAG: "true"}},
    {"Null": {TAG: "false"}},
    {"StringEqualsIfExists": {TAG: ["x", "y"]}},
    {"ForAllValues:StringEquals": {"aws:TagKeys": ["a"]}},
    {"ForAnyValue:StringEquals": {"aws:TagKeys": ["a", "b"]}},
    {"Null": {"aws:username": "true"}},
]
statements = st.fixed_dictionaries(
    {
        "Effect": st.sampled_from(["Allow", "Allow", "Deny"]),
        "Action": st.lists(st.sampled_from(ACTIONS), min_size=1, max_size=2),
        "Resource": st.lists(st.sampled_from(RESOURCES), min_size=1, max_size=2),
        "Condition": st.sampled_from(CONDITIONS),
    }
)
REQUESTS = [
    Request.of(ROLE, action, resource, {key: value for key, value in context.items() if value})  # type: ignore[misc]
    for action in ("s3:GetObject", "s3:PutObject", "s3:DeleteObject", "kms:Decrypt")
    for resource in (f"{BUCKET}/x", f"{BUCKET}/maya/x", "arn:aws:s3:::other/x")
    for context in (
        {TAG: tag, "aws:username": name, "aws:TagKeys": keys}
        for tag in (None, "x", "xy", "maya")
        for name in (None, "maya")
        for keys in (None, ["a"], ["a", "c"])
    )
]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(statements, min_size=2, max_size=4))
def test_what_is_found_is_so(some: list[dict[str, Any]]) -> None:
    """Without all redundant statements every request is decided as before; a shadowed or contradictory one is idle."""
    redundant, shadowed, never = (marked(code, some) for code in EXACT)
    whole = Policies.of(identity=[document(some)])
    rest = Policies.of(identity=[document([one for n, one in enumerate(some, 1) if n not in redundant])])
    idle = {*shadowed, *never}
    alone = Policies.of(identity=[document([one | {"Effect": "Allow"} for n, one in enumerate(some, 1) if n in never])])
    awake = Policies.of(
        identity=[document([one for n, one in enumerate(some, 1) if n not in idle or one["Effect"] == "Deny"])]
    )
    for request in REQUESTS if redundant or idle else ():
        decision = decide(request, whole).decision
        assert (decision == "allowed") == (decide(request, rest).decision == "allowed")
        assert (decision == "allowed") == (decide(request, awake).decision == "allowed")
        assert decide(request, alone).decision == "implicitDeny"
