"""A case: one request with the policies that bind it, and the facts about it that the order's questions share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from iamlab.evaluation.credentials import refusal
from iamlab.evaluation.decision import Match
from iamlab.evaluation.matching import Situation, applies
from iamlab.evaluation.naming import Grant, named
from iamlab.evaluation.policies import Attached, Policies
from iamlab.evaluation.request import Request
from iamlab.evaluation.scope import UNGOVERNED, binding, needs_resource_policy, works_across_accounts

__all__ = ["Case"]


@dataclass(frozen=True)
class Case:
    """A request, the policies that bind it, and what they say."""

    request: Request
    policies: Policies
    given: Policies = field(repr=False)

    @classmethod
    def of(cls, request: Request, policies: Policies, *, management_account: bool = False) -> Case:
        """Set aside the policies that do not bind the request."""
        return cls(request, binding(request, policies, management_account=management_account), policies)

    def situation(self, attached: Attached) -> Situation:
        """Return what the elements of one policy's statements are held against."""
        has_boundary = self.policies.permissions_boundary is not None
        return Situation(self.request, has_boundary, attached.label == "vpc_endpoint")

    def matching(self, effect: str, policies: Iterable[Attached]) -> tuple[Match, ...]:
        """Return the statements of one effect that apply."""
        return tuple(
            Match(attached, statement)
            for attached, situation in ((attached, self.situation(attached)) for attached in policies)
            for statement in attached.policy.statements
            if statement.effect == effect and applies(statement, situation)
        )

    @cached_property
    def resource_allows(self) -> tuple[Match, ...]:
        """The Allows of the resource-based policy that apply."""
        resource = self.policies.resource
        return self.matching("Allow", (resource,)) if resource and not self.request.is_cross_partition else ()

    @cached_property
    def grant(self) -> Grant:
        """What the resource-based policy gives the caller.

        Across accounts it never lets the caller off its own account's policies (rule X5), unless the caller is that
        account's root user (X8).
        """
        principal = self.request.principal
        if not self.can_work_across_accounts:
            return Grant.NOTHING
        ways = (named(match.statement.principal, principal) for match in self.resource_allows)
        grant = max(ways, default=Grant.NOTHING)
        limited = self.request.is_cross_account and not principal.is_root
        return min(grant, Grant.DELEGATED) if limited else grant

    @cached_property
    def refusal(self) -> str:
        """Why the caller's credentials cannot be used for this operation; empty where they can (rules B13–B15)."""
        return refusal(self.request.principal, self.request.action.lower(), self.request.context)

    @property
    def can_work_across_accounts(self) -> bool:
        """Whether the operation can work on the resource from where the caller is (rule T18)."""
        return not self.request.is_cross_account or works_across_accounts(self.request)

    @property
    def needs_resource_policy(self) -> bool:
        """Whether the resource's own policy must allow."""
        return needs_resource_policy(self.request)

    @property
    def is_ungoverned(self) -> bool:
        """Whether the operation needs no permission at all."""
        return self.request.action.lower() in UNGOVERNED

    @property
    def is_own_root(self) -> bool:
        """Whether the caller is the root user of the account that owns the resource (rule E26)."""
        return self.request.principal.is_root and not self.request.is_cross_account
