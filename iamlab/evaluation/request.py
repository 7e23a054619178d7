"""A request: who asks to do what on what, and its context."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from iamlab.evaluation.context import Asked, Context, Value
from iamlab.evaluation.principal import Principal, principal_of
from iamlab.policy import parse_arn

__all__ = ["Request", "check_action", "check_resource"]

SOME_ARN = "arn:aws:s3:::ml-training-data-bucket/train.csv"
ACTION = re.compile(r"[A-Za-z0-9-]+:[A-Za-z0-9-]+", re.ASCII)


def check_action(action: object) -> None:
    """Refuse what is not exactly one action.

    Raises:
        ValueError: with a sentence that says what is wrong.
    """
    if not isinstance(action, str) or not ACTION.fullmatch(action):
        what = f"`{action[:80]}` is no action." if isinstance(action, str) and action else "The action is missing."
        raise ValueError(f"{what} A request has exactly one, as in `s3:GetObject`.")


def check_resource(resource: object) -> None:
    """Refuse what is no resource.

    Raises:
        ValueError: with a sentence that says what is wrong.
    """
    if not isinstance(resource, str) or not resource:
        raise ValueError('A request has one resource: an ARN, or `"*"` where the action takes none.')
    if resource != "*" and not resource.startswith("arn:"):
        raise ValueError(f"`{resource[:80]}` is no ARN. A request's resource is one ARN, as in `{SOME_ARN}`, or `*`.")


@dataclass(frozen=True, slots=True)
class Request:
    """One request, complete with the context keys that follow from it."""

    principal: Principal
    action: str
    resource: str
    context: Context = field(compare=False)
    resource_account: str = ""

    @classmethod
    def of(
        cls,
        principal: object,
        action: str,
        resource: str,
        context: Mapping[str, Value] | None = None,
        resource_account: str | None = None,
    ) -> Request:
        """Make a request.

        Args:
            principal: what `principal_of` takes: an ARN, `{"Service": …}` or `"anonymous"`.
            action: one action, `service:Name`, no wildcards.
            resource: one ARN, or `"*"` for an action that takes no resource.
            context: context key → value or list of values; keys that follow from the rest are filled in.
            resource_account: the account that owns the resource; otherwise the ARN's, otherwise the principal's.

        Raises:
            ValueError: with a sentence that says what is wrong.
        """
        who = principal_of(principal)
        check_action(action)
        check_resource(resource)
        arn = parse_arn(resource)
        owner = resource_account or (arn.account if arn else "") or who.account
        asked = Asked(who, action, resource, owner)
        return cls(who, action, resource, Context(context or {}, asked), owner)

    @property
    def service(self) -> str:
        """The action's service prefix, in lower case."""
        return self.action.partition(":")[0].lower()

    @property
    def is_cross_account(self) -> bool:
        """Whether the principal's account is not the one that owns the resource (rule X1)."""
        return bool(self.principal.account) and self.resource_account != self.principal.account

    @property
    def is_cross_partition(self) -> bool:
        """Whether principal and resource are in different partitions, where no policy grants anything (rule P25)."""
        arn = parse_arn(self.resource)
        return bool(arn and self.principal.partition and arn.partition != self.principal.partition)
