"""Decides a workload's shape with cedarpy, as a program of its own: another language, so the policies are Cedar's."""

import json
import sys
import time
from importlib.metadata import version

from cedarpy import Entities, PolicySet, is_authorized

SECONDS = 2.0
THREE = """
permit(principal == Role::"TrainingRole", action in [Action::"s3:GetObject", Action::"s3:PutObject"], resource)
  when { context.arn like "arn:aws:s3:::ml-training-data-bucket/*" };
permit(principal == Role::"TrainingRole", action == Action::"s3:ListBucket", resource)
  when { context.arn == "arn:aws:s3:::ml-training-data-bucket" };
forbid(principal, action == Action::"sagemaker:DeleteModel", resource);
"""


def main() -> None:
    """Read the workload, decide its like again and again for two seconds, and print how often."""
    asked = json.load(sys.stdin)
    if len(asked["policies"]["identity"][0]["Statement"]) != 3:
        print(json.dumps({"version": version("cedarpy"), "rate": None, "decision": "not written in Cedar"}))
        return
    policies, entities = PolicySet.from_str(THREE), Entities.from_json_str("[]")
    request = {
        "principal": 'Role::"TrainingRole"',
        "action": f'Action::"{asked["action"]}"',
        "resource": 'Object::"x"',
        "context": {"arn": asked["resource"]},
    }
    result = is_authorized(request, policies, entities)
    count, begun = 0, time.perf_counter()
    while (taken := time.perf_counter() - begun) < SECONDS:
        is_authorized(request, policies, entities)
        count += 1
    print(json.dumps({"version": version("cedarpy"), "rate": count / taken, "decision": str(result.decision.value)}))


main()
