"""Checking answers: right exactly when proven, points by parts, the plainest witness, and feedback that helps."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.learning.bodies import READ_WRITE, ROLE, B, allow, document, kind, said

ANSWERS: list[tuple[str, str, str, float]] = [
    ("one statement", document(allow(["s3:GetObject", "s3:PutObject"])), "right", 4),
    ("two statements", document(allow("s3:GetObject"), allow("s3:PutObject")), "right", 4),
    (
        "by wildcard and Deny",
        document(
            allow("s3:*"),
            {
                **allow(["s3:GetObject", "s3:PutObject"]),
                "Effect": "Deny",
                "NotAction": ["s3:GetObject", "s3:PutObject"],
            },
        ),
        "invalid",
        0,
    ),
    ("bucket besides", document(allow(["s3:GetObject", "s3:PutObject"], [B, f"{B}/*"])), "right", 4),
    ("reads only", document(allow("s3:GetObject")), "partly", 3),
    ("too much", document(allow("s3:*")), "partly", 2),
    ("the bucket", document(allow(["s3:GetObject", "s3:PutObject"], B)), "wrong", 0),
    ("everything", document(allow("*", "*")), "partly", 2),
    ("nothing", document(), "not_attempted", 0),
    ("blank", "  \n", "not_attempted", 0),
    ("no JSON", '{"Statement": [', "invalid", 0),
    ("no policy", '{"Statement": {"Effect": "allow"}}', "invalid", 0),
]


@pytest.mark.parametrize(
    ("answer", "status", "score"), [case[1:] for case in ANSWERS], ids=[case[0] for case in ANSWERS]
)
def test_policy_answers(answer: str, status: str, score: float) -> None:
    """Every right answer is right, however it is written; others get the points of the parts that they hold."""
    result = kind(READ_WRITE).check(answer)
    assert (result.status, result.score, result.max_score) == (status, score, 4)


def test_allow_and_deny_are_right_together() -> None:
    """What a Deny takes away from a wide Allow counts."""
    rest = {"Effect": "Deny", "NotAction": ["s3:GetObject", "s3:PutObject"], "Resource": "*"}
    assert kind(READ_WRITE).check(document(allow("s3:*"), rest)).status == "right"


def test_witness_names_request_and_statement() -> None:
    """Too much: which request, by which statement, in which line."""
    result = kind(READ_WRITE).check(document(allow("s3:GetObject"), allow("s3:*")))
    assert "`s3:DeleteObject`" in said(result, "witness")
    assert "statement 2, line 1" in said(result, "witness")
    (witness,) = (one.witness for one in result.feedback if one.witness)
    assert (witness["yours"], witness["task"]) == ("allowed", "implicitDeny")


def test_witness_of_too_little_says_why() -> None:
    """Too little: which request, and which element of the nearest statement does not match."""
    result = kind(READ_WRITE).check(document(allow(["s3:GetObject", "s3:PutObject"], f"{B}/x")))
    assert "its Resource does not match" in said(result, "witness")


OTHER = "arn:aws:iam::444455556666:role/TrainingRole"
BEHIND = {"principal": ROLE, "policies": {"identity": [json.loads(document(allow("s3:*", "*")))]}}
TO_OTHER = {
    "policy_kind": "resource",
    "wanted": [{"action": "s3:GetObject", "resource": f"{B}/*", "principal": {"AWS": OTHER}}],
}
NONE_BUT_READ = {"at_least": document({**allow("s3:GetObject"), "Effect": "Deny"}), "wanted": [], "scenario": BEHIND}
NONE_BUT_READ["at_most"] = NONE_BUT_READ["at_least"]
SENTENCES: list[tuple[str, dict[str, Any], str, list[str]]] = [
    ("another policy", NONE_BUT_READ, document(DENY := {**allow("s3:PutObject"), "Effect": "Deny"}),
     ["The task rules out", "another policy allows it, and your policy does not stop it."]),
    ("boundary", {"policy_kind": "permissions_boundary"}, document(allow("s3:*")),
     ["also leaves room for", "by statement 1, line 1"]),
    ("organization", {"policy_kind": "scp"}, document(allow("s3:GetObject")),
     ["does not let it through", "Statement 1 comes closest: its Action does not match"]),
    ("denied", {"policy_kind": "session"}, document(allow("s3:*"), DENY),
     ["does not leave room for it. Statement 2 denies this request."]),
    ("another account", TO_OTHER, document(allow("s3:GetObject", Principal={"AWS": "444455556666"})),
     ["asked by `arn:aws:iam::444455556666:role/SomeRole`"]),
    ("another role", TO_OTHER, document(allow("s3:GetObject", Principal={"AWS": ROLE})),
     [f"asked by `{OTHER}`", "its Principal does not match"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("task", "answer", "parts"), [case[1:] for case in SENTENCES], ids=[case[0] for case in SENTENCES]
)
def test_witness_sentences(task: dict[str, Any], answer: str, parts: list[str]) -> None:
    """A witness says who asks where the policy does, what the kind of policy does, and which statement of it did it."""
    result = kind({**READ_WRITE, **task}).check(answer)
    for part in parts:
        assert part in said(result, "witness")


def test_a_witness_by_another_policy_has_no_place() -> None:
    """The place of a witness is in the answer, or there is none."""
    result = kind({**READ_WRITE, **NONE_BUT_READ}).check(document(DENY))
    places = {one.witness["yours"]: one.place for one in result.feedback if one.witness}
    assert places == {"allowed": None, "explicitDeny": {"line": 1, "column": 41}}


def test_never_the_solution() -> None:
    """No feedback holds the solution's text."""
    for _, answer, _, _ in ANSWERS:
        assert "PutObject`, `s3:GetObject" not in str(kind(READ_WRITE).check(answer).as_dict())


