"""Plausible values of well-known condition keys, and names for the placeholders of ARNs.

They only make witnesses readable: what is compared does not depend on them.
"""

from __future__ import annotations

from collections.abc import Iterable
from heapq import nsmallest

__all__ = [
    "ACCOUNT",
    "EXAMPLES",
    "FAR_NAMES",
    "FOREIGN_NAMES",
    "NAMES",
    "OTHER_NAMES",
    "REGION",
    "plain_first",
    "prominence",
]

ACCOUNT, OTHER_ACCOUNT, REGION = "111122223333", "444455556666", "us-east-1"

EXAMPLES: dict[str, tuple[str, ...]] = {
    "aws:calledvia": ("athena.amazonaws.com", "cloudformation.amazonaws.com"),
    "aws:principalaccount": (ACCOUNT, OTHER_ACCOUNT),
    "aws:principalarn": (f"arn:aws:iam::{ACCOUNT}:role/TrainingRole", f"arn:aws:iam::{ACCOUNT}:user/maya"),
    "aws:principalorgid": ("o-exampleorgid", "o-anotherorgid"),
    "aws:principaltype": ("AssumedRole", "User", "Account"),
    "aws:requestedregion": ("us-east-1", "eu-west-1", "ap-south-1"),
    "aws:resourceaccount": (ACCOUNT, OTHER_ACCOUNT),
    "aws:resourceorgid": ("o-exampleorgid", "o-anotherorgid"),
    "aws:sourceaccount": (ACCOUNT, OTHER_ACCOUNT),
    "aws:sourcearn": (
        f"arn:aws:sagemaker:{REGION}:{ACCOUNT}:training-job/churn",
        f"arn:aws:sagemaker:{REGION}:{OTHER_ACCOUNT}:training-job/churn",
    ),
    "aws:sourceip": ("203.0.113.7", "198.51.100.7"),
    "aws:sourcevpc": ("vpc-0a1b2c3d", "vpc-4e5f6a7b"),
    "aws:sourcevpce": ("vpce-0a1b2c3d", "vpce-4e5f6a7b"),
    "aws:username": ("maya", "noor"),
    "iam:passedtoservice": ("sagemaker.amazonaws.com", "lambda.amazonaws.com"),
    "kms:viaservice": ("s3.us-east-1.amazonaws.com", "sagemaker.us-east-1.amazonaws.com"),
    "s3:prefix": ("raw/", "curated/"),
    "s3:x-amz-server-side-encryption": ("aws:kms", "AES256"),
    "sagemaker:instancetypes": ("ml.t3.medium", "ml.p4d.24xlarge"),
}
"""Values by the key in lower case."""

NAMES = {
    "Account": ACCOUNT,
    "BucketName": "ml-training-data-bucket",
    "DomainId": "d-0a1b2c3d4e5f",
    "EndpointName": "churn",
    "GroupName": "scientists",
    "KeyId": "1234abcd-12ab-34cd-56ef-1234567890ab",
    "ModelName": "churn",
    "ObjectName": "train.csv",
    "Partition": "aws",
    "Region": REGION,
    "RoleNameWithPath": "TrainingRole",
    "TrainingJobName": "churn",
    "UserNameWithPath": "maya",
}
"""What stands for a placeholder of an ARN's shape; `x` for any other."""
OTHER_NAMES = {**NAMES, "BucketName": "another-bucket", "KeyId": "0987dcba-09fe-87dc-65ba-ab0987654321"}
"""The same, for a resource that is another one; `other` for any other placeholder."""
FAR_NAMES = {**NAMES, "Region": "ap-south-1"}
FOREIGN_NAMES = {**NAMES, "Account": OTHER_ACCOUNT}
"""The same, for one in another Region, and for one of another account."""

PROMINENT = (
    "s3:GetObject",
    "s3:PutObject",
    "s3:DeleteObject",
    "s3:ListBucket",
    "s3:DeleteBucket",
    "s3:PutBucketPolicy",
    "sagemaker:CreateTrainingJob",
    "sagemaker:InvokeEndpoint",
    "sagemaker:DescribeModel",
    "sagemaker:ListModels",
    "bedrock:InvokeModel",
    "iam:PassRole",
    "iam:CreateUser",
    "iam:GetRole",
    "kms:Decrypt",
    "kms:Encrypt",
    "ecr:BatchGetImage",
    "logs:PutLogEvents",
    "logs:CreateLogStream",
    "glue:GetTable",
    "athena:StartQueryExecution",
    "dynamodb:GetItem",
    "lambda:InvokeFunction",
    "ec2:DescribeInstances",
    "ec2:RunInstances",
    "secretsmanager:GetSecretValue",
)
"""Actions that people know, to be named before others of which the same holds."""
_PLACES = {name: place for place, name in enumerate(PROMINENT)}


def prominence(names: Iterable[str]) -> int:
    """Return how soon people think of one of some actions: the smaller, the sooner."""
    return min((_PLACES[name] for name in names if name in _PLACES), default=len(_PLACES))


def plain_first(names: Iterable[str], most: int) -> list[str]:
    """Return a few names of actions: those that people know first, then the shorter ones."""
    return nsmallest(most, names, key=lambda name: (_PLACES.get(name, len(_PLACES)), len(name), name))
