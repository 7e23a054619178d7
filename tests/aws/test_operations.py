"""Every operation of the services of machine-learning work has an answer: which actions are checked (rules M17, M18)."""

import re
from collections.abc import Iterator
from functools import cache

import botocore.session
import pytest
from botocore.model import ServiceModel, Shape

from iamlab.aws.catalogue import find_action
from iamlab.aws.operation_lists import ML_SERVICES, NOT_LISTED, PASS_ROLE
from iamlab.aws.operation_table import CALLS, FURTHER, NO_ACTION, OTHER_NAMES, TAGGING, VERSIONED
from iamlab.aws.operations import (
    NEEDS_NONE,
    NEWER,
    OTHER_NAME,
    SAME_NAME,
    UNKNOWN,
    Authorization,
    authorized_actions,
    operations_named,
    service_prefix,
)

SDK_SERVICES = [(prefix, name) for prefix, names in ML_SERVICES.items() for name in names.split()]


@cache
def model(name: str) -> ServiceModel:
    """The SDK's model of a service, read from its files; nothing is asked of the network."""
    return botocore.session.get_session().get_service_model(name)


@pytest.mark.parametrize(("prefix", "name"), SDK_SERVICES, ids=[name for _, name in SDK_SERVICES])
def test_no_operation_is_left_without_an_answer(prefix, name):
    """Each operation of the SDK has an action, or a reason for none, and a page that says so."""
    for operation in model(name).operation_names:
        answer = authorized_actions(name, operation)
        assert answer.kind != UNKNOWN, f"{name}: {operation}"
        assert answer.service == prefix
        assert answer.source.startswith("https://docs.aws.amazon.com/")
        assert answer.actions or answer.further or (answer.kind in {NEEDS_NONE, NEWER} and answer.note)


@pytest.mark.parametrize(("prefix", "name"), SDK_SERVICES, ids=[name for _, name in SDK_SERVICES])
def test_every_answered_action_exists(prefix, name):
    """The catalogue knows each action of each answer, in that spelling."""
    for operation in model(name).operation_names:
        answer = authorized_actions(name, operation)
        for action in (*answer.actions, *(need.action for need in answer.further)):
            found = find_action(action)
            assert found is not None, f"{name}: {operation}: {action}"
            assert found.name == action


@pytest.mark.parametrize(("prefix", "name"), SDK_SERVICES, ids=[name for _, name in SDK_SERVICES])
def test_prefix_is_where_the_service_signs(prefix, name):
    """A service's prefix is the name under which the SDK signs its requests, but for CloudWatch and tagging."""
    signs_as = {"cloudwatch": "monitoring", "tag": "tagging"}
    assert model(name).signing_name == signs_as.get(prefix, prefix)
    assert service_prefix(name) == service_prefix(f"{model(name).signing_name}.amazonaws.com") == prefix


def test_tables_name_operations_of_the_sdk():
    """No entry of a table stands for an operation that the SDK does not have."""
    names = {f"{prefix}:{one}" for prefix, name in SDK_SERVICES for one in model(name).operation_names}
    names |= {f"s3control:{one}" for one in model("s3control").operation_names}
    listed = {
        f"{prefix}:{one}" for table in (NOT_LISTED, PASS_ROLE) for prefix in table for one in table[prefix].split()
    }
    tables = {name for table in (OTHER_NAMES, NO_ACTION, CALLS, FURTHER) for name in table}
    assert (tables | listed) - names == set()


def test_actions_of_the_tables_exist():
    """Actions for tags and for versions are the catalogue's."""
    for action in (*TAGGING.values(), *VERSIONED, *VERSIONED.values()):
        assert find_action(action) is not None, action


ROLE = re.compile(r"^(.*[rR]ole(Arn|ARN)|Role|ExecutionRole|[sS]erviceRole|IamRole|JobFlowRole)$")
READS = re.compile(r"Describe|List|Get|Search|BatchGet|Delete")


def members(shape: Shape | None, depth: int = 3) -> Iterator[str]:
    """The names of the texts in a request, down to a depth."""
    if shape is None or depth == 0:
        return
    if shape.type_name == "list":
        yield from members(shape.member, depth)
    for name, inner in getattr(shape, "members", {}).items():
        yield from [name] if inner.type_name == "string" else members(inner, depth - 1)


