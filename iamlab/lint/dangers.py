"""Actions that are more than they seem: by which one can become more powerful, take over another user, or read data.

Sources: the Service Authorization Reference's page for IAM
(https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html), and
https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html on least privilege.
"""

from __future__ import annotations

import re

__all__ = ["CREDENTIALS", "DATA", "ESCALATIONS", "NARROWING", "is_wide"]

ESCALATIONS = {
    "iam:CreatePolicyVersion": "write a new version of a policy that is attached to them, and make it the default",
    "iam:SetDefaultPolicyVersion": "bring back an older version of a policy that allowed more",
    "iam:AttachUserPolicy": "attach `AdministratorAccess` to their own user",
    "iam:AttachGroupPolicy": "attach `AdministratorAccess` to a group they are in",
    "iam:AttachRolePolicy": "attach `AdministratorAccess` to a role they may use",
    "iam:PutUserPolicy": "write a policy into their own user",
    "iam:PutGroupPolicy": "write a policy into a group they are in",
    "iam:PutRolePolicy": "write a policy into a role they may use",
    "iam:AddUserToGroup": "join the administrators' group",
    "iam:UpdateAssumeRolePolicy": "have any role trust them, and assume it",
    "iam:DeleteUserPermissionsBoundary": "take the permissions boundary off their own user",
    "iam:DeleteRolePermissionsBoundary": "take the permissions boundary off a role they may use",
    "iam:PutUserPermissionsBoundary": "put a wider permissions boundary on their own user",
    "iam:PutRolePermissionsBoundary": "put a wider permissions boundary on a role they may use",
    "iam:DeleteRolePolicy": "remove a policy that denies something to a role they may use",
    "iam:DetachRolePolicy": "detach a policy that denies something to a role they may use",
    "iam:DeleteUserPolicy": "remove a policy that denies something to their own user",
    "iam:DetachUserPolicy": "detach a policy that denies something to their own user",
}
"""What those can do who are allowed the action on themselves, or on anything."""

CREDENTIALS = {
    "iam:CreateAccessKey": "make access keys for an administrator",
    "iam:CreateLoginProfile": "give a user who has no password one that they know",
    "iam:UpdateLoginProfile": "set another user's password",
    "iam:DeactivateMFADevice": "switch off another user's MFA",
    "iam:CreateServiceSpecificCredential": "make credentials of a service for another user",
}
"""What those can do with the credentials of others who are allowed the action on every user."""

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

OWN = re.compile(r"\$\{aws:(?:username|userid|PrincipalTag/[^{}]*)\}", re.IGNORECASE)
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
