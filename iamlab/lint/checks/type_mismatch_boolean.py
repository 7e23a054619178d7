"""A value is neither true nor false."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import WARNING
from iamlab.policy.values import read_bool


@check("type-mismatch-boolean", WARNING)
def type_mismatch_boolean(subject: Subject) -> Iterator[Finding]:
    """A value is neither true nor false.

    ## What it finds
    A value of `Bool` or `Null` other than `true` and `false`.

    ## Why it matters
    It equals nothing, so the test never holds: the Allow allows nothing, the Deny denies nothing.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Deny",
        "Action": "s3:*",
        "Resource": ["arn:aws:s3:::ml-training-data-bucket", "arn:aws:s3:::ml-training-data-bucket/*"],
        "Condition": {
          "Bool": {"aws:SecureTransport": "no"}
        }
      }
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Deny",
        "Action": "s3:*",
        "Resource": ["arn:aws:s3:::ml-training-data-bucket", "arn:aws:s3:::ml-training-data-bucket/*"],
        "Condition": {
          "Bool": {"aws:SecureTransport": "false"}
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
            for value in test.values if test.use.operator.family in ("Bool", "Null") else ():
                if "${" not in value.text and read_bool(value.text) is None:
                    yield Finding(
                        value.span,
                        f"`{value.text}` is neither `true` nor `false`, so `{test.operator}` never holds.",
                        "Write `true` or `false`.",
                    )
