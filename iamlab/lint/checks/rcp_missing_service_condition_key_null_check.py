"""An RCP on the source of a service's call does not ask whether there is one."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import WARNING

OF_SOURCES = ("aws:SourceOrgID", "aws:SourceOrgPaths", "aws:SourceArn")


@check("rcp-missing-service-condition-key-null-check", WARNING, ("rcp",))
def rcp_missing_service_condition_key_null_check(subject: Subject) -> Iterator[Finding]:
    """An RCP on the source of a service's call does not ask whether there is one.

    ## What it finds
    A Deny of a resource control policy with a negated test of `aws:SourceOrgID`, `aws:SourceOrgPaths` or
    `aws:SourceArn`, without `"Null": {"aws:SourceAccount": "false"}`.

    ## Why it matters
    Some services call without saying for which resource. A negated test holds where the key is missing, so those calls
    are denied, and the feature behind them stops.

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
          "StringNotEqualsIfExists": {"aws:SourceOrgID": "o-a1b2c3d4e5"},
          "Bool": {"aws:PrincipalIsAWSService": "true"}
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
    Where calls without a source are to be denied as well.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    - https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
    """
    for statement in subject.denies:
        asked = any(
            test.use.operator.name == "Null" for test in subject.tests(statement, *OF_SOURCES, "aws:SourceAccount")
        )
        for test in subject.tests(statement, *OF_SOURCES):
            if test.use.operator.negated and not asked:
                yield Finding(
                    test.key_span,
                    f"A service's call without `{test.key}` is denied too.",
                    'Add `"Null": {"aws:SourceAccount": "false"}`.',
                )
