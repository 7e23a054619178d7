"""Actions that are more than they seem: by which one can become more powerful, take over another user, or read data.

Sources: the Service Authorization Reference's page for IAM
(https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html), and
https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html on least privilege.
"""

from __future__ import annotations

import re

__all__ = ["CREDENTIALS", "DATA", "ESCALATIONS", "NARROWING", "is_wide"]

ESCALATIONS = {
    "iam:CreatePolicyVersion": "writes a new version of a policy that is attached, and makes it the default",
    "iam:SetDefaultPolicyVersion": "brings back an older version of a policy that allowed more",
    "iam:AttachUserPolicy": "attaches `AdministratorAccess` to its own user",
    "iam:AttachGroupPolicy": "attaches `AdministratorAccess` to a group it is in",
    "iam:AttachRolePolicy": "attaches `AdministratorAccess` to a role it may use",
    "iam:PutUserPolicy": "writes a policy into its own user",
    "iam:PutGroupPolicy": "writes a policy into a group it is in",
    "iam:PutRolePolicy": "writes a policy into a role it may use",
    "iam:AddUserToGroup": "joins the administrators' group",
    "iam:UpdateAssumeRolePolicy": "makes any role trust it, and assumes it",
    "iam:DeleteUserPermissionsBoundary": "takes the permissions boundary off its own user",
    "iam:DeleteRolePermissionsBoundary": "takes the permissions boundary off a role",
    "iam:PutUserPermissionsBoundary": "puts a wider permissions boundary on its own user",
    "iam:PutRolePermissionsBoundary": "puts a wider permissions boundary on a role",
    "iam:DeleteRolePolicy": "removes a policy that denies something to a role",
    "iam:DetachRolePolicy": "detaches a policy that denies something to a role",
    "iam:DeleteUserPolicy": "removes a policy that denies something to its own user",
    "iam:DetachUserPolicy": "detaches a policy that denies something to its own user",
}
"""What a principal that is allowed the action on itself, or on anything, does with it."""

CREDENTIALS = {
    "iam:CreateAccessKey": "makes access keys for an administrator",
    "iam:CreateLoginProfile": "gives a user without a password one that it knows",
    "iam:UpdateLoginProfile": "sets another user's password",
    "iam:DeactivateMFADevice": "switches off another user's MFA",
    "iam:CreateServiceSpecificCredential": "makes credentials of a service for another user",
}
"""What a principal does with the credentials of other users."""

NARROWING = frozenset({"iam:permissionsboundary", "iam:policyarn"})
"""Keys in whose presence a statement on policies or boundaries is not open: they say which policies it is about."""

DATA = {
    "s3:GetObject": "every object in every bucket",
    "secretsmanager:GetSecretValue": "every secret",
    "ssm:GetParameter": "every parameter, passwords and keys among them",
    "ssm:GetParametersByPath": "every parameter, passwords and keys among them",
    "kms:Decrypt": "whatever is encrypted under any key whose policy trusts the account",
    "dynamodb:Scan": "every table",
    "dynamodb:GetItem": "every item of every table",
}
"""Actions that read data, and what they read where no resource is named."""

OWN = re.compile(r"\$\{aws:(?:username|userid|PrincipalTag/[^}]*)\}", re.IGNORECASE)
WIDE = re.compile(r"arn:[^:]*:(?!s3:)(?:\*|[a-z0-9-]+):[^:]*:[^:]*:(?:\*|[a-z-]+[/:]\*)", re.IGNORECASE)

BUCKETS = re.compile(r"arn:[^:]*:s3:::\*(?:/\*)?")


def is_wide(resource: str) -> bool:
    """Return whether an entry of `Resource` takes in all resources of a type, or of all.

    >>> is_wide("*"), is_wide("arn:aws:iam::111122223333:user/*"), is_wide("arn:aws:iam::111122223333:user/maya")
    (True, True, False)
    >>> is_wide("arn:aws:iam::111122223333:user/${aws:username}"), is_wide("arn:aws:s3:::*/*")
    (False, True)
    >>> is_wide("arn:aws:s3:::ml-training-data-bucket/*")
    False
    """
    if OWN.search(resource):
        return False
    return resource == "*" or (BUCKETS if ":s3:::" in resource else WIDE).fullmatch(resource) is not None
