"""The stepper, Python side: requests, edits, predictions and context keys change the picture, and nothing else does."""

from __future__ import annotations

import json
import re
from pathlib import Path
from random import Random
from typing import Any

import pytest

import iamlab
from iamlab.evaluation.fields import ScenarioError
from iamlab.evaluation.organization import Account, Organization, Role, User
from iamlab.policy import parse_policy
from iamlab.widgets import EvaluationStepper, stepper
from iamlab.widgets.shuffling import shuffled
from tests.reporting.test_stepper import BUCKET, FULL, JOBS, NO_DELETE, READS, ROLE, allow, document
from tests.widgets.exercises import until

BOUNDARY = document(allow(["s3:GetObject", "s3:Delete*"]))
SCENARIO = {
    "principal": ROLE,
    "action": "s3:PutObject",
    "resource": f"{BUCKET}/model.tar.gz",
    "policies": {"identity": [READS, JOBS], "permissions_boundary": BOUNDARY, "scp": [[FULL], [FULL, NO_DELETE]]},
}
MAYA = "arn:aws:iam::111122223333:user/maya"
MODEL = {
    "accounts": {
        "111122223333": {
            "users": {"maya": {"policies": [document(allow("s3:GetObject", f"{BUCKET}/*"))]}},
            "roles": {"TrainingRole": {"policies": [READS], "permissions_boundary": BOUNDARY}},
            "resources": {BUCKET: {}},
        }
    }
}
ASKED = {"principal": ROLE, "action": "s3:PutObject", "resource": f"{BUCKET}/model.tar.gz", "organization": MODEL}


def sends(panel: EvaluationStepper, **changed: Any) -> dict[str, Any]:
    """Do what the browser does when something is changed, and return the report."""
    text = json.dumps({**json.loads(panel.text), **changed})
    panel.set_state({"document": {"revision": panel.document["revision"] + 1, "text": text}})
    return dict(panel.report)


def asks(panel: EvaluationStepper, type: str, **more: Any) -> Any:
    """Send a message as a browser does, and return the answer."""
    sent: list[dict[str, Any]] = []
    panel.send = sent.append  # type: ignore[method-assign]
    panel._on_message(panel, {"type": type, "id": "1", **more}, None)
    return sent[-1]["answer"]


def states(report: dict[str, Any]) -> list[str]:
    return [node["state"] for rail in report["picture"]["rails"] for node in rail["nodes"]]


def keys(report: dict[str, Any]) -> list[str]:
    return [policy["key"] for policy in report["policies"]]


