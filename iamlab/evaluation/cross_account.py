"""The order on both sides of a cross-account request.

It is evaluated in the account that owns the resource and in the account of the caller, and is allowed only where both
allow.

Source: reference_policies_evaluation-logic-cross-account.html (rules X1–X11). `order.STEPS` holds the steps of both
sides in one tuple, each with its side, so `order.decide` is right for both; here the sides are told apart, for the
trace and for pictures.
"""

from __future__ import annotations

from iamlab.evaluation.case import Case
from iamlab.evaluation.decision import ALLOWED
from iamlab.evaluation.order import STEPS, Step

__all__ = ["SIDES", "decide_side", "side_steps"]

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
