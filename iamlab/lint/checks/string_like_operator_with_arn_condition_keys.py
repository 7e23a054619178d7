"""`StringLike` with a wildcard compares an ARN."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.aws.catalogue import find_condition_key
from iamlab.lint.check import Finding, check
from iamlab.lint.rewriting import with_operator
from iamlab.lint.subject import Subject
from iamlab.policy.problem import SECURITY_WARNING
from iamlab.policy.statement import ConditionTest


@check("string-like-operator-with-arn-condition-keys", SECURITY_WARNING)
def string_like_operator_with_arn_condition_keys(subject: Subject) -> Iterator[Finding]:
    """`StringLike` with a wildcard compares an ARN.

    ## What it finds
    An Allow with `StringLike` over a key whose values are ARNs, such as `aws:PrincipalArn` or `aws:SourceArn`, with a
    wildcard in the value.

    ## Why it matters
    Under `StringLike` a `*` runs over colons, so it crosses from one part of the ARN into the next:
    `arn:aws:iam::*:role/Training` also fits a name that holds `:role/Training` in another account and part. `ArnLike`
    compares each of the six parts by itself.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "sns:Publish",
        "Resource": "arn:aws:sns:us-east-1:111122223333:training-done",
        "Condition": {
          "StringLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/Training*"}
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
        "Action": "sns:Publish",
        "Resource": "arn:aws:sns:us-east-1:111122223333:training-done",
        "Condition": {
          "ArnLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/Training*"}
        }
      }
    }
    ```

    ## When it is fine
    Where the wildcard stands in the last part only, it does the same as `ArnLike`; which is still the plainer word.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
    """
    for statement in subject.allows:
        for test in statement.condition:
            if test.use.operator.name == "StringLike" and _is_arn_pattern(test):
                yield Finding(
                    test.operator_span,
                    f"The values of `{test.key}` are ARNs; under `{test.operator}` a wildcard crosses their parts.",
                    "Write `ArnLike`, which compares part by part.",
                    with_operator(statement, test, test.operator.replace("StringLike", "ArnLike")),
                )


def _is_arn_pattern(test: ConditionTest) -> bool:
    known = find_condition_key(test.key)
    patterns = [value.text for value in test.values if value.text.startswith("arn:") and {"*", "?"} & set(value.text)]
    return known is not None and known.type.endswith("ARN") and bool(patterns)
