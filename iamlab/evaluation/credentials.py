"""Operations that some credentials cannot call, whatever the policies say.

Source: the STS API Reference, API_GetFederationToken.html, API_GetSessionToken.html and API_AssumeRole.html (rules
B13–B15), and, for the root user, id_roles_use_switch-role-api.html in the IAM User Guide (rule T33). The pages do not
say how such a call is refused; here it is an implicit deny of the session step.
"""

from __future__ import annotations

from iamlab.evaluation.context import Context
from iamlab.evaluation.principal import Principal

__all__ = ["PASS_ROLE", "RESTRICTED_SERVICES", "refusal"]

RESTRICTED_SERVICES = frozenset({"iam", "sts"})
"""Services with operations that not all credentials can call."""

PASS_ROLE = "iam:passrole"
"""No call of IAM's API: other services ask for it (rule T21)."""

TOKEN_CALLS = frozenset({"sts:getdelegatedaccesstoken", "sts:getscopedcredentials", "sts:getwebidentitytoken"})
FEDERATED_MAY = frozenset({"sts:getcalleridentity", "sts:getscopedcredentials", "sts:getdelegatedaccesstoken"})
ASSUMING = frozenset({"sts:assumerole", "sts:tagsession", "sts:setsourceidentity"})
"""The operation, and the permissions that it asks for beside its own (rule T10)."""
SESSION_TOKEN_MAY = TOKEN_CALLS | ASSUMING | {"sts:getcalleridentity"}
ROLES_MAY_NOT = frozenset({"sts:getfederationtoken", "sts:getsessiontoken"})
ROOT_MAY_NOT = ASSUMING


def refusal(principal: Principal, action: str, context: Context) -> str:
    """Return why a caller's credentials cannot be used for an action, given in lower case; empty where they can."""
    if action.partition(":")[0] not in RESTRICTED_SERVICES or action == PASS_ROLE:
        return ""
    if principal.type == "FederatedUser" and action not in FEDERATED_MAY:
        return "the credentials of a federated user session cannot call this operation"
    if principal.type == "AssumedRole" and action in ROLES_MAY_NOT:
        return "a role session cannot call this operation"
    if principal.is_root and action in ROOT_MAY_NOT:
        return "the root user cannot assume a role"
    if principal.type == "User" and context.value("aws:TokenIssueTime") is not None:
        return _session_token_refusal(action, context)
    return ""


def _session_token_refusal(action: str, context: Context) -> str:
    """A user's temporary credentials are those of GetSessionToken: they carry `aws:TokenIssueTime` (rule K17)."""
    if action.startswith("sts:"):
        return "" if action in SESSION_TOKEN_MAY else "the credentials of GetSessionToken cannot call this operation"
    has_mfa = context.value("aws:MultiFactorAuthPresent") == "true"
    return "" if has_mfa else "the credentials of GetSessionToken cannot call IAM unless made with MFA"
