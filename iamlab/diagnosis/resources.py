"""The resource of a request that CloudTrail logged: told by the record, or built from the call's parameters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from iamlab.aws.catalogue import Action, find_action, resource_type, types_of

__all__ = ["Asked", "asked_of", "mapping", "resource_of", "texts"]

VALUE = re.compile(r"\$\{(\w+)\}")
MOST_TEXTS = 500
PARAMETERS = {
    "objectname": ("key",),
    "bucketname": ("bucket",),
    "rolenamewithpath": ("rolename",),
    "usernamewithpath": ("username",),
    "groupnamewithpath": ("groupname",),
    "policynamewithpath": ("policyname",),
    "instanceprofilenamewithpath": ("instanceprofilename",),
    "parameternamewithoutleadingslash": ("name",),
    "modelname": ("name",),
    "databasename": ("database", "name"),
    "topicname": ("name",),
    "statemachinename": ("name",),
    "jobname": ("name",),
    "crawlername": ("name",),
    "workgroupname": ("workgroup", "name"),
}
"""The parameters that hold a value of an ARN where they have another name, in lower case."""

PROFILE = re.compile(r"(us|eu|apac|jp|au|ca|us-gov|global)\.")
"""How the ids of Bedrock's cross-Region inference profiles begin."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a record says of the call: `arns` that it names as its resources come before all others."""

    parameters: Mapping[str, Any]
    arns: tuple[str, ...]
    partition: str
    region: str
    account: str
    owner: str

    def value(self, name: str) -> str:
        """Return the text or number of a parameter, letter case aside, or nothing."""
        found = next((value for key, value in self.parameters.items() if key.lower() == name.lower()), None)
        return str(found) if isinstance(found, str | int) and not isinstance(found, bool) else ""


def asked_of(record: Mapping[str, Any]) -> Asked:
    """Return what a record says of the call."""
    parameters, region = mapping(record.get("requestParameters")), str(record.get("awsRegion") or "")
    listed = [one for one in _list(record.get("resources")) if isinstance(one, Mapping)]
    named = [str(one.get("ARN") or one.get("arn") or "") for one in listed]
    others = texts([parameters, record.get("responseElements")], MOST_TEXTS)
    arns = dict.fromkeys(text for text in [*named, *others] if text.startswith("arn:"))
    account = str(record.get("recipientAccountId") or mapping(record.get("userIdentity")).get("accountId") or "")
    owner = next((str(one["accountId"]) for one in listed if one.get("accountId")), account)
    return Asked(parameters, tuple(arns), _partition(region), region, account, owner)


def mapping(value: object) -> Mapping[str, Any]:
    """Return a JSON object, or an empty one where the value is none."""
    return value if isinstance(value, Mapping) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _partition(region: str) -> str:
    if region.startswith("cn-"):
        return "aws-cn"
    return "aws-us-gov" if region.startswith("us-gov-") else "aws"


def resource_of(name: str, asked: Asked) -> str | None:
    """Return the ARN that an action was asked on, `"*"` where it takes none, None where the record does not tell."""
    action = find_action(name)
    if action is None:
        return None
    kinds = types_of(action)
    if not kinds:
        return "*"
    shapes = {kind.arn for kind in kinds}
    for arn in asked.arns:
        kind = resource_type(arn)
        if kind and kind.arn in shapes:
            return arn
    return _built(action, [kind.arn for kind in kinds], asked)


def _built(action: Action, shapes: Iterable[str], asked: Asked) -> str | None:
    if action.service == "bedrock" and (model := asked.value("modelId")):
        return _model(model, asked)
    found = next((arn for shape in shapes if (arn := _filled(shape, asked))), None)
    required = any(use.required for use in action.resources)
    return found or (None if required else "*")


def _model(model: str, asked: Asked) -> str:
    if PROFILE.match(model):
        return f"arn:{asked.partition}:bedrock:{asked.region}:{asked.account}:inference-profile/{model}"
    return f"arn:{asked.partition}:bedrock:{asked.region}::foundation-model/{model}"


def _filled(shape: str, asked: Asked) -> str | None:
    """A shape with every value that the call gives; None where one is missing."""
    fixed = {"Partition": asked.partition, "Region": asked.region, "Account": asked.account}
    values = {name: fixed.get(name) or _parameter(name, asked) for name in VALUE.findall(shape)}
    if not all(values.values()) or set(values) <= set(fixed):
        return None
    return VALUE.sub(lambda match: values[match[1]], shape)


def _parameter(name: str, asked: Asked) -> str:
    names = (name, *PARAMETERS.get(name.lower(), ()))
    value = next((value for one in names if (value := asked.value(one))), "")
    return "" if value.startswith("arn:") else value.removeprefix("/")


def texts(value: object, most: int) -> Iterator[str]:
    """Yield the texts in a JSON value, looking at no more parts of it than `most`, and without recursion."""
    waiting, seen = [value], 0
    while waiting and seen < most:
        seen += 1
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, Mapping):
            waiting.extend(reversed(list(one.values())[:most]))
        elif isinstance(one, list):
            waiting.extend(reversed(one[:most]))
