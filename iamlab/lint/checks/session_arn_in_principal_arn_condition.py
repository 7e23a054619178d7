"""A session's ARN is compared with the role's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.edits import rewriting
from iamlab.lint.subject import Subject
from iamlab.policy.problem import WARNING

SESSION = re.compile(r"arn:(?P<partition>[^:]+):sts::(?P<account>[^:]*):assumed-role/(?P<role>[^/]+)")


@check("session-arn-in-principal-arn-condition", WARNING)
def session_arn_in_principal_arn_condition(subject: Subject) -> Iterator[Finding]:
    """A session's ARN is compared with the role's.

    ## What it finds
    A value of `aws:PrincipalArn` that is the ARN of a role session, `arn:aws:sts::…:assumed-role/…`.

    ## Why it matters
    For a role session the key holds the ARN of the role, so the value never fits. An Allow allows nobody; a Deny that
    leaves this session out by a negated test denies it as well.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*",
        "Condition": {
          "ArnLike": {"aws:PrincipalArn": "arn:aws:sts::111122223333:assumed-role/TrainingRole/*"}
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
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*",
        "Condition": {
          "ArnLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/TrainingRole"}
        }
      }
    }
    ```

    ## When it is fine
    Never; one session is named in `Principal`, or by `aws:userid`.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
    """
    for statement in subject.statements:
        for test in subject.tests(statement, "aws:PrincipalArn"):
            for value in test.values:
                if match := SESSION.match(value.text):
                    right = f"arn:{match['partition']}:iam::{match['account']}:role/{match['role']}"
                    yield Finding(
                        value.span,
                        f"`{test.key}` is never the ARN of a session, such as `{value.text}`.",
                        f"Write the ARN of the role: `{right}`.",
                        rewriting(value.span, right, changes_access=True),
                    )
