"""A condition asks a service for what only people's credentials carry."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import ERROR

KEYS = ("aws:principalorgid", "aws:principalorgpaths", "aws:username", "aws:multifactorauthpresent")


@check("unsupported-condition-key-for-service-principal", ERROR, ("resource", "trust", "vpc_endpoint"))
def unsupported_condition_key_for_service_principal(subject: Subject) -> Iterator[Finding]:
    """A condition asks a service for what only people's credentials carry.

    ## What it finds
    An Allow for nothing but services, with a condition on `aws:PrincipalOrgID`, `aws:PrincipalOrgPaths`,
    `aws:username` or `aws:MultiFactorAuthPresent`.

    ## Why it matters
    A service that makes requests as itself belongs to no organization and has no user name, so the condition never
    holds. For whom the service works is told by `aws:SourceAccount`, `aws:SourceOrgID` and `aws:SourceArn`.

    ## Example
    ```json resource
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": {"Service": "cloudtrail.amazonaws.com"},
        "Action": "s3:PutObject",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*",
        "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}
      }
    }
    ```

    ## Instead
    ```json resource
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": {"Service": "cloudtrail.amazonaws.com"},
        "Action": "s3:PutObject",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*",
        "Condition": {"StringEquals": {"aws:SourceOrgID": "o-a1b2c3d4e5"}}
      }
    }
    ```

    ## When it is fine
    Never.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
    for statement in subject.allows:
        entries = statement.principal.entries if statement.principal else ()
        if not entries or any(entry.type != "Service" for entry in entries):
            continue
        for test in statement.condition:
            if test.key.lower() in KEYS and not test.use.if_exists and not test.use.operator.negated:
                message = f"A service that makes requests as itself carries no `{test.key}`."
                yield Finding(
                    test.key_span, message, "Ask for `aws:SourceAccount`, `aws:SourceOrgID` or `aws:SourceArn`."
                )
