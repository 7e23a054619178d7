"""Passing a role depends on its tags."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import IDENTITY, Subject
from iamlab.policy.problem import WARNING


@check("tags-on-pass-role", WARNING, IDENTITY)
def tags_on_pass_role(subject: Subject) -> Iterator[Finding]:
    """Passing a role depends on its tags.

    ## What it finds
    An Allow or Deny that names `iam:PassRole`, under `aws:ResourceTag/…` or `iam:ResourceTag/…`.

    ## Why it matters
    AWS says that such a condition is not reliable for `iam:PassRole`. Who may tag roles also opens the door for
    themselves.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "iam:PassRole",
        "Resource": "arn:aws:iam::111122223333:role/TrainingRole",
        "Condition": {
          "StringEquals": {
            "iam:PassedToService": "sagemaker.amazonaws.com",
            "iam:ResourceTag/team": "vision"
          }
        }
      }
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "iam:PassRole",
        "Resource": "arn:aws:iam::111122223333:role/TrainingRole",
        "Condition": {
          "StringEquals": {"iam:PassedToService": "sagemaker.amazonaws.com"}
        }
      }
    }
    ```

    ## When it is fine
    Never.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html
    """
    for statement in subject.statements:
        named = any(entry.text.lower() == "iam:passrole" for entry in statement.action.entries)
        for test in subject.tests(statement, "aws:ResourceTag", "iam:ResourceTag") if named else ():
            yield Finding(
                test.key_span,
                f"`{test.key}` is not reliable for `iam:PassRole`.",
                "Name the roles in `Resource`, by a common path or prefix.",
            )
