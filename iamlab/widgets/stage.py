"""What a stepper steps through: a scenario or an organization, with the learner's edits of its policies."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from iamlab.evaluation.explanation import Explanation, explain
from iamlab.evaluation.fields import Field
from iamlab.evaluation.gathering import Gathered, gather
from iamlab.evaluation.organization import Organization
from iamlab.evaluation.organization_scenario import read_organization
from iamlab.evaluation.policies import Attached, document_policy
from iamlab.evaluation.scenario import REQUEST_FIELDS, Scenario, read_scenario
from iamlab.policy import Policy, PolicyError, format_policy
from iamlab.reporting.context_keys import context_rows
from iamlab.reporting.stepper import KEPT_BY_AWS

__all__ = ["Asked", "Stage", "Staged"]

Asked = Mapping[str, Any]
"""A request as plain data: the fields of a scenario that say it."""


@dataclass(frozen=True)
class Staged:
    """One request on the stage: its evaluation, and each of its policies by the key under which edits are kept."""

    explanation: Explanation
    origins: Mapping[str, str]
    keys: Mapping[str, str]
    broken: Mapping[str, PolicyError]
    rows: list[dict[str, Any]] = field(default_factory=list)


class Stage:
    """A scenario of either form, or a model of accounts, in which one request after the other can be asked.

    Raises:
        ScenarioError: where the scenario cannot be read.
    """

    def __init__(self, given: Mapping[str, Any] | Organization) -> None:
        self.organization: Organization | None = given if isinstance(given, Organization) else None
        self._readable: dict[str, str] = {}
        self.scenario: Mapping[str, Any] = {} if isinstance(given, Organization) else given
        if self.scenario.get("organization") is not None:
            self.organization = read_organization(Field(None, "organization"), self.scenario["organization"])

    def staged(self, asked: Asked, edits: Mapping[str, str]) -> Staged:
        """Evaluate a request with some policies edited; one that cannot be read is as before, and is told.

        Raises:
            ScenarioError, ValueError: where the request is none, or the model does not know who asks.
        """
        found = self._read(asked)
        origins = getattr(found, "origins", {})
        keys = {one.label: _key(one.label, origins) for one in found.policies}
        broken: dict[str, PolicyError] = {}

        def edited(attached: Attached) -> Attached:
            key = keys[attached.label]
            try:
                changed = _edited(attached, edits.get(key))
            except PolicyError as error:
                broken[attached.label] = error
                return _edited(attached, self._readable.get(key))
            self._readable[key] = changed.policy.source.text
            return changed

        policies = found.policies.mapped(edited)
        explanation = explain(found.request, policies, management_account=found.management_account)
        given = asked.get("context") or {}
        bare = self._read({**asked, "context": {}}).request
        return Staged(explanation, origins, keys, broken, context_rows(explanation, given, bare))

    def _read(self, asked: Asked) -> Scenario | Gathered:
        request = {name: asked[name] for name in REQUEST_FIELDS if asked.get(name) is not None}
        if self.organization is not None:
            return gather(self.organization, **request)
        around = {name: value for name, value in self.scenario.items() if name not in REQUEST_FIELDS}
        return read_scenario({**around, **request})

    def own(self) -> Asked:
        """Return the scenario's own request, as far as it says one."""
        return {name: self.scenario[name] for name in REQUEST_FIELDS if self.scenario.get(name) is not None}

    def principals(self) -> list[str]:
        """Return who can ask, in a model of accounts."""
        return list(dict.fromkeys(_principals(self.organization))) if self.organization else []

    def resources(self) -> list[str]:
        """Return what can be asked for, in a model of accounts."""
        accounts = self.organization.accounts.values() if self.organization else ()
        return list(dict.fromkeys(name for account in accounts for name in account.resources))


def _principals(organization: Organization) -> Iterator[str]:
    for number, account in organization.accounts.items():
        for name, user in account.users.items():
            yield f"arn:aws:iam::{number}:user{user.path}{name}"
            yield from (f"arn:aws:sts::{number}:federated-user/{one}" for one in user.federated_sessions)
        for name, role in account.roles.items():
            yield f"arn:aws:iam::{number}:role{role.path}{name}"
            yield from (f"arn:aws:sts::{number}:assumed-role/{name}/{one}" for one in role.sessions)


def _key(label: str, origins: Mapping[str, str]) -> str:
    """Return the key of a policy: where it hangs, so that an edit stays with it whoever asks."""
    origin = origins.get(label, "")
    return label if not origin or origin in KEPT_BY_AWS else origin


def _edited(attached: Attached, text: str | None) -> Attached:
    policy = attached.policy
    if text is not None:
        return Attached(attached.label, document_policy(text, policy.kind))
    return Attached(attached.label, _formatted(policy.source.text, policy.kind))


@lru_cache(maxsize=512)
def _formatted(text: str, kind: str) -> Policy:
    """Return a policy as it is shown at first: one that was given as an object has no lines of its own."""
    is_plain = text == json.dumps(json.loads(text), indent=2, ensure_ascii=False)
    return document_policy(format_policy(text) if is_plain else text, kind)
