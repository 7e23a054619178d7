"""The resource of a request that CloudTrail logged: told by the record, or built from the call's parameters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from iamlab.aws.catalogue import ResourceType, find_action, resource_type, types_of

__all__ = ["SECRET_ENDING", "Asked", "asked_of", "mapping", "resources_of", "texts"]

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
    "tablename": ("name",),
    "queuename": ("queueurl",),
}
"""The parameters that hold a value of an ARN where they have another name, in lower case."""

SECRET_ENDING = "-??????"
"""How a policy writes what Secrets Manager adds to a secret's name, which a call by name does not tell."""

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


def resources_of(name: str, asked: Asked) -> tuple[str, ...]:
    """Return the ARNs that an action was asked on; `*` where it takes none; nothing where the record does not tell.

    An action that works on several types at once is asked on each: `glue:GetTable` on catalog, database and table.
    """
    action = find_action(name)
    if action is None:
        return ()
    kinds = types_of(action)
    if not kinds:
        return ("*",)
    if action.service == "bedrock" and (model := asked.value("modelId")) and not model.startswith("arn:"):
        return (_model(model, asked),)
    required = {use.name for use in action.resources if use.required}
    told = [arn for kind in kinds if kind.name in required and (arn := _told(kind, asked))]
    if not told:
        told = [arn for kind in kinds if kind.name not in required and (arn := _told(kind, asked))][:1]
    return tuple(dict.fromkeys(told)) or (("*",) if not required and "List" in action.access_levels else ())


def _told(kind: ResourceType, asked: Asked) -> str | None:
    """The ARN of a type that the record names, or one built from the call's parameters."""
    for arn in asked.arns:
        found = resource_type(arn)
        if found and found.arn == kind.arn:
            return arn
    return _filled(kind.arn, asked)


def _model(model: str, asked: Asked) -> str:
    if PROFILE.match(model):
        return f"arn:{asked.partition}:bedrock:{asked.region}:{asked.account}:inference-profile/{model}"
    return f"arn:{asked.partition}:bedrock:{asked.region}::foundation-model/{model}"


def _filled(shape: str, asked: Asked) -> str | None:
    """A shape with every value that the call gives; None where one is missing."""
    fixed = {"Partition": asked.partition, "Region": asked.region, "Account": asked.account}
    pieces = VALUE.split(shape)
    for place in range(1, len(pieces), 2):
        value = fixed.get(pieces[place]) or _parameter(pieces[place], asked)
        if not value:
            return None
        pieces[place] = value.removeprefix("/") if pieces[place - 1].endswith("/") else value
    arn = "".join(pieces)
    return f"{arn}{SECRET_ENDING}" if ":secretsmanager:" in arn else arn


def _parameter(name: str, asked: Asked) -> str:
    names = (name, *PARAMETERS.get(name.lower(), ()))
    value = next((value for one in names if (value := asked.value(one))), "")
    if name.lower() == "queuename":
        return value.rpartition("/")[2]
    return "" if value.startswith("arn:") else value


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
