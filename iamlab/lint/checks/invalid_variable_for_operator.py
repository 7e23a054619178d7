"""A policy variable stands under an operator that takes none."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import ERROR


@check("invalid-variable-for-operator", ERROR)
def invalid_variable_for_operator(subject: Subject) -> Iterator[Finding]:
    """A policy variable stands under an operator that takes none.

    ## What it finds
    `${…}` in a value of a number, date, bytes, address or `Null` operator.

    ## Why it matters
    There it is plain text, which is no number, date or address: the condition never holds, or, negated, always.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*",
        "Condition": {"IpAddress": {"aws:SourceIp": "${aws:PrincipalTag/office}"}}
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
        "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}
      }
    }
    ```

    ## When it is fine
    Never.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
    for _, test in subject.conditions:
        for value in test.values if not test.use.operator.variables else ():
            if "${" in value.text:
                message = f"`{test.operator}` takes no policy variables."
                yield Finding(value.span, message, "Variables work under String and ARN operators.")
