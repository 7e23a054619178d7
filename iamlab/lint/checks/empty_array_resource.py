"""A statement lists no resources."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import SUGGESTION


@check(
    "empty-array-resource",
    SUGGESTION,
    ("identity", "permissions_boundary", "session", "scp", "rcp", "vpc_endpoint", "resource"),
)
def empty_array_resource(subject: Subject) -> Iterator[Finding]:
    """A statement lists no resources.

    ## What it finds
    `Resource` or `NotResource` with an empty list.

    ## Why it matters
    With an empty `Resource` the statement says nothing; with an empty `NotResource` it is about everything.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resource": []
      }
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*"
      }
    }
    ```

    ## When it is fine
    While the policy is still being written.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
    for statement in subject.statements:
        element = statement.resource
        if element is not None and not element.entries:
            yield Finding(
                element.span, f"`{element.name}` lists nothing.", "Name the resources, or remove the statement."
            )
