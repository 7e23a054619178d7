"""A resource's ARN has fewer than six parts."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.edits import rewriting
from iamlab.lint.subject import Subject
from iamlab.policy.problem import ERROR

COLONS = 5


@check("missing-arn-field", ERROR)
def missing_arn_field(subject: Subject) -> Iterator[Finding]:
    """A resource's ARN has fewer than six parts.

    ## What it finds
    An entry that begins with `arn:` and has fewer than five colons, unless it ends in `*`.

    ## Why it matters
    An ARN is `arn:partition:service:region:account:resource`. IAM completes a shorter one with `*`, so `arn:aws:sqs`
    is every queue: seldom what was meant. Other services refuse it.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Effect": "Allow",
          "Action": "s3:ListAllMyBuckets",
          "Resource": "*"
        },
        {
          "Effect": "Allow",
          "Action": "sagemaker:DescribeModel",
          "Resource": "arn:aws:sagemaker:eu-west-1"
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
          "Effect": "Allow",
          "Action": "s3:ListAllMyBuckets",
          "Resource": "*"
        },
        {
          "Effect": "Allow",
          "Action": "sagemaker:DescribeModel",
          "Resource": "arn:aws:sagemaker:eu-west-1:111122223333:model/*"
        }
      ]
    }
    ```

    ## When it is fine
    Never; the full form says the same.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
    for statement in subject.statements:
        for entry in statement.resource.entries if statement.resource else ():
            lacking = COLONS - entry.text.count(":")
            if lacking <= 0 or not entry.text.startswith("arn:") or entry.text.endswith("*"):
                continue
            whole = entry.text + ":*" * lacking
            yield Finding(
                entry.span,
                f"`{entry.text}` has fewer than six parts.",
                f"IAM reads it as `{whole}`.",
                rewriting(entry.span, whole),
            )
