"""Explanations whole, as text, HTML and data: the wording is held by files in `golden/`.

Where a change of the wording is meant: `IAMLAB_GOLDEN=write python -m pytest tests/reporting/test_explanation.py`,
then read what changed before committing it.
"""

import json
import os
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from iamlab import gather, show
from iamlab.evaluation import Scenario, explain, read_scenario
from iamlab.evaluation.explanation import Explanation
from iamlab.evaluation.organization import Account, Organization, User
from iamlab.reporting.explanation import explanation_data
from iamlab.reporting.html import explanation_html
from iamlab.reporting.report import report_terminal, report_text
from tests.evaluation.worlds import prepared, worlds

GOLDEN = Path(__file__).parent / "golden"
SCENARIOS = [json.loads(line) for line in (GOLDEN / "scenarios.jsonl").read_text(encoding="utf-8").splitlines()]
by_id = pytest.mark.parametrize("data", SCENARIOS, ids=lambda data: data["id"])


def as_text(scenario: Scenario) -> str:
    return report_text(scenario.explain(), scenario.origins, str(scenario.id)) + "\n"


def as_html(scenario: Scenario) -> str:
    return explanation_html(scenario.explain(), scenario.origins) + "\n"


def as_json(scenario: Scenario) -> str:
    return json.dumps(explanation_data(scenario.explain(), scenario.origins), indent=1) + "\n"


FORMS = {"txt": as_text, "html": as_html, "json": as_json}


@by_id
@pytest.mark.parametrize("form", FORMS)
def test_wording(data: dict[str, Any], form: str) -> None:
    """Each form of each explanation is the golden one, to the character."""
    path = GOLDEN / f"{data['id']}.{form}"
    found = FORMS[form](read_scenario(data))
    if os.environ.get("IAMLAB_GOLDEN") == "write":
        path.write_text(found, encoding="utf-8")
    assert found == path.read_text(encoding="utf-8")


def test_no_golden_file_is_left_over() -> None:
    """Every file belongs to a scenario."""
    expected = {f"{data['id']}.{form}" for data in SCENARIOS for form in FORMS} | {"scenarios.jsonl"}
    assert {path.name for path in GOLDEN.iterdir()} == expected


@by_id
def test_the_terminal_says_the_same(data: dict[str, Any]) -> None:
    """Colors add nothing that the words do not say."""
    scenario = read_scenario(data)
    shown = report_terminal(scenario.explain(), scenario.origins, str(scenario.id))
    assert shown.plain + "\n" == as_text(scenario)
    assert any(span.style for span in shown.spans)


def explained(world: dict[str, Any]) -> Explanation:
    request, policies, management = prepared(world)
    return explain(request, policies, management_account=management)


@given(worlds())
def test_data_of_any_world(world: dict[str, Any]) -> None:
    """It is JSON; a statement matches where no element fails; one step at most ended the evaluation."""
    explanation = explained(world)
    data = json.loads(json.dumps(explanation_data(explanation)))
    for policy, trace in zip(data["policies"], explanation.policies, strict=True):
        assert len(policy["statements"]) == len(trace.statements)
        for statement in policy["statements"]:
            assert statement["matched"] == (statement["failed"] is None)
    ended = [step for step in data["steps"] if step["outcome"]]
    assert [step["outcome"] for step in ended] in ([], [data["decision"]])
    asked = [step["answer"] is not None for step in data["steps"]]
    assert asked == sorted(asked, reverse=True)
    assert (data["changes"] == []) == (data["decision"] == "allowed") == (data["denial"] is None)


@given(worlds())
def test_html_of_any_world_is_well_formed(world: dict[str, Any]) -> None:
    """Every element is closed, every text escaped, and each statement and step is there."""
    explanation = explained(world)
    root = ElementTree.fromstring(explanation_html(explanation))
    assert len(root.findall(".//details")) == sum(len(policy.statements) for policy in explanation.policies)
    assert len(root.findall("ol")[0]) == len(explanation.steps)


def test_nothing_from_a_policy_becomes_markup() -> None:
    """What a hostile policy or request says is text in HTML, and commands no terminal."""
    (data,) = (one for one in SCENARIOS if one["id"] == "hostile")
    scenario = read_scenario(data)
    html = as_html(scenario)
    assert re.findall(r"<(?:script|img|b)\b", html) == []
    assert "\x1b" not in html + as_text(scenario)
    assert "\x1b" not in report_terminal(scenario.explain()).plain


def test_show() -> None:
    """In a notebook HTML, elsewhere text; of a gathered request with the places in its model."""
    maya = "arn:aws:iam::111122223333:user/maya"
    policy = {"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}
    model = Organization(accounts={"111122223333": Account(users={"maya": User(policies=(policy,))})})
    gathered = gather(model, maya, "s3:GetObject", "arn:aws:s3:::b/x")
    shown = show(gathered)
    assert "accounts.111122223333.users.maya.policies[0]" in shown._repr_html_()
    assert repr(shown).startswith("Allowed\n")
    assert repr(show(gathered.explain())).startswith("Allowed\n")
