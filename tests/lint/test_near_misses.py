"""For checks of the classes error and suggestion: odd forms that must be found beside near misses that must not.

Each row: the check's code, the kind of policy, one statement's elements, and the texts that are marked (none for a near
miss). Rules are those of `docs/iam-rules.md`.
"""

import json
from typing import Any

import pytest

from iamlab.lint import lint

BUCKET = "arn:aws:s3:::ml-training-data-bucket"
OBJECTS = f"{BUCKET}/*"
MODEL = "arn:aws:sagemaker:eu-west-1:111122223333:model/*"
ROLE = {"AWS": "arn:aws:iam::111122223333:role/TrainingRole"}
SAML = {"Federated": "arn:aws:iam::111122223333:saml-provider/Campus"}
CLOUDTRAIL = {"Service": "cloudtrail.amazonaws.com"}


def on(resource: Any, action: Any = "s3:GetObject") -> dict[str, Any]:
    """An Allow on resources."""
    return {"Effect": "Allow", "Action": action, "Resource": resource}


def under(condition: dict[str, Any], effect: str = "Allow", action: Any = "sagemaker:CreateModel") -> dict[str, Any]:
    """A statement under a condition."""
    return {"Effect": effect, "Action": action, "Resource": MODEL, "Condition": condition}


def trust(principal: Any, action: Any = "sts:AssumeRole") -> dict[str, Any]:
    """A trust policy's statement."""
    return {"Effect": "Allow", "Principal": principal, "Action": action}


def bucket(principal: Any, condition: dict[str, Any] | None = None, action: Any = "s3:GetObject") -> dict[str, Any]:
    """A bucket policy's statement."""
    more = {"Condition": condition} if condition else {}
    return {"Effect": "Allow", "Principal": principal, "Action": action, "Resource": OBJECTS, **more}


