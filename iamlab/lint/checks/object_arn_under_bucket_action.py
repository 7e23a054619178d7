"""An action on a bucket is given its objects."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.edits import rewriting
from iamlab.lint.fitting import swapped
from iamlab.lint.misfits import Misfit, idle_resources, misfits
from iamlab.lint.subject import Subject
from iamlab.policy import Statement
from iamlab.policy.problem import WARNING
from iamlab.policy.statement import ActionEntry, ResourceEntry


@check("object-arn-under-bucket-action", WARNING)
def object_arn_under_bucket_action(subject: Subject) -> Iterator[Finding]:
    """An action on a bucket is given its objects.

    ## What it finds
    An action that works on a bucket, such as `s3:ListBucket`, in a statement whose `Resource` names objects, and no
    bucket.

    ## Why it matters
    An ARN of objects does not cover the bucket that holds them. Listing it ends in an implicit deny, however many
    objects may be read; a Deny written so does not keep the bucket from being listed or deleted.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:ListBucket",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*"
      }
    }
    ```

    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": ["s3:ListBucket", "s3:GetObject"],
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*"
      }
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:ListBucket",
        "Resource": "arn:aws:s3:::ml-training-data-bucket"
      }
    }
    ```

    ```json
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Effect": "Allow",
          "Action": "s3:ListBucket",
          "Resource": "arn:aws:s3:::ml-training-data-bucket"
        },
        {
          "Effect": "Allow",
          "Action": "s3:GetObject",
          "Resource": "arn:aws:s3:::ml-training-data-bucket/*"
        }
      ]
    }
    ```

    ## When it is fine
    Never: the two ARNs never mean the same.

    ## References
    - https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
    - https://docs.aws.amazon.com/AmazonS3/latest/userguide/security_iam_service-with-iam.html
    """
    for statement, entry, _ in misfits(subject, Misfit.WANTS_BUCKET):
        idle = [resource for resource in idle_resources(subject, statement) if swapped(resource.text)]
        yield _finding(statement, entry, idle)


def _finding(statement: Statement, entry: ActionEntry, idle: list[ResourceEntry]) -> Finding:
    """At the one resource that nothing else in the statement works on, with the fix; else at the action."""
    element = statement.resource
    taken = {resource.text for resource in element.entries} if element else set()
    if len(idle) != 1 or swapped(idle[0].text) in taken:
        return Finding(
            entry.span,
            f"`{entry.text}` works on the bucket, and this statement names only objects.",
            "Name the bucket as well, as in `arn:aws:s3:::ml-training-data-bucket`.",
        )
    right = swapped(idle[0].text)
    return Finding(
        idle[0].span,
        f"`{entry.text}` works on the bucket, and this statement names only objects.",
        f"Write `{right}`.",
        rewriting(idle[0].span, right, changes_access=True),
    )
