"""What clever students write: every right reading of a task is accepted, and what tempts is not."""

import json
from typing import Any

import pytest

from iamlab.learning.exercise import find_exercise
from iamlab.learning.verify import make_kind

B = "arn:aws:s3:::ml-training-data-bucket"
BOTH = [B, f"{B}/*"]
JOBS = "arn:aws:sagemaker:eu-west-1:111122223333:training-job/*"
ROLE = "arn:aws:iam::111122223333:role/TrainingRole"
OTHER = "arn:aws:iam::444455556666:role/TrainingRole"
TO_SAGEMAKER = {"StringEquals": {"iam:PassedToService": "sagemaker.amazonaws.com"}}
LOGS = "arn:aws:logs:eu-west-1:111122223333:log-group:/aws/sagemaker/ProcessingJobs"
KEY = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
MFA = "aws:MultiFactorAuthPresent"
OFFICE = {"aws:SourceIp": "203.0.113.0/25"}
VPCE, DUTY = {"aws:SourceVpce": "vpce-0a1b2c3d"}, {"aws:PrincipalTag/duty": "bucket-admin"}
TYPES = {"sagemaker:InstanceTypes": "ml.m5.*"}


def allow(action: Any, resource: Any = "*", condition: Any = None, **more: Any) -> dict[str, Any]:
    found = {"Effect": "Allow", "Action": action, "Resource": resource, **more}
    return {**found, "Condition": condition} if condition else found


def deny(action: Any, resource: Any = "*", condition: Any = None, **more: Any) -> dict[str, Any]:
    return {**allow(action, resource, condition, **more), "Effect": "Deny"}


def trust(principal: Any, condition: Any = None, effect: str = "Allow") -> dict[str, Any]:
    found = {"Effect": effect, "Principal": principal, "Action": "sts:AssumeRole"}
    return {**found, "Condition": condition} if condition else found


def without(statement: dict[str, Any], element: str, value: Any) -> dict[str, Any]:
    """Return a statement with a `Not…` element in the place of its twin."""
    rest = {key: inner for key, inner in statement.items() if key != element.removeprefix("Not")}
    return {**rest, element: value}


SAGEMAKER = {"Service": "sagemaker.amazonaws.com"}
FOR_US = {"StringEquals": {"aws:SourceAccount": "111122223333"}}
PASS = allow("iam:PassRole", ROLE, TO_SAGEMAKER)
HOME = "arn:aws:s3:::anycompany-home/${aws:username}/*"
MODELS = "arn:aws:sagemaker:*:*:model/prod-*"
LABELS = "arn:aws:s3:::ml-labels"

