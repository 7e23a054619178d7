"""What holds in every world: properties of the evaluation, checked in random ones."""

import copy
import os
import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from iamlab.evaluation import STEPS, Request, decide, explain, read_scenario
from iamlab.evaluation.decision import ALLOWED, EXPLICIT_DENY, IMPLICIT_DENY
from iamlab.evaluation.evaluator import Evaluator
from tests.evaluation.worlds import asked, documents, prepared, statements, worlds

many_worlds = settings(max_examples=100_000 if os.environ.get("IAMLAB_NIGHTLY") else 2_000)
"""How many random worlds hold the fast path to the explained one."""


@given(worlds())
@many_worlds
def test_fast_path_equals_explained_path(world: dict[str, Any]) -> None:
    """`decide` and `explain` agree in decision, step and statements."""
    request, policies, management = prepared(world)
    explanation = explain(request, policies, management_account=management)
    assert explanation.decision == decide(request, policies, management_account=management)


@given(worlds(), st.data())
@many_worlds
def test_evaluator_equals_the_order(world: dict[str, Any], data: st.DataObject) -> None:
    """The fast path never mixes up two classes of requests: one evaluator, many requests, each decided as `decide` does."""
    _, policies, management = prepared(world)
    evaluator = Evaluator(policies, management_account=management)
    others = data.draw(st.lists(asked(world), max_size=6))
    for each in (world, *others, world):
        fields = [each[name] for name in ("principal", "action", "resource", "context", "resource_account")]
        request = Request.of(*fields)
        assert evaluator.decide(*fields) == decide(request, policies, management_account=management)


@given(worlds())
def test_the_trace_tells_what_decided(world: dict[str, Any]) -> None:
    """Exactly the steps up to the deciding one are asked, and the deciding statements all apply."""
    request, policies, management = prepared(world)
    explanation = explain(request, policies, management_account=management)
    asked = [trace for trace in explanation.steps if trace.answer]
    assert [trace.step for trace in explanation.steps] == list(STEPS)
    assert [trace.step for trace in asked] == list(STEPS[: len(asked)])
    decision = explanation.decision
    if decision.decision != ALLOWED or asked[-1].outcome:
        assert (asked[-1].step.name, asked[-1].outcome) == (decision.step, decision.decision)
    applying = {
        (t.attached.label, t.statement.index) for e in ("Allow", "Deny") for t in explanation.statements(e) if t.applies
    }
    assert {(m.attached.label, m.statement.index) for m in decision.matches} <= applying
    assert (decision.decision == IMPLICIT_DENY) <= (not decision.matches)


@given(worlds(), st.data())
def test_adding_a_deny_never_widens(world: dict[str, Any], data: st.DataObject) -> None:
    """Rule E2: whatever a Deny is added to, nothing becomes allowed."""
    before = decide(*prepared(world)[:2], management_account=world["management_account"])
    more = copy.deepcopy(world)
    deny = data.draw(statements(effects=("Deny",)))
    more["policies"]["identity"].append({"Version": "2012-10-17", "Statement": deny})
    after = decide(*prepared(more)[:2], management_account=world["management_account"])
    assert after.allowed <= before.allowed


@given(worlds(), st.data())
def test_adding_an_identity_policy_without_deny_never_narrows(world: dict[str, Any], data: st.DataObject) -> None:
    """Allows add up: a further Allow takes nothing away."""
    before = decide(*prepared(world)[:2], management_account=world["management_account"])
    more = copy.deepcopy(world)
    allow = data.draw(statements(effects=("Allow",)))
    more["policies"]["identity"].append({"Version": "2012-10-17", "Statement": allow})
    after = decide(*prepared(more)[:2], management_account=world["management_account"])
    assert before.allowed <= after.allowed


@given(worlds(), st.sampled_from(["permissions_boundary", "vpc_endpoint"]), st.data())
def test_bounds_never_grant(world: dict[str, Any], bound: str, data: st.DataObject) -> None:
    """Rules B2, T26: adding a bound never widens."""
    without = copy.deepcopy(world)
    without["policies"][bound] = None
    world["policies"][bound] = data.draw(documents("identity" if bound == "permissions_boundary" else bound))
    with_bound = decide(*prepared(world)[:2], management_account=world["management_account"])
    assert with_bound.allowed <= decide(*prepared(without)[:2], management_account=world["management_account"]).allowed


@given(worlds(), st.randoms(use_true_random=False))
def test_order_decides_nothing(world: dict[str, Any], shuffler: random.Random) -> None:
    """Rule M20: statements and list entries in another order decide the same."""
    shuffled = copy.deepcopy(world)
    for document in shuffled["policies"]["identity"]:
        shuffler.shuffle(document["Statement"])
        for statement in document["Statement"]:
            for value in statement.values():
                if isinstance(value, list):
                    shuffler.shuffle(value)
    shuffler.shuffle(shuffled["policies"]["identity"])
    one = decide(*prepared(world)[:2], management_account=world["management_account"])
    other = decide(*prepared(shuffled)[:2], management_account=world["management_account"])
    assert (one.decision, one.step) == (other.decision, other.step)


@given(worlds())
def test_a_scenario_file_decides_the_same(world: dict[str, Any]) -> None:
    """The file format and the Python API are two ways to the same decision."""
    scenario = read_scenario({"id": "w", **{name: value for name, value in world.items() if value is not None}})
    assert scenario.decide() == decide(*prepared(world)[:2], management_account=world["management_account"])


@given(worlds())
def test_no_deny_no_explicit_deny(world: dict[str, Any]) -> None:
    """An explicit deny needs a matching Deny, and names it."""
    decision = decide(*prepared(world)[:2], management_account=world["management_account"])
    assert (decision.decision == EXPLICIT_DENY) == any(match.statement.effect == "Deny" for match in decision.matches)
