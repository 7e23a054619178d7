"""CloudTrail records as AWS writes them, made for the tests."""

from typing import Any

ACCOUNT = "111122223333"
SESSION = f"arn:aws:sts::{ACCOUNT}:assumed-role/TrainingRole/job"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/TrainingRole"
BUCKET = "ml-training-data-bucket"
IDENTITY: dict[str, Any] = {
    "type": "AssumedRole",
    "principalId": "AROAEXAMPLE:job",
    "arn": SESSION,
    "accountId": ACCOUNT,
    "sessionContext": {
        "sessionIssuer": {"type": "Role", "arn": ROLE, "userName": "TrainingRole"},
        "attributes": {"creationDate": "2026-03-04T05:00:00Z", "mfaAuthenticated": "false"},
    },
}


def record(service: str, operation: str, parameters: dict[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
    """Make a record of one call."""
    return {
        "eventVersion": "1.11",
        "userIdentity": IDENTITY,
        "eventTime": "2026-03-04T05:06:07Z",
        "eventSource": f"{service}.amazonaws.com",
        "eventName": operation,
        "awsRegion": "eu-west-1",
        "sourceIPAddress": "203.0.113.7",
        "userAgent": "Boto3/1.44",
        "requestParameters": parameters,
        "responseElements": None,
        "eventID": f"{service}-{operation}-{sorted((parameters or {}).items(), key=str)}",
        "eventType": "AwsApiCall",
        "recipientAccountId": ACCOUNT,
        **changes,
    }


READ = record(
    "s3",
    "GetObject",
    {"bucketName": BUCKET, "key": "train.csv"},
    resources=[
        {"type": "AWS::S3::Object", "ARN": f"arn:aws:s3:::{BUCKET}/train.csv"},
        {"type": "AWS::S3::Bucket", "ARN": f"arn:aws:s3:::{BUCKET}", "accountId": "444455556666"},
    ],
)
TRAIN = record(
    "sagemaker",
    "CreateTrainingJob",
    {"trainingJobName": "churn", "roleArn": ROLE, "tags": [{"key": "team", "value": "churn"}]},
    responseElements={"trainingJobArn": f"arn:aws:sagemaker:eu-west-1:{ACCOUNT}:training-job/churn"},
)
REFUSED = record(
    "s3",
    "PutObject",
    {"bucketName": BUCKET, "key": "model.tar.gz"},
    errorCode="AccessDenied",
    errorMessage=f"User: {SESSION} is not authorized to perform: s3:PutObject on resource: "
    f"arn:aws:s3:::{BUCKET}/model.tar.gz because no permissions boundary allows the s3:PutObject action",
)
