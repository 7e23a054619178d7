"""Who makes a request, with the policies that hang on it and the context keys that follow from it.

Rules E7 (groups), B7 (session policies), T11 and T12 (session tags, source identity), K1 and K4 to K6 (keys);
id_session-tags.html and reference_policies_condition-keys.html.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from iamlab.evaluation.context import Value
from iamlab.evaluation.fields import path_of
from iamlab.evaluation.organization import Account, ModelError, Organization, Role, Session, User
from iamlab.evaluation.policies import Document
from iamlab.evaluation.principal import Principal
from iamlab.policy.names import near_names

__all__ = ["Caller", "Placed", "beside", "find_account", "find_caller", "placed", "tag_keys"]

Placed = tuple[str, Document]
"""A document, with where it stands in the model."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, with the policies that hang on it and the keys that follow from it."""

    principal: Principal
    identity: Sequence[Placed] = ()
    boundary: Placed | None = None
    session: Sequence[Placed] = ()
    keys: Mapping[str, Value] = field(default_factory=dict)


def find_account(organization: Organization, where: str, number: str) -> Account:
    """Return an account of the model.

    Raises:
        ModelError: where it has none of that number; `where` says which field of the request named it.
    """
    if number in organization.accounts:
        return organization.accounts[number]
    help = 'An account outside the organization stands among the accounts, too, with `"member": false`.'
    raise ModelError(where, f"The model has no account `{number}`.", help)


def find_caller(organization: Organization, principal: Principal) -> Caller:
    """Return who asks.

    Raises:
        ModelError: where the model does not have the account, user, role or federated session.
    """
    if not principal.has_identity_policies:
        return Caller(principal)
    account = find_account(organization, "principal", principal.account)
    find = {"User": _user, "AssumedRole": _role_session, "FederatedUser": _federated}.get(principal.type)
    return find(account, principal) if find else Caller(principal)


def beside(follow: Mapping[str, Value], given: Mapping[str, Value]) -> dict[str, Value]:
    """Return the keys that are not given anyway, in whatever case."""
    folded = {key.lower() for key in given}
    return {key: value for key, value in follow.items() if key.lower() not in folded}


def placed(where: str, documents: Iterable[Document]) -> list[Placed]:
    """Return documents with where they stand: items of the field `where`."""
    return [(f"{where}[{i}]", document) for i, document in enumerate(documents)]


def tag_keys(prefix: str, tags: Mapping[str, Value]) -> dict[str, Value]:
    """Return the context keys of tags.

    >>> tag_keys("aws:PrincipalTag", {"team": "vision"})
    {'aws:PrincipalTag/team': 'vision'}
    """
    return {f"{prefix}/{key}": value for key, value in tags.items()}


def _user(account: Account, principal: Principal) -> Caller:
    head, _, name = principal.name.rpartition("/")
    user = _known("user", principal, name, account.users)
    _same_path("user", principal, name, f"/{head}/" if head else "/", user.path)
    keys = tag_keys("aws:PrincipalTag", user.tags) | ({"aws:userid": user.unique_id} if user.unique_id else {})
    return Caller(principal, *_of_user(account, principal.account, name), keys=keys)


def _role_session(account: Account, principal: Principal) -> Caller:
    head, _, name = principal.name.rpartition("/")
    role = _known("role", principal, name, account.roles)
    if not principal.session:
        _same_path("role", principal, name, f"/{head}/" if head else "/", role.path)
    where = path_of("accounts", principal.account, "roles", name)
    session = role.sessions.get(principal.session, Session())
    keys = _session_keys(role.tags, session)
    if role.unique_id:
        keys["aws:userid"] = f"{role.unique_id}:{principal.session}"
    return Caller(
        replace(principal, path=role.path[1:]) if principal.session else principal,
        placed(f"{where}.policies", role.policies),
        _boundary(where, role),
        _session_policies(where, "sessions", principal.session, session),
        keys,
    )


def _federated(account: Account, principal: Principal) -> Caller:
    makers = (name for name, user in account.users.items() if principal.name in user.federated_sessions)
    name = next(makers, None)
    if name is None:
        message = f"No user of the account `{principal.account}` has a federated session `{principal.name}`."
        raise ModelError("principal", message, "The user who made it has it among its `federated_sessions`.")
    user = account.users[name]
    session = user.federated_sessions[principal.name]
    maker = f"arn:{principal.partition}:iam::{principal.account}:user{user.path}{name}"
    return Caller(
        replace(principal, federated_by=maker),
        *_of_user(account, principal.account, name),
        _session_policies(
            path_of("accounts", principal.account, "users", name), "federated_sessions", principal.name, session
        ),
        _session_keys(user.tags, session),
    )


Entity = TypeVar("Entity", User, Role)


def _known(kind: str, principal: Principal, name: str, entities: Mapping[str, Entity]) -> Entity:
    if name in entities:
        return entities[name]
    near = near_names(name, entities, 1)
    help = f"Perhaps `{near[0]}` is meant." if near else ""
    raise ModelError("principal", f"The account `{principal.account}` has no {kind} `{name}`.", help)


def _same_path(kind: str, principal: Principal, name: str, said: str, actual: str) -> None:
    """Refuse an ARN that says another path than the model has: it names nobody."""
    if said != actual:
        arn = f"arn:{principal.partition}:iam::{principal.account}:{kind}{actual}{name}"
        raise ModelError("principal", f"The {kind} `{name}` has the path `{actual}`.", f"Its ARN is `{arn}`.")


def _of_user(account: Account, number: str, name: str) -> tuple[list[Placed], Placed | None]:
    """Return a user's identity policies, its own and its groups' (rule E7), and its permissions boundary."""
    user, where = account.users[name], path_of("accounts", number, "users", name)
    identity = placed(f"{where}.policies", user.policies)
    for group in user.groups:
        identity += placed(path_of("accounts", number, "groups", group, "policies"), account.groups[group].policies)
    return identity, _boundary(where, user)


def _boundary(where: str, entity: User | Role) -> Placed | None:
    boundary = entity.permissions_boundary
    return None if boundary is None else (f"{where}.permissions_boundary", boundary)


def _session_policies(where: str, field: str, name: str, session: Session) -> list[Placed]:
    return placed(f"{where}.{path_of(field, name, 'policies')}", session.policies)


def _session_keys(tags: Mapping[str, str], session: Session) -> dict[str, Value]:
    """Return the keys of a session: its tags take the place of the role's or user's without regard to case (T11)."""
    keys = tag_keys("aws:PrincipalTag", {**beside(tags, session.tags), **session.tags})
    return keys | ({"aws:SourceIdentity": session.source_identity} if session.source_identity else {})
