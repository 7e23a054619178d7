"""Operations whose authorization cannot be read off their name: facts, each with the page that states them.

A name is `service:Operation` with the service's prefix in IAM, or with the SDK's name of the service where that tells
two operations of one name apart (`s3control:PutPublicAccessBlock` is not `s3:PutPublicAccessBlock`).
"""

from __future__ import annotations

__all__ = ["CALLS", "FURTHER", "NO_ACTION", "OTHER_NAMES", "PAGES", "TAGGING", "VERSIONED"]

DOCS = "https://docs.aws.amazon.com/"

PAGES = {
    "s3": f"{DOCS}AmazonS3/latest/userguide/using-with-s3-policy-actions.html",
    "s3control": f"{DOCS}AmazonS3/latest/userguide/using-with-s3-policy-actions.html",
    "bedrock": f"{DOCS}bedrock/latest/APIReference/API_runtime_{{operation}}.html",
    "kms": f"{DOCS}kms/latest/developerguide/kms-api-permissions-reference.html",
    "sts": f"{DOCS}STS/latest/APIReference/API_{{operation}}.html",
    "ecr": f"{DOCS}AmazonECR/latest/APIReference/API_{{operation}}.html",
    "lambda": f"{DOCS}lambda/latest/dg/lambda-api-permissions-ref.html",
    "ssm": f"{DOCS}systems-manager/latest/APIReference/API_{{operation}}.html",
    "dynamodb": f"{DOCS}amazondynamodb/latest/developerguide/api-permissions-reference.html",
    "glue": f"{DOCS}service-authorization/latest/reference/list_glue.html",
    "lex": f"{DOCS}lexv2/latest/APIReference/API_{{operation}}.html",
    "sns": f"{DOCS}sns/latest/dg/sns-access-policy-language-api-permissions-reference.html",
    "sqs": f"{DOCS}AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-api-permissions-reference.html",
    "sagemaker": f"{DOCS}sagemaker/latest/dg/api-permissions-reference.html",
    "secretsmanager": f"{DOCS}secretsmanager/latest/userguide/security-encryption.html",
    "athena": f"{DOCS}athena/latest/ug/security-iam-athena.html",
}
"""Where a service's documentation maps operations to actions; `{operation}` stands for the operation's name."""

SERVICE_PAGE = f"{DOCS}service-authorization/latest/reference/list_{{service}}.html"
"""Where the Service Authorization Reference lists a service's operations and actions."""

