"""AWS managed policies, as AWS publishes them.

The documents come from the data file of the package `moto` (an extra: `pip install moto`). Importing
moto takes seconds, so the file is found and read without importing it.
"""

from __future__ import annotations

import ast
import json
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from iamlab.policy import POLICY_ELEMENTS, STATEMENT_ELEMENTS, Policy, format_policy, parse_policy
from iamlab.policy.names import near_names, or_list

MISSING = "AWS managed policies are read from the package `moto`; `pip install moto` installs it."
_ORDER = {name: place for place, name in enumerate((*POLICY_ELEMENTS, *STATEMENT_ELEMENTS))}


class ManagedPoliciesMissing(RuntimeError):
    """The package `moto`, where the documents come from, is not installed."""


class UnknownManagedPolicy(LookupError):
    """No AWS managed policy has this name; `near` holds names that are close to it."""

    def __init__(self, name: str, near: list[str]) -> None:
        """Say which name is unknown, and which ones are close."""
        self.name, self.near = name, near
        close = f" Perhaps {or_list(near)} is meant." if near else ""
        super().__init__(f"There is no AWS managed policy `{name}`.{close}")


@dataclass(frozen=True, slots=True)
class ManagedPolicy:
    """An AWS managed policy: its name, ARN, default version (`v29`) and the document's text."""

    name: str
    arn: str
    version: str
    text: str


def managed_policy(name: str) -> Policy:
    """The document of an AWS managed policy, by its name or ARN.

    Raises UnknownManagedPolicy, with near names, and ManagedPoliciesMissing where `moto` is not installed.
    Source: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html.

    >>> len(managed_policy("AmazonS3ReadOnlyAccess").statements)
    1
    """
    return parse_policy(describe_managed_policy(name).text)


def describe_managed_policy(name: str) -> ManagedPolicy:
    """An AWS managed policy with its ARN and version, by its name or ARN; raises as `managed_policy` does."""
    found = _documents().get(name.rpartition("/")[2])
    if found is None or (name.startswith("arn:") and name != found["Arn"]):
        raise UnknownManagedPolicy(name, _near(name.rpartition("/")[2]))
    text = format_policy(json.dumps(_in_order(found["Document"]), ensure_ascii=False))
    return ManagedPolicy(found["Name"], found["Arn"], found["DefaultVersionId"], text)


@cache
def managed_policies() -> dict[str, str]:
    """The ARN of every AWS managed policy, by name, in alphabetical order."""
    return {name: _documents()[name]["Arn"] for name in sorted(_documents())}


def _near(written: str) -> list[str]:
    """Names that hold what was written, else names that are like it."""
    holding = [name for name in managed_policies() if written.lower() in name.lower()]
    return sorted(holding, key=len)[:3] or near_names(written, managed_policies())


@cache
def _documents() -> dict[str, Any]:
    """What moto's data file holds: a module with one string of JSON."""
    spec = find_spec("moto")
    if spec is None or spec.origin is None:
        raise ManagedPoliciesMissing(MISSING)
    module = ast.parse((Path(spec.origin).parent / "iam" / "aws_managed_policies.py").read_text(encoding="utf-8"))
    constants = (node.value for node in ast.walk(module) if isinstance(node, ast.Constant))
    found: dict[str, Any] = json.loads(next(value for value in constants if isinstance(value, str)))
    return {name: {"Name": name, **policy, "Arn": _arn(name, policy)} for name, policy in found.items()}


def _arn(name: str, policy: dict[str, Any]) -> str:
    return f"arn:aws:iam::aws:policy{policy.get('Path', '/')}{name}"


def _in_order(value: Any) -> Any:
    """Elements in the order in which AWS shows them; moto's file has them in alphabetical order."""
    if isinstance(value, list):
        return [_in_order(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {key: _in_order(value[key]) for key in sorted(value, key=lambda key: _ORDER.get(key, len(_ORDER)))}