RIGHT: list[tuple[str, list[dict[str, Any]]]] = [
    ("home-folders", [allow("s3:GetObject", HOME), allow("s3:PutObject", HOME)]),
    ("home-folders", [allow(["s3:getobject", "s3:PutObject", "s3:ListBucket"], HOME)]),
    ("sagemaker-administrator", [PASS, allow("sagemaker:*")]),
    ("sagemaker-administrator", [allow("sagemaker:*"), {**PASS, "Condition": {"StringLike": TO_SAGEMAKER["StringEquals"]}}]),
    ("all-but-iam", [allow("sagemaker:Describe*"), allow("sagemaker:list*")]),
    ("from-the-office", [allow("s3:GetObject", "arn:aws:s3:::ml-customer-data/*", {"IpAddress": OFFICE, "Bool": {"aws:ViaAWSService": "false"}})]),
    ("from-the-office", [allow("s3:GetObject", "arn:aws:s3:::ml-customer-data/*", {"IpAddress": {"aws:sourceip": ["203.0.113.0/26", "203.0.113.64/26"]}})]),
    ("from-the-office", [allow("s3:GetObject", "arn:aws:s3:::ml-customer-data/*"), deny("*", "*", {"NotIpAddress": OFFICE})]),
    ("teams-with-a-prefix", [allow("sagemaker:CreateTrainingJob", JOBS, {"ForAnyValue:StringLike": {"aws:PrincipalTag/team": "ml-*"}})]),
    ("teams-with-a-prefix", [allow("sagemaker:CreateTrainingJob", JOBS), deny("sagemaker:*", "*", {"StringNotLike": {"aws:PrincipalTag/team": "ml-*"}})]),
    ("production-models", [without(allow("sagemaker:*"), "NotResource", MODELS), deny("sagemaker:DeleteModel", MODELS)]),
    ("production-models", [allow("sagemaker:*"), deny("*", MODELS)]),
    ("a-door-in-the-fence", [without(deny("*"), "NotResource", [B, f"{B}/public/*"])]),
    ("a-door-in-the-fence", [without(deny("s3:*"), "NotResource", f"{B}/public/*"), allow("s3:*", f"{B}/public/*")]),
    ("the-bucket-says-who", [allow("s3:GetObject", f"{B}/*", Principal={"AWS": OTHER}), allow("s3:ListBucket", B, Principal={"AWS": OTHER})]),
    ("the-bucket-says-who", [allow(["s3:GetObject", "s3:ListBucket"], BOTH, {"StringEquals": {"aws:PrincipalArn": OTHER}}, Principal={"AWS": "444455556666"})]),
    ("room-for-a-team", [allow("s3:*"), allow("sagemaker:*"), allow("logs:*"), deny("s3:DeleteObject", f"{B}/*"), deny("iam:*")]),
    ("a-session-for-a-guest", [allow(["s3:Get*", "s3:Put*"], f"{LABELS}/incoming/*")]),
    ("a-session-for-a-guest", [allow("s3:*", f"{LABELS}/incoming/*"), deny("s3:Delete*")]),
    ("only-small-machines", [without(allow("*"), "NotAction", "sagemaker:CreateTrainingJob"), allow("sagemaker:CreateTrainingJob", "*", {"ForAllValues:StringLike": TYPES})]),
    ("only-small-machines", [allow("*"), deny("sagemaker:CreateTrainingJob", "arn:aws:sagemaker:*:*:training-job/*", {"ForAnyValue:StringNotLike": TYPES})]),
    ("let-sagemaker-in", [trust(SAGEMAKER), trust(SAGEMAKER, {"StringNotEquals": FOR_US["StringEquals"]}, "Deny")]),
    ("hand-over-one-role", [allow(["sagemaker:CreateTrainingJob", "sagemaker:DescribeTrainingJob", "sagemaker:StopTrainingJob"], JOBS), PASS]),
    ("a-second-factor", [deny("sagemaker:DeleteModel", "*", {"Bool": {MFA: "false"}}), deny("sagemaker:DeleteModel", "*", {"Null": {MFA: "true"}})]),
    ("a-second-factor", [deny("sagemaker:DeleteModel", "arn:aws:sagemaker:*:*:model/*", {"StringNotEquals": {MFA: "true"}})]),
    ("tagged-from-the-start", [allow("sagemaker:CreateTrainingJob", JOBS, {"StringEquals": {"aws:RequestTag/team": "forecast"}, "ForAnyValue:StringEquals": {"aws:TagKeys": "team"}})]),
    ("tagged-from-the-start", [allow(["sagemaker:CreateTrainingJob", "sagemaker:AddTags"], JOBS, {"StringEquals": {"aws:RequestTag/team": "forecast"}})]),
    ("only-through-the-endpoint", [deny("s3:*", BOTH, {"StringNotEquals": VPCE, "StringNotLike": DUTY}, Principal={"AWS": "*"})]),
    ("behind-a-key", [allow(["s3:GetObject", "s3:PutObject", "kms:Decrypt", "kms:GenerateDataKey"], [f"{B}/*", KEY])]),
    ("training-finds-nothing", [allow(["s3:GetObject", "s3:ListBucket"], BOTH)]),
    ("the-last-step-fails", [allow(["sagemaker:CreateTrainingJob", "sagemaker:CreateModelPackage"], [JOBS, "arn:aws:sagemaker:eu-west-1:111122223333:model-package/churn/*"]), PASS]),
    ("the-silent-monitor", [allow(["logs:CreateLogStream", "logs:PutLogEvents", "logs:CreateLogGroup"], [LOGS, f"{LOGS}:*"])]),
    ("the-silent-monitor", [allow(["logs:CreateLogStream", "logs:PutLogEvents"], f"{LOGS}:log-stream:*")]),
    ("nobody-deletes-a-model", [deny(["sagemaker:DeleteModel", "s3:DeleteObject", "s3:DeleteObjectVersion"], ["arn:aws:sagemaker:*:*:model/*", "arn:aws:s3:::ml-models/*"])]),
    ("smaller-than-managed", [allow(["s3:GetObject", "s3:ListBucket"], ["arn:aws:s3:::ml-dashboards", "arn:aws:s3:::ml-dashboards/*"])]),
]  # fmt: skip