OTHER_NAMES: dict[str, str] = {
    # Amazon S3: one bucket's or object's operation
    "s3:CompleteMultipartUpload": "s3:PutObject",
    "s3:CopyObject": "s3:PutObject s3:GetObject",
    "s3:CreateBucketMetadataConfiguration": "s3:CreateBucketMetadataTableConfiguration",
    "s3:CreateMultipartUpload": "s3:PutObject",
    "s3:CreateSession": "s3express:CreateSession",
    "s3:DeleteBucketAnalyticsConfiguration": "s3:PutAnalyticsConfiguration",
    "s3:DeleteBucketCors": "s3:PutBucketCORS",
    "s3:DeleteBucketEncryption": "s3:PutEncryptionConfiguration",
    "s3:DeleteBucketIntelligentTieringConfiguration": "s3:PutIntelligentTieringConfiguration",
    "s3:DeleteBucketInventoryConfiguration": "s3:PutInventoryConfiguration",
    "s3:DeleteBucketLifecycle": "s3:PutLifecycleConfiguration",
    "s3:DeleteBucketMetadataConfiguration": "s3:DeleteBucketMetadataTableConfiguration",
    "s3:DeleteBucketMetricsConfiguration": "s3:PutMetricsConfiguration",
    "s3:DeleteBucketOwnershipControls": "s3:PutBucketOwnershipControls",
    "s3:DeleteBucketReplication": "s3:PutReplicationConfiguration",
    "s3:DeleteBucketTagging": "s3:PutBucketTagging",
    "s3:DeleteObjects": "s3:DeleteObject",
    "s3:DeletePublicAccessBlock": "s3:PutBucketPublicAccessBlock",
    "s3:GetBucketAccelerateConfiguration": "s3:GetAccelerateConfiguration",
    "s3:GetBucketAnalyticsConfiguration": "s3:GetAnalyticsConfiguration",
    "s3:GetBucketEncryption": "s3:GetEncryptionConfiguration",
    "s3:GetBucketIntelligentTieringConfiguration": "s3:GetIntelligentTieringConfiguration",
    "s3:GetBucketInventoryConfiguration": "s3:GetInventoryConfiguration",
    "s3:GetBucketLifecycle": "s3:GetLifecycleConfiguration",
    "s3:GetBucketLifecycleConfiguration": "s3:GetLifecycleConfiguration",
    "s3:GetBucketMetadataConfiguration": "s3:GetBucketMetadataTableConfiguration",
    "s3:GetBucketMetricsConfiguration": "s3:GetMetricsConfiguration",
    "s3:GetBucketNotificationConfiguration": "s3:GetBucketNotification",
    "s3:GetBucketReplication": "s3:GetReplicationConfiguration",
    "s3:GetObjectLockConfiguration": "s3:GetBucketObjectLockConfiguration",
    "s3:GetPublicAccessBlock": "s3:GetBucketPublicAccessBlock",
    "s3:HeadBucket": "s3:ListBucket",
    "s3:HeadObject": "s3:GetObject",
    "s3:ListBucketAnalyticsConfigurations": "s3:GetAnalyticsConfiguration",
    "s3:ListBucketIntelligentTieringConfigurations": "s3:GetIntelligentTieringConfiguration",
    "s3:ListBucketInventoryConfigurations": "s3:GetInventoryConfiguration",
    "s3:ListBucketMetricsConfigurations": "s3:GetMetricsConfiguration",
    "s3:ListBuckets": "s3:ListAllMyBuckets",
    "s3:ListDirectoryBuckets": "s3express:ListAllMyDirectoryBuckets",
    "s3:ListMultipartUploads": "s3:ListBucketMultipartUploads",
    "s3:ListObjectVersions": "s3:ListBucketVersions",
    "s3:ListObjects": "s3:ListBucket",
    "s3:ListObjectsV2": "s3:ListBucket",
    "s3:ListParts": "s3:ListMultipartUploadParts",
    "s3:PutBucketAccelerateConfiguration": "s3:PutAccelerateConfiguration",
    "s3:PutBucketAnalyticsConfiguration": "s3:PutAnalyticsConfiguration",
    "s3:PutBucketEncryption": "s3:PutEncryptionConfiguration",
    "s3:PutBucketIntelligentTieringConfiguration": "s3:PutIntelligentTieringConfiguration",
    "s3:PutBucketInventoryConfiguration": "s3:PutInventoryConfiguration",
    "s3:PutBucketLifecycle": "s3:PutLifecycleConfiguration",
    "s3:PutBucketLifecycleConfiguration": "s3:PutLifecycleConfiguration",
    "s3:PutBucketMetricsConfiguration": "s3:PutMetricsConfiguration",
    "s3:PutBucketNotificationConfiguration": "s3:PutBucketNotification",
    "s3:PutBucketReplication": "s3:PutReplicationConfiguration",
    "s3:PutObjectLockConfiguration": "s3:PutBucketObjectLockConfiguration",
    "s3:PutPublicAccessBlock": "s3:PutBucketPublicAccessBlock",
    "s3:RenameObject": "s3express:CreateSession",
    "s3:SelectObjectContent": "s3:GetObject",
    "s3:UploadPart": "s3:PutObject",
    "s3:UploadPartCopy": "s3:PutObject s3:GetObject",
    "s3:WriteGetObjectResponse": "s3-object-lambda:WriteGetObjectResponse",
    # S3 Control: a bucket here is one on Outposts, public access is the account's
    "s3control:CreateBucket": "s3-outposts:CreateBucket",
    "s3control:DeleteAccessPointScope": "s3express:DeleteAccessPointScope",
    "s3control:DeleteBucket": "s3-outposts:DeleteBucket",
    "s3control:DeleteBucketLifecycleConfiguration": "s3-outposts:PutLifecycleConfiguration",
    "s3control:DeleteBucketPolicy": "s3-outposts:DeleteBucketPolicy",
    "s3control:DeleteBucketReplication": "s3-outposts:PutReplicationConfiguration",
    "s3control:DeleteBucketTagging": "s3-outposts:PutBucketTagging",
    "s3control:DeletePublicAccessBlock": "s3:PutAccountPublicAccessBlock",
    "s3control:GetAccessPointScope": "s3express:GetAccessPointScope",
    "s3control:GetBucket": "s3-outposts:GetBucket",
    "s3control:GetBucketLifecycleConfiguration": "s3-outposts:GetLifecycleConfiguration",
    "s3control:GetBucketPolicy": "s3-outposts:GetBucketPolicy",
    "s3control:GetBucketReplication": "s3-outposts:GetReplicationConfiguration",
    "s3control:GetBucketTagging": "s3-outposts:GetBucketTagging",
    "s3control:GetBucketVersioning": "s3-outposts:GetBucketVersioning",
    "s3control:GetPublicAccessBlock": "s3:GetAccountPublicAccessBlock",
    "s3control:ListAccessPointsForDirectoryBuckets": "s3express:ListAccessPointsForDirectoryBuckets",
    "s3control:ListRegionalBuckets": "s3-outposts:ListRegionalBuckets",
    "s3control:PutAccessPointScope": "s3express:PutAccessPointScope",
    "s3control:PutBucketLifecycleConfiguration": "s3-outposts:PutLifecycleConfiguration",
    "s3control:PutBucketPolicy": "s3-outposts:PutBucketPolicy",
    "s3control:PutBucketReplication": "s3-outposts:PutReplicationConfiguration",
    "s3control:PutBucketTagging": "s3-outposts:PutBucketTagging",
    "s3control:PutBucketVersioning": "s3-outposts:PutBucketVersioning",
    "s3control:PutPublicAccessBlock": "s3:PutAccountPublicAccessBlock",
    # Amazon Bedrock
    "bedrock:Converse": "bedrock:InvokeModel",
    "bedrock:ConverseStream": "bedrock:InvokeModelWithResponseStream",
    "bedrock:InvokeModelWithBidirectionalStream": "bedrock:InvokeModel",
    "bedrock:RetrieveAndGenerateStream": "bedrock:RetrieveAndGenerate",
    "bedrock:StartAsyncInvoke": "bedrock:InvokeModel",
    # The rest, by service
    "access-analyzer:GetFindingV2": "access-analyzer:GetFinding",
    "access-analyzer:ListFindingsV2": "access-analyzer:ListFindings",
    "batch:CancelJobs": "batch:CancelJob",
    "batch:TerminateJobs": "batch:TerminateJob",
    "batch:TerminateServiceJobs": "batch:TerminateServiceJob",
    "cloudtrail:ListInsightsMetricData": "cloudtrail:LookupEvents cloudtrail:ListInsightsData",
    "dynamodb:TransactGetItems": "dynamodb:GetItem",
    "ecr:ListImageReferrers": "ecr:BatchGetImage",
    "glue:BatchDeleteConnection": "glue:BatchDeleteConnection glue:DeleteConnection",
    "glue:BatchDeleteTableVersion": "glue:BatchDeleteTableVersion glue:DeleteTableVersion",
    "glue:BatchGetBlueprints": "glue:BatchGetBlueprints glue:GetBlueprint",
    "glue:BatchGetCustomEntityTypes": "glue:BatchGetCustomEntityTypes glue:GetCustomEntityType",
    "glue:BatchGetDataQualityResult": "glue:GetDataQualityResult",
    "glue:BatchGetDevEndpoints": "glue:BatchGetDevEndpoints glue:GetDevEndpoint",
    "glue:GetUnfilteredPartitionMetadata": "glue:GetPartition",
    "glue:GetUnfilteredPartitionsMetadata": "glue:GetPartitions",
    "glue:GetUnfilteredTableMetadata": "glue:GetTable",
    "kms:ReEncrypt": "kms:ReEncryptFrom kms:ReEncryptTo",
    "lakeformation:GetGlueFunctionSessionContext": "lakeformation:GetDataAccess",
    "lambda:GetLayerVersionByArn": "lambda:GetLayerVersion",
    "lambda:Invoke": "lambda:InvokeFunction",
    "lambda:InvokeWithResponseStream": "lambda:InvokeFunction",
    "lex:ListUtteranceAnalyticsData": "lex:ListAggregatedUtterances",
    "lex:ListUtteranceMetrics": "lex:ListAggregatedUtterances",
    "redshift-data:GetStatementResultV2": "redshift-data:GetStatementResult",
    "sns:PublishBatch": "sns:Publish",
    "sqs:ChangeMessageVisibilityBatch": "sqs:ChangeMessageVisibility",
    "sqs:DeleteMessageBatch": "sqs:DeleteMessage",
    "sqs:SendMessageBatch": "sqs:SendMessage",
    "ssm:DeregisterDefaultHostManagementConfiguration": "ssm:GetServiceSetting ssm:ResetServiceSetting",
    "ssm:RegisterDefaultHostManagementConfiguration": "ssm:GetServiceSetting ssm:UpdateServiceSetting",
}
"""Operations authorized under other actions than their own name, each of which must be allowed (rules M17, M18)."""