ROWS: tuple[tuple[str, str, dict[str, Any], list[str]], ...] = (
    # ARNs
    ("arn-account-not-allowed", "identity", on(OBJECTS), []),
    ("arn-account-not-allowed", "identity", on("arn:aws:s3:*:*:ml-data/*"), []),
    ("arn-account-not-allowed", "identity", on("arn:aws:s3:eu-west-1:111122223333:accesspoint/training"), []),
    ("arn-account-not-allowed", "identity", on("arn:aws:s3::111122223333:ml-data"), ["111122223333"]),
    ("arn-account-not-allowed", "identity", on("arn:aws:made-up::111122223333:thing"), []),
    ("arn-region-not-allowed", "identity", on("arn:aws:iam::111122223333:role/TrainingRole", "iam:GetRole"), []),
    ("arn-region-not-allowed", "identity", on("arn:aws:iam:*:111122223333:role/x", "iam:GetRole"), []),
    ("arn-region-not-allowed", "identity", on("arn:aws:s3:eu-west-1::ml-data/*"), ["eu-west-1"]),
    ("missing-arn-region", "identity", on("arn:aws:bedrock:eu-west-1::foundation-model/*", "bedrock:InvokeModel"), []),
    ("missing-arn-region", "identity", on("arn:aws:kms::111122223333:key/*", "kms:Decrypt"), ["arn:aws:kms::111122223333:key/*"]),
    ("missing-arn-account", "identity", on("arn:aws:bedrock:eu-west-1::foundation-model/*", "bedrock:InvokeModel"), []),
    ("missing-arn-account", "identity", on("arn:aws:ssm:eu-west-1::parameter/aws/service/ami", "ssm:GetParameter"), []),
    ("missing-arn-account", "identity", on("arn:aws:ssm:eu-west-1::parameter/team", "ssm:GetParameter"), ["arn:aws:ssm:eu-west-1::parameter/team"]),
    ("invalid-arn-account", "identity", on("arn:aws:iam::aws:policy/ReadOnlyAccess", "iam:GetPolicy"), []),
    ("invalid-arn-account", "identity", on("arn:aws:sagemaker:eu-west-1:1111*:model/*"), []),
    ("invalid-arn-account", "identity", on("arn:aws:sagemaker:eu-west-1:1111222233334:model/*"), ["1111222233334"]),
    ("invalid-arn-account", "identity", on("arn:aws:sagemaker:eu-west-1:1111-2222-3333:model/*"), ["1111-2222-3333"]),
    ("invalid-arn-region", "identity", on("arn:aws-us-gov:sagemaker:us-gov-west-1:111122223333:model/*"), []),
    ("invalid-arn-region", "identity", on("arn:aws:sagemaker:eu-*:111122223333:model/*"), []),
    ("invalid-arn-region", "identity", on("arn:aws:sagemaker:eu-west-1a:111122223333:model/*"), ["eu-west-1a"]),
    ("invalid-arn-region", "identity", on("arn:aws:sagemaker:EU-WEST-1:111122223333:model/*"), ["EU-WEST-1"]),
    ("invalid-arn-service-case", "identity", on("arn:aws:SageMaker:eu-west-1:111122223333:model/*"), ["SageMaker"]),
    ("invalid-partition", "identity", on("arn:aws-cn:s3:::ml-data/*"), []),
    ("invalid-partition", "identity", on("arn:*:s3:::ml-data/*"), []),
    ("invalid-partition", "identity", on("arn:AWS:s3:::ml-data/*"), ["AWS"]),
    ("missing-arn-field", "identity", on("arn:aws:s3:::ml-data"), []),
    ("missing-arn-field", "identity", on("arn:aws:sqs:*", "sqs:SendMessage"), []),
    ("missing-arn-field", "identity", on("arn:aws:sqs", "sqs:SendMessage"), ["arn:aws:sqs"]),
    ("wildcard-in-service-name", "identity", on("*", "*"), []),
    ("wildcard-in-service-name", "identity", on("arn:aws:*:*:*:*"), []),
    ("wildcard-in-service-name", "identity", on("*", "sage*:List*"), ["sage*:List*"]),
    # policy variables
    ("variable-unsupported-in-element", "identity", on("arn:aws:s3:::${aws:username}/*"), []),
    ("variable-unsupported-in-element", "identity", on("arn:aws:sqs:eu-west-1:${aws:PrincipalAccount}:jobs"), []),
    ("variable-unsupported-in-element", "identity", on("*", "s3:Get${*}"), ["s3:Get${*}"]),
    ("variable-unsupported-in-element", "identity", under({"StringEquals": {"aws:RequestTag/${aws:username}": "x"}}), ["aws:RequestTag/${aws:username}"]),
    ("empty-variable", "identity", on("arn:aws:s3:::ml-data/${*}"), []),
    ("empty-variable", "identity", on("arn:aws:s3:::ml-data/${ }"), ["arn:aws:s3:::ml-data/${ }"]),
    ("missing-quote-in-variable", "identity", on("arn:aws:s3:::ml-data/${aws:username, 'shared'}/*"), []),
    ("missing-quote-in-variable", "identity", on("arn:aws:s3:::ml-data/${aws:username, 'shared}/*"), ["arn:aws:s3:::ml-data/${aws:username, 'shared}/*"]),
    ("unsupported-space-in-variable", "identity", on("arn:aws:s3:::ml-data/${aws:username, 'a b'}"), []),
    ("missing-brace-in-variable", "identity", on("arn:aws:s3:::ml-data/$aws"), []),
    ("invalid-variable-for-operator", "identity", under({"StringEquals": {"aws:RequestTag/a": "${aws:username}"}}), []),
    ("invalid-variable-for-operator", "identity", under({"DateLessThan": {"aws:CurrentTime": "${aws:TokenIssueTime}"}}), ["${aws:TokenIssueTime}"]),
    # condition keys
    ("invalid-global-condition-key", "identity", under({"StringEquals": {"AWS:principalorgid": "o-a1b2c3d4e5"}}), []),
    ("invalid-global-condition-key", "identity", under({"StringEquals": {"aws:RequestTag": "x"}}), []),
    ("invalid-global-condition-key", "identity", under({"StringEquals": {"aws:SourceIP2": "x"}}), ["aws:SourceIP2"]),
    ("invalid-service-condition-key", "identity", under({"StringLike": {"kms:EncryptionContext:aws:s3:arn": "*"}}, action="kms:Decrypt"), []),
    ("invalid-service-condition-key", "trust", trust(SAML, "sts:AssumeRoleWithSAML") | {"Condition": {"StringEquals": {"SAML:aud": "x"}}}, []),
    ("invalid-service-condition-key", "identity", under({"StringEquals": {"s3:prefixes": "raw/"}}), ["s3:prefixes"]),
    ("invalid-service", "trust", trust({"Federated": "accounts.google.com"}, "sts:AssumeRoleWithWebIdentity") | {"Condition": {"StringEquals": {"accounts.google.com:aud": "x"}}}, []),
    ("invalid-service", "identity", under({"StringEquals": {"sagemakr:InstanceTypes": "x"}}), ["sagemakr:InstanceTypes"]),
    ("missing-tag-key-in-condition", "identity", under({"ForAllValues:StringEquals": {"aws:TagKeys": "team"}}), []),
    ("missing-tag-key-in-condition", "identity", under({"StringEquals": {"aws:RequestTag/": "x"}}), ["aws:RequestTag/"]),
    ("missing-qualifier", "identity", under({"Null": {"aws:TagKeys": "false"}}), []),
    ("missing-qualifier", "identity", under({"StringEquals": {"aws:TagKeys": "team"}}), ["StringEquals"]),
    ("unsupported-global-condition-key", "identity", under({"ArnLike": {"aws:SourceArn": "arn:aws:s3:::b"}}), []),
    ("wildcard-usage-too-permissive", "identity", under({"StringNotLike": {"aws:PrincipalOrgID": "o-a*"}}, "Deny"), []),
    ("wildcard-usage-too-permissive", "identity", under({"StringEquals": {"aws:PrincipalOrgID": "o-a*"}}), []),
    ("wildcard-usage-too-permissive", "identity", under({"StringLike": {"aws:SourceVpce": "vpce-?a*"}}), ["vpce-?a*"]),
    ("variable-usage-too-permissive", "identity", under({"StringEquals": {"aws:ResourceOrgID": "${aws:PrincipalOrgID}"}}), []),
    ("variable-usage-too-permissive", "identity", under({"StringEquals": {"aws:SourceVpce": "${aws:username}"}}), ["${aws:username}"]),
    # condition values
    ("invalid-condition-multiple-boolean", "identity", under({"Bool": {"aws:SecureTransport": ["true"]}}), []),
    ("invalid-condition-data-type", "identity", under({"NumericEquals": {"s3:max-keys": [1, 2]}}), []),
    ("invalid-condition-data-type", "identity", under({"Bool": {"aws:SecureTransport": ["true", True]}}), ["true"]),
    ("private-ip-address", "identity", under({"IpAddress": {"aws:VpcSourceIp": "10.0.0.0/8"}}), []),
    ("private-ip-address", "identity", under({"IpAddress": {"aws:SourceIp": ["10.1.0.0/16", "203.0.113.0/24"]}}), []),
    ("private-ip-address", "identity", under({"IpAddress": {"aws:SourceIp": "8.0.0.0/5"}}), []),
    ("private-ip-address", "identity", under({"IpAddressIfExists": {"aws:SourceIp": ["fd00::/8", "192.168.1.1"]}}), ['aws:SourceIp": ["fd00::/8", "192.168.1.1"]']),
    ("private-ip-address-subset", "identity", under({"IpAddress": {"aws:SourceIp": ["10.1.0.0/16", "203.0.113.0/24"]}}), ["10.1.0.0/16"]),
    ("private-not-ip-address", "identity", under({"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}, "Deny"), []),
    ("type-mismatch-ip-range", "identity", under({"IpAddress": {"aws:SourceIp": "2001:db8::/32"}}), []),
    ("type-mismatch-ip-range", "identity", under({"IpAddress": {"aws:SourceIp": "203.0.113.300"}}), ["203.0.113.300"]),
    ("improve-ip-range", "identity", under({"IpAddress": {"aws:SourceIp": ["203.0.113.7", "203.0.113.7/32"]}}), []),
    ("improve-ip-range", "identity", under({"IpAddress": {"aws:SourceIp": "2001:db8::1/32"}}), ["2001:db8::1/32"]),
    ("invalid-vpc-format", "identity", under({"StringEquals": {"aws:SourceVpc": ["vpc-12345678", "vpc-*"]}}), []),
    ("invalid-vpc-format", "identity", under({"StringEquals": {"aws:SourceVpc": "vpce-12345678"}}), ["vpce-12345678"]),
    ("invalid-vpce-format", "identity", under({"StringEquals": {"aws:SourceVpce": "vpce-0a1b2c3d4e5f6789"}}), ["vpce-0a1b2c3d4e5f6789"]),
    ("invalid-region", "identity", under({"StringLike": {"aws:RequestedRegion": ["eu-*", "us-gov-east-1"]}}), []),
    ("invalid-region", "identity", under({"StringEquals": {"aws:RequestedRegion": "Europe"}}), ["Europe"]),
    ("invalid-service-principal-format", "identity", under({"StringLike": {"iam:PassedToService": "sagemaker*"}}), []),
    ("invalid-service-principal-format", "identity", under({"StringEquals": {"kms:ViaService": "S3.eu-west-1.amazonaws.com"}}), ["S3.eu-west-1.amazonaws.com"]),
    ("invalid-kms-key-value", "identity", under({"ArnLike": {"sagemaker:VolumeKmsKey": "arn:aws:kms:*:*:key/*"}}), []),
    ("invalid-kms-key-value", "identity", under({"StringEquals": {"s3:x-amz-server-side-encryption-aws-kms-key-id": "arn:aws:kms:eu-west-1:111122223333:alias/x"}}), ["arn:aws:kms:eu-west-1:111122223333:alias/x"]),
    # principals
    ("federated-principal-not-supported", "trust", trust(SAML, "sts:AssumeRoleWithSAML"), []),
    ("federated-principal-not-supported", "resource", bucket({**ROLE, **SAML}), [SAML["Federated"]]),
    ("mismatched-action-for-principal", "trust", trust({**ROLE, **SAML}, ["sts:AssumeRole", "sts:AssumeRoleWithSAML"]), []),
    ("mismatched-action-for-principal", "trust", trust(ROLE, ["sts:AssumeRole", "sts:TagSession"]), []),
    ("mismatched-action-for-principal", "trust", trust(SAML, "sts:AssumeRoleWithWebIdentity"), ["sts:AssumeRoleWithWebIdentity"]),
    ("mismatched-action-for-principal", "trust", trust({"Federated": "cognito-identity.amazonaws.com"}, ["sts:AssumeRole", "sts:TagSession"]), ["sts:AssumeRole"]),
    ("mismatched-action-for-principal", "trust", trust(ROLE, "sts:AssumeRoleWithSAML"), ["sts:AssumeRoleWithSAML"]),
    ("invalid-federated-principal-syntax-in-role-trust-policy", "trust", trust({"Federated": "login.campus.edu/realms/ml"}, "sts:AssumeRoleWithWebIdentity"), []),
    ("missing-action-for-roles-anywhere-trust-policy", "trust", trust({"Service": "rolesanywhere.amazonaws.com"}, "sts:*"), []),
    ("missing-action-for-roles-anywhere-trust-policy", "trust", trust({"Service": "ec2.amazonaws.com"}), []),
    ("role-trust-policy-unsupported-wildcard-in-principal", "trust", trust({"AWS": "*"}), []),
    ("unsupported-condition-key-for-service-principal", "resource", bucket({**CLOUDTRAIL, **ROLE}, {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}), []),
    ("unsupported-condition-key-for-service-principal", "resource", bucket(CLOUDTRAIL, {"StringEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}), []),
    ("recommended-condition-key-for-service-principal", "resource", bucket(CLOUDTRAIL, {"StringEquals": {"aws:Referer": "x", "aws:SourceAccount": "111122223333"}}), []),
    ("unsupported-action-in-policy", "resource", bucket(ROLE, action="*"), []),
    ("unsupported-action-in-policy", "resource", bucket(ROLE, action=["s3:*", "sagemaker:*"]), ["sagemaker:*"]),
    ("unsupported-resource-arn-in-policy", "resource", bucket(ROLE) | {"Resource": [BUCKET, OBJECTS]}, []),
    ("irrelevant-condition-key-in-policy", "identity", under({"StringEquals": {"aws:ResourceAccount": "111122223333"}}), []),
    ("redundant-principal-in-role-trust-policy", "trust", trust({"AWS": [ROLE["AWS"], "arn:aws:sts::444455556666:assumed-role/TrainingRole/x"]}), []),
    ("invalid-service-principal-format", "trust", trust({"Service": ["ec2.amazonaws.com", "ec2.amazonaws.com.cn", "alexa-appkit.amazon.com"]}), []),
    ("invalid-service-principal-format", "trust", trust({"Service": ["ec2.amazonaws.com", "glue.amazon.com"]}), ["glue.amazon.com"]),
    ("invalid-service-principal-format", "trust", trust({"Service": "SageMaker.amazonaws.com"}), ["SageMaker.amazonaws.com"]),
    ("unsupported-action-in-policy", "trust", trust(ROLE, ["sts:AssumeRole", "sts:TagSession", "*"]), []),
    ("unsupported-action-in-policy", "trust", trust(ROLE, ["sts:AssumeRole", "s3:GetObject"]), ["s3:GetObject"]),
    # policy variables
    ("variable-of-unknown-key", "identity", on(f"{BUCKET}/${{AWS:UserName}}/${{aws:PrincipalTag/team}}/*"), []),
    ("variable-of-unknown-key", "identity", on(f"{BUCKET}/${{saml:sub}}/${{www.amazon.com:user_id}}/*"), []),
    ("variable-of-unknown-key", "identity", on(f"{BUCKET}/${{*}}/*"), []),
    ("variable-of-unknown-key", "identity", on(f"{BUCKET}/${{aws:user}}/*"), [f"{BUCKET}/${{aws:user}}/*"]),
    ("variable-of-unknown-key", "identity", on(f"{BUCKET}/${{aws:user, 'x'}}/*"), [f"{BUCKET}/${{aws:user, 'x'}}/*"]),
    ("variable-of-unknown-key", "identity", under({"StringEquals": {"aws:RequestTag/a": "${aws:PrincipalOrgPaths}"}}), ["${aws:PrincipalOrgPaths}"]),
    # lists
    ("redundant-action", "identity", on("*", ["s3:Get*", "s3:*Object"]), []),
    ("redundant-action", "identity", on("*", ["s3:GetObject", "S3:getobject"]), ["S3:getobject"]),
    ("redundant-action", "identity", on("*", ["s3:Get*", "s3:Get?*"]), ["s3:Get?*"]),
    ("redundant-action", "identity", on("*", ["s3:Get?*", "s3:Get*"]), ["s3:Get?*"]),
    ("redundant-action", "identity", on("*", ["s3:Get??", "s3:Get*s"]), []),
    ("redundant-resource", "identity", on([BUCKET, OBJECTS]), []),
    ("redundant-resource", "identity", on([BUCKET, f"{BUCKET}*"]), [BUCKET]),
    ("redundant-resource", "identity", on(["arn:aws:s3:::ml-*/*", "arn:aws:s3:::ml-${aws:username}/x"]), ["arn:aws:s3:::ml-${aws:username}/x"]),
    ("redundant-resource", "identity", on(["arn:aws:s3:::ml-${aws:username}/*", "arn:aws:s3:::ml-maya/x"]), []),
    ("redundant-resource", "identity", on([OBJECTS, BUCKET.upper() + "/*"]), []),
    ("redundant-condition-value-num", "identity", under({"NumericEquals": {"s3:max-keys": ["1", "2"]}}), []),
    ("redundant-condition-value-num", "identity", under({"NumericGreaterThan": {"s3:max-keys": ["1", "2", "3"]}}), ["2", "3"]),
    ("redundant-key-due-to-wildcard-in-condition", "identity", under({"StringLike": {"aws:RequestTag/a": "*"}}), []),
    ("redundant-key-due-to-wildcard-in-condition", "identity", under({"StringEqualsIfExists": {"aws:RequestTag/a": "*"}}), []),
    ("redundant-key-due-to-wildcard-in-condition", "identity", under({"ForAllValues:StringLike": {"aws:TagKeys": "*"}}), ['aws:TagKeys": "*']),
    ("null-with-qualifier", "identity", under({"Null": {"aws:TagKeys": "true"}}), []),
    ("empty-object-condition", "identity", under({"StringEquals": {"aws:RequestTag/a": "{}"}}), []),
    ("empty-object-condition", "identity", under({"StringEquals": {}}), ['{"StringEquals": {}}']),
    ("empty-array-condition", "identity", under({"StringEqualsIfExists": {"aws:RequestTag/a": []}}), []),
    ("allow-with-unsupported-tag-condition-key-for-service", "identity", under({"StringEqualsIfExists": {"aws:ResourceTag/a": "x"}}, action="polly:SynthesizeSpeech"), []),
    ("allow-with-unsupported-tag-condition-key-for-service", "identity", under({"StringEquals": {"aws:ResourceTag/a": "x"}}, "Deny", "polly:SynthesizeSpeech"), []),
    ("allow-with-unsupported-tag-condition-key-for-service", "identity", under({"StringEquals": {"aws:ResourceTag/a": "x"}}, action="polly:SynthesizeSpeech"), ["polly:SynthesizeSpeech"]),
)  # fmt: skip


@pytest.mark.parametrize(
    ("code", "kind", "statement", "marked"), ROWS, ids=[f"{row[0]}-{place}" for place, row in enumerate(ROWS)]
)
def test_marked(code: str, kind: str, statement: dict[str, Any], marked: list[str]) -> None:
    """The check marks these texts, and no other."""
    text = json.dumps({"Version": "2012-10-17", "Statement": statement})
    problems = lint(text, kind)
    assert [text[p.span.start : p.span.end].strip('"') for p in problems if p.code == code] == marked


@pytest.mark.parametrize("version", ["", '"Version": "2008-10-17", '], ids=["none", "old"])
def test_variables_in_an_old_policy(version: str) -> None:
    """Without `Version`, or with the old one, a variable is plain text (rule V6); the fix makes it one."""
    statement = json.dumps(on("arn:aws:s3:::ml-home/${aws:username}/*"))
    text = f'{{{version}"Statement": {statement}}}'
    (problem,) = [problem for problem in lint(text) if problem.code == "variable-unsupported-in-version"]
    assert problem.fix is not None
    mended = text[: problem.fix.span.start] + problem.fix.text + text[problem.fix.span.end :]
    assert json.loads(mended)["Version"] == "2012-10-17"
    assert "variable-unsupported-in-version" not in {problem.code for problem in lint(mended)}
