"""The picture of the evaluation order as data: the steps of `order.py`, with what each answered."""

from __future__ import annotations

import json
from typing import Any

import pytest

from iamlab.evaluation import Explanation, Policies, Request, explain
from iamlab.evaluation.case import Case
from iamlab.evaluation.cross_account import SIDES, decide_side
from iamlab.evaluation.decision import ALLOWED, EXPLICIT_DENY, IMPLICIT_DENY
from iamlab.evaluation.gathering import gather
from iamlab.evaluation.order import STEPS, Answer, Step
from iamlab.evaluation.scenario import read_scenario
from iamlab.reporting.context_keys import context_rows
from iamlab.reporting.step_words import WORDS, origin_words
from iamlab.reporting.stepper import GOES_ON, picture_data, picture_lines
from tests.evaluation.tables import cases

ROLE = "arn:aws:iam::111122223333:role/TrainingRole"
SESSION = "arn:aws:sts::111122223333:assumed-role/TrainingRole/nightly"
BUCKET = "arn:aws:s3:::ml-training-data-bucket"
OTHER = "444455556666"


def document(*statements: dict[str, Any]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": list(statements)}


def allow(action: object, resource: str = "*", **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


READS = document(allow(["s3:GetObject", "s3:PutObject"], f"{BUCKET}/*"))
JOBS = document(allow("sagemaker:*"))
FULL = document(allow("*"))
NO_DELETE = document({"Effect": "Deny", "Action": "s3:Delete*", "Resource": "*"})
NAMES_SESSION = document(allow("s3:GetObject", f"{BUCKET}/*", Principal={"AWS": SESSION}))
BASE = {"identity": [READS, JOBS], "permissions_boundary": document(allow(["s3:GetObject", "s3:Delete*"]))}


def explained(
    action: str = "s3:GetObject", principal: str = ROLE, owner: str | None = None, **more: Any
) -> Explanation:
    policies = Policies.of(**{**BASE, **more})
    return explain(Request.of(principal, action, f"{BUCKET}/train.csv", resource_account=owner), policies)


def nodes(picture: dict[str, Any]) -> list[dict[str, Any]]:
    return [node for rail in picture["rails"] for node in rail["nodes"]]


def deciding(picture: dict[str, Any]) -> dict[str, Any]:
    return next(node for node in nodes(picture) if node["number"] == picture["deciding"])


class TestOneAccount:
    def test_the_steps_of_the_order(self) -> None:
        """The nodes are the steps of the tuple, in its order, with its questions."""
        drawn = [(node["name"], node["question"], node["rule"]) for node in nodes(picture_data(explained()))]
        assert drawn == [(step.name, step.question, step.rule) for step in STEPS]

    def test_an_added_step_shows(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A step that is put into the tuple is drawn and told, though no words are written for it."""
        added = Step("quotas", "Is there room left?", lambda _: Answer(False), "Z9", "principal", no=IMPLICIT_DENY)
        monkeypatch.setattr("iamlab.evaluation.explanation.STEPS", (*STEPS[:2], added, *STEPS[2:]))
        monkeypatch.setattr("iamlab.reporting.stepper.reason", lambda _: "No room.")
        monkeypatch.setattr("iamlab.reporting.stepper.denial_sentence", lambda _: None)
        monkeypatch.setattr("iamlab.reporting.stepper.change_lines", lambda _: [])
        node = nodes(picture_data(explained()))[2]
        assert (node["title"], node["question"], node["state"]) == ("Quotas", "Is there room left?", "decided")
        assert node["choices"] == [GOES_ON, IMPLICIT_DENY]

    def test_refused_by_the_boundary(self) -> None:
        """The rail ends where the decision falls; later steps say that they were not asked."""
        picture = picture_data(explained("s3:PutObject"))
        states = [node["state"] for node in nodes(picture)]
        assert states == ["passed", "absent", "absent", "absent", "passed", "absent", "passed", "decided", "open"]
        assert deciding(picture)["title"] == "Permissions boundary"
        assert deciding(picture)["running"]["decision"] == IMPLICIT_DENY
        assert nodes(picture)[-1]["said"] == "not asked"
        assert "add this to the permissions boundary" in picture["changes"][0]["text"]

    def test_allowed_by_all(self) -> None:
        """Where every step lets through, the decision falls at the last one; before, an allow stands under reserve."""
        picture = picture_data(explained())
        assert picture["deciding"] == len(STEPS)
        running = {node["name"]: node["running"] for node in nodes(picture)}
        assert running["Organizations SCPs"]["decision"] == "undecided"
        assert running["identity-based policies"]["word"] == "Allowed, unless a later step bounds it"
        assert running["session policies"]["word"] == "Allowed"
        assert running["session policies"]["text"] == "by statement 1 of the identity-based policy 1"

    def test_denied_first(self) -> None:
        """An explicit deny ends it at once, whatever else allows; the policy that denies is looked at first."""
        picture = picture_data(explained("s3:DeleteObject", scp=[[FULL], [FULL, NO_DELETE]]))
        node = deciding(picture)
        assert (node["number"], node["outcome"], node["first"]) == (1, EXPLICIT_DENY, "scp[1][1]")
        assert [one["state"] for one in nodes(picture)[1:]] == ["open"] * 8

    def test_allowed_outright(self) -> None:
        """A resource-based policy that names the very session ends it; the rest is not asked."""
        picture = picture_data(explained(principal=SESSION, resource=NAMES_SESSION, identity=()))
        assert (deciding(picture)["rule"], deciding(picture)["outcome"]) == ("E5", ALLOWED)
        assert nodes(picture)[-1]["state"] == "open"


class TestStatements:
    def test_hit(self) -> None:
        """The statement that applies stands with its place and its elements."""
        node = nodes(picture_data(explained()))[6]
        row = next(one for one in node["policies"] if one["label"] == node["first"])
        assert (row["label"], row["applies"], row["decision"]) == ("identity[0]", True, ALLOWED)
        assert row["statement"]["label"].startswith("Statement 1, line")
        assert all(element["matched"] is not False for element in row["elements"])
        assert node["policies"][1]["said"] == "statement 1 comes closest, its Action does not match"

    def test_near_miss(self) -> None:
        """Where nothing allows, the statement that comes closest stands with the element that fails."""
        row = deciding(picture_data(explained("s3:PutObject")))["policies"][0]
        assert (row["applies"], row["decision"]) == (False, IMPLICIT_DENY)
        assert [element["name"] for element in row["elements"] if element["matched"] is False] == ["Action"]

    def test_level_that_refuses(self) -> None:
        """Of several levels the one without an Allow is looked at first, not one that allows."""
        picture = picture_data(explained(scp=[[FULL], [JOBS]]))
        assert (deciding(picture)["name"], deciding(picture)["first"]) == ("Organizations SCPs", "scp[1][0]")
        assert deciding(picture)["running"]["text"] == "one level does not allow it"

    def test_places(self) -> None:
        """Marks are offsets into the policy's text."""
        text = '{"Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}'
        row = nodes(picture_data(explained(identity=[text])))[6]["policies"][0]
        action = next(element for element in row["elements"] if element["name"] == "Action")
        assert text[action["from"] : action["to"]] == '"s3:*"'
        assert text[row["statement"]["from"] : row["statement"]["to"]] == text[15:-2]

    def test_what_does_not_bind(self) -> None:
        """A policy that does not concern the request is told as such, and the step has nothing to ask."""
        explanation = explain(
            Request.of(ROLE, "s3:GetObject", f"{BUCKET}/train.csv"),
            Policies.of(identity=READS, scp=[[JOBS]]),
            management_account=True,
        )
        node = nodes(picture_data(explanation))[2]
        assert (node["state"], node["asked"]) == ("absent", "1 policy, binding nobody here")
        assert node["policies"][0]["said"] == "does not bind this request"


class TestAcrossAccounts:
    def test_one_side_allows(self) -> None:
        """Each account has its rail; the side that allows stays visible as such."""
        picture = picture_data(explained(owner=OTHER))
        assert [(rail["account"], rail["decision"]) for rail in picture["rails"]] == [
            ("111122223333", ALLOWED),
            (OTHER, IMPLICIT_DENY),
        ]
        assert (deciding(picture)["rule"], picture["decision"]) == ("X2", IMPLICIT_DENY)
        assert [node["number"] for node in nodes(picture)] == list(range(1, 11))

    def test_a_deny_is_told_where_it_stands(self) -> None:
        """A Deny in the bucket's policy is the resource account's, not the caller's."""
        denies = document({"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"})
        picture = picture_data(explained(owner=OTHER, resource=denies))
        assert [rail["decision"] for rail in picture["rails"]] == [ALLOWED, EXPLICIT_DENY]
        assert deciding(picture)["number"] == 7

    def test_both_allow(self) -> None:
        """Where both allow, the request is allowed."""
        names_role = document(allow("s3:GetObject", f"{BUCKET}/*", Principal={"AWS": ROLE}))
        picture = picture_data(explained(owner=OTHER, resource=names_role))
        assert [rail["word"] for rail in picture["rails"]] == ["This side allows", "This side allows"]
        assert picture["decision"] == ALLOWED


def test_every_scenario_is_drawn_as_decided() -> None:
    """Of every scenario of the tables the picture says what is decided, and where; two sides agree with the decision."""
    for data in cases():
        scenario = read_scenario(data)
        explanation = scenario.explain()
        picture = picture_data(explanation, scenario.origins)
        json.dumps(picture)
        node = deciding(picture)
        assert node["answer"] == explanation.decision.decision, data.get("id")
        if explanation.decision.decision != ALLOWED:
            assert node["name"] == explanation.decision.step, data.get("id")
        if len(picture["rails"]) == 2:
            case = Case.of(scenario.request, scenario.policies, management_account=scenario.management_account)
            sides = {rail["side"]: rail["decision"] for rail in picture["rails"]}
            allows = [decide_side(case, side) == ALLOWED for side in SIDES]
            assert all(allows) == all(one == ALLOWED for one in sides.values()), data.get("id")


def test_lines() -> None:
    """The picture in words has a line a step, and ends with the decision and why."""
    lines = picture_lines(picture_data(explained("s3:PutObject")))
    assert lines[0] == "1 Deny evaluation, 3 policies, none denies, passed"
    assert lines[7] == "8 Permissions boundary, 1 policy, no allow, decides: implicit deny"
    assert lines[-1].startswith("Implicit deny. An identity-based policy allows this")


def test_every_step_has_words() -> None:
    """Each step of the tuple has words of its own, and no words are left over."""
    assert {step.rule for step in STEPS} == set(WORDS)


@pytest.mark.parametrize(
    ("origin", "words"),
    [
        ("accounts.111122223333.roles.TrainingRole.policies[0]", "role TrainingRole"),
        ('accounts.111122223333.resources["arn:aws:s3:::ml-training-data-bucket"].policy', "ml-training-data-bucket"),
        ("ous.Research.scp[1]", "OU Research"),
        ("accounts.111122223333.scp[0]", "account 111122223333"),
        ("root.scp[0]", "the root"),
        ("accounts.111122223333.users.maya.federated_sessions.notebook.policies[0]", "session notebook"),
        ("FullAWSAccess", "FullAWSAccess"),
    ],
)
def test_origin(origin: str, words: str) -> None:
    """Where a policy hangs is told in words."""
    assert origin_words(origin) == words


class TestContextKeys:
    ASKS = document(
        allow(
            "s3:GetObject", f"{BUCKET}/${{aws:username}}/*", Condition={"Bool": {"aws:MultiFactorAuthPresent": "true"}}
        )
    )

    def rows(self, context: dict[str, Any]) -> dict[str, dict[str, Any]]:
        bare = Request.of(ROLE, "s3:GetObject", f"{BUCKET}/x")
        request = Request.of(ROLE, "s3:GetObject", f"{BUCKET}/x", context)
        explanation = explain(request, Policies.of(identity=self.ASKS))
        return {row["key"]: row for row in context_rows(explanation, context, bare)}

    def test_absent(self) -> None:
        """A key that a policy asks about and the request has not is absent, which is a state of its own."""
        rows = self.rows({})
        assert {key: row["state"] for key, row in rows.items()} == {
            "aws:MultiFactorAuthPresent": "absent",
            "aws:username": "absent",
        }

    @pytest.mark.parametrize(("value", "state"), [("true", "value"), ("", "empty"), ([], "empty")], ids=str)
    def test_present(self, value: object, state: str) -> None:
        """An empty value is no absent key."""
        assert self.rows({"AWS:multifactorauthpresent": value})["aws:MultiFactorAuthPresent"]["state"] == state

    def test_follows(self) -> None:
        """A key that follows from who asks is there though nobody sets it; one that nobody asks about is not listed."""
        asks = document(allow("s3:*", Condition={"StringEquals": {"aws:PrincipalAccount": "111122223333"}}))
        request = Request.of(ROLE, "s3:GetObject", f"{BUCKET}/x")
        (row,) = context_rows(explain(request, Policies.of(identity=asks)), {}, request)
        assert (row["state"], row["follows"], row["given"]) == ("value", True, False)


def test_organization_names() -> None:
    """In a model of accounts policies are named by where they hang, AWS's own by their names."""
    from iamlab.evaluation.organization import Account, Organization, Role

    model = Organization(accounts={"111122223333": Account(roles={"TrainingRole": Role(policies=(READS,))})})
    found = gather(model, ROLE, "s3:GetObject", f"{BUCKET}/train.csv")
    named = [(one["name"], one["where"]) for one in picture_data(found.explain(), found.origins)["policies"]]
    assert ("FullAWSAccess", "level 1") in named
    assert ("Identity-based policy 1", "role TrainingRole") in named
