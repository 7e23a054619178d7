"""From a model of accounts to one request with its policies and the context keys that follow.

What hangs where is rule E7 (groups), B7 (session policies), S5 and R7 (levels), T26 (endpoints); which keys follow is
reference_policies_condition-keys.html (rules K1–K7, K22–K26), with session tags over a role's own (T11).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from iamlab.evaluation.callers import Placed, beside, find_account, find_caller, placed, tag_keys
from iamlab.evaluation.context import Value
from iamlab.evaluation.decision import Decision
from iamlab.evaluation.explanation import Explanation, explain
from iamlab.evaluation.fields import path_of
from iamlab.evaluation.order import decide
from iamlab.evaluation.organization import FULL_AWS_ACCESS, RCP_FULL_AWS_ACCESS, Organization, Tags
from iamlab.evaluation.policies import Document, Policies
from iamlab.evaluation.principal import Principal
from iamlab.evaluation.request import Request
from iamlab.evaluation.scope import is_assumption
from iamlab.policy import parse_arn

__all__ = ["Gathered", "gather", "organization_keys", "scp_levels"]

TAG_KEYS = {"ec2": "ec2:ResourceTag", "iam": "iam:ResourceTag", "sagemaker": "sagemaker:ResourceTag"}
"""Services that have a key of their own beside `aws:ResourceTag` (rule K37; Service Authorization Reference)."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """A request with its policies; `origins` says of each policy's label where in the model it stands."""

    request: Request
    policies: Policies
    management_account: bool
    origins: Mapping[str, str]

    def decide(self) -> Decision:
        """Decide the request."""
        return decide(self.request, self.policies, management_account=self.management_account)

    def explain(self) -> Explanation:
        """Decide the request and keep the trace."""
        return explain(self.request, self.policies, management_account=self.management_account)


@dataclass(frozen=True, slots=True)
class _Target:
    """What is asked for: its owner, its policy, and the keys that follow from it."""

    account: str
    policy: Placed | None = None
    keys: Mapping[str, Value] = field(default_factory=dict)


def gather(
    organization: Organization,
    principal: object,
    action: str,
    resource: str,
    context: Mapping[str, Value] | None = None,
    resource_account: str | None = None,
) -> Gathered:
    """Gather what takes part in a request.

    Args:
        organization: the model.
        principal: who asks, as for `Request.of`.
        action: one action.
        resource: one ARN, or `"*"`.
        context: keys that are given; they win over those that follow from the model. `aws:SourceVpce` says which VPC
            endpoint the request passes.
        resource_account: who owns the resource, where the model does not have it and its ARN does not say.

    Raises:
        ModelError: where the model does not have the principal, or one of the accounts.
        ValueError: where the request is none.
        PolicyError: where a document of the model is no policy of its kind.
    """
    given = context or {}
    asked = Request.of(principal, action, resource, given, resource_account)
    caller = find_caller(organization, asked.principal)
    target = _target(organization, asked, resource_account)
    endpoint, endpoint_keys = _endpoint(organization, asked)
    follow = {**organization_keys(organization, "Principal", caller.principal.account), **caller.keys}
    follow |= {**organization_keys(organization, "Resource", target.account), **target.keys, **endpoint_keys}
    whole = {**beside(follow, given), **given}
    request = Request.of(caller.principal, action, resource, whole, target.account)
    slots = _Slots()
    policies = Policies.of(
        identity=slots.several("identity", caller.identity),
        resource=slots.one("resource", target.policy),
        permissions_boundary=slots.one("permissions_boundary", caller.boundary),
        session=slots.several("session", caller.session),
        scp=slots.levels("scp", scp_levels(organization, caller.principal)),
        rcp=slots.levels("rcp", _rcps(organization, target.account)),
        vpc_endpoint=slots.one("vpc_endpoint", endpoint),
        resource_kind="trust" if is_assumption(request) else "resource",
    )
    management = organization.management_account
    return Gathered(request, policies, bool(management) and caller.principal.account == management, slots.origins)


class _Slots:
    """Puts documents where they belong, and notes under which label each will be known."""

    def __init__(self) -> None:
        self.origins: dict[str, str] = {}

    def one(self, label: str, placed: Placed | None) -> Document | None:
        """Note one document."""
        if placed is None:
            return None
        self.origins[label], document = placed
        return document

    def several(self, label: str, placed: Iterable[Placed]) -> list[Document]:
        """Note documents of one type."""
        listed = list(placed)
        self.origins |= {f"{label}[{i}]": where for i, (where, _) in enumerate(listed)}
        return [document for _, document in listed]

    def levels(self, label: str, levels: list[list[Placed]] | None) -> list[list[Document]] | None:
        """Note documents level by level."""
        if levels is None:
            return None
        return [self.several(f"{label}[{i}]", level) for i, level in enumerate(levels)]


