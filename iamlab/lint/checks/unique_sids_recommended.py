"""Two statements have the same `Sid`."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import WARNING


@check("unique-sids-recommended", WARNING, ("resource", "scp", "rcp", "vpc_endpoint"))
def unique_sids_recommended(subject: Subject) -> Iterator[Finding]:
    """Two statements have the same `Sid`.

    ## What it finds
    A `Sid` that an earlier statement of the policy has. In IAM's own policies that is an error; elsewhere it is only
    confusing.

    ## Why it matters
    Messages and logs name a statement by its `Sid`; with two of one name nobody knows which one is meant, and an edit
    goes to the wrong one.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Sid": "Read",
          "Effect": "Allow",
          "Principal": {"AWS": "arn:aws:iam::111122223333:role/TrainingRole"},
          "Action": "s3:GetObject",
          "Resource": "arn:aws:s3:::ml-training-data-bucket/*"
        },
        {
          "Sid": "Read",
          "Effect": "Allow",
          "Principal": {"AWS": "arn:aws:iam::111122223333:role/TrainingRole"},
          "Action": "s3:ListBucket",
          "Resource": "arn:aws:s3:::ml-training-data-bucket"
        }
      ]
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Sid": "Read",
          "Effect": "Allow",
          "Principal": {"AWS": "arn:aws:iam::111122223333:role/TrainingRole"},
          "Action": "s3:GetObject",
          "Resource": "arn:aws:s3:::ml-training-data-bucket/*"
        },
        {
          "Sid": "List",
          "Effect": "Allow",
          "Principal": {"AWS": "arn:aws:iam::111122223333:role/TrainingRole"},
          "Action": "s3:ListBucket",
          "Resource": "arn:aws:s3:::ml-training-data-bucket"
        }
      ]
    }
    ```

    ## When it is fine
    It changes no access.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html
    """
    seen = set[str]()
    for statement in subject.statements:
        if statement.sid and statement.sid in seen:
            place = statement.places["Sid"].value
            yield Finding(
                place, f"The Sid `{statement.sid}` is taken by an earlier statement.", "Give it one of its own."
            )
        seen.add(statement.sid or "")
