"""A condition never holds."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import SUGGESTION


@check("redundant-statement-due-to-wildcard-in-condition", SUGGESTION)
def redundant_statement_due_to_wildcard_in_condition(subject: Subject) -> Iterator[Finding]:
    """A condition never holds.

    ## What it finds
    A lone `*` among the values of `ForAnyValue:StringNotLike` or `ForAnyValue:ArnNotLike`.

    ## Why it matters
    Every value fits `*`, so none is found that does not: the statement says nothing. To ask that the key is missing,
    write `Null` with `true`.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Deny",
        "Action": "sagemaker:CreateTrainingJob",
        "Resource": "arn:aws:sagemaker:eu-west-1:111122223333:training-job/*",
        "Condition": {"ForAnyValue:StringNotLike": {"aws:TagKeys": "*"}}
      }
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Deny",
        "Action": "sagemaker:CreateTrainingJob",
        "Resource": "arn:aws:sagemaker:eu-west-1:111122223333:training-job/*",
        "Condition": {"ForAnyValue:StringNotLike": {"aws:TagKeys": "team-*"}}
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
        use = test.use
        never = (
            use.set_operator == "ForAnyValue" and not use.if_exists and use.operator.negated and use.operator.wildcards
        )
        if never and "*" in {value.text for value in test.values}:
            help = "Say which values are not meant; to ask that the key is missing, write `Null` with `true`."
            yield Finding(test.span, "This condition never holds: every value fits `*`.", help)