@pytest.mark.parametrize("name", ["sagemaker", "bedrock", "bedrock-agent", "glue", "lambda", "stepfunctions"])
def test_calls_that_name_a_role_need_pass_role(name):
    """`iam:PassRole` is a further action of exactly the calls that can name a role (rule T21)."""
    service = model(name)
    for operation in service.operation_names:
        if READS.match(operation):
            continue
        takes_role = any(ROLE.match(one) for one in members(service.operation_model(operation).input_shape))
        needs = {need.action for need in authorized_actions(name, operation).further}
        assert ("iam:PassRole" in needs) == takes_role, operation


def test_tags_on_a_sagemaker_job_need_add_tags():
    """Every call of SageMaker that creates something with tags needs `sagemaker:AddTags`; a call that only reads does not."""
    service = model("sagemaker")
    for operation in service.operation_names:
        shape = service.operation_model(operation).input_shape
        takes_tags = "Tags" in (shape.members if shape else {})
        answer = authorized_actions("sagemaker", operation)
        if operation.startswith("Create") and answer.kind == SAME_NAME:
            assert not takes_tags or "sagemaker:AddTags" in {need.action for need in answer.further}, operation
    assert not authorized_actions("sagemaker", "DescribeTrainingJob").further


@pytest.mark.parametrize(
    ("service", "operation", "kind", "actions"),
    [
        ("s3", "GetObject", SAME_NAME, ("s3:GetObject",)),
        ("s3", "HeadObject", OTHER_NAME, ("s3:GetObject",)),
        ("s3.amazonaws.com", "ListObjectsV2", OTHER_NAME, ("s3:ListBucket",)),
        ("s3", "CopyObject", OTHER_NAME, ("s3:PutObject", "s3:GetObject")),
        ("s3", "PutPublicAccessBlock", OTHER_NAME, ("s3:PutBucketPublicAccessBlock",)),
        ("s3control", "PutPublicAccessBlock", OTHER_NAME, ("s3:PutAccountPublicAccessBlock",)),
        ("bedrock-runtime", "Converse", OTHER_NAME, ("bedrock:InvokeModel",)),
        ("bedrock", "conversestream", OTHER_NAME, ("bedrock:InvokeModelWithResponseStream",)),
        ("kms", "ReEncrypt", OTHER_NAME, ("kms:ReEncryptFrom", "kms:ReEncryptTo")),
        ("lambda.amazonaws.com", "CreateFunction20150331", SAME_NAME, ("lambda:CreateFunction",)),
        ("monitoring.amazonaws.com", "PutMetricData", SAME_NAME, ("cloudwatch:PutMetricData",)),
        ("sts", "GetCallerIdentity", NEEDS_NONE, ()),
        ("sagemaker", "CreateTrainingJobs", UNKNOWN, ()),
    ],
)
def test_answers(service, operation, kind, actions):
    """Services go by the SDK's, IAM's and CloudTrail's names; a wrong name of an operation is not guessed at."""
    answer = authorized_actions(service, operation)
    assert (answer.kind, answer.actions) == (kind, actions)


@pytest.mark.parametrize(
    ("service", "operation", "action", "when"),
    [
        ("s3", "GetObject", "kms:Decrypt", "encrypted"),
        ("s3", "PutObject", "kms:GenerateDataKey", "encrypted"),
        ("s3", "HeadObject", "s3:ListBucket", "does not exist"),
        ("s3", "GetObject", "s3:GetObjectVersion", "version"),
        ("sagemaker", "CreateTrainingJob", "sagemaker:AddTags", "tags"),
        ("sagemaker", "CreateTrainingJob", "iam:PassRole", "role"),
        ("iam", "CreateRole", "iam:TagRole", "tags"),
        ("dynamodb", "ExecuteStatement", "dynamodb:PartiQLSelect", "SELECT"),
    ],
)
def test_further_actions(service, operation, action, when):
    """A call's further actions come with the case in which they are checked."""
    needs = {need.action: need.when for need in authorized_actions(service, operation).further}
    assert when in needs[action]


def test_operations_by_name_alone():
    """Where a message names no service, the services that have the operation are found, and no others."""
    assert [found.name for found in operations_named("HeadObject")] == ["s3:HeadObject"]
    assert [found.name for found in operations_named("CreateModel")] == [
        "sagemaker:CreateModel",
        "frauddetector:CreateModel",
    ]
    assert operations_named("ListBucket") == ()
    assert operations_named("NoSuchThing") == ()


def test_an_operation_as_an_action():
    """An answer names the operation as policies wrongly write it."""
    assert Authorization("bedrock", "Converse", OTHER_NAME).name == "bedrock:Converse"