def test_lint_is_advice() -> None:
    """What lint finds is told, and costs nothing."""
    result = kind(READ_WRITE).check(document(allow(["s3:GetObject", "s3:PutObject", "s3:PutObject"])))
    assert result.status == "right"
    assert said(result, "advice")


def test_advice_does_not_contradict_the_task() -> None:
    """What lint would say of the solution as well is not told: an administrator's policy may hold `sagemaker:*`."""
    body = {"kind": "policy", "wanted": [{"say": "All of it", "action": "sagemaker:*"}]}
    result = kind(body).check(document(allow("sagemaker:*", "*"), allow("s3:GetObject", "*")))
    assert "takes in all" not in said(result, "advice")
    assert said(result, "advice")


@pytest.mark.parametrize("case", ANSWERS, ids=[case[0] for case in ANSWERS])
def test_few_remarks(case: tuple[str, str, str, float]) -> None:
    """No answer gets more than three remarks."""
    assert len(kind(READ_WRITE).check(case[1]).feedback) <= 3


def test_listed_wrong_answers(tmp_path: Path) -> None:
    """A wrong answer gets the sentence listed for it however it is laid out, and none that is for another mistake."""
    listed = [
        ("the bucket", document(allow(["s3:GetObject", "s3:PutObject"], B))),
        ("s", document(allow("s3:GetObjekt"))),
    ]
    wrong = "".join(f"[[wrong]]\nanswer = '''{answer}'''\nsay = 'It is {name} here.'\n" for name, answer in listed)
    one = kind(READ_WRITE, tmp_path)
    solution = tmp_path / "solutions" / "04" / "sample.toml"
    solution.parent.mkdir(parents=True)
    solution.write_text(f"why = 'It is so because it is so.'\n{wrong}", encoding="utf-8")
    two_statements = document(allow("s3:putobject", B), allow("s3:GetObject", B))
    assert said(one.check(two_statements), "misconception") == "It is the bucket here."
    assert "It is s here." not in said(one.check(document(allow("s3:GetObjects"))), "misconception")


def test_unreadable_answers_show_misconceptions() -> None:
    """What makes a policy unreadable can be a misconception, and its sentence comes with the problem."""
    body = {"kind": "policy", "policy_kind": "trust", "wanted": [{"action": "sts:AssumeRole", "principal": "*"}]}
    service = {"Principal": {"Service": "sagemaker.amazonaws.com"}}
    result = kind(body).check(document(allow("sts:AssumeRole", "*", **service)))
    assert result.status == "invalid"
    assert result.misconceptions == ("resource-in-trust-policy",)


