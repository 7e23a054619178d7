"""A service is narrowed by a key that does not tell for whom it works."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import SUGGESTION

TELLING = frozenset({"aws:sourcearn", "aws:sourceaccount", "aws:sourceorgid", "aws:sourceorgpaths"})
POOR = ("aws:referer", "aws:sourceip", "aws:useragent")


@check("recommended-condition-key-for-service-principal", SUGGESTION, ("resource", "trust"))
def recommended_condition_key_for_service_principal(subject: Subject) -> Iterator[Finding]:
    """A service is narrowed by a key that does not tell for whom it works.

    ## What it finds
    An Allow for services with a condition on `aws:Referer`, `aws:SourceIp` or `aws:UserAgent`, and none on
    `aws:SourceArn`, `aws:SourceAccount`, `aws:SourceOrgID` or `aws:SourceOrgPaths`.

    ## Why it matters
    Anyone can set the service up in an account of their own and point it at your resource: the confused deputy. Only
    the `aws:Source…` keys tell for whom the service works.

    ## Example
    ```json resource
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": {"Service": "cloudtrail.amazonaws.com"},
        "Action": "s3:PutObject",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*",
        "Condition": {"StringEquals": {"aws:Referer": "111122223333"}}
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
        "Condition": {"StringEquals": {"aws:SourceAccount": "111122223333"}}
      }
    }
    ```

    ## When it is fine
    Where the service does not send the `aws:Source…` keys.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
    for statement in subject.allows:
        entries = statement.principal.entries if statement.principal else ()
        keys = subject.keys(statement)
        if keys & TELLING or not any(entry.type == "Service" for entry in entries):
            continue
        for test in subject.tests(statement, *POOR):
            message = f"`{test.key}` does not tell for whom the service works."
            yield Finding(test.key_span, message, "Ask for `aws:SourceAccount` or `aws:SourceArn`.")
