"""A request's context: its keys and values, and those that follow from the rest of the request.

Names are found without regard to case (rule O11). Rules K1–K38 (reference_policies_condition-keys.html).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from iamlab.evaluation.principal import Principal
from iamlab.policy import parse_arn

__all__ = ["MULTIVALUED", "Context", "Value", "derived_keys"]

Value = str | int | float | bool | Sequence[str | int | float | bool]

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


class Context:
    """Context keys and their values as text.

    Raises:
        ValueError: where a value is no string, number, Boolean or list of these.
    """

    __slots__ = ("_multivalued", "_spellings", "_values")

    def __init__(self, given: Mapping[str, Value], derived: Mapping[str, Value] | None = None) -> None:
        self._values: dict[str, tuple[str, ...]] = {}
        self._multivalued: set[str] = set()
        self._spellings: dict[str, dict[str, tuple[str, ...]]] = {}
        for key, value in given.items():
            self._add(key, value)
        for key, value in (derived or {}).items():
            if key.lower() not in self._values:
                self._add(key, value)

    def _add(self, key: str, value: Value) -> None:
        folded, texts = key.lower(), _texts(key, value)
        if folded in self._values:
            self._spellings[folded][key] = texts
            return
        self._spellings[folded] = {key: texts}
        self._values[folded] = texts
        if (
            len(texts) > 1
            or folded in MULTIVALUED
            or (not isinstance(value, str | int | float) and texts in ((), ("",)))
        ):
            self._multivalued.add(folded)

    def values(self, key: str) -> tuple[str, ...] | None:
        """Return the values of a key; None where it is missing.

        Where two tags differ only by case AWS compares one of them and does not say which: the very same spelling
        wins here, else the key counts as missing.
        """
        folded = key.lower()
        spellings = self._spellings.get(folded)
        if spellings is None or len(spellings) == 1:
            return self._values.get(folded)
        return spellings.get(key)

    def is_multivalued(self, key: str) -> bool:
        """Return whether a key that is present counts as multivalued."""
        return key.lower() in self._multivalued

    def variable(self, key: str) -> str | None:
        """Return the value a policy variable of that key has: only single-valued keys have one (rule V7)."""
        values = self.values(key)
        return values[0] if values and len(values) == 1 and not self.is_multivalued(key) else None

    def __iter__(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        for spellings in self._spellings.values():
            yield from spellings.items()


def _texts(key: str, value: object) -> tuple[str, ...]:
    if isinstance(value, list | tuple):
        return tuple(_text(key, item) for item in value)
    return (_text(key, value),)


def _text(key: str, value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int | float):
        return str(value)
    raise ValueError(f"The context key `{key[:80]}` has a value that is no string, number, Boolean or list of these.")


def derived_keys(principal: Principal, action: str, resource: str, resource_account: str) -> dict[str, Value]:
    """Return the keys that follow from who asks for what.

    What only the caller knows (source address, MFA, tags, time) is not guessed: such a key is missing unless given.
    """
    keys: dict[str, Value] = {
        "aws:PrincipalAccount": principal.account or "anonymous",
        "aws:ViaAWSService": False,
    }
    if resource_account:
        keys["aws:ResourceAccount"] = resource_account
    if region := _region(action, resource):
        keys["aws:RequestedRegion"] = region
    if principal.type == "Service":
        del keys["aws:PrincipalAccount"]
        return keys | {"aws:PrincipalIsAWSService": True, "aws:PrincipalServiceName": principal.text}
    keys["aws:PrincipalType"] = principal.type
    if principal.has_identity_policies:
        keys["aws:PrincipalIsAWSService"] = False
    if principal.arn:
        keys["aws:PrincipalArn"] = principal.arn
    if principal.type == "User":
        keys["aws:username"] = principal.name.rsplit("/", 1)[-1]
    if principal.user_id:
        keys["aws:userid"] = principal.user_id
    return keys


def _region(action: str, resource: str) -> str:
    if action.partition(":")[0].lower() in GLOBAL_SERVICES:
        return "us-east-1"
    arn = parse_arn(resource)
    return arn.region if arn else ""
