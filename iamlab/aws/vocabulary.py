"""The words that completion offers beside the catalogue's names, each with a sentence on what it means.

Sources: the IAM User Guide's pages on policy elements, condition operators and policy variables; for service
principals and Regions the pages of the services. Lists are chosen for machine-learning work, not complete.
"""

from __future__ import annotations

FAMILIAR_SERVICES = (
    *(
        "s3",
        "sagemaker",
        "ecr",
        "logs",
        "iam",
        "sts",
        "kms",
        "athena",
        "glue",
        "bedrock",
        "cloudwatch",
        "ec2",
    ),
    *("lambda", "states", "events", "secretsmanager", "dynamodb"),
)
"""Services of machine-learning work; their names come first."""

ELEMENTS = {
    "Version": "Which language the policy is written in; `2012-10-17` knows policy variables.",
    "Id": "A name for the policy as a whole.",
    "Statement": "What the policy says: one statement, or a list of them.",
    "Sid": "A name for this statement.",
    "Effect": "`Allow` or `Deny`.",
    "Principal": "Who: the policy hangs on a resource, so it says whose requests it is about.",
    "NotPrincipal": "Everyone but these; only with `Deny`.",
    "Action": "What is done: `service:Operation`; `*` stands for any run of characters.",
    "NotAction": "Every action of every service but these.",
    "Resource": "What it is done to: ARNs; `*` alone covers everything.",
    "NotResource": "Every resource but these.",
    "Condition": "When: operator, condition key, values.",
}

EFFECTS = {
    "Allow": "Lets a request through, unless any statement denies it.",
    "Deny": "Denies a request, whatever allows it.",
}

VERSIONS = {
    "2012-10-17": "The current language, with policy variables.",
    "2008-10-17": "The older language: `${…}` is plain text in it. Without `Version` it applies too.",
}

PRINCIPAL_TYPES = {
    "AWS": "Accounts, users, roles and sessions; `*` is everyone.",
    "Service": "AWS services that make requests as themselves.",
    "Federated": "Identity providers; in role trust policies.",
    "CanonicalUser": "An account by its canonical ID; Amazon S3 only.",
}

EVERYTHING = {"*": "Everything; the only Resource for actions that name none."}

FAMILIAR_TYPES = (
    ("s3", "object"),
    ("s3", "bucket"),
    ("sagemaker", "training-job"),
    ("sagemaker", "model"),
    ("sagemaker", "endpoint"),
    ("iam", "role"),
    ("ecr", "repository"),
    ("kms", "key"),
    ("logs", "log-group"),
)
"""Resource types of machine-learning work, offered where no action says which are meant."""

EVERYONE = {"*": "Everyone, also who has no AWS identity."}

PRINCIPALS = {
    "arn:aws:iam::ACCOUNT:role/ROLE": "A role, and with it every session of it.",
    "arn:aws:iam::ACCOUNT:user/USER": "One user.",
    "arn:aws:iam::ACCOUNT:root": "An account, which then decides whom of its own it lets through.",
    "arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION": "One session of a role.",
}

PROVIDERS = {
    "arn:aws:iam::ACCOUNT:saml-provider/PROVIDER": "A SAML identity provider.",
    "arn:aws:iam::ACCOUNT:oidc-provider/HOST": "An OpenID Connect identity provider.",
    "cognito-identity.amazonaws.com": "Amazon Cognito identity pools.",
}

SERVICE_PRINCIPALS = {
    "sagemaker.amazonaws.com": "Amazon SageMaker: training jobs, endpoints, notebooks, pipelines.",
    "lambda.amazonaws.com": "AWS Lambda.",
    "ec2.amazonaws.com": "Amazon EC2 instances.",
    "states.amazonaws.com": "AWS Step Functions.",
    "events.amazonaws.com": "Amazon EventBridge.",
    "scheduler.amazonaws.com": "Amazon EventBridge Scheduler.",
    "glue.amazonaws.com": "AWS Glue.",
    "bedrock.amazonaws.com": "Amazon Bedrock.",
    "codebuild.amazonaws.com": "AWS CodeBuild.",
    "codepipeline.amazonaws.com": "AWS CodePipeline.",
    "cloudformation.amazonaws.com": "AWS CloudFormation.",
    "cloudtrail.amazonaws.com": "AWS CloudTrail.",
    "ecs-tasks.amazonaws.com": "Amazon ECS tasks.",
    "firehose.amazonaws.com": "Amazon Data Firehose.",
    "batch.amazonaws.com": "AWS Batch.",
    "logs.amazonaws.com": "Amazon CloudWatch Logs.",
    "s3.amazonaws.com": "Amazon S3.",
    "sns.amazonaws.com": "Amazon SNS.",
}

TRUST_ACTIONS = (
    "sts:AssumeRole",
    "sts:AssumeRoleWithSAML",
    "sts:AssumeRoleWithWebIdentity",
    "sts:TagSession",
    "sts:SetSourceIdentity",
)

