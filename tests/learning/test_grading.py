"""Checking answers: right exactly when proven, points by parts, the plainest witness, and feedback that helps."""

import json
from pathlib import Path
from typing import Any

import pytest

from iamlab.learning.exercise import Exercise, ExerciseError
from iamlab.learning.kinds import Kind, kinds
from iamlab.learning.result import Result

ROLE = "arn:aws:iam::111122223333:role/TrainingRole"
B = "arn:aws:s3:::ml-training-data-bucket"


def kind(body: dict[str, Any], tmp_path: Path | None = None) -> Kind:
    whole = {"title": "T", "topics": ["C4"], "points": 4, "task": "Do it now, please.", **body}
    path = (tmp_path or Path("nowhere")) / "exercises" / "04" / "sample.toml"
    if tmp_path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return kinds()[body["kind"]](Exercise("sample", "04", path, whole))


def document(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allow(action: Any, resource: Any = f"{B}/*", **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


READ_WRITE = {
    "kind": "policy",
    "wanted": [
        {"say": "Reads", "action": "s3:GetObject", "resource": f"{B}/*"},
        {"say": "Writes", "action": "s3:PutObject", "resource": f"{B}/*"},
    ],
}

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


def said(result: Result, of: str) -> str:
    return " ".join(one.text for one in result.feedback if one.kind == of)


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


HOSTILE = {
    "long": "x" * 1_000_000,
    "deep": "[" * 100_000,
    "numbers": "9" * 10_000,
    "surrogate": "\ud800",
    "code": "__import__('os').system('true')",
    "null": "null",
    "text": '"text"',
    "right to left": "\u202e{}",
}


@pytest.mark.parametrize("name", ["policy", "predict", "order", "choose", "diagnose"])
@pytest.mark.parametrize("answer", HOSTILE.values(), ids=HOSTILE)
def test_hostile_answers(name: str, answer: str) -> None:
    """Whatever is handed in is invalid or wrong, never an exception and never right."""
    result = kind(BODIES[name]).check(answer)
    assert result.status in {"invalid", "wrong", "not_attempted"}
    assert result.score == 0
    json.dumps(result.as_dict())


DENY_DELETE = {"Effect": "Deny", "Action": "sagemaker:DeleteModel", "Resource": "*"}
SCENARIO = {"principal": ROLE, "policies": {"identity": [json.loads(document(allow("sagemaker:*", "*"), DENY_DELETE))]}}
MODEL = "arn:aws:sagemaker:eu-west-1:111122223333:model/churn"
MESSAGE = (
    "User: arn:aws:sts::111122223333:assumed-role/TrainingRole/job is not authorized to perform: s3:GetObject on "
    f"resource: {B}/train.csv because no identity-based policy allows the s3:GetObject action"
)
BODIES: dict[str, dict[str, Any]] = {
    "policy": READ_WRITE,
    "predict": {
        "kind": "predict",
        "points": 6,
        "scenario": SCENARIO,
        "requests": [
            {"id": "create", "action": "sagemaker:CreateModel", "resource": MODEL},
            {"id": "delete", "action": "sagemaker:DeleteModel", "resource": MODEL},
            {"id": "read", "action": "s3:GetObject", "resource": f"{B}/x"},
        ],
    },
    "order": {
        "kind": "order",
        "scenario": {
            "principal": ROLE,
            "policies": {
                **SCENARIO["policies"],  # type: ignore[dict-item]
                "permissions_boundary": json.loads(document(allow("*", "*"))),
                "scp": [[json.loads(document(allow("*", "*")))]],
            },
        },
        "requests": [{"action": "s3:GetObject", "resource": f"{B}/x"}],
    },
    "choose": {
        "kind": "choose",
        "scenario": SCENARIO,
        "requests": [{"action": "sagemaker:DeleteModel", "resource": MODEL}],
        "options": [
            {"id": "yes", "text": "Allowed", "decision": "allowed", "why": "The Deny matches too."},
            {"id": "no", "text": "Explicit deny", "decision": "explicitDeny"},
            {"id": "silence", "text": "Implicit deny", "decision": "implicitDeny", "why": "A statement speaks."},
        ],
    },
    "diagnose": {
        "kind": "diagnose",
        "message": MESSAGE,
        "questions": [
            {
                "id": "policy_type",
                "question": "Which policy?",
                "options": [
                    {"id": "identity", "text": "Identity-based"},
                    {"id": "scp", "text": "SCP", "why": "The message names another."},
                ],
            },
            {
                "id": "fix",
                "question": "What mends it?",
                "options": [
                    {"id": "allow", "text": "An Allow", "right": True},
                    {"id": "deny", "text": "A Deny less", "why": "No Deny is at work."},
                ],
            },
        ],
        "proof": [
            {
                "option": "allow",
                "principal": ROLE,
                "action": "s3:GetObject",
                "resource": f"{B}/train.csv",
                "policies": {"identity": [json.loads(document(allow("s3:GetObject")))]},
                "expect": "allowed",
            }
        ],
    },
}


@pytest.mark.parametrize("name", ["predict", "order", "choose", "diagnose"])
def test_keys_are_right_and_all_else_is_not(name: str) -> None:
    """The computed key gets full marks, and each answer beside it less."""
    one = kind(BODIES[name])
    assert one.check(one.solved()).status == "right"
    mutants = list(one.mutants(one.solved()))
    assert len(mutants) > 2
    for change, mutant in mutants:
        result = one.check(mutant)
        assert result.status in {"partly", "wrong", "not_attempted"}, change
        assert result.score < result.max_score
    assert one.check(one.start).status == "not_attempted"


def test_predict_counts_rows() -> None:
    """Decision and step count one each; the step only with its decision; what was sure and is not so is said."""
    answer = {
        "create": {"decision": "allowed", "step": "identity-based policies"},
        "delete": {"decision": "explicitDeny", "step": "deny evaluation"},
        "read": {"decision": "explicitDeny", "step": "deny evaluation", "sure": True},
    }
    result = kind(BODIES["predict"]).check(json.dumps(answer))
    assert (result.status, result.score) == ("partly", 4.0)
    assert "No statement allows this" in said(result, "explanation")
    assert said(result, "note")


def test_order_tells_the_first_wrong_place_alone() -> None:
    """The key has the steps that are asked here, and only the first that is wrong is told."""
    one = kind(BODIES["order"])
    key = json.loads(one.solved())
    assert key == ["deny evaluation", "Organizations SCPs", "identity-based policies", "permissions boundary"]
    result = one.check(json.dumps([key[0], key[2], key[1], key[3]]))
    assert said(result, "explanation") == "Up to place 1 all is in order; look at place 2."
    assert said(one.check(json.dumps(key[1:])), "explanation") == "Look at place 1."
    assert "none that binds this request" in said(one.check(json.dumps([*key, "session policies"])), "explanation")
    assert "is no step" in said(one.check('["x"]'), "explanation")


def test_parts_do_not_tell_the_key() -> None:
    """What is wrong stays to be found: parts name no step, and not which option of several."""
    order = kind(BODIES["order"])
    told = [part.name for part in order.check('["deny evaluation"]').parts]
    assert told[:2] == ["Place 1", "Place 2"]
    assert said(order.check('["deny evaluation"]'), "explanation").endswith("more steps follow.")
    options = [{"id": name, "text": name, "right": name in "ab", "why": "So."} for name in "abcd"]
    several = kind({"kind": "choose", "several": True, "options": options})
    one, other = (several.check(json.dumps([name, "c"])) for name in "ab")
    assert [part.holds for part in one.parts] == [True, True, False, False]
    assert one.parts == other.parts


def test_what_is_open_or_unknown_is_told() -> None:
    """An answer that says nothing to a question is told so, and one that says what nobody asked is invalid."""
    assert "without a prediction" in said(kind(BODIES["predict"]).check('{"read": {"decision": "allowed"}}'), "note")
    assert kind(BODIES["predict"]).check('{"read": "allowed"}').status == "invalid"
    diagnose = kind(BODIES["diagnose"])
    assert said(diagnose.check('{"fix": "allow"}'), "note") == "One question is open still."
    assert diagnose.check('{"fix": ["allow"]}').status == "invalid"
    assert "one option" in said(kind(BODIES["choose"]).check('["no", "yes"]'), "note")


def test_choose_explains_the_option_chosen() -> None:
    """A wrong option has its own explanation; others stay unsaid."""
    result = kind(BODIES["choose"]).check('["yes"]')
    assert said(result, "explanation") == "The Deny matches too."


AUTHORS: list[tuple[str, str, dict[str, Any], str]] = [
    ("no bound", "policy", {"wanted": []}, "what is wanted"),
    ("a bound that is no policy", "policy", {"wanted": [{"action": "s3"}]}, "cannot be read"),
    ("a request that is none", "predict", {"requests": [{"action": "s3", "resource": "*"}]}, "cannot be decided"),
    ("no option is right", "choose", {"requests": [{"action": "s3:GetObject", "resource": "*"}],
                                     "options": [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}]}, "No option"),
    ("a key that is not so", "choose", {"options": BODIES["choose"]["options"][:1]}, "no option says so"),
    ("a proof that fails", "diagnose", {"proof": [{**BODIES["diagnose"]["proof"][0], "expect": "explicitDeny"}]}, "proof"),
    ("a message of another type", "diagnose", {"message": MESSAGE.replace("identity", "resource")}, "no option has"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "change", "why"), [case[1:] for case in AUTHORS], ids=[case[0] for case in AUTHORS])
def test_mistakes_of_authors(tmp_path: Path, name: str, change: dict[str, Any], why: str) -> None:
    """An exercise whose text and key disagree, or that lacks something, cannot be used."""
    with pytest.raises(ExerciseError, match=why):
        kind({**BODIES[name], **change}, tmp_path)
