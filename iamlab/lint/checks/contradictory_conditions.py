"""Conditions of one statement contradict each other."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.contradictions import Contradiction, contradictions
from iamlab.lint.subject import Subject
from iamlab.lint.wording import shown
from iamlab.policy import Statement
from iamlab.policy.problem import WARNING

TOGETHER = "All tests of a `Condition` must hold at once; values that are alternatives stand in one list."
WITH_A_VALUE = "A variable of a key that is missing matches nothing, unless it has a default."


@check("contradictory-conditions", WARNING)
def contradictory_conditions(subject: Subject) -> Iterator[Finding]:
    """Conditions of one statement contradict each other.

    ## What it finds
    Tests of one key that hold for no value, nor where the key is missing: an equality beside another one, a number or
    a date that is to be below and above, two ranges of addresses that lie apart, `Null` with `true` beside a test that
    needs a value. And a condition that asks for a key to be missing, where the resource has the key's variable.

    ## Why it matters
    All tests of a condition must hold at once. Here they never do, so the statement is as good as not there: an Allow
    allows nothing, and what a Deny was to stop goes through.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Deny",
        "Action": "s3:ListBucket",
        "Resource": "arn:aws:s3:::ml-training-data-bucket",
        "Condition": {
          "NumericLessThan": {"s3:max-keys": "10"},
          "NumericGreaterThan": {"s3:max-keys": "100"}
        }
      }
    }
    ```

    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/home/${aws:username}/*",
        "Condition": {"Null": {"aws:username": "true"}}
      }
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Effect": "Deny",
          "Action": "s3:ListBucket",
          "Resource": "arn:aws:s3:::ml-training-data-bucket",
          "Condition": {"NumericLessThan": {"s3:max-keys": "10"}}
        },
        {
          "Effect": "Deny",
          "Action": "s3:ListBucket",
          "Resource": "arn:aws:s3:::ml-training-data-bucket",
          "Condition": {"NumericGreaterThan": {"s3:max-keys": "100"}}
        }
      ]
    }
    ```

    ## When it is fine
    Never: a statement that is to rest for a while is better taken out.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
    """
    for statement in subject.statements:
        for found in contradictions(subject.policy, statement):
            yield _finding(statement, found)


def _finding(statement: Statement, found: Contradiction) -> Finding:
    test, does = found.tests[-1], {"Allow": "allows", "Deny": "denies"}[statement.effect]
    if len(found.tests) == 1:
        message = f"Here `{test.key}` must be missing, and then `${{{test.key}}}` in the resource has no value."
        return Finding(test.span, f"{message} This statement {does} nothing.", WITH_A_VALUE)
    operators = shown([one.operator for one in found.tests], most=len(found.tests))
    message = f"{operators} over `{test.key}` never hold together, so this statement {does} nothing."
    return Finding(test.span, message, TOGETHER)