OPERATORS = {
    "StringEquals": "The value is one of these, letter case included; `*` is a plain star here.",
    "StringNotEquals": "The value is none of these; also true when the key is missing.",
    "StringEqualsIgnoreCase": "The value is one of these, case aside.",
    "StringNotEqualsIgnoreCase": "The value is none of these, case aside; also true when the key is missing.",
    "StringLike": "The value fits one of these patterns: `*` is any run of characters, `?` is one.",
    "StringNotLike": "The value fits none of these patterns; also true when the key is missing.",
    "ArnEquals": "The ARN fits one of these patterns, part by part; the same as `ArnLike`.",
    "ArnNotEquals": "The ARN fits none of these patterns; also true when the key is missing.",
    "ArnLike": "The ARN fits one of these patterns, part by part.",
    "ArnNotLike": "The ARN fits none of these patterns; also true when the key is missing.",
    "NumericEquals": "The number is one of these.",
    "NumericNotEquals": "The number is none of these; also true when the key is missing.",
    "NumericLessThan": "The number is less than this.",
    "NumericLessThanEquals": "The number is this or less.",
    "NumericGreaterThan": "The number is greater than this.",
    "NumericGreaterThanEquals": "The number is this or greater.",
    "DateEquals": "The moment is one of these.",
    "DateNotEquals": "The moment is none of these; also true when the key is missing.",
    "DateLessThan": "The moment is before this.",
    "DateLessThanEquals": "The moment is this or before.",
    "DateGreaterThan": "The moment is after this.",
    "DateGreaterThanEquals": "The moment is this or after.",
    "Bool": "The value is `true`, or `false`. Never true when the key is missing.",
    "BinaryEquals": "The bytes are these, written in base64.",
    "IpAddress": "The address lies in one of these ranges: `203.0.113.0/24`.",
    "NotIpAddress": "The address lies in none of these ranges; also true when the key is missing.",
    "Null": "`true`: the key is missing. `false`: it is present.",
}
IF_EXISTS = "As `{}`, and true when the key is missing."
SET_OPERATORS = {
    "ForAnyValue": "At least one value of the request passes `{}`.",
    "ForAllValues": "Every value of the request passes `{}`; true also when there is none.",
}

FAMILY_TYPES = {
    "String": ("String", "ARN"),
    "Arn": ("ARN",),
    "Numeric": ("Numeric", "Date"),
    "Date": ("Date",),
    "Bool": ("Bool",),
    "IpAddress": ("IPAddress",),
}
"""Which types of condition key an operator's family suits; a family that is not here suits all."""

FAMILIES = {
    "": "",
    "String": "string",
    "Arn": "ARN",
    "Numeric": "number",
    "Date": "date",
    "Bool": "true or false",
    "Binary": "bytes",
    "IpAddress": "IP address",
    "Null": "missing or present",
}

BOOLEANS = {"true": "", "false": ""}

REGIONS = (
    *("us-east-1", "us-east-2", "us-west-2", "ca-central-1", "sa-east-1"),
    *("eu-west-1", "eu-west-2", "eu-central-1", "eu-north-1"),
    *("ap-south-1", "ap-southeast-1", "ap-southeast-2", "ap-northeast-1", "ap-northeast-2"),
)

KEY_VALUES: dict[str, dict[str, str]] = {
    "iam:passedtoservice": SERVICE_PRINCIPALS,
    "aws:principalservicename": SERVICE_PRINCIPALS,
    "aws:calledvia": SERVICE_PRINCIPALS,
    "aws:calledviafirst": SERVICE_PRINCIPALS,
    "aws:calledvialast": SERVICE_PRINCIPALS,
    "aws:requestedregion": dict.fromkeys(REGIONS, ""),
    "aws:principaltype": dict.fromkeys(("Account", "User", "FederatedUser", "AssumedRole", "Anonymous"), ""),
    "sagemaker:rootaccess": {"Enabled": "", "Disabled": ""},
    "sagemaker:directinternetaccess": {"Enabled": "", "Disabled": ""},
    "s3:x-amz-server-side-encryption": {"AES256": "Keys of Amazon S3.", "aws:kms": "Keys of AWS KMS."},
    "s3:x-amz-acl": {"private": "", "bucket-owner-full-control": "", "public-read": "Readable by everyone."},
}
"""Values of condition keys, by the key in lower case."""

VARIABLES = {
    "${aws:username}": "The user's name. Role sessions have none, and then this matches nothing.",
    "${aws:userid}": "The principal's unique ID.",
    "${aws:PrincipalAccount}": "The principal's account.",
    "${aws:PrincipalOrgID}": "The principal's organization.",
    "${aws:PrincipalTag/TAG-KEY}": "A tag of the principal.",
    "${aws:ResourceTag/TAG-KEY}": "A tag of the resource.",
    "${aws:RequestTag/TAG-KEY}": "A tag that the request would set.",
    "${sagemaker:DomainId}": "The SageMaker domain, in requests that carry it.",
    "${sagemaker:UserProfileName}": "The SageMaker user profile, in requests that carry it.",
    "${*}": "A plain star.",
    "${?}": "A plain question mark.",
    "${$}": "A plain dollar sign.",
}
