"""What would have to change for a request to be allowed.

Found by trying: the smallest change to the policy that refused is made, the request decided again, and so on until it
is allowed. Nothing here knows the order; it follows the steps that `order.decide` names.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import Any

from iamlab.evaluation.decision import ALLOWED, EXPLICIT_DENY, Match
from iamlab.evaluation.order import decide
from iamlab.evaluation.policies import Attached, Policies
from iamlab.evaluation.request import Request
from iamlab.evaluation.scope import is_assumption
from iamlab.policy import Policy, PolicyError, Statement, parse_policy

__all__ = ["Change", "remedy"]

UNWRITABLE = re.compile(r"[^\u0020-\u00FF]")
"""Characters that no IAM policy can hold (rule G28); `?` stands for each."""

MOST = 40
"""How many changes are tried before giving up: a policy may hold many Denies."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change: a Deny to take out or narrow (`deny`), or an Allow to add to the policies of one step (`allow`)."""

    step: str
    deny: Match | None = None
    allow: dict[str, Any] | None = None


def remedy(request: Request, policies: Policies, *, management_account: bool = False) -> tuple[Change, ...] | None:
    """Return the changes that together let a request through: none where it is allowed already.

    None where no change of a policy helps (a request across partitions), or none that a policy can say.
    """
    changes: list[Change] = []
    while len(changes) < MOST:
        decision = decide(request, policies, management_account=management_account)
        if decision.decision == ALLOWED:
            return tuple(changes)
        if decision.decision == EXPLICIT_DENY and decision.match:
            changes.append(Change(decision.step, deny=decision.match))
            policies = _without(policies, decision.match)
        elif any(change.step == decision.step and change.allow for change in changes):
            return None  # an Allow was added there, and did not help
        else:
            try:
                change, policies = _with_allow(request, policies, decision.step)
            except PolicyError:
                return None  # no policy can name this caller or this resource
            changes.append(change)
    return None


def _without(policies: Policies, match: Match) -> Policies:
    def kept(attached: Attached) -> Attached:
        if attached != match.attached:
            return attached
        statements = tuple(one for one in attached.policy.statements if one is not match.statement)
        return Attached(attached.label, replace(attached.policy, statements=statements))

    return policies.mapped(kept)


def _with_allow(request: Request, policies: Policies, step: str) -> tuple[Change, Policies]:
    slot, kind = SLOTS[step]
    kind = "trust" if slot == "resource" and is_assumption(request) else kind
    allow = _allow(request, kind)
    policy = parse_policy(json.dumps({"Version": "2012-10-17", "Statement": [allow]}), kind)
    given = getattr(policies, slot)
    added: Any
    if slot in {"scp", "rcp"}:
        added = tuple((*level, Attached(f"{slot}+", policy)) for level in given)
    elif slot in {"identity", "session"}:
        added = (*given, Attached(f"{slot}+", policy))
    else:
        added = Attached(slot, _appended(given.policy, policy.statements) if given else policy)
    return Change(step, allow=allow), replace(policies, **{slot: added})


def _appended(policy: Policy, statements: tuple[Statement, ...]) -> Policy:
    return replace(policy, statements=(*policy.statements, *statements))


SLOTS = {
    "Organizations RCPs": ("rcp", "rcp"),
    "Organizations SCPs": ("scp", "scp"),
    "VPC endpoint policy": ("vpc_endpoint", "vpc_endpoint"),
    "resource-based policies": ("resource", "resource"),
    "identity-based policies": ("identity", "identity"),
    "permissions boundary": ("permissions_boundary", "permissions_boundary"),
    "session policies": ("session", "session"),
}
"""Where an Allow goes that a step misses, and of which kind the policy is."""


def _allow(request: Request, kind: str) -> dict[str, Any]:
    """Return the narrowest Allow for a request; an RCP can only allow everything (rule R5)."""
    if kind == "rcp":
        return {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}
    statement: dict[str, Any] = {"Effect": "Allow"}
    if kind in {"resource", "trust"}:
        statement["Principal"] = _principal(request)
    if kind == "vpc_endpoint":
        statement["Principal"] = "*"
    statement["Action"] = request.action
    if kind != "trust":
        statement["Resource"] = UNWRITABLE.sub("?", request.resource)
    return statement


def _principal(request: Request) -> Any:
    principal = request.principal
    types = {"Service": "Service", "Web": "Federated"}
    if principal.type == "Anonymous":
        return "*"
    return {types.get(principal.type, "AWS"): principal.arn or principal.text}
