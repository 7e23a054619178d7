"""`ForAllValues` stands over a key that has one value."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.aws.catalogue import find_condition_key
from iamlab.lint.check import Finding, check
from iamlab.lint.rewriting import with_operator
from iamlab.lint.subject import Subject
from iamlab.policy.problem import SECURITY_WARNING


@check("forallvalues-with-single-valued-key", SECURITY_WARNING)
def forallvalues_with_single_valued_key(subject: Subject) -> Iterator[Finding]:
    """`ForAllValues` stands over a key that has one value.

    ## What it finds
    A condition operator with `ForAllValues:` over a key that a request carries once at most, such as
    `aws:PrincipalArn`, or the claims `…:aud` and `…:sub` of a token.

    ## Why it matters
    A test over all values is true where there are none: a request without the key meets it. In an Allow that opens the
    door to whoever comes without the key, which is what an attacker tries first.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*",
        "Condition": {
          "ForAllValues:StringEquals": {"aws:PrincipalTag/team": "vision"}
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
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*",
        "Condition": {
          "StringEquals": {"aws:PrincipalTag/team": "vision"}
        }
      }
    }
    ```

    ## When it is fine
    Never; without the set operator a key of one value is compared as meant.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
    """
    for statement in subject.statements:
        for test in statement.condition:
            if test.use.set_operator == "ForAllValues" and test.use.operator.family != "Null" and _is_single(test.key):
                yield Finding(
                    test.operator_span,
                    f"`{test.key}` has one value; under `ForAllValues` the test also holds where the key is missing.",
                    "Write the operator without `ForAllValues:`.",
                    with_operator(statement, test, test.operator.partition(":")[2]),
                )


def _is_single(key: str) -> bool:
    """Whether a key is single-valued for sure: by the catalogue, or as a claim of an identity token."""
    known = find_condition_key(key)
    return not known.multivalued if known else key.lower().endswith((":aud", ":sub")) and "." in key
