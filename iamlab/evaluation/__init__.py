"""Requests, and how they are decided. Floor 1, on the policy language alone.

`order.py` is the evaluation order; `decide` answers fast, `explain` with the full trace.
"""

from iamlab.evaluation.decision import Decision, Match
from iamlab.evaluation.explanation import Explanation, explain
from iamlab.evaluation.order import STEPS, decide
from iamlab.evaluation.policies import Policies
from iamlab.evaluation.principal import Principal
from iamlab.evaluation.request import Request
from iamlab.evaluation.scenario import Scenario, ScenarioError, read_scenario, run, run_lines

__all__ = [
    "STEPS",
    "Decision",
    "Explanation",
    "Match",
    "Policies",
    "Principal",
    "Request",
    "Scenario",
    "ScenarioError",
    "decide",
    "explain",
    "read_scenario",
    "run",
    "run_lines",
]
