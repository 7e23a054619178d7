"""An RCP on what a service acts for also catches people."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import WARNING

OF_SOURCES = ("aws:SourceOrgID", "aws:SourceOrgPaths", "aws:SourceAccount", "aws:SourceArn")


@check("rcp-missing-related-service-principal-condition-keys", WARNING, ("rcp",))
def rcp_missing_related_service_principal_condition_keys(subject: Subject) -> Iterator[Finding]:
    """An RCP on what a service acts for also catches people.

    ## What it finds
    A Deny of a resource control policy under `aws:SourceAccount`, `aws:SourceArn`, `aws:SourceOrgID` or
    `aws:SourceOrgPaths`, without a test of `aws:PrincipalIsAWSService`.

    ## Why it matters
    Only calls of service principals carry these keys. A negated test holds where the key is missing, so every user and
    role of the account is denied.

    ## Example
    ```json rcp
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": "*",
        "Condition": {
          "StringNotEqualsIfExists": {"aws:SourceOrgID": "o-a1b2c3d4e5"}
        }
      }
    }
    ```

    ## Instead
    ```json rcp
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": "*",
        "Condition": {
          "StringNotEqualsIfExists": {"aws:SourceOrgID": "o-a1b2c3d4e5"},
          "Null": {"aws:SourceAccount": "false"},
          "Bool": {"aws:PrincipalIsAWSService": "true"}
        }
      }
    }
    ```

    ## When it is fine
    Where the test is not negated, and so fails where the key is missing.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    - https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
    """
    for statement in subject.denies:
        if "aws:principalisawsservice" in subject.keys(statement):
            continue
        for test in subject.tests(statement, *OF_SOURCES):
            if test.use.operator.negated:
                yield Finding(
                    test.key_span,
                    f"Users and roles carry no `{test.key}`, so this Deny catches all of them.",
                    'Add `"Bool": {"aws:PrincipalIsAWSService": "true"}`.',
                )
