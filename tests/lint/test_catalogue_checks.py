"""What the catalogue says of a policy: near misses that must be silent beside odd forms that must not.

Facts: the Service Authorization Reference
(https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html).
"""

import json
from typing import Any

import pytest

from iamlab.aws.managed import describe_managed_policy, managed_policies
from iamlab.aws.operation_lists import NOT_LISTED
from iamlab.lint import lint
from iamlab.lint.carrying import carries, is_judged
from iamlab.lint.checks.action_not_in_catalogue import action_not_in_catalogue
from iamlab.lint.checks.unknown_action import unknown_action
from iamlab.lint.checks.unknown_service import unknown_service
from iamlab.lint.fitting import fits, has_known_shape, swapped
from iamlab.lint.spelling import actions_meant, services_meant
from iamlab.lint.subject import Subject
from iamlab.policy import parse_policy

BUCKET = "arn:aws:s3:::ml-training-data-bucket"
OBJECTS = f"{BUCKET}/*"
JOBS = "arn:aws:sagemaker:us-east-1:111122223333:training-job/*"


def policy(effect: str, action: Any, resource: Any = "*", condition: Any = None) -> str:
    """A policy of one statement."""
    statement = {"Effect": effect, "Action": action, "Resource": resource}
    return json.dumps(
        {"Version": "2012-10-17", "Statement": statement | ({"Condition": condition} if condition else {})}
    )


def places(code: str, text: str, kind: str = "identity") -> list[str]:
    """The texts that a check marks."""
    return [text[p.span.start : p.span.end].strip('"') for p in lint(text, kind) if p.code == code]


NEWER_OPERATION = next(
    f"{service}:{name}" for service, names in NOT_LISTED.items() for name in names.split() if service == "sagemaker"
)
"""An operation of Amazon SageMaker AI that the catalogue does not list yet."""

# code, what is so, action, resource, the texts that are marked
FOUND = (
    ("unknown-action", "one letter wrong", "s3:GetObjekt", OBJECTS, ["s3:GetObjekt"]),
    ("unknown-action", "plural", "s3:GetObjects", OBJECTS, ["s3:GetObjects"]),
    ("unknown-action", "two letters swapped", "s3:GteObject", OBJECTS, ["s3:GteObject"]),
    ("unknown-action", "operation authorized otherwise", "s3:HeadObject", OBJECTS, ["s3:HeadObject"]),
    ("unknown-action", "operation of bedrock", "bedrock:Converse", "*", ["bedrock:Converse"]),
    ("unknown-action", "operation of lambda", "lambda:Invoke", "*", ["lambda:Invoke"]),
    ("unknown-action", "operation that depends on the call", "dynamodb:TransactWriteItems", "*", ["dynamodb:TransactWriteItems"]),
    ("unknown-action", "operation in small letters", "s3:headobject", OBJECTS, ["s3:headobject"]),
    ("unknown-action", "prefix in capitals", "S3:GetObjekt", OBJECTS, ["S3:GetObjekt"]),
    ("unknown-action", "one bad among good", ["s3:GetObject", "s3:PutObjekt"], OBJECTS, ["s3:PutObjekt"]),
    ("action-not-in-catalogue", "nothing near", "s3:DownloadFile", OBJECTS, ["s3:DownloadFile"]),
    ("action-not-in-catalogue", "withdrawn by AWS", "budgets:CreateBudget", "*", ["budgets:CreateBudget"]),
    ("unknown-service", "name of the SDK", "bedrock-runtime:InvokeModel", "*", ["bedrock-runtime:InvokeModel"]),
    ("unknown-service", "one letter missing", "sagemakr:CreateModel", "*", ["sagemakr:CreateModel"]),
    ("unknown-service", "what people say", "eventbridge:PutEvents", "*", ["eventbridge:PutEvents"]),
    ("unknown-service", "plural", "stepfunctions:StartExecution", "*", ["stepfunctions:StartExecution"]),
    ("service-not-in-catalogue", "closed service", "deeplens:ListDevices", "*", ["deeplens:ListDevices"]),
    ("action-pattern-matches-nothing", "no such verb", "s3:Read*", OBJECTS, ["s3:Read*"]),
    ("action-pattern-matches-nothing", "question marks", "s3:Get??", OBJECTS, ["s3:Get??"]),
    ("bucket-arn-under-object-action", "read from a bucket", "s3:GetObject", BUCKET, [BUCKET]),
    ("bucket-arn-under-object-action", "pattern of actions", "s3:GetObject*", BUCKET, [BUCKET]),
    ("bucket-arn-under-object-action", "bucket with wildcard", "s3:PutObject", f"{BUCKET}?", [f"{BUCKET}?"]),
    ("bucket-arn-under-object-action", "bucket listed", ["s3:ListBucket", "s3:GetObject"], BUCKET, ["s3:GetObject"]),
    ("object-arn-under-bucket-action", "list objects", "s3:ListBucket", OBJECTS, [OBJECTS]),
    ("object-arn-under-bucket-action", "objects read", ["s3:ListBucket", "s3:GetObject"], OBJECTS, ["s3:ListBucket"]),
    ("action-takes-no-resource", "all buckets", "s3:ListAllMyBuckets", "arn:aws:s3:::*", ["s3:ListAllMyBuckets"]),
    ("action-takes-no-resource", "jobs", "sagemaker:ListTrainingJobs", JOBS, ["sagemaker:ListTrainingJobs"]),
    ("action-fits-no-resource", "other type", "sagemaker:DescribeModel", JOBS, ["sagemaker:DescribeModel"]),
    ("action-fits-no-resource", "other service", "sqs:SendMessage", BUCKET, ["sqs:SendMessage"]),
    ("resource-fits-no-action", "bucket beside objects", "s3:GetObject", [BUCKET, OBJECTS], [BUCKET]),
    ("invalid-arn-resource", "word misspelled", "sagemaker:DescribeModel", "arn:aws:sagemaker:*:*:trainingjob/a", None),
    ("invalid-arn-resource", "no such type", "iam:GetRole", "arn:aws:iam::111122223333:roles/TrainingRole", None),
    ("missing-dependent-action", "job without role", "sagemaker:CreateTrainingJob", JOBS, None),
    ("missing-dependent-action", "what an object is like", "s3:GetObjectAttributes", OBJECTS, ["s3:GetObjectAttributes"]),
    ("missing-dependent-action", "many at once", "glue:BatchGetDevEndpoints", "*", ["glue:BatchGetDevEndpoints"]),
)  # fmt: skip