TEMPTING: list[tuple[str, list[dict[str, Any]]]] = [
    ("sagemaker-administrator", [allow("*")]),
    ("from-the-office", [allow("s3:GetObject", "arn:aws:s3:::ml-customer-data/*", {"IpAddress": {"aws:VpcSourceIp": "203.0.113.0/25"}})]),
    ("production-models", [allow("sagemaker:*"), deny("sagemaker:DeleteModel", MODELS)]),
    ("a-door-in-the-fence", []),
    ("the-bucket-says-who", [allow(["s3:GetObject", "s3:ListBucket"], BOTH, Principal={"AWS": "444455556666"})]),
    ("let-sagemaker-in", [trust(SAGEMAKER, {"StringEqualsIfExists": FOR_US["StringEquals"]})]),
    ("hand-over-one-role", [allow(["sagemaker:CreateTrainingJob", "iam:PassRole"], [JOBS, ROLE], TO_SAGEMAKER)]),
    ("a-second-factor", [deny("sagemaker:DeleteModel", "*", {"NumericGreaterThan": {"aws:MultiFactorAuthAge": "3600"}})]),
    ("only-small-machines", [allow("*"), deny("sagemaker:CreateTrainingJob", "*", {"ForAnyValue:StringLike": {"sagemaker:InstanceTypes": "ml.p*"}})]),
    ("behind-a-key", [allow(["s3:GetObject", "s3:PutObject", "kms:Decrypt", "kms:Encrypt"], [f"{B}/*", KEY])]),
    ("training-finds-nothing", [allow(["s3:GetObject", "s3:ListBucket"], "*")]),
    ("nobody-deletes-a-model", [deny("sagemaker:DeleteModels"), deny("s3:DeleteObject*", "arn:aws:s3:::ml-models/*")]),
]  # fmt: skip


def status(name: str, statements: list[dict[str, Any]]) -> str:
    answer = json.dumps({"Version": "2012-10-17", "Statement": statements})
    return make_kind(find_exercise(name)).check(answer).status


def numbered(cases: list[tuple[str, list[dict[str, Any]]]]) -> list[str]:
    return [f"{name}-{i}" for i, (name, _) in enumerate(cases)]


@pytest.mark.parametrize(("name", "statements"), RIGHT, ids=numbered(RIGHT))
def test_other_spellings_are_right(name: str, statements: list[dict[str, Any]]) -> None:
    """A policy that does what the task says is right, however it is written."""
    assert status(name, statements) == "right"


@pytest.mark.parametrize(("name", "statements"), TEMPTING, ids=numbered(TEMPTING))
def test_tempting_answers_are_not(name: str, statements: list[dict[str, Any]]) -> None:
    """A policy that misses the task by a little is not right."""
    assert status(name, statements) in {"partly", "wrong"}
