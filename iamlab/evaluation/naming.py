"""How a resource-based policy names a caller, and what that is worth.

An Allow that names the very caller needs no other policy in the same account; one that names the role is limited by
the session's bounds; one that names the account only delegates. Rules P1–P26, E16–E28
(reference_policies_elements_principal.html, reference_policies_evaluation-logic_policy-eval-denyallow.html).
"""

from __future__ import annotations

from enum import IntEnum

from iamlab.evaluation.principal import Principal
from iamlab.policy import parse_arn
from iamlab.policy.statement import PrincipalElement, PrincipalEntry

__all__ = ["Grant", "named", "names", "spared"]


class Grant(IntEnum):
    """What an Allow in a resource-based policy gives a caller, by how it names it."""

    NOTHING = 0
    DELEGATED = 1
    """The account is named: the caller's identity policies must allow too (rule P3)."""
    AS_ROLE = 2
    """The session's role, or the user who made the federated session, is named: no identity policy is needed, boundary
    and session policies bind (E19, E24)."""
    DIRECT = 3
    """The caller itself, or everyone, is named: nothing else in its account is asked (E16, E20, E22, E23)."""


def named(element: PrincipalElement | None, principal: Principal) -> Grant:
    """Return the strongest way in which `Principal` names a caller."""
    if element is None:
        return Grant.DIRECT
    return max((_named_by(entry, principal) for entry in element.entries), default=Grant.NOTHING)


def _named_by(entry: PrincipalEntry, principal: Principal) -> Grant:
    if entry.is_everyone and entry.type == "AWS":
        return Grant.DIRECT
    if entry.type in {"Service", "Federated"}:
        kind = "Service" if entry.type == "Service" else "Web"
        return Grant.DIRECT if principal.type == kind and principal.text == entry.text else Grant.NOTHING
    if entry.type != "AWS" or not principal.has_identity_policies:
        return Grant.NOTHING
    if _is_account(entry.text, principal):
        return Grant.DIRECT if principal.is_root else Grant.DELEGATED
    if _is_caller(entry.text, principal):
        return Grant.DIRECT
    made_it = bool(principal.federated_by) and entry.text == principal.federated_by
    return Grant.AS_ROLE if made_it or _is_role(entry.text, principal) else Grant.NOTHING


def _is_account(text: str, principal: Principal) -> bool:
    """The account's number and the ARN of its root are one principal (rule P2)."""
    return text in (principal.account, f"arn:{principal.partition}:iam::{principal.account}:root")


def _is_caller(text: str, principal: Principal) -> bool:
    """A role's ARN is no caller: only its sessions make requests. A session whose name is not known is not named."""
    return text == principal.text and (principal.type != "AssumedRole" or bool(principal.session))


def _is_role(text: str, principal: Principal) -> bool:
    """Whether an ARN names the session's role.

    A session's ARN leaves out the role's path; where it is not known it is no bar: role names are unique in an account.
    """
    arn = parse_arn(text)
    if principal.type != "AssumedRole" or arn is None or arn.service != "iam" or not arn.resource.startswith("role/"):
        return False
    if (arn.partition, arn.account) != (principal.partition, principal.account):
        return False
    name = arn.resource.removeprefix("role/")
    if principal.path is not None:
        return f"{principal.path}{principal.name}" == name
    return principal.name == (arn.name if principal.session else name)


def names(element: PrincipalElement, principal: Principal, *, has_boundary: bool) -> bool:
    """Return whether a statement's `Principal` or `NotPrincipal` takes in a caller."""
    if element.negated:
        return not spared(element, principal, has_boundary=has_boundary)
    return named(element, principal) is not Grant.NOTHING


def spared(element: PrincipalElement, principal: Principal, *, has_boundary: bool) -> bool:
    """Return whether `NotPrincipal` spares a caller: the whole chain must be listed, from the account down.

    AWS says that a list without the account "might" still deny; here it always does (rules P21–P23). A caller with a
    permissions boundary is never spared.
    """
    entries = element.entries
    if any(entry.is_everyone for entry in entries):
        return True
    if not principal.has_identity_policies:
        return named(element, principal) is not Grant.NOTHING
    if has_boundary or not any(_is_account(entry.text, principal) for entry in entries):
        return False
    if principal.is_root:
        return True
    caller = any(_is_caller(entry.text, principal) for entry in entries)
    return caller and (principal.type != "AssumedRole" or any(_is_role(entry.text, principal) for entry in entries))
