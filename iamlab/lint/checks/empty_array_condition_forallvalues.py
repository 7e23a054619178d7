"""`ForAllValues` is asked of no values."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import SUGGESTION


@check("empty-array-condition-forallvalues", SUGGESTION)
def empty_array_condition_forallvalues(subject: Subject) -> Iterator[Finding]:
    """`ForAllValues` is asked of no values.

    ## What it finds
    A key with an empty list under `ForAllValues`.

    ## Why it matters
    It holds only where the request has no values for the key. `Null` with `true` says so plainly.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "sagemaker:CreateModel",
        "Resource": "arn:aws:sagemaker:eu-west-1:111122223333:model/*",
        "Condition": {"ForAllValues:StringEquals": {"aws:TagKeys": []}}
      }
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "sagemaker:CreateModel",
        "Resource": "arn:aws:sagemaker:eu-west-1:111122223333:model/*",
        "Condition": {"Null": {"aws:TagKeys": "true"}}
      }
    }
    ```

    ## When it is fine
    While the policy is still being written.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
    for _, test in subject.conditions:
        if not test.values and test.use.set_operator == "ForAllValues":
            yield Finding(
                test.span,
                f"This holds only where the request has no `{test.key}`.",
                "To ask that, write `Null` with `true`.",
            )