@pytest.mark.parametrize(
    ("code", "action", "resource", "marked"),
    [(row[0], *row[2:]) for row in FOUND],
    ids=[f"{row[0]}: {row[1]}" for row in FOUND],
)
def test_found(code: str, action: Any, resource: Any, marked: list[str] | None) -> None:
    """What does not work is said, at the text that is to blame; in a Deny as in an Allow."""
    found = places(code, policy("Allow", action, resource))
    assert found if marked is None else found == marked
    if code != "missing-dependent-action":
        assert places(code, policy("Deny", action, resource)) == found


# code, what is so, action, resource
SILENT = (
    ("unknown-action", "letter case", "S3:GETOBJECT", OBJECTS),
    ("unknown-action", "everything", "*", "*"),
    ("unknown-action", "nothing near", "s3:DownloadFile", OBJECTS),
    ("action-not-in-catalogue", "a slip is another finding", "s3:GetObjekt", OBJECTS),
    ("action-not-in-catalogue", "an operation is another finding", "s3:ListObjectsV2", BUCKET),
    ("action-not-in-catalogue", "so is one that depends on the call", "dynamodb:TransactWriteItems", "*"),
    ("action-not-in-catalogue", "an operation newer than the catalogue", NEWER_OPERATION, "*"),
    ("missing-dependent-action", "both", ["s3:GetObjectAttributes", "s3:Get*"], OBJECTS),
    ("missing-dependent-action", "needed by some calls only", ["s3:PutObject", "athena:StartQueryExecution"], "*"),
    ("missing-dependent-action", "service that is none", "bedrock-runtime:InvokeModel", "*"),
    ("missing-dependent-action", "pattern", "sagemaker:CreateTraining*", JOBS),
    ("missing-dependent-action", "documents may come with the call", "bedrock:RetrieveAndGenerate", "*"),
    ("unknown-service", "wildcard in the service", "s*:GetObject", OBJECTS),
    ("unknown-service", "closed service", "deeplens:ListDevices", "*"),
    ("service-not-in-catalogue", "a slip is another finding", "sagemakr:CreateModel", "*"),
    ("action-pattern-matches-nothing", "it matches one", "s3:GetObjec?", OBJECTS),
    ("action-pattern-matches-nothing", "letter case", "s3:getobj*", OBJECTS),
    ("bucket-arn-under-object-action", "objects are there too", "s3:GetObject", [BUCKET, OBJECTS]),
    ("bucket-arn-under-object-action", "every bucket and object", "s3:GetObject", f"{BUCKET}*"),
    ("bucket-arn-under-object-action", "one object", "s3:GetObject", f"{BUCKET}/train.csv"),
    ("bucket-arn-under-object-action", "action on buckets", "s3:ListBucket", BUCKET),
    ("object-arn-under-bucket-action", "all of S3", "s3:*", OBJECTS),
    ("object-arn-under-bucket-action", "both are there", ["s3:ListBucket", "s3:GetObject"], [BUCKET, OBJECTS]),
    ("object-arn-under-bucket-action", "wildcard in the middle", "s3:ListBucket", "arn:aws:s3:::ml-*-bucket"),
    ("action-takes-no-resource", "on everything", "s3:ListAllMyBuckets", "*"),
    ("action-takes-no-resource", "pattern of which some take one", "s3:List*", BUCKET),
    ("action-fits-no-resource", "on everything", ["sqs:SendMessage", "s3:GetObject"], "*"),
    ("action-fits-no-resource", "no colons after the service", "sqs:SendMessage", "arn:aws:sqs"),
    ("action-fits-no-resource", "role for AssumeRole", "sts:AssumeRole", "arn:aws:iam::111122223333:role/TrainingRole"),
    ("action-fits-no-resource", "wildcard for the type", "sagemaker:DescribeModel", "arn:aws:sagemaker:*:*:*"),
    ("action-fits-no-resource", "path in a role's name", "iam:PassRole", "arn:aws:iam::111122223333:role/ml/TrainingRole"),
    ("action-fits-no-resource", "a variable", "s3:GetObject", BUCKET + "/${aws:username}/*"),
    ("action-fits-no-resource", "all of the log group", "logs:PutLogEvents", "arn:aws:logs:us-east-1:111122223333:log-group:x:*"),
    ("resource-fits-no-action", "unknown action", ["s3:GetObject", "s3:Unheard"], [BUCKET, OBJECTS]),
    ("resource-fits-no-action", "every action", "*", [BUCKET, OBJECTS]),
    ("invalid-arn-resource", "wildcard", "sagemaker:DescribeModel", "arn:aws:sagemaker:*:*:mod*"),
    ("invalid-arn-resource", "newer service", "neptune:Query", "arn:aws:nosuchservice:us-east-1:111122223333:thing/x"),
    ("missing-dependent-action", "needs no role", "sagemaker:DescribeTrainingJob", JOBS),
    ("missing-dependent-action", "role allowed by pattern", ["sagemaker:CreateTrainingJob", "iam:Pass*"], "*"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("code", "action", "resource"),
    [(row[0], *row[2:]) for row in SILENT],
    ids=[f"{row[0]}: {row[1]}" for row in SILENT],
)
def test_silent(code: str, action: Any, resource: Any) -> None:
    """What works is not marked."""
    assert places(code, policy("Allow", action, resource)) == []


PREFIX = {"StringLike": {"s3:prefix": "home/*"}}
# code, what is so, effect, action, resource, condition, whether it is found
CONDITIONS = (
    ("condition-key-that-no-action-carries", "allow", "Allow", "s3:GetObject", OBJECTS, PREFIX, True),
    ("condition-key-that-no-action-carries", "deny is graver", "Deny", "s3:GetObject", OBJECTS, PREFIX, False),
    ("condition-key-that-no-action-carries", "it is carried", "Allow", "s3:ListBucket", BUCKET, PREFIX, False),
    ("condition-key-that-no-action-carries", "by one of a pattern", "Allow", "s3:*", "*", PREFIX, False),
    ("condition-key-that-no-action-carries", "every action", "Allow", "*", "*", PREFIX, False),
    ("condition-key-that-no-action-carries", "global key", "Allow", "s3:GetObject", OBJECTS, {"Bool": {"aws:SecureTransport": "true"}}, False),
    ("condition-key-that-no-action-carries", "unknown key", "Allow", "s3:GetObject", OBJECTS, {"StringEquals": {"s3:nokey": "x"}}, False),
    ("condition-key-that-no-action-carries", "key of the credentials", "Allow", "s3:GetObject", OBJECTS, {"ArnLike": {"ec2:SourceInstanceARN": "arn:aws:ec2:us-east-1:111122223333:instance/*"}}, False),
    ("deny-under-key-that-no-action-carries", "deny", "Deny", "s3:GetObject", OBJECTS, PREFIX, True),
    ("deny-under-key-that-no-action-carries", "negated test always holds", "Deny", "s3:GetObject", OBJECTS, {"StringNotLike": {"s3:prefix": "home/*"}}, False),
    ("deny-under-key-that-no-action-carries", "IfExists always holds", "Deny", "s3:GetObject", OBJECTS, {"StringLikeIfExists": {"s3:prefix": "home/*"}}, False),
    ("condition-key-that-one-action-does-not-carry", "one of two", "Allow", ["s3:ListBucket", "s3:GetObject"], [BUCKET, OBJECTS], PREFIX, True),
    ("condition-key-that-one-action-does-not-carry", "none of two", "Allow", ["s3:PutObject", "s3:GetObject"], OBJECTS, PREFIX, False),
    ("condition-key-that-one-action-does-not-carry", "IfExists", "Allow", ["s3:ListBucket", "s3:GetObject"], [BUCKET, OBJECTS], {"StringLikeIfExists": {"s3:prefix": "home/*"}}, False),
    ("condition-key-that-one-action-does-not-carry", "a pattern beside it", "Allow", ["s3:List*", "s3:GetObject*"], [BUCKET, OBJECTS], PREFIX, False),
    ("condition-key-that-one-action-does-not-carry", "role passed beside", "Allow", ["iam:PassRole", "iam:GetRole"], "*", {"StringEquals": {"iam:PassedToService": "sagemaker.amazonaws.com"}}, True),
    ("deprecated-service-condition-key", "given up", "Allow", "sagemaker:CreateTrainingJob", JOBS, {"ArnEquals": {"sagemaker:VolumeKmsKey": "arn:aws:kms:us-east-1:111122223333:key/a"}}, True),
    ("deprecated-service-condition-key", "its successor", "Allow", "sagemaker:CreateTrainingJob", JOBS, {"ArnEquals": {"sagemaker:VolumeKmsKeyArn": "arn:aws:kms:us-east-1:111122223333:key/a"}}, False),
    ("deny-with-unsupported-tag-condition-key-for-service", "not carried", "Deny", "iam:DeleteGroup", "*", {"StringEquals": {"aws:ResourceTag/a": "b"}}, True),
    ("deny-with-unsupported-tag-condition-key-for-service", "letter case of the key", "Deny", "iam:DeleteGroup", "*", {"StringEquals": {"AWS:resourcetag/a": "b"}}, True),
    ("deny-with-unsupported-tag-condition-key-for-service", "carried", "Deny", "sagemaker:DeleteModel", "*", {"StringEquals": {"aws:ResourceTag/a": "b"}}, False),
    ("deny-with-unsupported-tag-condition-key-for-service", "negated test holds", "Deny", "iam:DeleteGroup", "*", {"StringNotEquals": {"aws:ResourceTag/a": "b"}}, False),
    ("deny-with-unsupported-tag-condition-key-for-service", "an Allow is another matter", "Allow", "iam:DeleteGroup", "*", {"StringEquals": {"aws:ResourceTag/a": "b"}}, False),
)  # fmt: skip


@pytest.mark.parametrize(
    ("code", "effect", "action", "resource", "condition", "found"),
    [(row[0], *row[2:]) for row in CONDITIONS],
    ids=[f"{row[0]}: {row[1]}" for row in CONDITIONS],
)
def test_conditions(code: str, effect: str, action: Any, resource: Any, condition: Any, found: bool) -> None:
    """A key is judged by what the catalogue lists for the actions, and by what the operator makes of a missing key."""
    assert bool(places(code, policy(effect, action, resource, condition))) is found


@pytest.mark.parametrize(
    ("action", "resource", "answer"),
    [
        ("s3:ListBucket", BUCKET, True),
        ("s3:ListBucket", "arn:aws:s3:::*", True),
        ("s3:ListBucket", "arn:aws:s3:::*/*", False),
        ("s3:GetObject", "arn:aws:s3:::*/train.csv", True),
        ("s3:GetObject", f"{BUCKET}/", False),
        ("s3:ListBucket", "arn:aws:s3:us-east-1:111122223333:accesspoint/training", True),
        ("ec2:RunInstances", "arn:aws:ec2:us-east-1::image/*", True),
        ("ec2:RunInstances", "arn:aws:ec2:us-east-1:111122223333:vpc/vpc-1", False),
        ("kms:Decrypt", "arn:aws:kms:us-east-1:111122223333:key/*", True),
        ("kms:Decrypt", "arn:aws:kms:us-east-1:111122223333:alias/training", False),
        ("sagemaker:DescribeModel", "arn:aws:s?gemaker:*:*:model/*", True),
        ("no:Such", BUCKET, True),
    ],
)
def test_fits(action: str, resource: str, answer: bool) -> None:
    """An action fits a pattern if some ARN of a type it works on matches; what is unknown is not judged."""
    assert fits(action, resource) is answer


def test_swapped() -> None:
    """Only buckets and objects have a counterpart."""
    assert (swapped(BUCKET), swapped(OBJECTS), swapped(JOBS), swapped("*")) == (OBJECTS, BUCKET, "", "")


def test_shapes() -> None:
    """A pattern has a known shape if it can match one; with an unknown service any type counts."""
    assert has_known_shape(JOBS)
    assert has_known_shape("arn:aws:*:*:*:table/*")
    assert not has_known_shape("arn:aws:sagemaker:us-east-1:111122223333:trainingjob/churn")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("s3:GetObjekt", ("s3:GetObject",)),
        ("s3:ListObjects", ("s3:ListBucket",)),
        ("s3:CopyObject", ("s3:PutObject", "s3:GetObject")),
        ("iam:PasRole", ("iam:PassRole",)),
        ("s3:Upload", ()),
        ("ec2:DescribeInstance", ("ec2:DescribeInstances",)),
    ],
)
def test_actions_meant(written: str, meant: tuple[str, ...]) -> None:
    """Two letters are a slip; an operation means the actions that it is authorized under."""
    assert actions_meant(written) == meant