class TestRequests:
    def test_own(self) -> None:
        """Without requests the scenario's own is asked."""
        panel = stepper(SCENARIO)
        assert (panel.report["picture"]["decision"], panel.report["picture"]["step"]) == (
            "implicitDeny",
            "permissions boundary",
        )
        assert panel.report["revision"] == 0

    def test_listed(self) -> None:
        """Requests to choose from fill what they do not say from the scenario; the first is asked first."""
        panel = stepper(
            SCENARIO, requests=[("s3:GetObject", f"{BUCKET}/x"), {"title": "Deletes", "action": "s3:DeleteObject"}]
        )
        assert [one["title"] for one in panel.setup["requests"]] == [
            "s3:GetObject on ml-training-data-bucket/x",
            "Deletes",
        ]
        assert panel.report["picture"]["decision"] == "allowed"
        report = sends(panel, request={"id": "r2"})
        assert (report["picture"]["decision"], report["request"]["action"]) == ("explicitDeny", "s3:DeleteObject")

    def test_of_a_model(self) -> None:
        """In a model of accounts anybody can be chosen; the policies that take part follow."""
        panel = stepper(ASKED)
        assert panel.setup["choices"]["principal"] == [ROLE, MAYA]
        assert panel.setup["choices"]["resource"] == [f"{BUCKET}/model.tar.gz", BUCKET]
        assert "s3:GetObject" in panel.setup["choices"]["action"]
        report = sends(panel, request={"principal": MAYA, "action": "s3:GetObject"})
        assert report["picture"]["decision"] == "allowed"
        assert "accounts.111122223333.users.maya.policies[0]" in keys(report)

    def test_organization(self) -> None:
        """A model made of classes can be stepped through as well."""
        model = Organization(
            accounts={"111122223333": Account(users={"maya": User()}, roles={"TrainingRole": Role(policies=(READS,))})}
        )
        panel = iamlab.stepper(model, requests=[("s3:GetObject", f"{BUCKET}/x")])
        assert (panel.report["request"]["principal"], panel.report["picture"]["decision"]) == (MAYA, "implicitDeny")
        assert sends(panel, request={"principal": ROLE})["picture"]["decision"] == "allowed"

    def test_written_wrong(self) -> None:
        """What is no request, or nobody the model knows, is said in words; the picture from before stays."""
        panel = stepper(ASKED)
        before = panel.report["picture"]
        report = sends(panel, request={"action": "s3"})
        assert (report["readable"], report["picture"]) == (False, before)
        assert report["summary"] == "`s3` is no action. A request has exactly one, as in `s3:GetObject`."
        assert "sam" in sends(panel, request={"principal": MAYA.replace("maya", "sam")})["summary"]

    def test_owner_stays_with_its_resource(self) -> None:
        """A resource's account is that of the request, not of another resource that is written instead."""
        panel = stepper({**SCENARIO, "resource_account": "444455556666"})
        assert len(panel.report["picture"]["rails"]) == 2
        assert len(sends(panel, request={"resource": f"{BUCKET}/x"})["picture"]["rails"]) == 1

    @pytest.mark.parametrize(
        ("given", "requests", "error"),
        [
            ({**SCENARIO, "polices": {}}, (), ScenarioError),
            ({"policies": {}}, (), ValueError),
            ({"policies": {}}, [("s3:GetObject", "*")], ValueError),
            (SCENARIO, [{"action": "s3"}], ValueError),
        ],
        ids=["unknown field", "no request", "nobody asks", "no action"],
    )
    def test_refused(self, given: Any, requests: Any, error: type[Exception]) -> None:
        """What cannot be asked at all is refused when the cell runs."""
        with pytest.raises(error):
            stepper(given, requests=requests)


class TestEditing:
    def test_runs_again_at_once(self) -> None:
        """An edited policy decides at once."""
        panel = stepper(SCENARIO)
        report = sends(panel, policies={"permissions_boundary": json.dumps(FULL)})
        assert report["picture"]["decision"] == "allowed"
        assert report["policies"][-1]["text"] == json.dumps(FULL)

    def test_stays_with_its_place(self) -> None:
        """In a model an edit belongs to where the policy hangs, whoever asks in between."""
        panel = stepper(ASKED)
        key = "accounts.111122223333.roles.TrainingRole.permissions_boundary"
        sends(panel, policies={key: json.dumps(FULL)})
        sends(panel, request={"principal": MAYA, "action": "s3:GetObject"})
        assert sends(panel, request={})["picture"]["decision"] == "allowed"

    def test_broken(self) -> None:
        """While a policy cannot be read the last readable one decides; what is wrong is told with its place."""
        panel = stepper(SCENARIO)
        sends(panel, policies={"permissions_boundary": json.dumps(FULL)})
        report = sends(panel, policies={"permissions_boundary": '{"Statement": ['})
        assert (report["readable"], report["picture"]["decision"]) == (False, "allowed")
        assert report["problems"]["permissions_boundary"][0]["line"] == 1
        assert report["summary"].startswith("The picture is of before this change: Permissions boundary, line 1")

    def test_aws_keeps_its_own(self) -> None:
        """`FullAWSAccess` can be read only."""
        editable = {one["name"]: one["editable"] for one in stepper(ASKED).report["policies"]}
        assert editable["FullAWSAccess"] is False
        assert editable["Permissions boundary"] is True

    def test_shown_formatted(self) -> None:
        """A policy that was given as an object has lines of its own; a text stays as it was written."""
        text = '{"Statement": {"Effect": "Allow", "Action": "s3:*",\n"Resource": "*"}}'
        policies = {"identity": [READS, text]}
        first, second = stepper({**SCENARIO, "policies": policies}).report["policies"]
        assert '"Action": ["s3:GetObject", "s3:PutObject"]' in first["text"]
        assert second["text"] == text

    @pytest.mark.parametrize("text", ["", "[", "7", '{"policies": 3, "request": [], "context": "x"}', '{"said": 5}'])
    def test_anything_sent(self, text: str) -> None:
        """Whatever a browser sends, the picture is there."""
        panel = stepper(SCENARIO, predict=True)
        panel.set_state({"document": {"revision": 4, "text": text}})
        assert (panel.report["revision"], panel.report["failure"]) == (4, "")


