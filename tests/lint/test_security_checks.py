"""Security warnings and general warnings: near misses that must be silent beside odd forms that must not.

Sources: access-analyzer-reference-policy-checks.html, reference_policies_condition-keys.html and
id_roles_use_passrole.html of the IAM User Guide; for what counts as public,
https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html.
"""

import json
from functools import cache
from typing import Any

import botocore.session
import pytest
from botocore.model import ServiceModel, StructureShape

from iamlab.aws.catalogue import find_action
from iamlab.aws.operation_lists import ML_SERVICES, PASS_ROLE
from iamlab.lint import lint
from iamlab.lint.dangers import CREDENTIALS, DATA, ESCALATIONS, is_wide
from iamlab.lint.role_passing import NEED_ROLE, WAYS

ROLE = "arn:aws:iam::111122223333:role/TrainingRole"
ROLES = "arn:aws:iam::111122223333:role/*"
BUCKET = "arn:aws:s3:::ml-training-data-bucket"
OBJECTS = f"{BUCKET}/*"
JOBS = "arn:aws:sagemaker:us-east-1:111122223333:training-job/*"
TO_SAGEMAKER = {"StringEquals": {"iam:PassedToService": "sagemaker.amazonaws.com"}}
ORGANIZATION = {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}
MFA = "aws:MultiFactorAuthPresent"
GITHUB = "token.actions.githubusercontent.com"
GITHUB_ARN = f"arn:aws:iam::111122223333:oidc-provider/{GITHUB}"


def allow(action: Any, resource: Any = "*", condition: Any = None, **elements: Any) -> dict[str, Any]:
    """A statement that allows; an element given as None is left out."""
    named = {"Effect": "Allow", "Action": action, "Resource": resource, "Condition": condition} | elements
    return {name: value for name, value in named.items() if value is not None}


def deny(action: Any, resource: Any = "*", condition: Any = None, **elements: Any) -> dict[str, Any]:
    """A statement that denies."""
    return allow(action, resource, condition, **elements) | {"Effect": "Deny"}


def trust(principal: Any, condition: Any = None, action: str = "sts:AssumeRole") -> dict[str, Any]:
    """A statement of a trust policy."""
    return allow(action, None, condition, Principal=principal)


def shared(principal: Any, condition: Any = None) -> dict[str, Any]:
    """A statement of a bucket's policy."""
    return allow("s3:GetObject", OBJECTS, condition, Principal=principal)


def codes(statements: Any, kind: str) -> set[str]:
    """The codes of all findings."""
    return {problem.code for problem in lint(json.dumps({"Version": "2012-10-17", "Statement": statements}), kind)}


