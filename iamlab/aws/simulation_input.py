"""What the policy simulator's API takes: each parameter with its limits, as AWS's service model has them.

Source: API_SimulateCustomPolicy.html and API_SimulatePrincipalPolicy.html in the IAM API Reference (rules A2–A7).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from iamlab.evaluation.context import Value
from iamlab.evaluation.policies import document_policy
from iamlab.evaluation.principal import principal_of
from iamlab.evaluation.request import check_action
from iamlab.policy import Policy, PolicyError, parse_arn
from iamlab.policy.names import near_names, or_list

__all__ = ["SimulatorError", "read_custom", "read_principal"]

TEXT = re.compile(r"[\t\n\r\u0020-\u00FF]+")
LIST_TYPES = ("string", "numeric", "boolean", "ip", "binary", "date")
CONTEXT_TYPES = (*LIST_TYPES, *(f"{name}List" for name in LIST_TYPES))
MOST_LEVELS = 7


class SimulatorError(ValueError):
    """A request that the simulator refuses, with AWS's error code in `code`.

    `response` has the shape of botocore's `ClientError.response`, so that code which reads it there works here.
    """

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        self.response = {"Error": {"Code": code, "Message": message}}
        super().__init__(message)


def invalid(message: str) -> SimulatorError:
    """Return the error for a value that cannot be, or is out of range."""
    return SimulatorError("InvalidInput", message)


def malformed(message: str) -> SimulatorError:
    """Return the error for a request without the shape of one: IAM's common error `ValidationError`."""
    return SimulatorError("ValidationError", message)


Read = Callable[[str, Any], Any]


def _text(name: str, value: Any, least: int = 1, most: int = 2048) -> str:
    if not isinstance(value, str):
        raise malformed(f"`{name}` is a string.")
    if not least <= len(value) <= most:
        raise malformed(f"`{name}` has from {least:,} to {most:,} characters, not {len(value):,}.")
    return value


def _listed(read: Read, name: str, value: Any, most: int | None = None) -> list[Any]:
    if not isinstance(value, list | tuple):
        raise malformed(f"`{name}` is a list.")
    if most is not None and len(value) > most:
        raise invalid(f"`{name}` has at most {most}, not {len(value)}.")
    return [read(f"{name}.{i}", item) for i, item in enumerate(value, 1)]


def _document(kind: str, name: str, value: Any) -> Policy:
    """Read a policy's text. One that is no policy cannot be evaluated; the message says where in it."""
    text = _text(name, value, most=131_072)
    if not TEXT.fullmatch(text):
        raise invalid(f"`{name}` has characters that no policy has.")
    try:
        return document_policy(text, kind)
    except PolicyError as error:
        problem = error.problems[0]
        line, column = error.source.position(problem.span.start)
        message = f"`{name}`, line {line}, column {column}: {problem.message} {problem.help}".rstrip()
        raise SimulatorError("PolicyEvaluation", message) from None


def _action(name: str, value: Any) -> str:
    text = _text(name, value, 3, 128)
    try:
        check_action(text)
    except ValueError as error:
        raise invalid(f"`{name}`: {error}") from None
    return text


def _resource(name: str, value: Any) -> str:
    text = _text(name, value)
    if text != "*" and parse_arn(text) is None:
        raise invalid(f"`{name}`: `{text[:100]}` is neither an ARN nor `*`.")
    return text


def _owner(name: str, value: Any) -> str:
    arn = parse_arn(_text(name, value))
    if arn is None or (arn.service, arn.resource) != ("iam", "root") or not re.fullmatch(r"\d{12}", arn.account, re.A):
        raise invalid(f"`{name}` is the ARN of an account, as in `arn:aws:iam::111122223333:root`.")
    return arn.account


def _entity(name: str, value: Any) -> str:
    """Read the ARN of a user, group or role; no session, federated user or service makes a simulated call (rule A5)."""
    text = _text(name, value, 20)
    arn = parse_arn(text)
    if arn is not None and arn.service == "iam" and arn.resource.startswith("group/") and arn.name:
        return text
    try:
        principal = principal_of(text)
    except ValueError:
        principal = None
    if principal is None or principal.type not in {"User", "AssumedRole"} or principal.session:
        raise invalid(f"`{name}` is the ARN of a user, group or role, not `{text[:100]}`.")
    return text


def _context(name: str, value: Any) -> tuple[str, Value]:
    entry = _members(CONTEXT_ENTRY, name, value, ("ContextKeyName",))
    key, values = entry["ContextKeyName"], entry.get("ContextKeyValues", [])
    kind = entry.get("ContextKeyType", "string")
    if kind.endswith("List"):
        return key, [_typed(name, kind.removesuffix("List"), one) for one in values]
    if len(values) != 1:
        raise invalid(f"`{name}`: a key of type `{kind}` has one value, not {len(values)}.")
    return key, _typed(name, kind, values[0])


