"""`Principal` is empty."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import SUGGESTION


@check("empty-object-principal", SUGGESTION, ("resource", "trust", "vpc_endpoint"))
def empty_object_principal(subject: Subject) -> Iterator[Finding]:
    """`Principal` is empty.

    ## What it finds
    `Principal` or `NotPrincipal` with an empty object.

    ## Why it matters
    The statement says nothing: nobody is meant.

    ## Example
    ```json resource
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": {},
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*"
      }
    }
    ```

    ## Instead
    ```json resource
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::444455556666:role/TrainingRole"},
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*"
      }
    }
    ```

    ## When it is fine
    While the policy is still being written.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
    for statement in subject.statements:
        element = statement.principal
        if element and not subject.text[element.span.start : element.span.end].strip("{} \t\r\n"):
            help = "Name who is meant, or remove the statement."
            yield Finding(element.span, f"`{element.name}` is empty.", help)
