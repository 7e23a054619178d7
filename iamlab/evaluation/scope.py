"""Which of the given policies bind a request at all, before any is asked.

SCPs follow the caller's account, RCPs the resource's; some callers, accounts, services and operations are exempt.
"""

from __future__ import annotations

from dataclasses import replace

from iamlab.evaluation.credentials import PASS_ROLE
from iamlab.evaluation.policies import Policies
from iamlab.evaluation.request import Request

__all__ = [
    "RCP_SERVICES",
    "UNGOVERNED",
    "action_facts",
    "binding",
    "is_assumption",
    "needs_resource_policy",
    "resource_facts",
    "works_across_accounts",
]

SESSIONS = frozenset({"AssumedRole", "FederatedUser"})
"""Callers that can have session policies (rules E10–E13)."""

BOUNDED = SESSIONS | {"User"}
"""Callers that can have a permissions boundary, their own, their role's or their user's (rule B1)."""

UNGOVERNED = frozenset({"sts:getcalleridentity", "sts:getsessiontoken"})
"""Operations that need no permission and that no policy can refuse (rule T13; STS API Reference)."""

_RCP_SERVICES = """
    aoss appconfig appstream autoscaling autoscaling-plans budgets clouddirectory cloudfront cloudsearch
    cloudtrail-data codeartifact codebuild codecommit codepipeline cognito-identity cognito-idp comprehend
    comprehendmedical compute-optimizer cost-optimization-hub dax dsql dynamodb ecr ecr-public events
    firehose fis fms gamelift health inspector-scan kendra kinesisvideo kms logs memorydb networkmonitor
    notifications opensearch pca-connector-ad personalize polly pricing resource-groups rolesanywhere s3
    secretsmanager servicediscovery signin sqs sts support swf textract timestream-influxdb transcribe
    transfer translate wafv2 workspaces xray
"""
RCP_SERVICES = frozenset(_RCP_SERVICES.split())
"""The service prefixes that RCPs cover: the list of orgs_manage_policies_rcps.html as it stood in September 2026, which
grows (rule R8). Not covered: sagemaker, bedrock, iam, ec2, lambda."""

ROOT_RESCUES = frozenset({"s3:getbucketpolicy", "s3:putbucketpolicy", "s3:deletebucketpolicy"})
"""What the root user of a bucket's account may do against the bucket policy (rule T31; S3 API, PutBucketPolicy)."""


RETIRE_GRANT = "kms:retiregrant"
"""The operation that no RCP denies (rule R10)."""

SPECIAL_SERVICES = frozenset({"kms", "sts", "iam", "s3", "dynamodb"})
"""Services of which the order asks something of its own: trust and key policies, credentials, gateway endpoints."""

KMS_ACROSS_ACCOUNTS = frozenset(
    f"kms:{name.lower()}"
    for name in (
        *("Encrypt", "Decrypt", "ReEncryptFrom", "ReEncryptTo", "GenerateMac", "VerifyMac", "Sign", "Verify"),
        *("GenerateDataKey", "GenerateDataKeyWithoutPlaintext", "GenerateDataKeyPair", "DeriveSharedSecret"),
        *("GenerateDataKeyPairWithoutPlaintext", "CreateGrant", "ListGrants", "RetireGrant", "RevokeGrant"),
        *("DescribeKey", "GetKeyRotationStatus", "GetPublicKey"),
    )
)
"""What can be done with a KMS key of another account; a permission for anything else has no effect (rule T18,
key-policy-modifying-external-accounts.html)."""


def binding(request: Request, policies: Policies, *, management_account: bool = False) -> Policies:
    """Return the policies without those that do not bind this request.

    Args:
        request: who asks for what.
        policies: all the policies that are given.
        management_account: whether the principal is in the organization's management account, which no SCP binds.
    """
    if request.action.lower() in UNGOVERNED:
        return Policies()
    principal = request.principal
    return replace(
        policies,
        identity=policies.identity if principal.has_identity_policies else (),
        permissions_boundary=policies.permissions_boundary if principal.type in BOUNDED else None,
        session=policies.session if principal.type in SESSIONS else (),
        scp=policies.scp if _scps_bind(request, management_account) else None,
        rcp=policies.rcp if _rcps_bind(request, management_account) else None,
        resource=None if _root_rescues(request) else policies.resource,
    )


def _scps_bind(request: Request, management_account: bool) -> bool:
    """SCPs bind users, roles and root users of member accounts (rules S1–S4)."""
    principal = request.principal
    return principal.has_identity_policies and not principal.is_service_linked and not management_account


def _rcps_bind(request: Request, management_account: bool) -> bool:
    """RCPs bind whoever asks for a covered resource of a member account (rules R1–R4, R8, R10)."""
    if request.principal.is_service_linked or request.action.lower() == RETIRE_GRANT:
        return False
    in_management_account = management_account and not request.is_cross_account
    return request.service in RCP_SERVICES and not in_management_account


def _root_rescues(request: Request) -> bool:
    return request.principal.is_root and not request.is_cross_account and request.action.lower() in ROOT_RESCUES


def needs_resource_policy(request: Request) -> bool:
    """Return whether the resource's own policy must allow.

    So it is across accounts, for a role's trust policy and a KMS key, and for callers that have no identity policies
    (rules X2, T1, T7, T14, E27, E28).
    """
    principal = request.principal
    return (
        not principal.has_identity_policies
        or request.is_cross_account
        or request.is_cross_partition
        or is_assumption(request)
        or _is_key(request)
    )


def action_facts(action: str) -> tuple[object, ...]:
    """Return what of an action, given in lower case, this module and the order look at, besides the statements."""
    service = action.partition(":")[0]
    special = service == "sts" or action in ROOT_RESCUES or action in (RETIRE_GRANT, PASS_ROLE)
    facts = (service in RCP_SERVICES, service if service in SPECIAL_SERVICES else "", action in KMS_ACROSS_ACCOUNTS)
    return (*facts, action if special else "")


def resource_facts(resource: str) -> tuple[object, ...]:
    """Return what of a resource this module and the order look at, besides the statements and the owner."""
    partition = resource[4 : resource.find(":", 4)] if resource.startswith("arn:") else ""
    return (partition, ":role/" in resource, ":key/" in resource)


def works_across_accounts(request: Request) -> bool:
    """Return whether an operation can work on another account's resource at all (rule T18)."""
    return not _is_key(request) or request.action.lower() in KMS_ACROSS_ACCOUNTS


def _is_key(request: Request) -> bool:
    return request.service == "kms" and ":key/" in request.resource


def is_assumption(request: Request) -> bool:
    """Return whether a role is asked for: its trust policy is then the resource's policy."""
    return request.service == "sts" and ":role/" in request.resource
