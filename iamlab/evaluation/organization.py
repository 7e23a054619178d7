"""A model of accounts in an organization: who is in which group, which policy hangs where.

From it `gathering.gather` takes the policies and context keys of a request, so that nobody has to list them. Every
value is immutable; a document stands as text, as an object or as a parsed policy.

Sources: introduction_identity-management.html, access_policies.html and id_session-tags.html in the IAM User Guide;
orgs_getting-started_concepts.html, orgs_manage_policies_scps.html and orgs_manage_policies_rcps.html in the
Organizations User Guide (rules S5, S7, R5).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from iamlab.evaluation.fields import path_of
from iamlab.evaluation.policies import Document

__all__ = [
    "FULL_AWS_ACCESS",
    "RCP_FULL_AWS_ACCESS",
    "Account",
    "Group",
    "ModelError",
    "Organization",
    "OrganizationalUnit",
    "Resource",
    "Role",
    "Root",
    "Session",
    "Tags",
    "User",
    "VpcEndpoint",
]

FULL_AWS_ACCESS: Document = {
    "Version": "2012-10-17",
    "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"},
}
"""AWS's own SCP, which hangs on everything from the start and may be taken off (rule S7)."""

RCP_FULL_AWS_ACCESS: Document = {
    "Version": "2012-10-17",
    "Statement": {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"},
}
"""AWS's own RCP, which hangs on everything and cannot be taken off (rule R5)."""

Documents = tuple[Document, ...]
Tags = Mapping[str, str]


class ModelError(ValueError):
    """A model that contradicts itself, or a request that it does not know: what is wrong, where, and what to do."""

    def __init__(self, where: str, message: str, help: str = "") -> None:
        self.where, self.message, self.help = where, message, help
        super().__init__(f"{message} {help}".rstrip())


@dataclass(frozen=True, kw_only=True)
class Session:
    """A session of a role or a federated session: what was passed when it began (rules B7, T11, T12)."""

    policies: Documents = ()
    tags: Tags = field(default_factory=dict)
    source_identity: str | None = None


@dataclass(frozen=True, kw_only=True)
class Group:
    """A user group and its policies."""

    policies: Documents = ()


@dataclass(frozen=True, kw_only=True)
class User:
    """An IAM user; `federated_sessions` are those that it began with `GetFederationToken`, by their names."""

    path: str = "/"
    groups: tuple[str, ...] = ()
    policies: Documents = ()
    permissions_boundary: Document | None = None
    tags: Tags = field(default_factory=dict)
    unique_id: str | None = None
    federated_sessions: Mapping[str, Session] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Role:
    """An IAM role; `sessions` are those of which more is known than their names.

    A role whose path begins with `/aws-service-role/` is a service-linked one.
    """

    path: str = "/"
    trust: Document | None = None
    policies: Documents = ()
    permissions_boundary: Document | None = None
    tags: Tags = field(default_factory=dict)
    unique_id: str | None = None
    sessions: Mapping[str, Session] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Resource:
    """A resource with its own policy and its tags."""

    policy: Document | None = None
    tags: Tags = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class VpcEndpoint:
    """A VPC endpoint; without a policy of its own it lets everything through (rule T26)."""

    policy: Document | None = None
    vpc: str | None = None


@dataclass(frozen=True, kw_only=True)
class Root:
    """The organization's root: where the first level of SCPs and RCPs hangs."""

    id: str | None = None
    scp: Documents = (FULL_AWS_ACCESS,)
    rcp: Documents = ()


@dataclass(frozen=True, kw_only=True)
class OrganizationalUnit(Root):
    """An organizational unit (OU); without a `parent` it is right below the root."""

    parent: str | None = None


@dataclass(frozen=True, kw_only=True)
class Account:
    """An account: its entities by name, its resources by ARN, its VPC endpoints by id.

    `member` is false for an account outside the organization, which no SCP or RCP of it binds.
    """

    ou: str | None = None
    member: bool = True
    scp: Documents = (FULL_AWS_ACCESS,)
    rcp: Documents = ()
    groups: Mapping[str, Group] = field(default_factory=dict)
    users: Mapping[str, User] = field(default_factory=dict)
    roles: Mapping[str, Role] = field(default_factory=dict)
    resources: Mapping[str, Resource] = field(default_factory=dict)
    vpc_endpoints: Mapping[str, VpcEndpoint] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Organization:
    """Accounts by number, in an organization or beside it.

    Raises:
        ModelError: where a group, OU, parent or management account is named that the model does not have.
    """

    accounts: Mapping[str, Account]
    id: str | None = None
    management_account: str | None = None
    root: Root = Root()
    ous: Mapping[str, OrganizationalUnit] = field(default_factory=dict)
    _lines: Mapping[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for where, kind, name, known in self._named():
            if name not in known:
                help = f"It has {', '.join(f'`{one}`' for one in known)}." if known else ""
                raise ModelError(where, f"There is no {kind} `{name}` here.", help)
        object.__setattr__(self, "_lines", {name: self._line(name) for name in self.ous})

    def _named(self) -> Iterator[tuple[str, str, str, Mapping[str, Any]]]:
        """Yield every name of something else in the model: where it stands, what it names, and what there is."""
        if self.management_account is not None:
            yield "management_account", "account", self.management_account, self.accounts
        for name, ou in self.ous.items():
            if ou.parent is not None:
                yield path_of("ous", name, "parent"), "organizational unit", ou.parent, self.ous
        for number, account in self.accounts.items():
            if account.ou is not None:
                yield path_of("accounts", number, "ou"), "organizational unit", account.ou, self.ous
            for name, user in account.users.items():
                for group in user.groups:
                    yield path_of("accounts", number, "users", name, "groups"), "group", group, account.groups

    def _line(self, name: str) -> tuple[str, ...]:
        """Return the OUs from the root down to one."""
        line: dict[str, None] = {}
        at: str | None = name
        while at is not None:
            if at in line:
                raise ModelError(path_of("ous", name, "parent"), f"The OU `{name}` would be inside itself.")
            line[at] = None
            at = self.ous[at].parent
        return tuple(reversed(line))

    def levels(self, number: str) -> tuple[tuple[str, Root | Account], ...] | None:
        """Return the levels of an account, the root first, the account last, each with its path in the model.

        None for an account that is not in the organization.
        """
        account = self.accounts.get(number)
        if account is None or not account.member:
            return None
        line = self._lines[account.ou] if account.ou is not None else ()
        units = ((path_of("ous", name), self.ous[name]) for name in line)
        return (("root", self.root), *units, (path_of("accounts", number), account))

    def organization_path(self, number: str) -> str | None:
        """Return an account's path of ids, as `aws:PrincipalOrgPaths` has it; None where an id of it is not given."""
        levels = self.levels(number)
        if levels is None or self.id is None:
            return None
        ids = [level.id for _, level in levels if not isinstance(level, Account)]
        return f"{self.id}/{'/'.join(filter(None, ids))}/" if all(ids) else None