def test_bounds_between_which_all_is_right() -> None:
    """What is tolerated may be allowed and need not be."""
    body = {**READ_WRITE, "tolerated": [{"action": "s3:ListBucket", "resource": B}]}
    for answer in (
        (allow(["s3:GetObject", "s3:PutObject"]),),
        (allow(["s3:GetObject", "s3:PutObject"]), allow("s3:ListBucket", B)),
    ):
        assert kind(body).check(document(*answer)).status == "right"
    more = (allow(["s3:GetObject", "s3:PutObject"]), allow("s3:ListBucket", "*"))
    assert kind(body).check(document(*more)).status == "partly"


def test_one_bound_for_both() -> None:
    """`exactly` says what is to be allowed, no more and no less."""
    body = {"kind": "policy", "exactly": document(allow("s3:*"), {**allow("s3:Delete*"), "Effect": "Deny"})}
    assert kind(body).check(document(allow("s3:Get*"))).status == "wrong"
    answer = document({**allow("s3:Delete*"), "Effect": "Deny"}, allow("s3:*"))
    assert kind(body).check(answer).status == "right"


def test_a_scenario_takes_part() -> None:
    """Behind a boundary, what the boundary bars need not be barred again."""
    boundary = {"Version": "2012-10-17", "Statement": [allow("s3:Get*", "*")]}
    scenario = {"principal": ROLE, "policies": {"permissions_boundary": boundary}}
    body = {"kind": "policy", "wanted": [READ_WRITE["wanted"][0]], "scenario": scenario}
    assert kind(body).check(document(allow(["s3:GetObject", "s3:DeleteObject"]))).status == "right"
    assert kind(body).check(document(allow(["s3:GetObject", "s3:GetObjectAcl"]))).status == "partly"


def test_other_kinds_of_policies() -> None:
    """A trust policy is compared by whom it lets in."""
    body = {
        "kind": "policy",
        "policy_kind": "trust",
        "wanted": [{"action": "sts:AssumeRole", "principal": {"Service": "sagemaker.amazonaws.com"}}],
    }
    statement = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "sagemaker.amazonaws.com"}}
    assert kind(body).check(document(statement)).status == "right"
    assert kind(body).check(document({**statement, "Principal": "*"})).status != "right"


def test_what_cannot_be_compared_is_not_right() -> None:
    """A principal that can be read and not asked for, as a service in capitals, is told and is no exception."""
    wanted = [{"action": "sts:AssumeRole", "principal": {"Service": "sagemaker.amazonaws.com"}}]
    service = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "SageMaker.amazonaws.com"}}
    result = kind({"kind": "policy", "policy_kind": "trust", "wanted": wanted}).check(document(service))
    assert result.status == "wrong"
    assert result.feedback


STYLES: list[tuple[str, dict[str, Any], str, bool]] = [
    ("no star", {"no_wildcard_in": ["Resource"]}, document(allow(["s3:GetObject", "s3:PutObject"])), True),
    ("statements", {"most_statements": 1}, document(allow("s3:GetObject"), allow("s3:PutObject")), False),
    ("without", {"without": ["NotAction"]}, document(allow(["s3:GetObject", "s3:PutObject"])), True),
]


@pytest.mark.parametrize(("style", "answer", "kept"), [case[1:] for case in STYLES], ids=[case[0] for case in STYLES])
def test_style(style: dict[str, Any], answer: str, kept: bool) -> None:
    """A limit of style is a part of the task like any other."""
    result = kind({**READ_WRITE, "style": style}).check(answer)
    assert (result.status == "right") is kept
    assert bool(said(result, "style")) is not kept


def test_keeping_a_deny() -> None:
    """Where the Deny of the start is to be kept, doing without it is not right."""
    deny = {"Effect": "Deny", "Action": "s3:DeleteObject", "Resource": "*"}
    body = {**READ_WRITE, "start": document(deny), "style": {"keep_deny": True}}
    answer = allow(["s3:GetObject", "s3:PutObject"])
    assert kind(body).check(document(answer, deny)).status == "right"
    assert kind(body).check(document(answer)).status == "partly"
