"""A type of principal lists nobody."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import SUGGESTION


@check("empty-array-principal", SUGGESTION, ("resource", "trust", "vpc_endpoint"))
def empty_array_principal(subject: Subject) -> Iterator[Finding]:
    """A type of principal lists nobody.

    ## What it finds
    `Principal` or `NotPrincipal` with an empty list behind a type.

    ## Why it matters
    The statement says nothing: nobody is meant.

    ## Example
    ```json resource
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": {"AWS": []},
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
        if (
            element is None
            or element.entries
            or not subject.text[element.span.start : element.span.end].strip("{} \t\r\n")
        ):
            continue
        yield Finding(element.span, f"`{element.name}` lists nobody.", "Name who is meant, or remove the statement.")
