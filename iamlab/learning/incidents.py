"""Incidents: policy exercises that tell what failed, and prove it: broken as told, mended by the solution.

Their requests say how each is decided `before`, with the start, and `after`, with the solution. A message of AWS in the
task is the one that the evaluator gives for one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from iamlab.evaluation import Explanation, explain
from iamlab.evaluation.policies import in_place
from iamlab.evaluation.scenario import read_scenario
from iamlab.learning.kinds.policy import PolicyExercise
from iamlab.policy import Policy, PolicyError, parse_policy
from iamlab.reporting.denial import denial_sentence

__all__ = ["incident_problems"]

MESSAGE = re.compile(r"User: \S+ is not authorized to perform: [^\n]+")


def incident_problems(kind: PolicyExercise) -> Iterator[str]:
    """Yield sentences on what an incident's requests and messages say that is not so."""
    requests: list[Mapping[str, Any]] = kind.exercise.body.get("requests", [])
    try:
        start, solution = (parse_policy(text, kind.kind) for text in (kind.start, kind.solved()))
    except PolicyError:  # a start that is broken for the learner to mend decides nothing
        return
    refusals = list[str]()
    for number, request in enumerate(requests, 1):
        for when, policy in (("before", start), ("after", solution)):
            explanation = _explained(kind, request, policy)
            decision = explanation.decision.decision
            if when in request and decision != request[when]:
                yield f"{when}, request {number} is decided `{decision}`"
            if when == "before":
                refusals.append(denial_sentence(explanation) or "")
    for message in MESSAGE.findall(kind.exercise.task):
        if not any(refusal and refusal.rstrip(".") in message for refusal in refusals):
            yield f"no request is refused with the message that the task shows: {message[:60]}"


def _explained(kind: PolicyExercise, request: Mapping[str, Any], policy: Policy) -> Explanation:
    given = kind.exercise.body.get("scenario", {})
    asked = {key: value for key, value in {**given, **request}.items() if key not in {"before", "after", "policies"}}
    scenario = read_scenario({"principal": kind.about()["principal"], **asked})
    policies = in_place(policy, kind.kind, kind.others)
    return explain(scenario.request, policies, management_account=scenario.management_account)
