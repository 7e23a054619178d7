"""Values of one condition key have different JSON types."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.edits import rewriting
from iamlab.lint.subject import Subject
from iamlab.policy.problem import ERROR


@check("invalid-condition-data-type", ERROR)
def invalid_condition_data_type(subject: Subject) -> Iterator[Finding]:
    """Values of one condition key have different JSON types.

    ## What it finds
    Within one list of values some that stand in quotes and some that do not.

    ## Why it matters
    AWS's checker refuses it. Values are compared as text in any case, so quotes around all of them say the same.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "sagemaker:CreateTrainingJob",
        "Resource": "arn:aws:sagemaker:eu-west-1:111122223333:training-job/*",
        "Condition": {"NumericEquals": {"sagemaker:MaxRuntimeInSeconds": [3600, "7200"]}}
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
        "Resource": "arn:aws:sagemaker:eu-west-1:111122223333:training-job/*",
        "Condition": {"NumericEquals": {"sagemaker:MaxRuntimeInSeconds": ["3600", "7200"]}}
      }
    }
    ```

    ## When it is fine
    Never.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
    for _, test in subject.conditions:
        bare = [value for value in test.values if subject.text[value.span.start] != '"']
        if 0 < len(bare) < len(test.values):
            for value in bare:
                message = f"`{value.text}` stands without quotes beside values that have them."
                yield Finding(value.span, message, "Put quotes around all of them.", rewriting(value.span, value.text))
