"""A `Bool` condition lists several values."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import ERROR


@check("invalid-condition-multiple-boolean", ERROR)
def invalid_condition_multiple_boolean(subject: Subject) -> Iterator[Finding]:
    """A `Bool` condition lists several values.

    ## What it finds
    More than one value under `Bool`.

    ## Why it matters
    Values are alternatives, so `true` and `false` together hold whenever the key is there. One of them is meant.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:*",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*",
        "Condition": {"Bool": {"aws:SecureTransport": ["true", "false"]}}
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
        "Condition": {"Bool": {"aws:SecureTransport": "true"}}
      }
    }
    ```

    ## When it is fine
    Never. To ask that a key is there, write `Null` with `false`.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
    for _, test in subject.conditions:
        if test.use.operator.family == "Bool" and not test.use.set_operator and len(test.values) > 1:
            message = f"`{test.key}` is compared with several values, of which any will do."
            yield Finding(test.span, message, "Write `true` or `false`.")
