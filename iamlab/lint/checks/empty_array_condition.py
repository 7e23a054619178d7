"""A condition key has no values."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import SUGGESTION


@check("empty-array-condition", SUGGESTION)
def empty_array_condition(subject: Subject) -> Iterator[Finding]:
    """A condition key has no values.

    ## What it finds
    A key with an empty list, under an operator without a set operator and `IfExists`.

    ## Why it matters
    Nothing equals one of no values, so the condition never holds; a negated operator always does. AWS's pages say two
    things about it.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "sagemaker:CreateModel",
        "Resource": "arn:aws:sagemaker:eu-west-1:111122223333:model/*",
        "Condition": {"StringEquals": {"aws:RequestTag/team": []}}
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
        "Condition": {"StringEquals": {"aws:RequestTag/team": "vision"}}
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
        if (
            not test.values
            and not test.use.set_operator
            and not test.use.if_exists
            and test.use.operator.family != "Null"
        ):
            yield Finding(test.span, f"`{test.key}` has no values.", "Say which values are meant.")
