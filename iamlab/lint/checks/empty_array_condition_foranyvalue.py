"""`ForAnyValue` is asked of no values."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import SUGGESTION


@check("empty-array-condition-foranyvalue", SUGGESTION)
def empty_array_condition_foranyvalue(subject: Subject) -> Iterator[Finding]:
    """`ForAnyValue` is asked of no values.

    ## What it finds
    A key with an empty list under `ForAnyValue`.

    ## Why it matters
    It never holds, so the statement says nothing.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "sagemaker:CreateModel",
        "Resource": "arn:aws:sagemaker:eu-west-1:111122223333:model/*",
        "Condition": {"ForAnyValue:StringEquals": {"aws:TagKeys": []}}
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
        "Condition": {"ForAnyValue:StringEquals": {"aws:TagKeys": "team"}}
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
        if not test.values and test.use.set_operator == "ForAnyValue":
            yield Finding(
                test.span, f"This never holds: no value of `{test.key}` is one of none.", "Say which values are meant."
            )
