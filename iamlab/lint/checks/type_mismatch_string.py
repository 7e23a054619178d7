"""A value is no base64."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import WARNING
from iamlab.policy.values import read_binary


@check("type-mismatch-string", WARNING)
def type_mismatch_string(subject: Subject) -> Iterator[Finding]:
    """A value is no base64.

    ## What it finds
    A value of `BinaryEquals` that is not written in base64.

    ## Why it matters
    It stands for no bytes, so the test never holds.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*",
        "Condition": {
          "BinaryEquals": {"aws:PrincipalTag/key": "not base64"}
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
          "StringEquals": {"aws:PrincipalTag/key": "not base64"}
        }
      }
    }
    ```

    ## When it is fine
    Never.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
    """
    for statement in subject.statements:
        for test in statement.condition:
            for value in test.values if test.use.operator.family in ("Binary",) else ():
                if "${" not in value.text and read_binary(value.text) is None:
                    yield Finding(
                        value.span,
                        f"`{value.text}` is no base64.",
                        "Write the bytes in base64, or compare texts by `StringEquals`.",
                    )
