"""A service may come on behalf of anyone."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.exposure import SOURCES, is_held
from iamlab.lint.subject import Subject
from iamlab.policy.problem import SECURITY_WARNING


@check("restrict-access-to-service-principal", SECURITY_WARNING, ("resource",))
def restrict_access_to_service_principal(subject: Subject) -> Iterator[Finding]:
    """A service may come on behalf of anyone.

    ## What it finds
    An Allow of a resource-based policy to a service principal, without a condition on `aws:SourceArn`,
    `aws:SourceAccount`, `aws:SourceOrgID` or `aws:SourceOrgPaths`.

    ## Why it matters
    The service works for every customer of AWS. An attacker tells it to deliver to, or read from, this resource on
    behalf of an account of their own, and the service, which may, does: the confused deputy.

    ## Example
    ```json resource
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": {"Service": "sns.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": "arn:aws:sqs:us-east-1:111122223333:training-done"
      }
    }
    ```

    ## Instead
    ```json resource
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": {"Service": "sns.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": "arn:aws:sqs:us-east-1:111122223333:training-done",
        "Condition": {
          "ArnEquals": {"aws:SourceArn": "arn:aws:sns:us-east-1:111122223333:training-done"}
        }
      }
    }
    ```

    ## When it is fine
    For services that send none of these keys; their documentation says so.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
    """
    for statement in subject.allows:
        if SOURCES & subject.keys(statement) or is_held(statement):
            continue
        for entry in subject.principals_of(statement, "Service"):
            yield Finding(
                entry.span,
                f"`{entry.text}` may come here on behalf of any account.",
                "Test `aws:SourceArn` or `aws:SourceAccount`.",
            )
