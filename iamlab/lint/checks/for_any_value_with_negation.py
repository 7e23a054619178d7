"""`ForAnyValue` with a negated operator lets nearly everything through."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.rewriting import with_operator
from iamlab.lint.subject import Subject
from iamlab.policy.problem import SECURITY_WARNING


@check("for-any-value-with-negation", SECURITY_WARNING)
def for_any_value_with_negation(subject: Subject) -> Iterator[Finding]:
    """`ForAnyValue` with a negated operator lets nearly everything through.

    ## What it finds
    An Allow with `ForAnyValue:` and a negated operator, such as `ForAnyValue:StringNotEquals`.

    ## Why it matters
    The test holds as soon as one value of the request is not in the list. Who wants a forbidden value through sends a
    harmless one beside it.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "sagemaker:AddTags",
        "Resource": "arn:aws:sagemaker:us-east-1:111122223333:model/*",
        "Condition": {
          "ForAnyValue:StringNotEquals": {"aws:TagKeys": ["owner", "cost-center"]}
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
        "Action": "sagemaker:AddTags",
        "Resource": "arn:aws:sagemaker:us-east-1:111122223333:model/*",
        "Condition": {
          "ForAllValues:StringNotEquals": {"aws:TagKeys": ["owner", "cost-center"]}
        }
      }
    }
    ```

    ## When it is fine
    In a Deny, where it denies requests that have any value outside the list; the check is silent there.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
    """
    for statement in subject.allows:
        for test in statement.condition:
            if test.use.set_operator == "ForAnyValue" and test.use.operator.negated:
                yield Finding(
                    test.operator_span,
                    f"`{test.operator}` holds as soon as one value of `{test.key}` is not in the list.",
                    "Write `ForAllValues:`, if no value may be in the list.",
                    with_operator(statement, test, test.operator.replace("ForAnyValue", "ForAllValues")),
                )