NO_ACTION = {
    "sts:GetCallerIdentity": "It answers every caller, even one whom a policy denies it.",
    "sts:GetSessionToken": "It answers every IAM user and the root user.",
    "dynamodb:DescribeEndpoints": "It answers every caller that signs its request.",
}
"""Operations that need no Allow."""

PARTIQL = {
    "a statement is `SELECT`": "dynamodb:PartiQLSelect",
    "a statement is `INSERT`": "dynamodb:PartiQLInsert",
    "a statement is `UPDATE`": "dynamodb:PartiQLUpdate",
    "a statement is `DELETE`": "dynamodb:PartiQLDelete",
}
CALLS = {
    "dynamodb:BatchExecuteStatement": PARTIQL,
    "dynamodb:ExecuteStatement": PARTIQL,
    "dynamodb:ExecuteTransaction": PARTIQL,
    "dynamodb:TransactWriteItems": {
        "the transaction has a `Put`": "dynamodb:PutItem",
        "the transaction has an `Update`": "dynamodb:UpdateItem",
        "the transaction has a `Delete`": "dynamodb:DeleteItem",
        "the transaction has a `ConditionCheck`": "dynamodb:ConditionCheckItem",
    },
}
"""Operations that have no action of their own: what the call holds decides which are checked."""