class TestShuffling:
    def test_nothing_moves(self) -> None:
        """The texts change and the picture does not; that is said."""
        both = document(*READS["Statement"], allow("s3:ListBucket", BUCKET))
        panel = stepper({**SCENARIO, "policies": {**SCENARIO["policies"], "identity": [both]}})
        before = states(panel.report), panel.report["picture"]["decision"]
        answer = asks(panel, "shuffle")
        assert list(answer["policies"]) == ["identity[0]"]
        assert answer["said"].endswith("the decision stays implicit deny. Order decides nothing.")
        report = sends(panel, policies=answer["policies"])
        assert report["policies"][3]["text"] == answer["policies"]["identity[0]"] != panel.setup["start"]
        assert (states(report), report["picture"]["decision"]) == before

    def test_nothing_to_shuffle(self) -> None:
        """Where no policy has two statements that is said, and nothing changes."""
        assert asks(stepper(SCENARIO), "shuffle") == {"policies": {}, "said": "No policy here has two statements."}

    def test_statements_stay_as_written(self) -> None:
        """Each statement moves as it was typed, and with two the order always changes."""
        first, second = (
            '{"Effect":"Allow", "Action":"s3:*","Resource":"*"}',
            '{"Effect": "Deny", "Action": "a:b", "Resource": "*"}',
        )
        text = f'{{"Statement": [\n  {first},\n  {second}\n]}}'
        assert shuffled(parse_policy(text), Random(3)) == f'{{"Statement": [\n  {second},\n  {first}\n]}}'

    def test_keeps_a_secret(self) -> None:
        """In predict mode shuffling does not tell the decision before it is reached."""
        both = document(*READS["Statement"], allow("s3:ListBucket", BUCKET))
        panel = stepper({**SCENARIO, "policies": {"identity": [both]}}, predict=True)
        assert "allow" not in asks(panel, "shuffle")["said"]


NO_TOKEN = {"policies": {"identity": [document(allow("s3:*", Condition={"Null": {"aws:TokenIssueTime": "true"}}))]}}


class TestContext:
    def test_three_states(self) -> None:
        """A key can have a value, be empty, or be absent; each decides as the rules say."""
        panel = stepper({**SCENARIO, **NO_TOKEN})
        found = {}
        for state in ("2026-01-01T00:00:00Z", "", None):
            report = sends(panel, context={"aws:TokenIssueTime": state})
            (row,) = report["context"]
            found[row["state"]] = report["picture"]["decision"]
        assert found == {"value": "implicitDeny", "empty": "implicitDeny", "absent": "allowed"}

    def test_given_key_taken_away(self) -> None:
        """A key that the request brings along can be taken away."""
        panel = stepper({**SCENARIO, **NO_TOKEN, "context": {"aws:TokenIssueTime": "2026-01-01T00:00:00Z"}})
        assert panel.report["picture"]["decision"] == "implicitDeny"
        assert sends(panel, context={"aws:TokenIssueTime": None})["picture"]["decision"] == "allowed"