# code, what is so, kind of policy, statements
FOUND = (
    ("pass-role-with-star-in-action-and-resource", "iam:*", "identity", allow("iam:*")),
    ("pass-role-with-star-in-action-and-resource", "everything", "identity", allow("*")),
    ("pass-role-with-star-in-action-and-resource", "among others", "identity", allow(["s3:GetObject", "i*:*"])),
    ("pass-role-with-not-resource", "beginning of the name", "identity", allow("iam:Pass*", None, NotResource=ROLE)),
    ("pass-role-with-star-in-resource-and-not-action", "left in", "identity", allow(None, NotAction="s3:*")),
    ("create-slr-with-star-in-action-and-resource", "iam:Create*", "identity", allow("iam:Create*")),
    ("create-slr-with-star-in-resource", "by its name", "identity", allow("IAM:createservicelinkedrole")),
    ("pass-role-without-passed-to-service", "one role", "identity", allow("iam:PassRole", ROLE)),
    ("pass-role-and-run", "training job", "identity", [allow("iam:PassRole", ROLES), allow("sagemaker:CreateTrainingJob", JOBS)]),
    ("pass-role-and-run", "function and its call", "identity", allow(["iam:PassRole", "lambda:*"])),
    ("pass-role-and-run", "for this service", "identity", [allow("iam:PassRole", ROLES, TO_SAGEMAKER), allow("sagemaker:Create*")]),
    ("privilege-escalation", "pattern", "identity", allow("iam:Put*Policy")),
    ("privilege-escalation", "every role", "identity", allow("iam:UpdateAssumeRolePolicy", ROLES)),
    ("privilege-escalation", "every policy anywhere", "identity", allow("iam:CreatePolicyVersion", "arn:aws:iam::*:policy/*")),
    ("privilege-escalation", "condition that is no bound", "identity", allow("iam:AttachUserPolicy", "*", {"Bool": {"aws:SecureTransport": "true"}})),
    ("privilege-escalation", "deny of another action", "identity", [allow("iam:AttachUserPolicy"), deny("iam:AttachRolePolicy")]),
    ("credentials-of-other-users", "every user", "identity", allow("iam:CreateAccessKey", "arn:aws:iam::111122223333:user/*")),
    ("assume-any-role", "sts:*", "identity", allow("sts:*")),
    ("presigned-urls-of-others", "Studio", "identity", allow("sagemaker:CreatePresignedDomainUrl")),
    ("administrator-access", "in lists", "identity", allow(["*"], ["*"])),
    ("administrator-access", "beside an ARN", "identity", allow("*", [OBJECTS, "*"])),
    ("service-wildcard", "upper case", "identity", allow("S3:*", BUCKET)),
    ("service-wildcard", "a key is left to a role", "resource", allow("kms:*", "*", Principal={"AWS": ROLE})),
    ("service-wildcard", "a bucket is left to its account", "resource", allow("s3:*", BUCKET, Principal={"AWS": "111122223333"})),
    ("data-read-on-every-resource", "every bucket's objects", "identity", allow("s3:GetObject", "arn:aws:s3:::*/*")),
    ("data-read-on-every-resource", "every secret", "identity", allow("secretsmanager:Get*", "arn:aws:secretsmanager:*:*:secret:*")),
    ("permissions-management-on-every-resource", "bucket policies", "identity", allow("s3:PutBucketPolicy")),
    ("write-on-every-resource", "one of them writes", "identity", allow(["sagemaker:DescribeModel", "sagemaker:DeleteModel"])),
    ("mfa-does-not-protect", "deny misses keys", "identity", deny("s3:*", "*", {"Bool": {MFA: "false"}})),
    ("mfa-does-not-protect", "unquoted", "identity", deny("s3:*", "*", {"Bool": {MFA: False}})),
    ("mfa-does-not-protect", "allow if missing", "identity", allow("s3:GetObject", OBJECTS, {"BoolIfExists": {MFA: "true"}})),
    ("mfa-does-not-protect", "key in lower case", "identity", allow("s3:GetObject", OBJECTS, {"BoolIfExists": {MFA.lower(): "true"}})),
    ("mfa-does-not-protect", "presence alone", "identity", allow("s3:GetObject", OBJECTS, {"Null": {MFA: "false"}})),
    ("mfa-does-not-protect", "absence alone", "identity", deny("s3:GetObject", OBJECTS, {"Null": {MFA: "true"}})),
    ("public-resource-policy", "star", "resource", shared("*")),
    ("public-resource-policy", "AWS star in a list", "resource", shared({"AWS": ["*", ROLE]})),
    ("public-resource-policy", "TLS is no bound", "resource", shared("*", {"Bool": {"aws:SecureTransport": "true"}})),
    ("public-resource-policy", "the whole internet", "resource", shared("*", {"IpAddress": {"aws:SourceIp": "0.0.0.0/0"}})),
    ("public-resource-policy", "negated", "resource", shared("*", {"StringNotEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}})),
    ("public-resource-policy", "IfExists", "resource", shared("*", {"StringEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}})),
    ("public-resource-policy", "any principal", "resource", shared("*", {"ArnLike": {"aws:PrincipalArn": "*"}})),
    ("public-resource-policy", "any value", "resource", shared("*", {"StringLike": {"aws:SourceVpce": "*"}})),
    ("trust-open-to-everyone", "AWS star", "trust", trust({"AWS": "*"})),
    ("trust-open-to-everyone", "MFA is no bound", "trust", trust({"AWS": "*"}, {"Bool": {MFA: "true"}})),
    ("trusts-whole-account", "number", "trust", trust({"AWS": "444455556666"})),
    ("restrict-access-to-service-principal", "any account", "resource", shared({"Service": "cloudtrail.amazonaws.com"})),
    ("trust-policy-without-source", "one of two services", "trust", trust({"Service": ["lambda.amazonaws.com", "sagemaker.amazonaws.com"]})),
    ("missing-condition-key-for-oidc-principal", "own provider", "trust", trust({"Federated": "arn:aws:iam::111122223333:oidc-provider/id.example.com/app"}, None, "sts:AssumeRoleWithWebIdentity")),
    ("missing-github-repo-condition-key", "any owner", "trust", trust({"Federated": GITHUB_ARN}, {"StringLike": {f"{GITHUB}:sub": "repo:*"}}, "sts:AssumeRoleWithWebIdentity")),
    ("missing-github-repo-condition-key", "anything", "trust", trust({"Federated": GITHUB_ARN}, {"StringLike": {f"{GITHUB}:sub": "*"}}, "sts:AssumeRoleWithWebIdentity")),
    ("saml-without-audience", "no condition", "trust", trust({"Federated": "arn:aws:iam::111122223333:saml-provider/ExampleCorp"}, None, "sts:AssumeRoleWithSAML")),
    ("forallvalues-with-single-valued-key", "claim of a token", "trust", trust({"Federated": GITHUB_ARN}, {"ForAllValues:StringEquals": {f"{GITHUB}:aud": "sts.amazonaws.com"}}, "sts:AssumeRoleWithWebIdentity")),
    ("forallvalues-with-single-valued-key", "in a Deny", "identity", deny("s3:GetObject", OBJECTS, {"ForAllValues:StringEquals": {"aws:PrincipalTag/a": "b"}})),
    ("forallvalues-without-null", "scan of a table", "identity", allow("dynamodb:*", "arn:aws:dynamodb:us-east-1:111122223333:table/scores", {"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": ["${aws:username}"]}})),
    ("for-any-value-with-negation", "not like", "identity", allow("s3:GetObject", OBJECTS, {"ForAnyValue:StringNotLike": {"aws:PrincipalOrgPaths": "o-a1b2c3d4e5/*"}})),
    ("missing-paired-condition-keys", "deny", "identity", deny("s3:GetObject", OBJECTS, {"NotIpAddress": {"aws:VpcSourceIp": "10.0.0.0/8"}})),
    ("wildcard-without-like-operator", "in an address", "identity", allow("sns:Subscribe", "*", {"StringEquals": {"sns:Endpoint": "https://*.example.com/in?team=ml"}})),
    ("wildcard-without-like-operator", "behind a query", "identity", allow("sns:Subscribe", "*", {"StringEquals": {"sns:Endpoint": "https://hooks.example.com/in?team=*"}})),
    ("wildcard-without-like-operator", "question mark", "identity", allow("s3:ListBucket", BUCKET, {"StringEquals": {"s3:prefix": "run-?"}})),
    ("wildcard-without-like-operator", "beside a variable", "identity", allow("s3:ListBucket", BUCKET, {"StringEquals": {"s3:prefix": "${aws:username}/*"}})),
    ("string-like-operator-with-arn-condition-keys", "any account", "identity", allow("s3:GetObject", OBJECTS, {"StringLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/x"}})),
    ("invalid-date-value", "seconds", "identity", allow("s3:GetObject", OBJECTS, {"DateLessThan": {"aws:CurrentTime": 1798675200}})),
    ("session-arn-in-principal-arn-condition", "leaving out", "identity", deny("s3:*", "*", {"ArnNotLike": {"aws:PrincipalArn": "arn:aws:sts::111122223333:assumed-role/Admin/*"}})),
    ("tags-on-pass-role", "AWS's tag key", "identity", allow("iam:PassRole", ROLE, TO_SAGEMAKER | {"StringLike": {"aws:ResourceTag/team": "v*"}})),
    ("referer-or-user-agent-as-guard", "agent", "identity", allow("s3:GetObject", OBJECTS, {"StringLike": {"aws:UserAgent": "*Mobile*"}})),
    ("source-ip-deny-without-via-service", "bucket", "resource", deny("s3:*", OBJECTS, {"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}}, Principal="*")),
    ("region-deny-without-global-services", "identity policy", "identity", deny("*", "*", {"StringNotEquals": {"aws:RequestedRegion": ["eu-west-1"]}})),
    ("scp-allow-list", "allow of one service", "scp", [allow("s3:*"), deny("s3:DeleteBucket")]),
    ("scp-allow-list", "everything under a condition", "scp", allow("*", "*", {"Bool": {"aws:SecureTransport": "true"}})),
    ("boundary-can-be-removed", "iam:*", "permissions_boundary", allow("iam:*")),
    ("boundary-can-be-removed", "NotAction", "permissions_boundary", allow(None, NotAction="organizations:*")),
    ("not-action-with-allow", "short list", "identity", allow(None, OBJECTS, NotAction="s3:DeleteObject")),
    ("not-principal-with-deny", "endpoint", "vpc_endpoint", deny("s3:*", "*", NotPrincipal={"AWS": ROLE})),
    ("unique-sids-recommended", "bucket", "resource", [shared({"AWS": ROLE}) | {"Sid": "A"}, shared({"AWS": ROLE}) | {"Sid": "A"}]),
    ("type-mismatch", "text over true and false", "identity", deny("s3:*", "*", {"StringEquals": {"aws:SecureTransport": "false"}})),
    ("type-mismatch", "texts over an address", "identity", allow("s3:GetObject", OBJECTS, {"StringLike": {"aws:SourceIp": "203.0.113.*"}})),
    ("type-mismatch", "numbers over a text", "identity", allow("s3:GetObject", OBJECTS, {"NumericEquals": {"aws:PrincipalAccount": "111122223333"}})),
    ("type-mismatch-boolean", "yes", "identity", allow("s3:GetObject", OBJECTS, {"Bool": {"aws:SecureTransport": "yes"}})),
    ("type-mismatch-boolean", "under Null", "identity", allow("s3:GetObject", OBJECTS, {"Null": {"aws:PrincipalTag/a": "0"}})),
    ("type-mismatch-date", "no such day", "identity", allow("s3:GetObject", OBJECTS, {"DateLessThan": {"aws:CurrentTime": "2026-02-30"}})),
    ("type-mismatch-number", "a unit", "identity", allow("s3:ListBucket", BUCKET, {"NumericLessThan": {"s3:max-keys": "10k"}})),
    ("specific-github-repo-and-branch-recommended", "part of a name", "trust", trust({"Federated": GITHUB_ARN}, {"StringLike": {f"{GITHUB}:sub": "repo:example-org/ml-*:ref:refs/heads/main"}}, "sts:AssumeRoleWithWebIdentity")),
    ("invalid-role-reference", "deleted role", "trust", trust({"AWS": "AROAEXAMPLE1EXAMPLE2"})),
)  # fmt: skip


@pytest.mark.parametrize(
    ("code", "kind", "statements"),
    [(row[0], *row[2:]) for row in FOUND],
    ids=[f"{row[0]}: {row[1]}" for row in FOUND],
)
def test_found(code: str, kind: str, statements: Any) -> None:
    """What is dangerous is said, in whatever form it is written."""
    assert code in codes(statements, kind)


# codes that must not come, what is so, kind of policy, statements
SILENT = (
    ("pass-role", "for one service only, as Access Analyzer has it", "identity", allow("iam:*", "*", TO_SAGEMAKER)),
    ("pass-role", "listed in NotAction", "identity", allow(None, NotAction="iam:*")),
    ("pass-role", "a Deny", "identity", deny("iam:*")),
    ("pass-role", "a wildcard that leaves it out", "identity", allow("iam:Get*")),
    ("create-slr", "a named service", "identity", allow("iam:CreateServiceLinkedRole", "*", {"StringLike": {"iam:AWSServiceName": "sagemaker.amazonaws.com"}})),
    ("pass-role-and-run", "one role", "identity", [allow("iam:PassRole", ROLE, TO_SAGEMAKER), allow("sagemaker:CreateTrainingJob", JOBS)]),
    ("pass-role-and-run", "another service", "identity", [allow("iam:PassRole", ROLES, {"StringEquals": {"iam:PassedToService": "backup.amazonaws.com"}}), allow("sagemaker:CreateTrainingJob", JOBS)]),
    ("pass-role-and-run", "function that is never called", "identity", [allow("iam:PassRole", ROLES), allow("lambda:CreateFunction")]),
    ("pass-role-and-run", "denied", "identity", [allow(["iam:PassRole", "sagemaker:*"]), deny("iam:PassRole")]),
    ("privilege-escalation", "denied outright", "identity", [allow("iam:AttachRolePolicy"), deny("iam:*")]),
    ("privilege-escalation", "one role", "identity", allow("iam:AttachRolePolicy", ROLE)),
    ("privilege-escalation", "a prefix of roles", "identity", allow("iam:AttachRolePolicy", "arn:aws:iam::111122223333:role/ml-*")),
    ("privilege-escalation", "only with the boundary", "identity", allow("iam:AttachRolePolicy", ROLES, {"ArnEquals": {"iam:PermissionsBoundary": "arn:aws:iam::111122223333:policy/Boundary"}})),
    ("privilege-escalation", "reading", "identity", allow(["iam:Get*", "iam:List*"])),
    ("privilege-escalation", "boundary that only caps", "permissions_boundary", allow("iam:*")),
    ("credentials-of-other-users", "one's own", "identity", allow("iam:*AccessKey*", "arn:aws:iam::*:user/${aws:username}")),
    ("assume-any-role", "one role in every account", "identity", allow("sts:AssumeRole", "arn:aws:iam::*:role/Auditor")),
    ("administrator-access", "within S3", "identity", allow("*", OBJECTS)),
    ("administrator-access", "under MFA", "identity", allow("*", "*", {"Bool": {MFA: "true"}})),
    ("service-wildcard", "a Deny", "identity", deny("s3:*")),
    ("service-wildcard", "part of a service", "identity", allow("s3:Get*", OBJECTS)),
    ("service-wildcard", "a boundary", "permissions_boundary", allow("s3:*")),
    ("data-read-on-every-resource", "one bucket", "identity", allow("s3:GetObject", OBJECTS)),
    ("data-read-on-every-resource", "a prefix of buckets", "identity", allow("s3:GetObject", "arn:aws:s3:::ml-*/*")),
    ("data-read-on-every-resource", "buckets but no objects", "identity", allow("s3:ListBucket", "arn:aws:s3:::*")),
    ("data-read-on-every-resource", "own account only", "identity", allow("s3:GetObject", "*", {"StringEquals": {"aws:ResourceAccount": "111122223333"}})),
    ("data-read-on-every-resource", "one secret", "identity", allow("secretsmanager:GetSecretValue", "arn:aws:secretsmanager:us-east-1:111122223333:secret:training-*")),
    ("write-on-every-resource", "an action without resources", "identity", allow("sagemaker:ListModels")),
    ("write-on-every-resource", "reading", "identity", allow("sagemaker:DescribeModel")),
    ("mfa-does-not-protect", "AWS's Deny", "identity", deny("s3:*", "*", {"BoolIfExists": {MFA: "false"}})),
    ("mfa-does-not-protect", "AWS's Allow", "identity", allow("s3:GetObject", OBJECTS, {"Bool": {MFA: "true"}})),
    ("mfa-does-not-protect", "two tests together", "identity", deny("s3:*", "*", {"Bool": {MFA: "false"}, "Null": {MFA: "false"}})),
    ("mfa-does-not-protect", "by age", "identity", deny("s3:*", "*", {"Null": {"aws:MultiFactorAuthAge": "true"}})),
    ("public-resource-policy", "organization", "resource", shared("*", ORGANIZATION)),
    ("public-resource-policy", "a range", "resource", shared("*", {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}})),
    ("public-resource-policy", "an endpoint", "resource", shared("*", {"StringEquals": {"aws:sourceVpce": "vpce-0a1b2c3d"}})),
    ("public-resource-policy", "roles of one account", "resource", shared("*", {"ArnLike": {"aws:PrincipalArn": ROLES}})),
    ("public-resource-policy", "others denied", "resource", [shared("*"), deny("s3:*", OBJECTS, {"StringNotEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}, Principal="*")]),
    ("public-resource-policy", "services only", "resource", shared("*", {"StringEquals": {"aws:PrincipalServiceName": "cloudtrail.amazonaws.com"}})),
    ("type-mismatch", "number in a tag", "identity", allow("s3:GetObject", OBJECTS, {"NumericLessThan": {"aws:PrincipalTag/level": "5"}})),
    ("public-resource-policy", "a Deny", "resource", deny("s3:*", OBJECTS, {"Bool": {"aws:SecureTransport": "false"}}, Principal="*")),
    ("public-resource-policy", "key policy for a service", "resource", allow("kms:Decrypt", "*", {"StringEquals": {"kms:CallerAccount": "111122223333", "kms:ViaService": "s3.us-east-1.amazonaws.com"}}, Principal={"AWS": "*"})),
    ("trust-open-to-everyone", "organization", "trust", trust({"AWS": "*"}, ORGANIZATION)),
    ("trusts-whole-account", "a role", "trust", trust({"AWS": ROLE})),
    ("trusts-whole-account", "external ID", "trust", trust({"AWS": "444455556666"}, {"StringEquals": {"sts:ExternalId": "a1"}})),
    ("restrict-access-to-service-principal", "source", "resource", shared({"Service": "cloudtrail.amazonaws.com"}, {"StringEquals": {"AWS:SourceArn": "arn:aws:cloudtrail:us-east-1:111122223333:trail/t"}})),
    ("restrict-access-to-service-principal", "organization of the source", "resource", shared({"Service": "cloudtrail.amazonaws.com"}, {"StringEquals": {"aws:SourceOrgID": "o-a1b2c3d4e5"}})),
    ("trust-policy-without-source", "services that do not say", "trust", trust({"Service": ["lambda.amazonaws.com", "ec2.amazonaws.com"]})),
    ("missing-github-repo-condition-key", "every branch of one repository", "trust", trust({"Federated": GITHUB_ARN}, {"StringLike": {f"{GITHUB}:sub": "repo:example-org/ml-training:*"}}, "sts:AssumeRoleWithWebIdentity")),
    ("missing-condition-key-for-oidc-principal", "audience", "trust", trust({"Federated": "cognito-identity.amazonaws.com"}, {"StringEquals": {"cognito-identity.amazonaws.com:aud": "us-east-1:x"}}, "sts:AssumeRoleWithWebIdentity")),
    ("missing-condition-key-for-oidc-principal", "SAML", "trust", trust({"Federated": "arn:aws:iam::111122223333:saml-provider/ExampleCorp"}, {"StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}}, "sts:AssumeRoleWithSAML")),
    ("forallvalues", "tags of the request", "identity", allow("sagemaker:AddTags", JOBS, {"ForAllValues:StringEquals": {"aws:TagKeys": ["team"]}})),
    ("forallvalues", "items by their key", "identity", allow("dynamodb:GetItem", "arn:aws:dynamodb:us-east-1:111122223333:table/scores", {"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": ["a"]}})),
    ("forallvalues", "a Deny", "identity", deny("sagemaker:CreateTrainingJob", JOBS, {"ForAllValues:StringNotEquals": {"sagemaker:VpcSubnets": ["subnet-1"]}})),
    ("forallvalues", "a second test", "identity", allow("sagemaker:CreateTrainingJob", JOBS, {"ForAllValues:StringEquals": {"sagemaker:VpcSubnets": ["subnet-1"]}, "ForAnyValue:StringEquals": {"sagemaker:VpcSubnets": ["subnet-1"]}})),
    ("for-any-value-with-negation", "AWS's Deny", "identity", deny("sagemaker:AddTags", "*", {"ForAnyValue:StringNotEquals": {"aws:TagKeys": ["team"]}})),
    ("wildcard-without-like-operator", "the character itself", "identity", allow("s3:ListBucket", BUCKET, {"StringEquals": {"s3:prefix": "a${*}"}})),
    ("wildcard-without-like-operator", "an address's query", "identity", allow("sns:Subscribe", "*", {"StringEquals": {"sns:Endpoint": "https://hooks.example.com/in?team=ml"}})),
    ("wildcard-without-like-operator", "a wildcard certificate", "identity", allow("acm:RequestCertificate", "*", {"ForAllValues:StringEquals": {"acm:DomainNames": "*.example.com"}, "Null": {"acm:DomainNames": "false"}})),
    ("service-wildcard", "a key is left to its account", "resource", allow("kms:*", "*", Principal={"AWS": "arn:aws:iam::111122223333:root"})),
    ("wildcard-without-like-operator", "ArnEquals knows them", "identity", allow("s3:GetObject", OBJECTS, {"ArnEquals": {"aws:PrincipalArn": ROLES}})),
    ("string-like-operator-with-arn-condition-keys", "no wildcard", "identity", allow("s3:GetObject", OBJECTS, {"StringLike": {"aws:PrincipalArn": ROLE}})),
    ("invalid-date-value", "a year", "identity", allow("s3:GetObject", OBJECTS, {"DateLessThan": {"aws:CurrentTime": "2027"}})),
    ("invalid-date-value", "the key of seconds", "identity", allow("s3:GetObject", OBJECTS, {"DateLessThan": {"aws:EpochTime": "1798675200"}})),
    ("source-ip-deny", "AWS's own form", "identity", deny("*", "*", {"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}, "Bool": {"aws:ViaAWSService": "false"}})),
    ("source-ip-deny", "an Allow by address", "identity", allow("s3:GetObject", OBJECTS, {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}})),
    ("region-deny", "home of the global services", "scp", deny("*", "*", {"StringNotEquals": {"aws:RequestedRegion": ["eu-west-1", "us-east-1"]}})),
    ("region-deny", "one service", "scp", deny("sagemaker:*", "*", {"StringNotEquals": {"aws:RequestedRegion": "eu-west-1"}})),
    ("scp-allow-list", "everything", "scp", [allow("*"), deny("s3:DeleteBucket")]),
    ("scp-allow-list", "only denies", "scp", deny("s3:DeleteBucket")),
    ("boundary-can-be-removed", "IAM left out", "permissions_boundary", allow("sagemaker:*")),
    ("boundary-can-be-removed", "denied on the boundary", "permissions_boundary", [allow("*"), deny("iam:*Boundary*")]),
    ("type-mismatch", "epoch as number and date", "identity", allow("s3:GetObject", OBJECTS, {"NumericLessThan": {"aws:EpochTime": "1798675200"}, "DateGreaterThan": {"aws:EpochTime": "1735689600"}})),
    ("type-mismatch", "ARN as text", "identity", allow("s3:GetObject", OBJECTS, {"StringEquals": {"aws:PrincipalArn": ROLE}})),
    ("type-mismatch", "ARN operator over a text", "identity", allow("s3:GetObject", OBJECTS, {"ArnLike": {"aws:userid": "arn:aws:iam::*:user/x"}})),
    ("type-mismatch", "unquoted values", "identity", allow("s3:ListBucket", BUCKET, {"NumericLessThan": {"s3:max-keys": 10}, "Bool": {"aws:SecureTransport": True}})),
    ("type-mismatch", "letter case of true", "identity", allow("s3:GetObject", OBJECTS, {"Bool": {"aws:SecureTransport": "True"}})),
    ("type-mismatch", "unknown key", "identity", allow("s3:GetObject", OBJECTS, {"NumericEquals": {"example:key": "1"}})),
    ("specific-github-repo-and-branch-recommended", "one repository", "trust", trust({"Federated": GITHUB_ARN}, {"StringLike": {f"{GITHUB}:sub": "repo:example-org/ml-training:*"}}, "sts:AssumeRoleWithWebIdentity")),
    ("not-resource-with-allow", "a Deny", "identity", deny("s3:*", None, NotResource=OBJECTS)),
    ("unique-sids-recommended", "empty", "resource", [shared({"AWS": ROLE}) | {"Sid": ""}, shared({"AWS": ROLE}) | {"Sid": ""}]),
)  # fmt: skip


@pytest.mark.parametrize(
    ("code", "kind", "statements"),
    [(row[0], *row[2:]) for row in SILENT],
    ids=[f"{row[0]}: {row[1]}" for row in SILENT],
)
def test_silent(code: str, kind: str, statements: Any) -> None:
    """A near miss, often AWS's own recommended form, is not marked by any check whose code begins so."""
    assert [found for found in codes(statements, kind) if found.startswith(code)] == []


def test_one_finding_for_one_statement() -> None:
    """A list of dangerous actions is one finding, at the first of them; the others are named in it."""
    actions = ["s3:GetBucketLocation", "iam:PutRolePolicy", "iam:AttachRolePolicy"]
    text = json.dumps({"Version": "2012-10-17", "Statement": allow(actions)})
    (found,) = [problem for problem in lint(text) if problem.code == "privilege-escalation"]
    assert text[found.span.start : found.span.end] == '"iam:PutRolePolicy"'
    assert "`iam:AttachRolePolicy` is as dangerous" in found.message


def test_fix_is_left_out_where_it_would_break() -> None:
    """An operator that stands over two keys, or whose successor is there already, is not rewritten."""
    both = {"StringEquals": {"s3:prefix": "home/*", "s3:delimiter": "/"}}
    taken = {"StringEquals": {"s3:prefix": "home/*"}, "StringLike": {"aws:PrincipalTag/a": "b*"}}
    for condition in (both, taken):
        text = json.dumps({"Version": "2012-10-17", "Statement": allow("s3:ListBucket", BUCKET, condition)})
        (found,) = [problem for problem in lint(text) if problem.code == "wildcard-without-like-operator"]
        assert found.fix is None


def test_fix_for_arns_is_an_operator_of_arns() -> None:
    """Under `StringLike` an ARN would be compared as a text, and that is the next finding."""
    condition = {"StringNotEquals": {"aws:PrincipalArn": ROLES}}
    text = json.dumps({"Version": "2012-10-17", "Statement": allow("s3:ListBucket", BUCKET, condition)})
    (found,) = [problem for problem in lint(text) if problem.code == "wildcard-without-like-operator"]
    assert found.fix is not None
    assert found.fix.text == '"ArnNotLike"'


@pytest.mark.parametrize("name", sorted({*ESCALATIONS, *CREDENTIALS, *DATA, *(a for way in WAYS for a in way.actions)}))
def test_tables_name_actions(name: str) -> None:
    """Every action of the tables is in the catalogue, in AWS's spelling."""
    found = find_action(name)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("name", sorted(NEED_ROLE))
def test_actions_that_need_a_role(name: str) -> None:
    """Such an action is in the catalogue, hands a role to a service, and the SDK makes its calls name one."""
    action = find_action(name)
    assert action is not None
    assert action.operation in PASS_ROLE.get(action.service, action.operation).split()
    models = (sdk_model(sdk) for sdk in ML_SERVICES[action.service].split())
    model = next(model for model in models if action.operation in model.operation_names)
    assert any("role" in member.lower() for member in needed(model.operation_model(action.operation).input_shape))


@cache
def sdk_model(name: str) -> ServiceModel:
    """The SDK's model of a service."""
    return botocore.session.get_session().get_service_model(name)


def needed(shape: StructureShape) -> set[str]:
    """The members that a structure must have, and those of a job's definition in it."""
    inner = (one for name, one in shape.members.items() if name.endswith("JobDefinition"))
    return {*shape.required_members, *(name for one in inner for name in one.required_members)}


@pytest.mark.parametrize(
    ("resource", "wide"),
    [
        ("*", True),
        (ROLES, True),
        ("arn:aws:iam::*:role/*", True),
        ("arn:aws:secretsmanager:*:*:secret:*", True),
        ("arn:aws:s3:::*", True),
        (OBJECTS, False),
        (ROLE, False),
        ("arn:aws:iam::111122223333:role/ml-*", False),
        ("arn:aws:iam::111122223333:role/ml/*", False),
        ("arn:aws:iam::111122223333:user/${aws:username}", False),
    ],
)
def test_wide(resource: str, wide: bool) -> None:
    """Wide is what takes in every resource of a type; a prefix or a path of names is not."""
    assert is_wide(resource) is wide
