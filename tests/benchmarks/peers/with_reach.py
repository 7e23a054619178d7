"""Decides a workload with reach-security, as a program of its own: workload in, JSON out."""

import json
import sys
import time
from importlib.metadata import version

from reach.engine import Environment, Principal, ResourcePolicy
from reach.policy import parse_policy
from reach.reference import evaluate

SECONDS = 2.0


def main() -> None:
    """Read the workload, decide it again and again for two seconds, and print how often."""
    asked = json.load(sys.stdin)
    policies = asked["policies"]
    boundary, resource = policies.get("permissions_boundary"), policies.get("resource")
    principal = Principal(
        asked["principal"],
        [parse_policy(document, "identity") for document in policies["identity"]],
        parse_policy(boundary, "boundary") if boundary else None,
    )
    levels = [
        (f"level {i}", [parse_policy(document, "scp") for document in level])
        for i, level in enumerate(policies.get("scp", []))
    ]
    environment = Environment(scp_layers=levels)
    bucket = ResourcePolicy(parse_policy(resource, "resource"), "111122223333") if resource else None
    request = (principal, asked["action"], asked["resource"], asked["context"], environment, bucket)
    result = evaluate(*request)  # its evaluator; its solver answers other questions
    count, begun = 0, time.perf_counter()
    while (taken := time.perf_counter() - begun) < SECONDS:
        evaluate(*request)
        count += 1
    print(
        json.dumps(
            {
                "version": version("reach-security"),
                "rate": count / taken,
                "decision": {True: "allowed", False: "denied", None: "unknown"}[result],
            }
        )
    )


main()