class TestPredicting:
    def test_nothing_is_told_before(self) -> None:
        """Before a step is predicted its answer, and all that follows, is nowhere in what the browser is told."""
        panel = stepper(SCENARIO, predict=True)
        told = json.dumps(panel.report)
        assert not re.search("none denies|boundary leaves|comes closest|Implicit deny|What would", told)
        assert panel.report["picture"]["awaits"] == 1
        assert panel.report["picture"]["deciding"] is None

    def test_step_by_step(self) -> None:
        """Each prediction opens one step, with how the two compare; steps without policies go on unasked."""
        panel = stepper(SCENARIO, predict=True)
        report = sends(panel, said=["on"])
        first = report["picture"]["rails"][0]["nodes"][0]
        assert first["prediction"] == {"said": "on", "right": True, "text": "Your answer, goes on, matches."}
        assert report["picture"]["awaits"] == 3
        report = sends(panel, said=["on", "implicitDeny"])
        third = report["picture"]["rails"][0]["nodes"][2]
        assert third["prediction"]["text"] == "Your answer: implicit deny. What happens: goes on."

    def test_to_the_end(self) -> None:
        """At the deciding step the decision comes out, with what would change it."""
        picture = sends(stepper(SCENARIO, predict=True), said=["on"] * 4 + ["implicitDeny"])["picture"]
        assert (picture["awaits"], picture["decision"], picture["deciding"]) == (None, "implicitDeny", 8)
        assert picture["changes"] != []

    def test_allowed_at_the_end(self) -> None:
        """The last step is asked even where it has no policy: there it is told what is decided."""
        panel = stepper({**SCENARIO, "policies": {"identity": [READS]}}, predict=True)
        report = sends(panel, said=["on"] * 3)
        assert report["picture"]["awaits"] == 9
        assert sends(panel, said=["on"] * 3 + ["allowed"])["picture"]["decision"] == "allowed"

    def test_two_sides(self) -> None:
        """Across accounts the one side comes out when it is through, the decision with the other."""
        panel = stepper({**SCENARIO, "resource_account": "444455556666", "action": "s3:GetObject"}, predict=True)
        picture = sends(panel, said=["on", "on", "on", "on", "allowed"])["picture"]
        assert [rail["decision"] for rail in picture["rails"]] == ["allowed", "undecided"]
        assert picture["decision"] == "undecided"


class TestKeeping:
    def test_comes_back(self, folder: Path) -> None:
        """Under a name what was changed is kept beside the notebook, and comes back when the cell runs again."""
        panel = stepper(SCENARIO, name="05-boundary")
        sends(panel, policies={"permissions_boundary": json.dumps(FULL)})
        again = stepper(SCENARIO, name="05-boundary")
        assert again.report["picture"]["decision"] == "allowed"
        assert panel.saved["state"] == "moved"
        until(lambda: (folder / ".iamlab/drafts/stepper.05-boundary.json").exists())

    def test_another_scenario(self) -> None:
        """Where the scenario has changed since, that is said."""
        sends(stepper(SCENARIO, name="05-boundary"), policies={"permissions_boundary": json.dumps(FULL)})
        again = stepper({**SCENARIO, "action": "s3:GetObject"}, name="05-boundary")
        assert "has changed since" in again.saved["message"]

    def test_without_a_name(self, folder: Path) -> None:
        """Without a name nothing is written; a name that cannot be a file's is refused."""
        sends(stepper(SCENARIO), policies={"permissions_boundary": json.dumps(FULL)})
        assert not (folder / ".iamlab").exists()
        with pytest.raises(ValueError, match="cannot name"):
            stepper(SCENARIO, name="../x")


def test_in_words() -> None:
    """The picture can be printed, a line a step; in predict mode as far as it goes."""
    assert str(stepper(SCENARIO)).splitlines()[7].endswith("no allow, decides: implicit deny")
    assert str(stepper(SCENARIO, predict=True)).splitlines()[-1] == "Not decided."


def test_completion_of_its_kind() -> None:
    """Completion knows which kind of policy is edited."""
    answer = asks(stepper(SCENARIO), "complete", kind="identity", text='{"Statement": [{"Effect": "', offset=27)
    assert [one["label"] for one in answer["options"]][:2] == ["Allow", "Deny"]
