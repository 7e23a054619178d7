"""Whether a request of some kind can ever be allowed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from iamlab.comparison.search import Budget, Search
from iamlab.comparison.settings import worlds
from iamlab.comparison.witness import Witness, witness_of
from iamlab.evaluation.policies import Document, Policies
from iamlab.policy.regions import BudgetSpent

__all__ = ["Possible", "may"]

DEFAULT = Budget()
ALLOWED = (True,)
"""What the one side is to decide."""


@dataclass(frozen=True, slots=True)
class Possible:
    """Whether some request of a kind is allowed: `answer` True, False or None (not decided), and such a request."""

    answer: bool | None
    witness: Witness | None = None


def may(
    policies: Document | Policies,
    action: str | Sequence[str] = "*",
    resource: str | Sequence[str] = "*",
    condition: Mapping[str, Mapping[str, Any]] | None = None,
    *,
    kind: str = "identity",
    principal: object = None,
    resource_account: str | None = None,
    only_plausible: bool = False,
    budget: Budget = DEFAULT,
) -> Possible:
    """Return whether any request of a kind is allowed.

    Args:
        policies: a document, or the policies that can have a say.
        action: patterns of actions, as in a policy's `Action`.
        resource: patterns of resources, as in `Resource`.
        condition: what the context is like, as in `Condition`.
        kind: the kind of a document.
        principal: whose policies they are, as in `compare`.
        resource_account: the account that owns the resource, as in `compare`.
        only_plausible: whether to leave out requests that AWS does not make.
        budget: how much work to do before it is left undecided.

    Raises:
        PolicyError: where a document, or the kind of request, cannot be read.

    >>> policy = {"Statement": {"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}}
    >>> may(policy, "s3:Put*").answer
    False
    >>> may(policy, "s3:*", "arn:aws:s3:::b/*").witness.action
    's3:GetObject'
    """
    allow = {"Effect": "Allow", "Action": action, "Resource": resource}
    asked = {"Version": "2012-10-17", "Statement": {**allow, **({"Condition": condition} if condition else {})}}
    pattern = Policies.of(identity=[asked])
    undecided = False
    for world in worlds(policies, policies, kind, principal, resource_account):
        search = Search(world.beside(pattern), budget, only_plausible=only_plausible)
        found = _search(search)
        if found.answer:
            return found
        undecided = undecided or found.answer is None
    return Possible(None if undecided else False)


def _search(search: Search) -> Possible:
    undecided = bool(search.classes) and bool(search.skipped)
    asked = search.world.pattern_bit
    classes = sorted((one for one in search.classes if one.mask & asked), key=lambda one: not one.known)
    for actions in (part for one in classes for part in search.parts(one)):
        try:
            for found in search.found(actions):
                if search.decides(found, ALLOWED, asked) and (witness := witness_of(search, found, ALLOWED)):
                    return Possible(True, witness)
            exact = search.is_exact(actions)
            undecided |= not exact and any(search.decides(one, ALLOWED, asked) for one in search.perhaps(actions))
        except BudgetSpent:
            undecided = True
    return Possible(None if undecided else False)
