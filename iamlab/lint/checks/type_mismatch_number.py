"""A value is no number."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import WARNING
from iamlab.policy.values import read_number


@check("type-mismatch-number", WARNING)
def type_mismatch_number(subject: Subject) -> Iterator[Finding]:
    """A value is no number.

    ## What it finds
    A value of a Numeric operator that is no number.

    ## Why it matters
    It equals no number and is not less or more than any, so the test never holds; a negated one always does.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "sagemaker:CreateTrainingJob",
        "Resource": "arn:aws:sagemaker:us-east-1:111122223333:training-job/*",
        "Condition": {
          "NumericLessThanEquals": {"sagemaker:MaxRuntimeInSeconds": "1h"}
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
        "Action": "sagemaker:CreateTrainingJob",
        "Resource": "arn:aws:sagemaker:us-east-1:111122223333:training-job/*",
        "Condition": {
          "NumericLessThanEquals": {"sagemaker:MaxRuntimeInSeconds": "3600"}
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
            for value in test.values if test.use.operator.family in ("Numeric",) else ():
                if "${" not in value.text and read_number(value.text) is None:
                    yield Finding(value.span, f"`{value.text}` is no number.", "Write digits, as in `3600`.")
