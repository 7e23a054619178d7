"""Which actions an operation of the API is authorized under: `HeadObject` is `s3:GetObject` (rules M17, M18).

An operation is what a program calls and an error names; an action is what a policy names. Most operations have an
action of their own name; the rest stand in a table with the page of AWS's documentation that says so. The SDK is not
needed: tests hold the answers to its list of operations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from iamlab.aws.catalogue import Action, find_action
from iamlab.aws.operation_lists import ML_SERVICES, NOT_LISTED, PASS_ROLE
from iamlab.aws.operation_table import (
    CALLS,
    FURTHER,
    NO_ACTION,
    OTHER_NAMES,
    PAGES,
    SERVICE_PAGE,
    TAGGING,
    VERSIONED,
)

__all__ = [
    "ML_SERVICES",
    "NEEDS_NONE",
    "NEWER",
    "OPERATIONS",
    "OTHER_NAME",
    "SAME_NAME",
    "UNKNOWN",
    "Authorization",
    "Need",
    "authorized_actions",
    "operations_named",
    "service_prefix",
]

SAME_NAME, OTHER_NAME, NEEDS_NONE, NEWER, UNKNOWN = "same name", "other name", "needs none", "newer", "unknown"
"""The kinds of answer: an action of the operation's own name; one of another name; no Allow needed; an operation
that is newer than the catalogue; no operation that is known."""

EVENT_SOURCES = {"monitoring": "cloudwatch", "tagging": "tag", "runtime.sagemaker": "sagemaker", "api.ecr": "ecr"}
"""Names that CloudTrail and endpoints have for a service, where they are neither its prefix nor the SDK's."""

OPERATIONS = {
    name.lower(): tuple(actions.split())
    for name, actions in OTHER_NAMES.items()
    if name not in actions.split() and not name.startswith("s3control:")
}
"""Operations that are no actions, in lower case, with the actions that are checked."""

NOT_CALLED = {
    "s3:ListBucket",
    "s3:ListAllMyBuckets",
    "s3:ListBucketVersions",
    "s3:ListBucketMultipartUploads",
    "s3:ListMultipartUploadParts",
    "lambda:InvokeFunction",
    "kms:ReEncryptFrom",
    "kms:ReEncryptTo",
}
"""Actions whose name no operation has."""

NO_TAGS = re.compile(r"List|Delete|Tag|AddTags|InvokeModel$")
"""Actions to whose requests the catalogue gives tags, that yet create nothing with them."""

DATED = re.compile(r"(?<=[a-z])20\d{6}(v\d)?$")
"""The version that CloudTrail adds to operations of Lambda, as in `CreateFunction20150331`."""

ROLE_GIVEN = "the call names a role for the service to use"
TAGS_GIVEN = "the call gives tags"


@dataclass(frozen=True, slots=True)
class Need:
    """An action that a call may need besides, and when. `instead`: in place of the call's usual action."""

    action: str
    when: str
    instead: bool = False


@dataclass(frozen=True, slots=True)
class Authorization:
    """What is checked when an operation is called.

    `service` is the prefix in IAM. `kind` is one of this module's five kinds; `actions` are checked on every call;
    `further` on some. `note` says what the kind does not; `source` is a page of AWS's documentation.
    """

    service: str
    operation: str
    kind: str
    actions: tuple[str, ...] = ()
    further: tuple[Need, ...] = ()
    note: str = ""
    source: str = ""

    @property
    def name(self) -> str:
        """The operation as if it were an action: `s3:HeadObject`."""
        return f"{self.service}:{self.operation}"


def authorized_actions(service: str, operation: str) -> Authorization:
    """Return what is checked when an operation is called.

    Args:
        service: the prefix in IAM, the SDK's name (`bedrock-runtime`) or CloudTrail's (`s3.amazonaws.com`).
        operation: as the SDK or CloudTrail writes it; letter case aside.

    >>> authorized_actions("s3", "HeadObject").actions
    ('s3:GetObject',)
    >>> authorized_actions("sagemaker", "CreateTrainingJob").further[0]
    Need(action='iam:PassRole', when='the call names a role for the service to use', instead=False)
    """
    return _answer(service.strip().lower(), DATED.sub("", operation.strip()))