def _typed(name: str, kind: str, value: str) -> str:
    forms = {"numeric": r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?", "boolean": r"(?i)true|false"}
    if kind in forms and not re.fullmatch(forms[kind], value, re.A):
        raise invalid(f"`{name}`: `{value[:60]}` is no value of type `{kind}`.")
    return value


def _one_of(known: Iterable[str], name: str, value: Any) -> str:
    listed = tuple(known)
    if value not in listed:
        raise malformed(f"`{name}` is {or_list(listed)}, not `{str(value)[:60]}`.")
    return str(value)


def _number(name: str, value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= 1000:
        raise malformed(f"`{name}` is a number from 1 to 1,000.")
    return value


def _exclusion(name: str, value: Any) -> Mapping[str, Any]:
    given = _members(EXCLUSION, name, value)
    if len(given) != 1:
        raise malformed(f"`{name}` has exactly one of {or_list(EXCLUSION)}.")
    return given


def _members(table: Mapping[str, Read], name: str, value: Any, needed: Iterable[str] = ()) -> dict[str, Any]:
    """Read an object: its members are those of the table, and the needed ones are there."""
    if not isinstance(value, Mapping):
        raise malformed(f"`{name}` is an object.")
    for member in value:
        if member not in table:
            near = near_names(str(member), table, 1)
            raise malformed(f"`{member}` is no parameter here.{f' Perhaps `{near[0]}` is meant.' if near else ''}")
    for member in needed:
        if member not in value:
            raise malformed(f"`{member}` is missing.")
    return {member: table[member](member, item) for member, item in value.items()}


CONTEXT_ENTRY: dict[str, Read] = {
    "ContextKeyName": partial(_text, least=5, most=256),
    "ContextKeyValues": partial(_listed, partial(_text, least=0, most=131_072)),
    "ContextKeyType": partial(_one_of, CONTEXT_TYPES),
}
INLINE: dict[str, Read] = {
    "PolicyName": partial(_text, most=128),
    "AttachmentType": partial(_one_of, ("user", "group", "role")),
    "AttachmentName": partial(_text, most=128),
}
EXCLUSION: dict[str, Read] = {
    "PolicyType": partial(_one_of, ("inline", "aws-managed", "user-managed", "permission-boundary", "scp", "rcp")),
    "PolicyArn": partial(_text, least=20),
    "InlinePolicyIdentifier": lambda name, value: _members(INLINE, name, value, INLINE),
}
LEVEL: dict[str, Read] = {"ServiceControlPolicyInputList": partial(_listed, partial(_document, "scp"))}

HANDLING = {
    "EC2-VPC-InstanceStore": ("instance", "image", "security-group", "network-interface"),
    "EC2-VPC-InstanceStore-Subnet": ("instance", "image", "security-group", "network-interface", "subnet"),
    "EC2-VPC-EBS": ("instance", "image", "security-group", "network-interface", "volume"),
    "EC2-VPC-EBS-Subnet": ("instance", "image", "security-group", "network-interface", "subnet", "volume"),
}
"""`ResourceHandlingOption`: the types of resources that each option wants among `ResourceArns`."""

COMMON: dict[str, Read] = {
    "PolicyInputList": partial(_listed, partial(_document, "identity")),
    "PermissionsBoundaryPolicyInputList": partial(_listed, partial(_document, "permissions_boundary"), most=1),
    "ActionNames": partial(_listed, _action),
    "ResourceArns": partial(_listed, _resource),
    "ResourcePolicy": partial(_document, "resource"),
    "ResourceOwner": _owner,
    "CallerArn": _entity,
    "ContextEntries": partial(_listed, _context),
    "ResourceHandlingOption": partial(_one_of, HANDLING),
    "MaxItems": _number,
    "Marker": partial(_text, most=320),
}
CUSTOM: dict[str, Read] = COMMON | {
    "OrderedOrganizationPolicyInputList": partial(
        _listed, lambda name, value: _members(LEVEL, name, value), most=MOST_LEVELS
    ),
}
PRINCIPAL: dict[str, Read] = COMMON | {
    "PolicySourceArn": _entity,
    "PolicyExclusionList": partial(_listed, _exclusion, most=256),
}


def read_custom(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parameters of `SimulateCustomPolicy`, read.

    Raises:
        SimulatorError: where one is missing, unknown or wrong.
    """
    read = _members(CUSTOM, "request", given, ("PolicyInputList", "ActionNames"))
    if "ResourcePolicy" in read and "CallerArn" not in read:
        raise invalid("`CallerArn` is missing: the resource policy's `Principal` needs somebody to be held against.")
    return _checked(read, read.get("CallerArn", ""))


def read_principal(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parameters of `SimulatePrincipalPolicy`, read.

    Raises:
        SimulatorError: where one is missing, unknown or wrong.
    """
    read = _members(PRINCIPAL, "request", given, ("PolicySourceArn", "ActionNames"))
    return _checked(read, read.get("CallerArn", read["PolicySourceArn"]))


def _checked(read: dict[str, Any], caller: str) -> dict[str, Any]:
    """Refuse what the parameters cannot be together."""
    if "ResourcePolicy" in read and ":role/" in caller:
        raise invalid("The simulator does not simulate resource-based policies for IAM roles.")
    missing = [name for name in HANDLING.get(read.get("ResourceHandlingOption", ""), ()) if not _has(read, name)]
    if missing:
        raise invalid(f"`ResourceHandlingOption` wants resources of the types {', '.join(missing)} in `ResourceArns`.")
    return read


def _has(read: Mapping[str, Any], kind: str) -> bool:
    return any(f":{kind}/" in resource for resource in read.get("ResourceArns", ()))
