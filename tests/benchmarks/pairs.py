"""Pairs of policies as a lesson compares them: a reference of three to six statements, and an answer to it.

Each reference is of a role in machine-learning work; each answer differs by one thing that people write.
"""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

Statement = dict[str, Any]
DATA, MODELS = "arn:aws:s3:::ml-training-data-bucket", "arn:aws:s3:::ml-models-bucket"
ACCOUNT = "111122223333"
KEY = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab"
JOBS = f"arn:aws:sagemaker:us-east-1:{ACCOUNT}:training-job/churn-*"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/TrainingRole"


def allow(actions: str | list[str], resources: str | list[str], condition: dict[str, Any] | None = None) -> Statement:
    """An Allow."""
    extra = {"Condition": condition} if condition else {}
    return {"Effect": "Allow", "Action": actions, "Resource": resources, **extra}


def deny(actions: str | list[str], resources: str | list[str], condition: dict[str, Any] | None = None) -> Statement:
    """A Deny."""
    return {**allow(actions, resources, condition), "Effect": "Deny"}


def equals(key: str, *values: str) -> dict[str, Any]:
    """A condition of one key."""
    return {"StringEquals": {key: list(values)}}


REFERENCES: dict[str, list[Statement]] = {
    "training": [
        allow("s3:GetObject", f"{DATA}/*"),
        allow("s3:ListBucket", DATA),
        allow("s3:PutObject", f"{MODELS}/churn/*"),
        allow(["logs:CreateLogStream", "logs:PutLogEvents"], "*"),
    ],
    "launcher": [
        allow(["sagemaker:CreateTrainingJob", "sagemaker:DescribeTrainingJob", "sagemaker:StopTrainingJob"], JOBS),
        allow("iam:PassRole", ROLE, equals("iam:PassedToService", "sagemaker.amazonaws.com")),
        allow("sagemaker:ListTrainingJobs", "*"),
        deny("sagemaker:CreateTrainingJob", "*", {"Null": {"sagemaker:VpcSubnets": "true"}}),
    ],
    "notebook": [
        allow(["s3:GetObject", "s3:PutObject"], f"{DATA}/users/${{aws:username}}/*"),
        allow("s3:ListBucket", DATA, {"StringLike": {"s3:prefix": ["users/${aws:username}/*", "shared/*"]}}),
        allow(["sagemaker:CreatePresignedDomainUrl", "sagemaker:DescribeApp"], "*"),
    ],
    "decrypting": [
        allow(["kms:Decrypt", "kms:GenerateDataKey"], KEY, equals("kms:ViaService", "s3.us-east-1.amazonaws.com")),
        allow(["s3:GetObject", "s3:GetObjectVersion"], [f"{DATA}/raw/*", f"{DATA}/curated/*"]),
        allow("s3:ListBucket", DATA),
        deny("s3:*", f"{DATA}/raw/pii/*"),
        deny("s3:*", "*", {"Bool": {"aws:SecureTransport": "false"}}),
    ],
    "region": [
        allow("sagemaker:*", "*"),
        allow(["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"], f"arn:aws:ecr:*:{ACCOUNT}:repository/ml-*"),
        allow("ecr:GetAuthorizationToken", "*"),
        deny("*", "*", {"StringNotEquals": {"aws:RequestedRegion": ["us-east-1", "eu-west-1"]}}),
        deny(["sagemaker:DeleteModel", "sagemaker:DeleteEndpoint"], "*", equals("aws:ResourceTag/stage", "production")),
        deny("iam:*", "*"),
    ],
    "inference": [
        allow("sagemaker:InvokeEndpoint", f"arn:aws:sagemaker:us-east-1:{ACCOUNT}:endpoint/churn"),
        allow("bedrock:InvokeModel", "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-*"),
        allow(["dynamodb:GetItem", "dynamodb:Query"], f"arn:aws:dynamodb:us-east-1:{ACCOUNT}:table/features"),
        deny("bedrock:InvokeModel", "*", {"NotIpAddress": {"aws:SourceIp": ["203.0.113.0/24", "198.51.100.0/24"]}}),
    ],
    "tagged": [
        allow("sagemaker:Create*", "*", equals("aws:RequestTag/team", "fraud", "churn")),
        allow("sagemaker:AddTags", f"arn:aws:sagemaker:*:{ACCOUNT}:*/*", equals("sagemaker:TaggingAction", "CreateModel")),
        allow(["sagemaker:Describe*", "sagemaker:List*"], "*"),
        allow(["sagemaker:Delete*", "sagemaker:Update*"], "*", equals("aws:ResourceTag/team", "fraud", "churn")),
        deny("sagemaker:*", "*", {"NumericGreaterThan": {"sagemaker:VolumeSizeInGB": "500"}}),
    ],
    "catalog": [
        allow(["glue:Get*", "glue:BatchGet*"], [f"arn:aws:glue:us-east-1:{ACCOUNT}:{part}" for part in ("catalog", "database/ml", "table/ml/*")]),
        allow(["athena:StartQueryExecution", "athena:GetQuery*"], f"arn:aws:athena:us-east-1:{ACCOUNT}:workgroup/ml"),
        allow(["s3:GetObject", "s3:ListBucket"], [DATA, f"{DATA}/*"]),
        allow(["s3:PutObject", "s3:AbortMultipartUpload"], f"{MODELS}/athena/*"),
    ],
}  # fmt: skip


def _first(change: Callable[[Statement], Statement]) -> Callable[[list[Statement]], list[Statement]]:
    return lambda statements: [change(statements[0]), *statements[1:]]


def _split(statements: list[Statement]) -> list[Statement]:
    """Write each action of a list as a statement of its own, which changes nothing."""
    actions = ((one, one["Action"] if isinstance(one["Action"], list) else [one["Action"]]) for one in statements)
    return [{**one, "Action": action} for one, listed in actions for action in listed]


def _wildcard(statement: Statement) -> Statement:
    action = statement["Action"] if isinstance(statement["Action"], str) else statement["Action"][0]
    return {**statement, "Action": f"{action.partition(':')[0]}:*"}


CHANGES: dict[str, Callable[[list[Statement]], list[Statement]]] = {
    "split": _split,
    "any resource": _first(lambda one: {**one, "Resource": "*"}),
    "any action": _first(_wildcard),
    "last left out": lambda statements: statements[:-1],
    "with mfa": _first(
        lambda one: {**one, "Condition": {**one.get("Condition", {}), "Bool": {"aws:MultiFactorAuthPresent": "true"}}}
    ),
}
"""What an answer does otherwise; the first of them only words it otherwise."""


class Pair(NamedTuple):
    """Two policy documents."""

    name: str
    first: dict[str, Any]
    second: dict[str, Any]


def pairs() -> Iterator[Pair]:
    """Yield every reference with every answer to it."""
    for name, reference in REFERENCES.items():
        for change, changed in CHANGES.items():
            yield Pair(f"{name}, {change}", _document(changed(reference)), _document(reference))


def _document(statements: list[Statement]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": statements}
