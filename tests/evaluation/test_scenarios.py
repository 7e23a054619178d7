"""Every case of the tables gets the decision, and where it says so the step, that its rule names."""

import json
from collections import Counter
from importlib.resources import files
from typing import Any

import jsonschema
import pytest

from iamlab.evaluation import explain, read_scenario, run
from iamlab.evaluation.case import Case
from iamlab.evaluation.cross_account import SIDES, decide_side
from iamlab.evaluation.decision import ALLOWED, EXPLICIT_DENY
from tests.evaluation.tables import cases, tables

CASES = cases()
SCHEMA = json.loads((files("iamlab.evaluation") / "scenario.schema.json").read_text(encoding="utf-8"))
by_id = pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])


@by_id
def test_decision_and_step(case: dict[str, Any]) -> None:
    """The case decides as its rule says."""
    result = run(case)
    assert "error" not in result, result
    assert (result["decision"], case.get("expect_step", result["step"])) == (case["expect"], result["step"])


@by_id
def test_explain_decides_the_same(case: dict[str, Any]) -> None:
    """The traced path ends with the same decision as the fast one, in the same step, by the same statements."""
    scenario = read_scenario(case)
    explanation = explain(scenario.request, scenario.policies, management_account=scenario.management_account)
    assert explanation.decision == scenario.decide()


@by_id
def test_trace_agrees_with_matching(case: dict[str, Any]) -> None:
    """A statement whose elements all matched is one that the decision counts as matching, and no other."""
    scenario = read_scenario(case)
    explanation = explain(scenario.request, scenario.policies, management_account=scenario.management_account)
    setup = Case.of(scenario.request, scenario.policies, management_account=scenario.management_account)
    for effect in ("Allow", "Deny"):
        traced = [(t.attached.label, t.statement.index) for t in explanation.statements(effect) if t.applies]
        counted = [(m.attached.label, m.statement.index) for m in setup.matching(effect, setup.policies)]
        assert traced == counted


@by_id
def test_both_sides_together_are_the_order(case: dict[str, Any]) -> None:
    """A request is allowed exactly where both sides allow it (rule X2); in one account the resource may suffice."""
    scenario = read_scenario(case)
    setup = Case.of(scenario.request, scenario.policies, management_account=scenario.management_account)
    sides = [decide_side(setup, side) for side in SIDES]
    decision = scenario.decide()
    if scenario.request.is_cross_account and not scenario.request.principal.is_root:
        assert decision.allowed == all(side == ALLOWED for side in sides)
    assert (decision.decision == EXPLICIT_DENY) == (EXPLICIT_DENY in sides)


@by_id
def test_cases_follow_the_published_format(case: dict[str, Any]) -> None:
    """Tables are scenario files, so `iamlab simulate` runs them too."""
    jsonschema.validate(case, SCHEMA)
    assert case["rule"]
    assert case["why"]


def test_names_are_unique() -> None:
    """Each case of a table has a name of its own."""
    assert [name for name, count in Counter(case["id"] for case in CASES).items() if count > 1] == []


def test_the_tables_are_all_there() -> None:
    """No table was lost, and each decides in more than one way."""
    assert {table.stem for table in tables()} >= {
        "conditions",
        "cross_account",
        "matching",
        "organizations",
        "services",
    }
    for table in tables():
        assert len({case["expect"] for case in CASES if case["id"].startswith(f"{table.stem}/")}) > 1