def test_services_meant() -> None:
    """Short prefixes take one letter at most, or every two letters would mean a service."""
    assert services_meant("lamda") == ("lambda",)
    assert services_meant("sagemaker-runtime") == ("sagemaker",)
    assert services_meant("zocalo") == ()
    assert services_meant("xyzzy") == ()


@pytest.mark.parametrize(
    ("action", "key", "answer"),
    [
        ("s3:GetObject", "s3:ExistingObjectTag/team", True),
        ("kms:Decrypt", "kms:EncryptionContext:project", True),
        ("sts:AssumeRole", "sts:ExternalId", True),
        ("sagemaker:CreateTrainingJob", "aws:RequestTag/team", True),
        ("s3:GetObject", "aws:TagKeys", False),
        ("s3:GetObject", "aws:SourceIp", True),
    ],
)
def test_carries(action: str, key: str, answer: bool) -> None:
    """A key that ends in a name of the writer's is found by its form; a global key is any action's."""
    assert carries(action, key) is answer


def test_not_judged() -> None:
    """Keys of identity providers and of credentials are in no list of actions."""
    keys = ("token.actions.githubusercontent.com:sub", "saml:aud", "lambda:SourceFunctionArn", "aws:PrincipalArn")
    assert [key for key in keys if is_judged(key)] == []


