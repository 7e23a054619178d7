"""A user is named by its unique ID."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import WARNING


@check("invalid-user-reference", WARNING, ("resource", "trust", "vpc_endpoint"))
def invalid_user_reference(subject: Subject) -> Iterator[Finding]:
    """A user is named by its unique ID.

    ## What it finds
    A `Principal` that begins with `AIDA`, the unique ID of an IAM user.

    ## Why it matters
    When a user is deleted, IAM shows its ID where its ARN stood in a policy. The ID belongs to the deleted user for
    ever: one made anew under the same name has another, and is not let in.

    ## Example
    ```json trust
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": {"AWS": "AIDAEXAMPLE1EXAMPLE2"},
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
        "Principal": {"AWS": "arn:aws:iam::111122223333:user/maya"},
        "Action": "sts:AssumeRole"
      }
    }
    ```

    ## When it is fine
    In a `Deny`, against a user that exists no more.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
    """
    for entry in subject.principals("AWS"):
        if entry.text.startswith("AIDA"):
            yield Finding(entry.span, f"`{entry.text}` is the unique ID of a user.", "Write the user's ARN.")
