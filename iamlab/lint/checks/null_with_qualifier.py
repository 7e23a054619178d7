"""`Null` stands under a set operator."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.edits import rewriting
from iamlab.lint.subject import Subject
from iamlab.policy.problem import SUGGESTION


@check("null-with-qualifier", SUGGESTION)
def null_with_qualifier(subject: Subject) -> Iterator[Finding]:
    """`Null` stands under a set operator.

    ## What it finds
    `ForAllValues:Null` or `ForAnyValue:Null`.

    ## Why it matters
    The first always holds, the second never, whatever the request. `Null` asks about the key as a whole and needs no
    set operator.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "sagemaker:CreateTrainingJob",
        "Resource": "arn:aws:sagemaker:eu-west-1:111122223333:training-job/*",
        "Condition": {"ForAllValues:Null": {"sagemaker:VpcSubnets": "false"}}
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
        "Condition": {"Null": {"sagemaker:VpcSubnets": "false"}}
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
        if test.use.operator.family == "Null" and test.use.set_operator:
            always = "always" if test.use.set_operator == "ForAllValues" else "never"
            fix = rewriting(test.operator_span, "Null", changes_access=True)
            yield Finding(test.operator_span, f"`{test.operator}` {always} holds.", "Write `Null`.", fix)