@pytest.mark.parametrize(
    ("text", "right"),
    [
        (policy("Allow", "s3:GetObjekt", OBJECTS), policy("Allow", "s3:GetObject", OBJECTS)),
        (policy("Allow", "s3:ListObjectsV2", BUCKET), policy("Allow", "s3:ListBucket", BUCKET)),
        (policy("Allow", "bedrock-runtime:InvokeModel"), policy("Allow", "bedrock:InvokeModel")),
        (policy("Allow", "bedrock-runtime:Converse"), policy("Allow", "bedrock:InvokeModel")),
        (policy("Allow", "s3:GetObject", BUCKET), policy("Allow", "s3:GetObject", OBJECTS)),
        (policy("Allow", "s3:ListBucket", OBJECTS), policy("Allow", "s3:ListBucket", BUCKET)),
        (policy("Allow", "s3:GetObject", [BUCKET, OBJECTS]), policy("Allow", "s3:GetObject", [OBJECTS])),
    ],
    ids=["slip", "operation", "service", "operation of a service", "objects meant", "bucket meant", "idle resource"],
)
def test_fixes(text: str, right: str) -> None:
    """Where only one thing can be meant, the fix writes it, and says whether that changes access."""
    fixes = [problem.fix for problem in lint(text) if problem.fix]
    assert [text[: fix.span.start] + fix.text + text[fix.span.end :] for fix in fixes] == [right]
    assert fixes[0].changes_access is ("Remove" not in fixes[0].title)


