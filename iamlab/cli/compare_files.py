"""The two files that `iamlab compare` reads: policy documents, or scenarios without their requests."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from iamlab.cli.documents import Unopened, document
from iamlab.evaluation.policies import Policies
from iamlab.evaluation.principal import Principal
from iamlab.evaluation.scenario import ScenarioError, error_result, read_scenario, scenarios_in
from iamlab.policy import Policy, PolicyError, Source, parse_policy
from iamlab.policy.nodes import Object
from iamlab.policy.reader import read_json
from iamlab.reporting.lint import finding_data
from iamlab.reporting.side_reasons import Setting
from iamlab.reporting.text import problem_text, scenario_error_text

__all__ = ["Holder", "Pair", "Unreadable", "paired", "read_side"]

SCENARIO = frozenset({"policies", "organization", "principal"})
"""Members that tell a scenario from a policy document."""
ASKED = {"action": "s3:GetObject", "resource": "*"}
ASSUMED = {"action": "sts:AssumeRole", "resource": "arn:aws:iam::111122223333:role/TrainingRole"}
"""Requests that stand in for the one that is left out: they only choose how the resource's policy is read."""
ANYONE = "arn:aws:iam::111122223333:role/TrainingRole"
KEPT = ("id", "principal", "resource_account", "policies", "management_account", "federated_by", "organization")
"""The members of a scenario that are not about its request."""


class Unreadable(Exception):
    """A file that could not be read, or two that cannot be compared: in words, and as data."""

    def __init__(self, text: str, errors: list[dict[str, Any]]) -> None:
        self.text, self.errors = text, errors
        super().__init__(text)

    @classmethod
    def of(cls, file: str, code: str, message: str) -> Unreadable:
        """Return what has no place in a text."""
        return cls(message, [{"file": file, "code": code, "message": message}])


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose policies a scenario tells of. `principal` is None where nobody is named."""

    name: str
    principal: Principal | None
    policies: Policies
    resource_account: str | None
    management_account: bool
    origins: Mapping[str, str] = field(default_factory=dict)


def read_side(name: str, kind: str | None) -> Policy | Holder:
    """Read one of the two files.

    Args:
        name: the file, or `-` for standard input.
        kind: the kind of policy, where it was told.

    Raises:
        Unreadable: where it is neither a policy nor a scenario.
    """
    text, shown = _text(name), "standard input" if name == "-" else name
    if _is_scenario(text):
        return _scenario(text, shown)
    try:
        return parse_policy(text, kind or "identity")
    except PolicyError as error:
        source = Source(text, shown)
        words = "\n".join(problem_text(problem, source) for problem in error.problems)
        raise Unreadable(words, [finding_data(problem, source) for problem in error.problems]) from None


def _text(name: str) -> str:
    found = document(name)
    if isinstance(found, Unopened):
        raise Unreadable.of(name, found.code, found.message)
    return found.text


def _is_scenario(text: str) -> bool:
    try:
        loaded: Any = json.loads(text)
    except (ValueError, RecursionError):
        node, _ = read_json(text)
        names = {member.key.value for member in node.members} if isinstance(node, Object) else set[str]()
    else:
        inner = loaded[0] if isinstance(loaded, list) and loaded else loaded
        names = set(inner) if isinstance(inner, Mapping) else set[str]()
    return bool(names & SCENARIO) and "Statement" not in names


def _scenario(text: str, shown: str) -> Holder:
    try:
        found = scenarios_in(text)
        if len(found) != 1:
            message = f"`{shown}` holds {len(found)} scenarios; a comparison takes one of each side."
            raise Unreadable.of(shown, "several-scenarios", message)
        return _holder(found[0], shown)
    except ScenarioError as error:
        raise _unreadable(error, shown) from None


def _unreadable(error: ScenarioError, shown: str) -> Unreadable:
    error.file = shown
    words = scenario_error_text(error)
    if not error.where and error.source.text:  # a mistake in the file's own JSON
        words = problem_text(error.problem, Source(error.source.text, shown))
    return Unreadable(words, [error_result(error)["error"]])


def _holder(data: Mapping[str, Any], shown: str) -> Holder:
    stated = {name: data[name] for name in KEPT if name in data}
    known = {name: value for name, value in data.items() if name not in {"context", "expect", "expect_step"}}
    modeled = stated.get("organization") is not None
    given = known | (ASSUMED if not modeled and _is_trust(data) else ASKED)
    if not modeled:
        given.setdefault("principal", ANYONE)
    scenario = read_scenario(given)
    principal = scenario.request.principal if "principal" in stated else None
    owner, management = stated.get("resource_account"), scenario.management_account
    return Holder(shown, principal, scenario.policies, owner, management, scenario.origins)


def _is_trust(data: Mapping[str, Any]) -> bool:
    """Return whether the resource's policy is a role's trust policy, which names no resource."""
    policies = data.get("policies")
    document = policies.get("resource") if isinstance(policies, Mapping) else None
    try:
        loaded = json.loads(document) if isinstance(document, str) else document
    except ValueError:
        return False
    statements = loaded.get("Statement") if isinstance(loaded, Mapping) else None
    listed = statements if isinstance(statements, list) else [statements]
    found = [one for one in listed if isinstance(one, Mapping)]
    return bool(found) and not any("Resource" in one or "NotResource" in one for one in found)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two scenarios side by side: of whom, on whose resources, and what each side's policies are."""

    principal: Principal | None
    resource_account: str | None
    setting: Setting


def paired(first: Holder, second: Holder) -> Pair:
    """Return two scenarios as sides of one comparison.

    Raises:
        Unreadable: where they are about different principals, or resources of different accounts, and it matters.
    """
    principal = _same_principal(first, second)
    named = {account for account in (first.resource_account, second.resource_account) if account}
    if len(named) > 1:
        one, other = sorted(named)
        message = f"The scenarios have two resource accounts, `{one}` and `{other}`. One request has one."
        raise Unreadable.of(second.name, "two-resource-accounts", message)
    owner = next(iter(named), None)
    if first.management_account == second.management_account:
        setting = Setting(first.policies, second.policies, owner, first.management_account)
    else:
        setting = Setting(_unbound(first, principal, owner), _unbound(second, principal, owner), owner)
    return Pair(principal, owner, setting)


def _same_principal(first: Holder, second: Holder) -> Principal | None:
    """Return whose access is compared: None stands for anyone who has the one policies or the other."""
    one, other = first.principal, second.principal
    if one is None or other is None or one == other:
        return one or other
    if any(side.policies.resource or side.policies.vpc_endpoint or side.policies.rcp for side in (first, second)):
        message = (
            f"The scenarios have two principals, `{one.text}` and `{other.text}`, and policies that can tell them "
            "apart. A comparison is about one; name the same in both."
        )
        raise Unreadable.of(second.name, "two-principals", message)
    return None


def _unbound(holder: Holder, principal: Principal | None, owner: str | None) -> Policies:
    """Return the policies without those that do not bind the management account (rules S2, R2)."""
    if not holder.management_account:
        return holder.policies
    crosses = principal is not None and owner is not None and owner != principal.account
    return replace(holder.policies, scp=None, rcp=holder.policies.rcp if crosses else None)