@cache
def _answer(service: str, operation: str) -> Authorization:
    prefix = service_prefix(service)
    key = _key(service, prefix, operation)
    name = key.partition(":")[2] or operation
    if key in NO_ACTION:
        return Authorization(prefix, name, NEEDS_NONE, note=NO_ACTION[key], source=_page(key))
    if key in CALLS:
        needs = tuple(Need(action, when) for when, action in CALLS[key].items())
        return Authorization(prefix, name, OTHER_NAME, further=needs, source=_page(key))
    if key in OTHER_NAMES:
        actions = tuple(OTHER_NAMES[key].split())
        return Authorization(prefix, name, OTHER_NAME, actions, _further(key, actions), source=_page(key))
    if action := find_action(f"{prefix}:{operation}"):
        further = _further(action.name, (action.name,))
        return Authorization(prefix, action.operation, SAME_NAME, (action.name,), further, source=_page(action.name))
    return _without_action(prefix, operation)


def _without_action(prefix: str, operation: str) -> Authorization:
    if newer := _listed(NOT_LISTED.get(prefix, "")).get(operation.lower()):
        note = f"AWS names an action after its operation, so it is perhaps `{prefix}:{newer}`; the catalogue has none."
        further = tuple(_role(f"{prefix}:{newer}"))
        return Authorization(prefix, newer, NEWER, (), further, note, SERVICE_PAGE.format(service=prefix))
    return Authorization(prefix, operation, UNKNOWN, note=f"No operation `{operation}` of `{prefix}` is known.")


def operations_named(operation: str) -> tuple[Authorization, ...]:
    """Return the answers of every service of machine-learning work that has an operation of this name.

    >>> [found.name for found in operations_named("ListObjectsV2")]
    ['s3:ListObjectsV2']
    """
    found = (authorized_actions(prefix, operation) for prefix in ML_SERVICES)
    return tuple(answer for answer in found if answer.kind != UNKNOWN and not _only_a_permission(answer))


def _only_a_permission(answer: Authorization) -> bool:
    """Whether no operation has the name of this action, which stands for operations of other names."""
    return answer.kind == SAME_NAME and answer.actions[0] in NOT_CALLED


def service_prefix(service: str) -> str:
    """Return a service's prefix in IAM: `bedrock-runtime` and `bedrock.amazonaws.com` are `bedrock`.

    >>> service_prefix("monitoring.amazonaws.com"), service_prefix("stepfunctions")
    ('cloudwatch', 'states')
    """
    short = service.strip().lower().removesuffix(".cn").removesuffix(".amazonaws.com")
    return EVENT_SOURCES.get(short) or _sdk_names().get(short) or short.rpartition(".")[2]


@cache
def _sdk_names() -> dict[str, str]:
    return {name: prefix for prefix, names in ML_SERVICES.items() for name in names.split()}


def _key(service: str, prefix: str, operation: str) -> str:
    """The name under which the tables know an operation, or nothing."""
    known = _table_keys()
    return known.get(f"{service}:{operation}".lower()) or known.get(f"{prefix}:{operation}".lower()) or ""


@cache
def _table_keys() -> dict[str, str]:
    return {name.lower(): name for table in (OTHER_NAMES, NO_ACTION, CALLS) for name in table}


def _further(key: str, actions: tuple[str, ...]) -> tuple[Need, ...]:
    """The actions that a call needs on condition: by the tables, for a role, for tags, for an object's version."""
    found = [*_role(key), *_tags(key)]
    found += [Need(action, when) for action, when in FURTHER.get(key, {}).items() if action not in actions]
    found += [Need(VERSIONED[one], "the call names a version", True) for one in actions if one in VERSIONED]
    return tuple(dict.fromkeys(found))


def _role(key: str) -> Iterator[Need]:
    prefix, _, operation = key.partition(":")
    if operation in PASS_ROLE.get(prefix, "").split():
        yield Need("iam:PassRole", ROLE_GIVEN)


def _tags(key: str) -> Iterator[Need]:
    prefix, _, operation = key.partition(":")
    action = find_action(key)
    tagging = f"iam:Tag{operation.removeprefix('Create')}" if prefix == "iam" else TAGGING.get(prefix, "")
    if action and _takes_tags(action) and find_action(tagging):
        yield Need(tagging, TAGS_GIVEN)


def _takes_tags(action: Action) -> bool:
    keys = (*action.condition_keys, *(key for use in action.resources for key in use.condition_keys))
    return not NO_TAGS.match(action.operation) and "aws:RequestTag/${TagKey}" in keys


def _listed(text: str) -> dict[str, str]:
    """The operations of a list by their names in lower case."""
    return {name.lower(): name for name in text.split()}


def _page(name: str) -> str:
    """The page that says what an operation needs."""
    service, _, operation = name.partition(":")
    prefix = service_prefix(service)
    page = PAGES.get(service) if name in OTHER_NAMES or name in NO_ACTION or name in CALLS else None
    return (page or SERVICE_PAGE).format(operation=operation, service=prefix)
