"""The order on both sides of a cross-account request.

It is evaluated in the account that owns the resource and in the account of the caller, and is allowed only where both
allow.

Source: reference_policies_evaluation-logic-cross-account.html (rules X1–X11). `order.STEPS` holds the steps of both
sides in one tuple, each with its side, so `order.decide` is right for both; here the sides are told apart, for the
trace and for pictures.
"""

from __future__ import annotations

from dataclasses import replace

from iamlab.evaluation.case import Case
from iamlab.evaluation.decision import ALLOWED
from iamlab.evaluation.explanation import StepTrace
from iamlab.evaluation.order import STEPS, Answer, Step
from iamlab.evaluation.policies import Attached

__all__ = ["SIDES", "decide_side", "explain_side", "side_of", "side_steps"]

SIDES = ("resource", "principal")
"""The account that owns the resource, and the account of the caller."""


def side_steps(side: str) -> tuple[Step, ...]:
    """Return the steps that are asked on one side; explicit denies count on both."""
    return tuple(step for step in STEPS if step.side in (side, "both"))


def decide_side(case: Case, side: str) -> str:
    """Return what one account decides by itself: `allowed`, `explicitDeny` or `implicitDeny`."""
    for step in side_steps(side):
        outcome = step.outcome(step.ask(case))
        if outcome is not None:
            return outcome
    return ALLOWED


def side_of(attached: Attached) -> str:
    """Return the side of a policy: the account that owns the resource has its policy and its RCPs."""
    return "resource" if attached.label.startswith(("resource", "rcp")) else "principal"


def explain_side(case: Case, side: str) -> tuple[StepTrace, ...]:
    """Walk the steps of one account and keep every answer; a Deny is told on the side where it stands."""
    traces = list[StepTrace]()
    ended = False
    for step in side_steps(side):
        if ended:
            traces.append(StepTrace(step))
            continue
        answer = step.ask(case)
        answer = _of_side(answer, side) if step.side == "both" else answer
        outcome = step.outcome(answer)
        traces.append(StepTrace(step, answer, outcome))
        ended = outcome is not None
    return tuple(traces)


def _of_side(answer: Answer, side: str) -> Answer:
    matches = tuple(match for match in answer.matches if side_of(match.attached) == side)
    return replace(answer, yes=bool(matches), matches=matches)
