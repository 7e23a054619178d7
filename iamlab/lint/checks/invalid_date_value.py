"""A date is written in seconds since 1970."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy import Fix
from iamlab.policy.problem import WARNING

SECONDS = re.compile("[0-9]{5,11}", re.ASCII)


@check("invalid-date-value", WARNING)
def invalid_date_value(subject: Subject) -> Iterator[Finding]:
    """A date is written in seconds since 1970.

    ## What it finds
    Epoch seconds as a value of a Date operator, over any key but `aws:EpochTime`.

    ## Why it matters
    Nobody sees which day `1798675200` is, so nobody sees that it is the wrong one: access lasts longer than meant, or
    ends early.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*",
        "Condition": {
          "DateLessThan": {"aws:CurrentTime": "1798675200"}
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
    Over `aws:EpochTime`, whose values are seconds; the check is then silent.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
    """
    for statement in subject.statements:
        for test in statement.condition:
            if test.use.operator.family != "Date" or test.key.lower() == "aws:epochtime":
                continue
            for value in test.values:
                if SECONDS.fullmatch(value.text):
                    day = datetime.fromtimestamp(int(value.text), UTC).isoformat().replace("+00:00", "Z")
                    yield Finding(
                        value.span,
                        f"`{value.text}` counts seconds since 1970.",
                        f"Write the date as in `{day}`.",
                        Fix(f"Write `{day}`", value.span, f'"{day}"'),
                    )
