"""An RCP on who asks does not leave AWS services out."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import WARNING

OF_PRINCIPALS = ("aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:PrincipalAccount", "aws:PrincipalArn")


@check("rcp-missing-related-principal-condition-keys", WARNING, ("rcp",))
def rcp_missing_related_principal_condition_keys(subject: Subject) -> Iterator[Finding]:
    """An RCP on who asks does not leave AWS services out.

    ## What it finds
    A Deny of a resource control policy under `aws:PrincipalOrgID`, `aws:PrincipalOrgPaths`, `aws:PrincipalAccount` or
    `aws:PrincipalArn`, without a test of `aws:PrincipalIsAWSService`.

    ## Why it matters
    Resource control policies bind service principals too, and those belong to no organization: logs stop being
    delivered, and services that act for the account fail.

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
          "StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}
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
          "StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"},
          "BoolIfExists": {"aws:PrincipalIsAWSService": "false"}
        }
      }
    }
    ```

    ## When it is fine
    Where no AWS service may reach the resources by itself.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    - https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
    """
    for statement in subject.denies:
        if "aws:principalisawsservice" in subject.keys(statement):
            continue
        for test in subject.tests(statement, *OF_PRINCIPALS):
            yield Finding(
                test.key_span,
                f"AWS services that act as themselves have no `{test.key}`, or another; they are denied too.",
                'Add `"BoolIfExists": {"aws:PrincipalIsAWSService": "false"}`.',
            )
