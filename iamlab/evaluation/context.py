"""A request's context: its keys and values, and those that follow from the rest of the request.

Names are found without regard to case (rule O11). Rules K1–K38 (reference_policies_condition-keys.html).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from iamlab.evaluation.principal import ANONYMOUS, Principal
from iamlab.policy import parse_arn

__all__ = [
    "CALLER_KEYS",
    "DERIVED",
    "MULTIVALUED",
    "Asked",
    "Context",
    "Given",
    "Many",
    "Value",
    "as_text",
    "normalized",
]

Value = str | int | float | bool | Sequence[str | int | float | bool]
"""What a caller may give as the value of a context key."""


class Many(tuple[str, ...]):
    """The values of a multivalued key; a single-valued key has a plain string."""

    __slots__ = ()


Given = dict[str, str | Many]
"""Context keys in lower case, with their values as text."""

MULTIVALUED = frozenset(
    key.lower()
    for key in (
        "aws:CalledVia",
        "aws:PrincipalOrgPaths",
        "aws:PrincipalServiceNamesList",
        "aws:ResourceOrgPaths",
        "aws:SourceOrgPaths",
        "aws:TagKeys",
        "aws:VpceOrgPaths",
        "dynamodb:Attributes",
        "dynamodb:LeadingKeys",
        "kms:EncryptionContextKeys",
        "kms:GrantOperations",
        "sagemaker:AcceleratorTypes",
        "sagemaker:ImageArns",
        "sagemaker:ImageVersionArns",
        "sagemaker:InstanceTypes",
        "sagemaker:NotebookInstanceLifecycleConfigArns",
        "sagemaker:StudioLifecycleConfigArns",
        "sagemaker:VpcSecurityGroupIds",
        "sagemaker:VpcSubnets",
        "sts:TransitiveTagKeys",
    )
)
"""Keys that are multivalued whatever the request gives: those of type `ArrayOf…` that ML work meets."""

GLOBAL_SERVICES = frozenset({"iam", "organizations", "account", "budgets", "ce"})
"""Services whose requests always count as made in us-east-1 (rule K19)."""


def normalized(given: Mapping[str, Value]) -> Given:
    """Return context keys in lower case with their values as text.

    Of two keys that differ only by case the later one stays; `Context` tells them apart.

    Raises:
        ValueError: where a value is no string, number, Boolean or list of these.
    """
    return {key.lower(): _texts(key, value) for key, value in given.items()}


def as_text(key: str, value: Value | None) -> str | Many | None:
    """Return a key's value as text, or several texts; None, a missing key, stays None.

    Raises:
        ValueError: where the value is no string, number, Boolean or list of these.
    """
    return None if value is None else _texts(key, value)


def _texts(key: str, value: object) -> str | Many:
    if not isinstance(value, list | tuple):
        text = value if isinstance(value, str) else _text(key, value)
        return Many((text,)) if key.lower() in MULTIVALUED else text
    texts = Many(_text(key, item) for item in value)
    single = len(texts) == 1 and texts[0] and key.lower() not in MULTIVALUED
    return texts[0] if single else texts


def _text(key: str, value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int | float):
        return str(value)
    raise ValueError(f"The context key `{key[:80]}` has a value that is no string, number, Boolean or list of these.")


# Keys that follow from the rest


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks for what: all that context keys can follow from."""

    principal: Principal = ANONYMOUS
    action: str = ""
    resource: str = ""
    resource_account: str = ""


def _region(asked: Asked) -> str | None:
    if asked.action.partition(":")[0].lower() in GLOBAL_SERVICES:
        return "us-east-1"
    arn = parse_arn(asked.resource)
    return (arn.region or None) if arn else None


def _user_name(asked: Asked) -> str | None:
    return asked.principal.name.rsplit("/", 1)[-1] if asked.principal.type == "User" else None


def _is_service(asked: Asked) -> str | None:
    """Missing for anonymous requests: it belongs to signed ones (rule K8)."""
    return {"Service": "true", "Anonymous": None, "Web": None}.get(asked.principal.type, "false")


def _account(asked: Asked) -> str | None:
    return None if asked.principal.type == "Service" else asked.principal.account or "anonymous"


DERIVED: dict[str, tuple[str, Callable[[Asked], str | None]]] = {
    name.lower(): (name, follow)
    for name, follow in (
        ("aws:PrincipalAccount", _account),
        ("aws:PrincipalArn", lambda asked: asked.principal.arn),
        ("aws:PrincipalIsAWSService", _is_service),
        ("aws:PrincipalServiceName", lambda asked: asked.principal.text if asked.principal.type == "Service" else None),
        ("aws:PrincipalType", lambda asked: None if asked.principal.type == "Service" else asked.principal.type),
        ("aws:RequestedRegion", _region),
        ("aws:ResourceAccount", lambda asked: asked.resource_account or None),
        ("aws:userid", lambda asked: asked.principal.user_id),
        ("aws:username", _user_name),
        ("aws:ViaAWSService", lambda asked: "false"),
    )
}
"""Keys that follow from who asks for what, each by its name in lower case: AWS's spelling, and how it follows.

What only the caller knows (source address, MFA, tags, time) is not guessed: such a key is missing unless given.
"""


CALLER_KEYS = frozenset(DERIVED) - {"aws:requestedregion", "aws:resourceaccount"}
"""Derived keys that follow from the caller alone."""


class Context:
    """Context keys and their values as text.

    Raises:
        ValueError: where a value is no string, number, Boolean or list of these.
    """

    __slots__ = ("_asked", "_names", "_values")

    def __init__(self, given: Mapping[str, Value], asked: Asked | None = None) -> None:
        self._values, self._asked = normalized(given), asked
        self._names: Mapping[str, Value] = given

    def value(self, key: str) -> str | Many | None:
        """Return the value of a key: text, or several texts of a multivalued key; None where it is missing.

        Where two tags differ only by case AWS compares one of them and does not say which: the very same spelling
        wins here, else the key counts as missing.
        """
        folded = key.lower()
        if len(self._values) < len(self._names) and sum(name.lower() == folded for name in self._names) > 1:
            return normalized({key: self._names[key]})[folded] if key in self._names else None
        if folded in self._values:
            return self._values[folded]
        return DERIVED[folded][1](self._asked) if self._asked and folded in DERIVED else None

    def values(self, key: str) -> tuple[str, ...] | None:
        """Return the values of a key, one or several; None where it is missing."""
        value = self.value(key)
        return (value,) if isinstance(value, str) else value

    def variable(self, key: str) -> str | None:
        """Return the value a policy variable of that key has: only single-valued keys have one (rule V7)."""
        value = self.value(key)
        return value if isinstance(value, str) else None

    def __iter__(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        derived = [name for folded, (name, _) in DERIVED.items() if self._asked and folded not in self._values]
        for key in (*self._names, *derived):
            if (values := self.values(key)) is not None:
                yield key, values