# What is asked for


def _target(organization: Organization, asked: Request, owner: str | None) -> _Target:
    """Find who owns the resource, the policy that it has, and its tags."""
    entries = list(_entries(organization, asked))
    number = owner or (entries[0].account if entries else "") or asked.resource_account
    if number.isdecimal():
        find_account(organization, "resource_account", number)
    policies = (entry.policy for entry in entries if entry.policy)
    tags = {key: value for entry in entries for key, value in entry.tags.items()}
    return _Target(number, next(policies, None), _resource_tags(asked, tags))


@dataclass(frozen=True, slots=True)
class _Entry:
    """What the model says of a resource: the account that it is in, its policy and its tags."""

    account: str
    policy: Placed | None
    tags: Tags


def _entries(organization: Organization, asked: Request) -> Iterator[_Entry]:
    """Yield the entry of the resource itself, then that of its bucket, whose policy is an object's, too."""
    arn = parse_arn(asked.resource)
    bucket = asked.resource.partition("/")[0] if arn and arn.service == "s3" else asked.resource
    for name in dict.fromkeys((asked.resource, bucket)):
        for number, account in organization.accounts.items():
            if name in account.resources:
                found, where = account.resources[name], path_of("accounts", number, "resources", name, "policy")
                policy = None if found.policy is None else (where, found.policy)
                yield _Entry(number, policy, found.tags if name == asked.resource else {})
    if arn and arn.service == "iam" and arn.resource.startswith("role/") and arn.account in organization.accounts:
        role = organization.accounts[arn.account].roles.get(arn.name)
        if role and arn.resource == f"role{role.path}{arn.name}":
            where = path_of("accounts", arn.account, "roles", arn.name, "trust")
            trust = role.trust if is_assumption(asked) else None
            yield _Entry(arn.account, None if trust is None else (where, trust), role.tags)


def _resource_tags(asked: Request, tags: Mapping[str, str]) -> dict[str, Value]:
    """Return the keys of a resource's tags; an S3 object's are a key of S3's own (rules K22, K31)."""
    if asked.service == "s3" and "/" in asked.resource:
        return tag_keys("s3:ExistingObjectTag", tags)
    own = TAG_KEYS.get(asked.service)
    return tag_keys("aws:ResourceTag", tags) | (tag_keys(own, tags) if own else {})


def _endpoint(organization: Organization, asked: Request) -> tuple[Placed | None, dict[str, Value]]:
    """Return the policy of the VPC endpoint that `aws:SourceVpce` names, and the VPC it is in (rule K13)."""
    name = asked.context.variable("aws:SourceVpce")
    for number, account in organization.accounts.items():
        if name and name in account.vpc_endpoints:
            endpoint = account.vpc_endpoints[name]
            where = path_of("accounts", number, "vpc_endpoints", name, "policy")
            keys: dict[str, Value] = {"aws:SourceVpc": endpoint.vpc} if endpoint.vpc else {}
            return (None if endpoint.policy is None else (where, endpoint.policy)), keys
    return None, {}


# The organization


def scp_levels(organization: Organization, principal: Principal) -> list[list[Placed]] | None:
    """Return the SCPs of a principal's account, level by level; None where it is in no organization (rule S5)."""
    levels = organization.levels(principal.account) if principal.has_identity_policies else None
    if levels is None:
        return None
    return [[_named(one, "FullAWSAccess") for one in placed(f"{where}.scp", level.scp)] for where, level in levels]


def _rcps(organization: Organization, number: str) -> list[list[Placed]] | None:
    """Return the RCPs of the resource's account; those of the management account are bound by none (rule R2)."""
    levels = organization.levels(number)
    if levels is None or number == organization.management_account:
        return None
    full = ("RCPFullAWSAccess", RCP_FULL_AWS_ACCESS)
    return [[full, *placed(f"{where}.rcp", level.rcp)] for where, level in levels]


def _named(one: Placed, name: str) -> Placed:
    return (name, one[1]) if one[1] is FULL_AWS_ACCESS else one


def organization_keys(organization: Organization, side: str, number: str) -> dict[str, Value]:
    """Return `aws:PrincipalOrgID` and its like, for accounts in an organization (rules K7, K24)."""
    path = organization.organization_path(number)
    if organization.id is None or organization.levels(number) is None:
        return {}
    keys: dict[str, Value] = {f"aws:{side}OrgID": organization.id}
    return keys | ({f"aws:{side}OrgPaths": [path]} if path else {})