VERSIONED = {
    "s3:GetObject": "s3:GetObjectVersion",
    "s3:DeleteObject": "s3:DeleteObjectVersion",
    "s3:GetObjectAcl": "s3:GetObjectVersionAcl",
    "s3:PutObjectAcl": "s3:PutObjectVersionAcl",
    "s3:GetObjectTagging": "s3:GetObjectVersionTagging",
    "s3:PutObjectTagging": "s3:PutObjectVersionTagging",
    "s3:DeleteObjectTagging": "s3:DeleteObjectVersionTagging",
    "s3:GetObjectAttributes": "s3:GetObjectVersionAttributes",
}
"""What S3 checks instead where the call names a version of the object."""

READ_KEY = {"kms:Decrypt": "the object is encrypted under a KMS key"}
WRITE_KEY = {"kms:GenerateDataKey": "the object is to be encrypted under a KMS key"}
PARTS_KEY = WRITE_KEY | {"kms:Decrypt": "the upload has several parts, encrypted under a KMS key"}
PUT = {
    "s3:PutObjectTagging": "the call gives the object tags",
    "s3:PutObjectAcl": "the call sets an ACL",
    "s3:PutObjectRetention": "the call sets a retention period",
    "s3:PutObjectLegalHold": "the call sets a legal hold",
}
EXISTS = {"s3:ListBucket": "the object does not exist: without it S3 answers 403, not 404"}
VOLUME_KEY = {
    "kms:CreateGrant": "the call names a customer managed KMS key for volumes",
    "kms:DescribeKey": "the call names a customer managed KMS key",
}
MESSAGE_KEY = {
    "kms:GenerateDataKey": "messages are encrypted under a customer managed KMS key",
    "kms:Decrypt": "messages are encrypted under a customer managed KMS key",
}
SECRET_KEY = {"kms:Decrypt": "the secret is encrypted under a customer managed KMS key"}
IN_VPC = {"ec2:CreateNetworkInterface": "the call names subnets of a VPC"}
ITEM_KEY = {"kms:Decrypt": "the table is encrypted under a customer managed KMS key"}
MODEL = {"bedrock:ApplyGuardrail": "the call names a guardrail"}

