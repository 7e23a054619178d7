"""Slips of the pen: what is so close to a known name that it can hardly mean anything else.

Two letters too many, missing, wrong or swapped are a slip. No name that AWS's own managed policies still hold, though
the catalogue has lost it, is so close to another; so a slip is an error, and anything farther off only a warning.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from iamlab.aws.catalogue import operations, services
from iamlab.aws.operations import OTHER_NAME, authorized_actions, service_prefix

__all__ = ["actions_meant", "services_meant"]

SLIP = 2
SHORT = 5
SERVICES_CALLED_OTHERWISE = {
    "alb": "elasticloadbalancing",
    "api-gateway": "apigateway",
    "cloudwatch-logs": "logs",
    "cloudwatchlogs": "logs",
    "container-registry": "ecr",
    "efs": "elasticfilesystem",
    "elb": "elasticloadbalancing",
    "emr": "elasticmapreduce",
    "eventbridge": "events",
    "identitycenter": "sso",
    "kinesisfirehose": "firehose",
    "parameterstore": "ssm",
    "sagemaker-studio": "sagemaker",
    "secrets-manager": "secretsmanager",
    "step-functions": "states",
    "systems-manager": "ssm",
    "systemsmanager": "ssm",
}
"""Names that people know a service by, where neither IAM nor the SDK has them."""


@lru_cache(maxsize=4096)
def actions_meant(name: str) -> tuple[str, ...]:
    """Return the actions that a name which is none can only mean; none where nothing is close.

    An operation of the API that is authorized under other names means those, where it is always the same ones.

    >>> actions_meant("s3:GetObjekt"), actions_meant("s3:ListObjectsV2"), actions_meant("s3:ReadFile")
    (('s3:GetObject',), ('s3:ListBucket',), ())
    """
    service, _, operation = name.partition(":")
    known = authorized_actions(service, operation)
    if known.kind == OTHER_NAME and known.actions:
        return known.actions
    return tuple(f"{service.lower()}:{close}" for close in _closest(operation, operations(service.lower())))


@lru_cache(maxsize=1024)
def services_meant(prefix: str) -> tuple[str, ...]:
    """Return the service prefixes that an unknown one can only mean.

    >>> services_meant("bedrock-runtime"), services_meant("sagemakr"), services_meant("eventbridge")
    (('bedrock',), ('sagemaker',), ('events',))
    """
    lower = prefix.lower()
    called = SERVICES_CALLED_OTHERWISE.get(lower) or service_prefix(lower)
    if called != lower and called in services():
        return (called,)
    return tuple(_closest(lower, services()))


def _closest(written: str, known: Iterable[str]) -> list[str]:
    """The known names nearest to the written one, case aside, if near enough to be a slip."""
    most = 1 if len(written) < SHORT else SLIP
    lower, found = written.lower(), dict[str, int]()
    for name in known:
        if abs(len(name) - len(lower)) <= most:
            found[name] = _distance(lower, name.lower(), most)
    least = min(found.values(), default=most + 1)
    return sorted(name for name, distance in found.items() if distance == least) if least <= most else []


def _distance(one: str, other: str, most: int) -> int:
    """How many letters differ (Damerau and Levenshtein); `most + 1` as soon as it is more than `most`."""
    if len(set(one) ^ set(other)) > 2 * most:
        return most + 1
    before, row = list[int](), list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[-1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
