"""Incidents: what an exercise tells of its failure is what the evaluator decides."""

from __future__ import annotations

import json
from typing import Any

import pytest

from iamlab.learning.exercise import exercise_files, load_exercise
from iamlab.learning.incidents import incident_problems
from iamlab.learning.kinds.policy import PolicyExercise
from iamlab.learning.verify import make_kind
from tests.learning.bodies import ROLE, B, allow, document, kind

SAID = (
    f"User: {ROLE} is not authorized to perform: s3:PutObject on resource: {B}/x because no identity-based policy "
    "allows the s3:PutObject action"
)


class Solved(PolicyExercise):
    """An exercise whose solution stands in the test."""

    def solved(self) -> str:
        return document(allow(["s3:GetObject", "s3:PutObject"]))


def incident(**body: Any) -> Solved:
    given = {"kind": "policy", "start": document(allow("s3:GetObject")), "wanted": [{"action": "s3:PutObject"}], **body}
    return Solved(kind(given).exercise)


PUT = {"principal": ROLE, "action": "s3:PutObject", "resource": f"{B}/x", "before": "implicitDeny", "after": "allowed"}


def test_what_is_so_has_no_problems() -> None:
    assert list(incident_problems(incident(requests=[PUT], task=f"It fails.\n\n{SAID}\n\nMend it."))) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"before": "allowed"}, "before, request 1 is decided `implicitDeny`"),
        ({"after": "explicitDeny"}, "after, request 1 is decided `allowed`"),
    ],
)
def test_a_decision_that_is_not_so_is_told(change: dict[str, str], told: str) -> None:
    assert list(incident_problems(incident(requests=[{**PUT, **change}]))) == [told]


@pytest.mark.parametrize(
    ("one", "other"), [("s3:PutObject", "s3:DeleteObject"), ("identity-based", "resource-based"), (f"{B}/x", f"{B}/y")]
)
def test_a_message_that_aws_would_not_give_is_told(one: str, other: str) -> None:
    """Another action, another type of policy, or another resource than the evaluator refuses."""
    task = f"It fails.\n\n{SAID.replace(one, other)}"
    (problem,) = incident_problems(incident(requests=[PUT], task=task))
    assert problem.startswith("no request is refused with the message")


def test_a_start_that_is_broken_decides_nothing() -> None:
    assert list(incident_problems(incident(requests=[PUT], start="{"))) == []


INCIDENTS = [
    name
    for name, path in exercise_files().items()
    if any("before" in request for request in load_exercise(path).body.get("requests", []))
]


def test_there_are_incidents_for_each_exam_scenario() -> None:
    """C7.1 to C7.4, and at least five more (the exam scenarios of the course)."""
    topics = {topic for name in INCIDENTS for topic in load_exercise(exercise_files()[name]).topics}
    assert {"C7.1", "C7.2", "C7.3", "C7.4"} <= topics
    assert len(INCIDENTS) >= 9


@pytest.mark.parametrize("name", INCIDENTS)
def test_each_incident_fails_before_and_not_after(name: str) -> None:
    """Something that matters is refused, or let through, with the start, and is not with the solution."""
    one = make_kind(load_exercise(exercise_files()[name]))
    assert isinstance(one, PolicyExercise)
    assert list(incident_problems(one)) == []
    requests = one.exercise.body["requests"]
    assert any(request["before"] != request["after"] for request in requests), json.dumps(requests)
    assert any(request["before"] == request["after"] for request in requests), "what stays as it is belongs to it"
