"""A service is named by a pattern."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.arns import arns
from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy import Span
from iamlab.policy.problem import SUGGESTION


@check("wildcard-in-service-name", SUGGESTION)
def wildcard_in_service_name(subject: Subject) -> Iterator[Finding]:
    """A service is named by a pattern.

    ## What it finds
    A wildcard in the service's prefix of an action, or in the third part of an ARN, with other characters beside it.

    ## Why it matters
    A dozen services have `code` in their name, and next year there may be more. What the pattern covers changes
    without anyone touching the policy.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "sagemaker*:List*",
        "Resource": "*"
      }
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": ["sagemaker:List*", "sagemaker-geospatial:List*"],
        "Resource": "*"
      }
    }
    ```

    ## When it is fine
    In a `Deny` that is meant to take in what is yet to come.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
    for statement in subject.statements:
        for entry in statement.action.entries:
            yield from _finding(entry.span, entry.text.partition(":")[0])
    for _, arn in arns(subject):
        yield from _finding(arn.place("service"), arn.service)


def _finding(at: Span, service: str) -> Iterator[Finding]:
    if service.strip("*?") and service != service.replace("*", "").replace("?", ""):
        yield Finding(at, f"`{service}` names services by a pattern.", "Write each service's own prefix.")