def test_no_error_in_managed_policies() -> None:
    """AWS's own policies hold actions and services that the catalogue has lost; none of them is called an error."""
    subjects = [Subject(parse_policy(text)) for text in map(_text, managed_policies())]
    found = [action_not_in_catalogue(subject) for subject in subjects]
    assert sum(len(list(findings)) for findings in found) > 20
    judged = (
        finding for subject in subjects for find in (unknown_action, unknown_service) for finding in find(subject)
    )
    assert [finding.message for finding in judged] == []


def _text(name: str) -> str:
    return describe_managed_policy(name).text


# what stands as Action, what the finding says of the operation, what stands there after the fix
OPERATIONS = (
    ("s3:HeadObject", "Its calls are authorized as `s3:GetObject`.", "s3:GetObject"),
    (["s3:HeadObject"], "Its calls are authorized as `s3:GetObject`.", ["s3:GetObject"]),
    (
        "s3:CopyObject",
        "Its calls are authorized as `s3:PutObject` and `s3:GetObject`.",
        ["s3:PutObject", "s3:GetObject"],
    ),
    (["s3:CopyObject", "s3:ListBucket"], None, ["s3:PutObject", "s3:GetObject", "s3:ListBucket"]),
    (["s3:GetObject", "s3:CopyObject"], None, ["s3:GetObject", "s3:PutObject"]),
    (["s3:Get*", "s3:HeadObject"], None, ["s3:Get*"]),
    (["s3:HeadObject", "s3:GetObject"], None, ["s3:GetObject"]),
    ("bedrock:Converse", "Its calls are authorized as `bedrock:InvokeModel`.", "bedrock:InvokeModel"),
    ("lambda:Invoke", "Its calls are authorized as `lambda:InvokeFunction`.", "lambda:InvokeFunction"),
)


@pytest.mark.parametrize(("action", "help", "fixed"), OPERATIONS, ids=[str(row[0]) for row in OPERATIONS])
def test_operations_give_way_to_their_actions(action: Any, help: str | None, fixed: Any) -> None:
    """A finding on an operation names the actions that are checked, and its fix writes those that are missing."""
    text = policy("Allow", action, "*")
    (problem,) = [problem for problem in lint(text) if problem.code == "unknown-action"]
    assert "is an operation of" in problem.message
    assert help in (None, problem.help)
    assert problem.fix is not None
    mended = text[: problem.fix.span.start] + problem.fix.text + text[problem.fix.span.end :]
    assert json.loads(mended)["Statement"]["Action"] == fixed
    assert problem.fix.changes_access is (fixed not in (["s3:Get*"], ["s3:GetObject"]) or action == ["s3:HeadObject"])


def test_operations_whose_actions_depend_on_the_call() -> None:
    """They are told with when each action is checked, and nothing is written in their place."""
    (problem,) = [p for p in lint(policy("Allow", "dynamodb:TransactWriteItems", "*")) if p.code == "unknown-action"]
    assert "`dynamodb:PutItem` where the transaction has a `Put`" in problem.help
    assert problem.fix is None
