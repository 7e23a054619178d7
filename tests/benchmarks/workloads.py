"""The workloads of the fast path: policies and a request, as plain data that other programs can read too."""

from typing import Any

ACCOUNT = "111122223333"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/TrainingRole"
FULL = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
REGIONS = {"StringNotEquals": {"aws:RequestedRegion": ["eu-west-1", "us-east-1"]}}
CONTEXT = {
    "aws:PrincipalTag/team": "ml",
    "aws:SourceIp": "203.0.113.9",
    "aws:SecureTransport": "true",
    "aws:RequestedRegion": "eu-west-1",
    "s3:TlsVersion": "1.3",
}


def three_statements() -> dict[str, Any]:
    """One identity policy of three statements; the request is allowed by the first."""
    statements = [
        {
            "Effect": "Allow",
            "Action": ["s3:GetObject", "s3:PutObject"],
            "Resource": "arn:aws:s3:::ml-training-data-bucket/*",
        },
        {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::ml-training-data-bucket"},
        {"Effect": "Deny", "Action": "sagemaker:DeleteModel", "Resource": "*"},
    ]
    return {
        "principal": ROLE,
        "action": "s3:GetObject",
        "resource": "arn:aws:s3:::ml-training-data-bucket/train.csv",
        "context": {},
        "policies": {"identity": [{"Version": "2012-10-17", "Statement": statements}]},
        "expect": "allowed",
    }


def twenty_statements() -> dict[str, Any]:
    """Twenty statements with conditions, a bucket policy, two levels of SCPs and a boundary."""
    secure = {"Bool": {"aws:SecureTransport": "false"}}
    bucket = [
        {
            "Effect": "Allow",
            "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"},
            "Action": "s3:*",
            "Resource": "arn:aws:s3:::bucket-0/*",
        },
        {
            "Effect": "Deny",
            "Principal": "*",
            "Action": "s3:*",
            "Resource": "arn:aws:s3:::bucket-0/*",
            "Condition": secure,
        },
    ]
    fence = {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Deny", "NotAction": ["iam:*", "sts:*"], "Resource": "*", "Condition": REGIONS}],
    }
    return {
        "principal": ROLE,
        "action": "s3:GetObject",
        "resource": "arn:aws:s3:::bucket-0/train.csv",
        "context": CONTEXT,
        "policies": {
            "identity": [{"Version": "2012-10-17", "Statement": [_conditional(number) for number in range(20)]}],
            "resource": {"Version": "2012-10-17", "Statement": bucket},
            "permissions_boundary": {
                "Version": "2012-10-17",
                "Statement": [{"Effect": "Allow", "Action": ["s3:*", "kms:*"], "Resource": "*"}],
            },
            "scp": [[FULL], [FULL, fence]],
        },
        "expect": "allowed",
    }


def _conditional(number: int) -> dict[str, Any]:
    return {
        "Effect": "Deny" if number % 5 == 4 else "Allow",
        "Action": [f"s3:Get{'Object' if number % 4 == 0 else f'Part{number}'}*", f"kms:Operation{number}"],
        "Resource": [f"arn:aws:s3:::bucket-{number % 3}/*", f"arn:aws:s3:::*/shared-{number}/*"],
        "Condition": {
            "StringEquals": {"aws:PrincipalTag/team": ["ml", "research"] if number % 5 < 4 else ["sales"]},
            "IpAddress": {"aws:SourceIp": ["203.0.113.0/24", "2001:db8::/32"]},
            "NumericGreaterThanEquals": {"s3:TlsVersion": "1.2"},
        },
    }


def never_the_same(number: int) -> tuple[str, str, str, dict[str, Any]]:
    """A request that was never made before: a user, an address and an object of its own."""
    context = CONTEXT | {
        "aws:SourceIp": f"203.0.{113 if number % 2 else 112}.{number % 250}",
    }
    return f"arn:aws:iam::{ACCOUNT}:user/u{number}", "s3:GetObject", f"arn:aws:s3:::bucket-0/{number}.csv", context


WORKLOADS = {"three statements": three_statements, "twenty statements": twenty_statements}
