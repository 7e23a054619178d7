"""A condition always holds."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import SUGGESTION


@check("redundant-key-due-to-wildcard-in-condition", SUGGESTION)
def redundant_key_due_to_wildcard_in_condition(subject: Subject) -> Iterator[Finding]:
    """A condition always holds.

    ## What it finds
    A lone `*` among the values of `StringLike` or `ArnLike` with `IfExists`, or under `ForAllValues`.

    ## Why it matters
    Whatever the value is, it fits, and where the key is missing the condition holds as well. It asks nothing.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "sagemaker:CreateTrainingJob",
        "Resource": "arn:aws:sagemaker:eu-west-1:111122223333:training-job/*",
        "Condition": {"StringLikeIfExists": {"aws:RequestTag/team": "*"}}
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
        "Condition": {"StringLike": {"aws:RequestTag/team": "*"}}
      }
    }
    ```

    ## When it is fine
    Never. To ask that the key is there, leave `IfExists` out, or write `Null` with `false`.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
    for _, test in subject.conditions:
        use = test.use
        lenient = use.set_operator == "ForAllValues" or (use.if_exists and not use.set_operator)
        if lenient and use.operator.wildcards and not use.operator.negated and "*" in {v.text for v in test.values}:
            yield Finding(
                test.span, "This condition always holds: every value fits `*`.", "Remove it, or say what must fit."
            )
