"""Compares pairs of policies with reach-security's solver, as a program of its own: pairs in, answers out."""

from importlib.metadata import version

from differing import run
from reach.engine import Principal, Query, Verdict, decide
from reach.policy import parse_policy

ARN = "arn:aws:iam::111122223333:role/TrainingRole"
ANSWERS = {Verdict.ALLOWED: True, Verdict.DENIED: False, Verdict.UNKNOWN: None}


def asked(identity, boundary):
    """Return whether some request is allowed."""
    policies = [parse_policy(document, f"identity {number}") for number, document in enumerate(identity)]
    principal = Principal(ARN, policies, parse_policy(boundary, "boundary") if boundary else None)
    return ANSWERS[decide(principal, Query("*", "*")).verdict]


run(version("reach-security"), asked)
