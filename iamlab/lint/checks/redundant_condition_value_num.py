"""A number is covered by another of the same list."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.edits import removal
from iamlab.lint.subject import Subject
from iamlab.policy.problem import SUGGESTION
from iamlab.policy.values import read_number


@check("redundant-condition-value-num", SUGGESTION)
def redundant_condition_value_num(subject: Subject) -> Iterator[Finding]:
    """A number is covered by another of the same list.

    ## What it finds
    Several values under an operator that compares which number is less or greater.

    ## Why it matters
    Values are alternatives, so the widest decides and the others have no effect: of several under `NumericLessThan`
    the greatest.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "sagemaker:CreateTrainingJob",
        "Resource": "arn:aws:sagemaker:eu-west-1:111122223333:training-job/*",
        "Condition": {"NumericLessThanEquals": {"sagemaker:MaxRuntimeInSeconds": ["3600", "86400"]}}
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
        "Condition": {"NumericLessThanEquals": {"sagemaker:MaxRuntimeInSeconds": "86400"}}
      }
    }
    ```

    ## When it is fine
    Never.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
    for _, test in subject.conditions:
        name = test.use.operator.name
        if not name.startswith(("NumericLess", "NumericGreater")) or len(test.values) < 2:
            continue
        read = {value: number for value in test.values if (number := read_number(value.text)) is not None}
        widest = (max if "Less" in name else min)(read, key=lambda value: read[value], default=None)
        for value in read:
            if widest is not None and value is not widest:
                fix = removal(subject.text, value.span, f"Remove `{value.text}`")
                message = f"`{value.text}` has no effect beside `{widest.text}`."
                yield Finding(value.span, message, "Values are alternatives: the widest decides.", fix)
