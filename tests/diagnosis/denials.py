"""Denials in every form in which AWS tells them, each with what it tells."""

import json
from typing import Any

MAYA = "arn:aws:iam::111122223333:user/maya"
SESSION = "arn:aws:sts::111122223333:assumed-role/TrainingRole/job"
ROLE = "arn:aws:iam::111122223333:role/TrainingRole"
OBJECT = "arn:aws:s3:::ml-training-data-bucket/train.csv"
JOB = "arn:aws:sagemaker:eu-west-1:111122223333:training-job/churn"
KEY = "arn:aws:kms:eu-west-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab"
SCP = "arn:aws:organizations::444455556666:policy/o-exampleorg/service_control_policy/p-example"

FRAME = f"User: {MAYA} is not authorized to perform: s3:GetObject on resource: {OBJECT}"
TAIL = "allows the s3:GetObject action"

# reason, policy type, kind, whether an Allow can help

FORM_CASES: list[tuple[str, str, dict[str, Any]]] = [
    (
        "the policy's ARN (D10)",
        f"{FRAME} with an explicit deny in a service control policy: {SCP}",
        {"policy_arn": SCP, "policy_type": "scp", "kind": "explicit", "step": "deny evaluation"},
    ),
    (
        "the policy's ARN at the end of a sentence",
        f"{FRAME} with an explicit deny in an identity-based policy: arn:aws:iam::111122223333:policy/NoData.",
        {"policy_arn": "arn:aws:iam::111122223333:policy/NoData"},
    ),
    (
        "no resource",
        f"User: {MAYA} is not authorized to perform: s3:ListAllMyBuckets because no identity-based policy allows the "
        "s3:ListAllMyBuckets action",
        {"resource": None, "action": "s3:ListAllMyBuckets", "policy_type": "identity"},
    ),
    (
        "the resource in quotes, as S3 writes it",
        f'User: {MAYA} is not authorized to perform: "s3:GetObject" on resource: "{OBJECT}" because no identity-based '
        f"policy {TAIL}",
        {"action": "s3:GetObject", "resource": OBJECT, "policy_type": "identity"},
    ),
    (
        "a key with a space",
        f"User: {MAYA} is not authorized to perform: s3:GetObject on resource: arn:aws:s3:::b/my data.csv because no "
        f"identity-based policy {TAIL}",
        {"resource": "arn:aws:s3:::b/my data.csv"},
    ),
    (
        "a session of a role (D13)",
        f"User: {SESSION} is not authorized to perform: sagemaker:CreateTrainingJob on resource: {JOB} because no "
        "permissions boundary allows the sagemaker:CreateTrainingJob action",
        {"principal": SESSION, "action": "sagemaker:CreateTrainingJob", "step": "permissions boundary"},
    ),
    (
        "anonymous, as API Gateway writes it",
        "User: anonymous is not authorized to perform: execute-api:Invoke on resource: "
        "arn:aws:execute-api:us-east-1:********3333:a1b2c3/prod/GET/ because no resource-based policy allows the "
        "execute-api:Invoke action",
        {"principal": "anonymous", "action": "execute-api:Invoke", "policy_type": "resource"},
    ),
    (
        "S3 tells nothing (D12)",
        "An error occurred (AccessDenied) when calling the GetObject operation: Access Denied",
        {"form": "bare", "action": "s3:GetObject", "policy_type": "unknown", "kind": "unknown", "allow_can_help": None},
    ),
    (
        "HEAD has no message",
        "An error occurred (403) when calling the HeadObject operation: Forbidden",
        {"action": "s3:GetObject", "operation": "HeadObject"},
    ),
    (
        "an operation that is no action",
        "An error occurred (AccessDenied) when calling the ListObjectsV2 operation: Access Denied",
        {"action": "s3:ListBucket", "operation": "ListObjectsV2"},
    ),
    (
        "an operation in place of the action",
        f"User: {MAYA} is not authorized to perform: bedrock:Converse on resource: *",
        {"action": "bedrock:InvokeModel"},
    ),
    (
        "an operation of several services",
        "An error occurred (AccessDeniedException) when calling the CreateModel operation: Access denied",
        {"action": None, "draft": None},
    ),
    (
        "the service told by the traceback",
        'client = boto3.client("frauddetector")\nAn error occurred (AccessDeniedException) when calling the '
        "CreateModel operation: Access denied",
        {"action": "frauddetector:CreateModel"},
    ),
    (
        "another SDK's words",
        "Access Denied (Service: Amazon S3; Status Code: 403; Error Code: AccessDenied; Request ID: 4442587FB7D0A2F9)",
        {"form": "bare", "policy_type": "unknown"},
    ),
    (
        "EC2's encoded message (D14)",
        "An error occurred (UnauthorizedOperation) when calling the RunInstances operation: You are not authorized to "
        "perform this operation. Encoded authorization failure message: 4GIOHlTkIaWHQD0Q0m6XSnuUMCm",
        {"form": "encoded", "action": "ec2:RunInstances"},
    ),
    (
        "EC2's sentence with its encoded message",
        "An error occurred (UnauthorizedOperation) when calling the RunInstances operation: You are not authorized to "
        f"perform this operation. User: {MAYA} is not authorized to perform: ec2:RunInstances on resource: "
        "arn:aws:ec2:eu-west-1:111122223333:instance/* because no identity-based policy allows the ec2:RunInstances "
        "action. Encoded authorization failure message: 4GIOHlTkIaWHQD0Q0m6XSnuUMCm",
        {"form": "sentence", "resource": "arn:aws:ec2:eu-west-1:111122223333:instance/*", "policy_type": "identity"},
    ),
    (
        "KMS, the older words",
        "An error occurred (AccessDeniedException) when calling the GetParameter operation: The ciphertext refers to a "
        "customer master key that does not exist, does not exist in this region, or you are not allowed to access.",
        {"form": "ciphertext", "action": "kms:Decrypt", "operation": "GetParameter"},
    ),
    (
        "KMS, three causes at once",
        f"User: {SESSION} is not authorized to perform: kms:Decrypt on this resource because the resource does not exist "
        "in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access",
        {"action": "kms:Decrypt", "policy_type": "resource", "kind": "unknown", "allow_can_help": None},
    ),
    (
        "SageMaker cannot assume the role",
        "An error occurred (ValidationException) when calling the CreateTrainingJob operation: Could not assume role "
        f"{ROLE}. Please ensure that the role exists and allows principal 'sagemaker.amazonaws.com' to assume the role.",
        {"form": "cannot assume", "resource": ROLE, "policy_type": "trust", "draft_kind": "trust"},
    ),
    (
        "Lambda cannot assume the role",
        "An error occurred (InvalidParameterValueException) when calling the CreateFunction operation: The role defined "
        "for the function cannot be assumed by Lambda.",
        {"form": "cannot assume", "principal": "lambda.amazonaws.com"},
    ),
    (
        "passing a role",
        "An error occurred (AccessDeniedException) when calling the CreateTrainingJob operation: User: "
        f"{MAYA} is not authorized to perform: iam:PassRole on resource: {ROLE} because no identity-based policy allows "
        "the iam:PassRole action",
        {
            "draft": {
                "Effect": "Allow",
                "Action": "iam:PassRole",
                "Resource": ROLE,
                "Condition": {"StringEquals": {"iam:PassedToService": "sagemaker.amazonaws.com"}},
            }
        },
    ),
    (
        "a role of another account",
        "An error occurred (AccessDeniedException) when calling the CreateModel operation: Cross-account pass role is "
        "not allowed.",
        {"form": "cross-account role", "action": "iam:PassRole", "allow_can_help": False},
    ),
    (
        "a web identity",
        "An error occurred (AccessDenied) when calling the AssumeRoleWithWebIdentity operation: Not authorized to "
        "perform sts:AssumeRoleWithWebIdentity",
        {"form": "federation", "action": "sts:AssumeRoleWithWebIdentity", "policy_type": "trust"},
    ),
    (
        "Block Public Access",
        f'User: {MAYA} is not authorized to perform: "s3:PutBucketPolicy" on resource: "arn:aws:s3:::b" because public '
        "policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.",
        {"form": "public access", "action": "s3:PutBucketPolicy", "allow_can_help": False},
    ),
    (
        "a model that is not subscribed to",
        "An error occurred (AccessDeniedException) when calling the InvokeModel operation: Model access is denied due to "
        "IAM user or service role is not authorized to perform the required AWS Marketplace actions "
        "(aws-marketplace:ViewSubscriptions, aws-marketplace:Subscribe) to enable access to this model.",
        {"form": "marketplace", "action": "aws-marketplace:Subscribe"},
    ),
    (
        "a model without access",
        "An error occurred (AccessDeniedException) when calling the InvokeModel operation: You don't have access to the "
        "model with the specified model ID.",
        {"form": "model access", "action": "bedrock:InvokeModel", "allow_can_help": None},
    ),
    (
        "Lake Formation",
        "An error occurred (AccessDeniedException) when calling the GetTable operation: Insufficient Lake Formation "
        "permission(s): Required Describe on churn",
        {"form": "lake formation", "allow_can_help": False},
    ),
    (
        "HTML entities",
        f"<Error><Code>AccessDenied</Code><Message>User: {MAYA} is not authorized to perform: &quot;s3:GetObject&quot; "
        f"on resource: &quot;{OBJECT}&quot; because no session policy {TAIL}</Message></Error>",
        {"action": "s3:GetObject", "resource": OBJECT, "policy_type": "session"},
    ),
    (
        "XML without a reason",
        f"<Message>User: {MAYA} is not authorized to perform: s3:GetObject on resource: {OBJECT}</Message>",
        {"resource": OBJECT, "policy_type": "unknown"},
    ),
    (
        "the answer of another program, as JSON",
        json.dumps({"__type": "AccessDeniedException", "Message": f"{FRAME} because no session policy {TAIL}"}),
        {"resource": OBJECT, "policy_type": "session"},
    ),
    (
        "a piece of JSON in a log line",
        "ERROR "
        + json.dumps({"error": f"{FRAME.replace(OBJECT, json.dumps(OBJECT))} because no session policy {TAIL}"}),
        {"resource": OBJECT, "policy_type": "session"},
    ),
    (
        "a decoded message",
        json.dumps(
            {
                "DecodedMessage": json.dumps(
                    {
                        "allowed": False,
                        "explicitDeny": True,
                        "matchedStatements": {"items": []},
                        "context": {
                            "principal": {"id": "AIDAEXAMPLE", "arn": MAYA},
                            "action": "ec2:RunInstances",
                            "resource": "arn:aws:ec2:eu-west-1:111122223333:instance/*",
                        },
                    }
                )
            }
        ),
        {"form": "decoded", "kind": "explicit", "principal": MAYA, "allow_can_help": False},
    ),
    (
        "a traceback",
        "Traceback (most recent call last):\n"
        '  File "train.py", line 12, in <module>\n'
        "    s3.download_file(bucket, key, path)\n"
        "botocore.exceptions.ClientError: An error occurred (AccessDenied) when calling the GetObject operation: "
        f"{FRAME} because no identity-based policy {TAIL}\n\n"
        "During handling of the above exception, another exception occurred:\n"
        '  File "train.py", line 14, in <module>\nRuntimeError: no data\n',
        {"principal": MAYA, "resource": OBJECT, "policy_type": "identity", "operation": "GetObject"},
    ),
    (
        "a traceback whose sentence gives no reason",
        f"botocore.exceptions.ClientError: {FRAME}\n\nDuring handling of the above exception, another exception occurred",
        {"resource": OBJECT, "policy_type": "unknown"},
    ),
]