FURTHER: dict[str, dict[str, str]] = {
    "s3:GetObject": READ_KEY | EXISTS,
    "s3:HeadObject": READ_KEY | EXISTS,
    "s3:SelectObjectContent": READ_KEY,
    "s3:GetObjectAttributes": {"s3:GetObject": "always"} | READ_KEY,
    "s3:PutObject": WRITE_KEY | PUT,
    "s3:CopyObject": WRITE_KEY
    | {
        "kms:Decrypt": "the source is encrypted under a KMS key",
        "s3:GetObjectTagging": "the source has tags that are copied",
        "s3:ListBucket": "the source does not exist: without it S3 answers 403, not 404",
    }
    | PUT,
    "s3:CreateMultipartUpload": PARTS_KEY | PUT,
    "s3:UploadPart": PARTS_KEY,
    "s3:UploadPartCopy": PARTS_KEY,
    "s3:CompleteMultipartUpload": PARTS_KEY,
    "s3:DeleteObjects": {"s3:DeleteObjectVersion": "the call names versions"},
    "secretsmanager:GetSecretValue": SECRET_KEY,
    "secretsmanager:CreateSecret": SECRET_KEY | {"kms:GenerateDataKey": SECRET_KEY["kms:Decrypt"]},
    "secretsmanager:PutSecretValue": SECRET_KEY | {"kms:GenerateDataKey": SECRET_KEY["kms:Decrypt"]},
    "ssm:GetParameter": {"kms:Decrypt": "the parameter is a `SecureString` under a customer managed KMS key"},
    "ssm:GetParameters": {"kms:Decrypt": "a parameter is a `SecureString` under a customer managed KMS key"},
    "ssm:GetParametersByPath": {"kms:Decrypt": "a parameter is a `SecureString` under a customer managed KMS key"},
    "ssm:PutParameter": {"kms:Encrypt": "the parameter is a `SecureString` under a customer managed KMS key"},
    "sqs:SendMessage": MESSAGE_KEY,
    "sqs:ReceiveMessage": {"kms:Decrypt": MESSAGE_KEY["kms:Decrypt"]},
    "sns:Publish": MESSAGE_KEY,
    "dynamodb:GetItem": ITEM_KEY,
    "dynamodb:PutItem": ITEM_KEY,
    "dynamodb:Query": ITEM_KEY,
    "bedrock:InvokeModel": MODEL,
    "bedrock:InvokeModelWithResponseStream": MODEL,
    "bedrock:Converse": MODEL,
    "bedrock:ConverseStream": MODEL,
    "bedrock:RetrieveAndGenerate": {"bedrock:Retrieve": "always", "bedrock:InvokeModel": "the call names a model"},
    "sagemaker:CreateTrainingJob": VOLUME_KEY,
    "sagemaker:CreateProcessingJob": VOLUME_KEY,
    "sagemaker:CreateHyperParameterTuningJob": VOLUME_KEY,
    "sagemaker:CreateTransformJob": VOLUME_KEY,
    "sagemaker:CreateEndpointConfig": VOLUME_KEY,
    "sagemaker:CreateNotebookInstance": VOLUME_KEY | IN_VPC,
    "sagemaker:CreateDomain": VOLUME_KEY | {"iam:CreateServiceLinkedRole": "the account has no domain yet"},
    "athena:StartQueryExecution": {
        "glue:GetTable": "the query reads a table of the Glue Data Catalog",
        "s3:GetObject": "the query reads data in S3",
        "s3:GetBucketLocation": "results go to a bucket",
        "s3:PutObject": "results go to a bucket",
    },
    "athena:GetQueryResults": {"s3:GetObject": "always: the results lie in a bucket"},
    "lambda:CreateFunction": {
        "s3:GetObject": "the code is in a bucket",
        "kms:Decrypt": "the function has a customer managed KMS key",
        "ecr:GetRepositoryPolicy": "the code is a container image",
    },
    "ec2:RunInstances": {"iam:PassRole": "the call names an instance profile"},
    "ec2:CreateVolume": {"kms:CreateGrant": "the volume is encrypted under a customer managed KMS key"},
    "sts:AssumeRole": {
        "sts:TagSession": "the call passes session tags",
        "sts:SetSourceIdentity": "the call sets a source identity",
    },
}
"""Actions that a call may need besides, and when."""

TAGGING = {
    "athena": "athena:TagResource",
    "bedrock": "bedrock:TagResource",
    "bedrock-agentcore": "bedrock-agentcore:TagResource",
    "comprehend": "comprehend:TagResource",
    "dynamodb": "dynamodb:TagResource",
    "ec2": "ec2:CreateTags",
    "ecr": "ecr:TagResource",
    "elasticfilesystem": "elasticfilesystem:TagResource",
    "events": "events:TagResource",
    "fsx": "fsx:TagResource",
    "glue": "glue:TagResource",
    "kendra": "kendra:TagResource",
    "kms": "kms:TagResource",
    "lambda": "lambda:TagResource",
    "logs": "logs:TagResource",
    "sagemaker": "sagemaker:AddTags",
    "secretsmanager": "secretsmanager:TagResource",
    "sns": "sns:TagResource",
    "sqs": "sqs:TagQueue",
    "ssm": "ssm:AddTagsToResource",
    "states": "states:TagResource",
}
"""What a call needs besides where it gives tags to what it creates (access_tags.html in the IAM User Guide)."""
