"""Decides a workload's identity policy with moto, as a program of its own; it knows no other type of policy."""

import json
import sys
import time
from importlib.metadata import version

from moto.iam.access_control import IAMPolicy

SECONDS = 2.0


def main() -> None:
    """Read the workload, decide it again and again for two seconds, and print how often."""
    asked = json.load(sys.stdin)
    policy = IAMPolicy(json.dumps(asked["policies"]["identity"][0]))
    action, resource = asked["action"], asked["resource"]
    result = policy.is_action_permitted(action, resource)
    count, begun = 0, time.perf_counter()
    while (taken := time.perf_counter() - begun) < SECONDS:
        policy.is_action_permitted(action, resource)
        count += 1
    print(json.dumps({"version": version("moto"), "rate": count / taken, "decision": result.name.lower()}))


main()
