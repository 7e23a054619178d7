"""A role is named by its unique ID."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import WARNING


@check("invalid-role-reference", WARNING, ("resource", "trust", "vpc_endpoint"))
def invalid_role_reference(subject: Subject) -> Iterator[Finding]:
    """A role is named by its unique ID.

    ## What it finds
    A `Principal` that begins with `AROA`, the unique ID of a role.

    ## Why it matters
    When a role is deleted, IAM shows its ID where its ARN stood in a policy. The ID belongs to the deleted role for
    ever: one made anew under the same name has another, and is not let in.

    ## Example
    ```json trust
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": {"AWS": "AROAEXAMPLE1EXAMPLE2"},
        "Action": "sts:AssumeRole"
      }
    }
    ```

    ## Instead
    ```json trust
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::111122223333:role/TrainingRole"},
        "Action": "sts:AssumeRole"
      }
    }
    ```

    ## When it is fine
    In a `Deny`, against a role that exists no more.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
    """
    for entry in subject.principals("AWS"):
        if entry.text.startswith("AROA"):
            yield Finding(entry.span, f"`{entry.text}` is the unique ID of a role.", "Write the role's ARN.")
