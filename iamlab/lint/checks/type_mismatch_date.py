"""A value is no date."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import WARNING
from iamlab.policy.values import read_date


@check("type-mismatch-date", WARNING)
def type_mismatch_date(subject: Subject) -> Iterator[Finding]:
    """A value is no date.

    ## What it finds
    A value of a Date operator that is no date in the form of ISO 8601.

    ## Why it matters
    It equals no date, so the test never holds. Access that was to end on a day is not given at all, or a Deny that was
    to begin never does.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*",
        "Condition": {
          "DateLessThan": {"aws:CurrentTime": "31.12.2026"}
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
          "DateLessThan": {"aws:CurrentTime": "2026-12-31T00:00:00Z"}
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
            for value in test.values if test.use.operator.family in ("Date",) else ():
                if "${" not in value.text and read_date(value.text) is None:
                    yield Finding(value.span, f"`{value.text}` is no date.", "Write as in `2026-12-31T00:00:00Z`.")
