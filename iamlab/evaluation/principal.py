"""Who makes a request (rules P1–P26 and K1–K5; reference_policies_elements_principal.html)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from iamlab.policy import Arn, parse_arn

__all__ = ["ANONYMOUS", "Principal", "federated_by", "principal_of"]

SERVICE_LINKED = ("aws-service-role/", "AWSServiceRoleFor")
SERVICE = re.compile(r"[a-z0-9.-]+\.[a-z0-9.-]+")


@dataclass(frozen=True, slots=True)
class Principal:
    """The principal of a request.

    `type` is the value of `aws:PrincipalType`, or `Service` for an AWS service that calls as itself, or `Web` for a
    SAML or OIDC identity, which has no AWS identity yet (rule T7). `name` is the user's or role's name with its path,
    `session` the session's name; a role session whose ARN is a role's has an unknown one. A session's ARN does not
    tell its role's path: where it is known, `path` has it, `""` for `/`. `federated_by` is the ARN of the IAM user who
    made a federated session, where it is known (rule P11).
    """

    type: str
    text: str
    account: str = ""
    partition: str = ""
    name: str = ""
    session: str = ""
    path: str | None = None
    federated_by: str = ""

    @property
    def has_identity_policies(self) -> bool:
        """Whether identity-based policies, boundaries and SCPs can concern it at all."""
        return self.type in {"User", "AssumedRole", "FederatedUser", "Account"}

    @property
    def is_root(self) -> bool:
        """Whether it is an account's root user."""
        return self.type == "Account"

    @property
    def is_service_linked(self) -> bool:
        """Whether it is a session of a service-linked role (rules S3, R3)."""
        return self.type == "AssumedRole" and f"{self.path or ''}{self.name}".startswith(SERVICE_LINKED)

    @property
    def arn(self) -> str | None:
        """The value of `aws:PrincipalArn`: for a role session the role's ARN (rule K1).

        A session's own ARN does not tell the role's path, so a path that is not known is left out.
        """
        if self.type == "AssumedRole":
            return f"arn:{self.partition}:iam::{self.account}:role/{self.path or ''}{self.name}"
        return self.text if self.has_identity_policies else None

    @property
    def user_id(self) -> str | None:
        """The value of `aws:userid` where it follows from the ARN (rule K4)."""
        if self.type == "FederatedUser":
            return f"{self.account}:{self.name}"
        return {"Account": self.account, "Anonymous": "anonymous"}.get(self.type)


ANONYMOUS = Principal("Anonymous", "anonymous")


def federated_by(principal: Principal, maker: object) -> Principal:
    """Return a federated session with the IAM user who made it.

    Args:
        principal: the session.
        maker: the user's ARN; the user is of the same account.

    Raises:
        ValueError: with a sentence that says what is wrong.
    """
    if principal.type != "FederatedUser":
        raise ValueError(f"`{principal.text}` is no federated user session, so no user made it.")
    user = principal_of(maker)
    if user.type != "User" or (user.partition, user.account) != (principal.partition, principal.account):
        raise ValueError("The maker of a federated session is an IAM user of the same account.")
    return replace(principal, federated_by=user.text)


def principal_of(value: object) -> Principal:
    """Return the principal that a request names.

    Args:
        value: the ARN of a user, role, role session, federated user or root; `{"Service": …}` for a service that
            calls as itself; `{"Federated": …}` for a SAML or OIDC identity; `"anonymous"` for nobody.

    Raises:
        ValueError: with a sentence that says what is wrong.
    """
    if isinstance(value, Principal):
        return value
    if isinstance(value, Mapping) and len(value) == 1:
        ((type, text),) = value.items()
        if type == "AWS":
            return principal_of(text)
        if type == "Service" and isinstance(text, str) and SERVICE.fullmatch(text):
            return Principal("Service", text)
        if type == "Federated" and isinstance(text, str) and text:
            return Principal("Web", text)
    if isinstance(value, str):
        return ANONYMOUS if value == "anonymous" else _from_arn(value)
    raise ValueError('A principal is an ARN, `{"Service": "sagemaker.amazonaws.com"}` or `"anonymous"`.')


@lru_cache(maxsize=4096)
def _from_arn(text: str) -> Principal:
    arn = parse_arn(text)
    if arn is None or not re.fullmatch(r"\d{12}", arn.account, re.ASCII):
        raise ValueError(
            f"`{text[:100]}` is no ARN of a principal, as in `arn:aws:iam::111122223333:role/TrainingRole`."
        )
    if principal := _read(arn, text):
        return principal
    if arn.service == "iam" and arn.resource.startswith("group/"):
        raise ValueError("A group never makes a request; name one of its users.")
    raise ValueError(f"`{text[:100]}` is no user, role, role session, federated user or root.")


def _read(arn: Arn, text: str) -> Principal | None:
    if arn.service == "iam" and arn.resource == "root":
        return Principal("Account", text, arn.account, arn.partition)
    kind, _, rest = arn.resource.partition("/")
    name, _, session = rest.partition("/")
    if not rest:
        return None
    if arn.service == "iam" and kind in {"user", "role"}:
        return Principal("User" if kind == "user" else "AssumedRole", text, arn.account, arn.partition, rest)
    if arn.service == "sts" and kind == "assumed-role" and session:
        return Principal("AssumedRole", text, arn.account, arn.partition, name, session)
    if arn.service == "sts" and kind == "federated-user":
        return Principal("FederatedUser", text, arn.account, arn.partition, rest)
    return None
