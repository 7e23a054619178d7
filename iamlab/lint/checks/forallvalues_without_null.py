"""`ForAllValues` in an Allow also holds where the key is missing."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.aws.catalogue import find_condition_key
from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy import Statement
from iamlab.policy.problem import SECURITY_WARNING
from iamlab.policy.statement import ConditionTest

ALWAYS = frozenset(
    {
        "aws:tagkeys",
        "kms:grantoperations",
        "route53:changeresourcerecordsetsactions",
        "route53:changeresourcerecordsetsnormalizedrecordnames",
        "route53:changeresourcerecordsetsrecordtypes",
    }
)
"""Keys that every request of their actions carries; and the keys of tags: without tags nothing is to restrict."""

OF_ITEMS = frozenset({"dynamodb:attributes", "dynamodb:leadingkeys"})
"""Keys that every request for an item carries, but not a scan of the table."""


@check("forallvalues-without-null", SECURITY_WARNING)
def forallvalues_without_null(subject: Subject) -> Iterator[Finding]:
    """`ForAllValues` in an Allow also holds where the key is missing.

    ## What it finds
    An Allow with `ForAllValues:` over a multivalued key, and no `Null` test that the key is there. `aws:TagKeys` is
    left out: without tags there is nothing to restrict.

    ## Why it matters
    A test over all values is true where there are none. Who is to start training jobs only in certain subnets starts
    one with no VPC at all: the request carries no `sagemaker:VpcSubnets`, so the condition holds.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "sagemaker:CreateTrainingJob",
        "Resource": "arn:aws:sagemaker:us-east-1:111122223333:training-job/*",
        "Condition": {
          "ForAllValues:StringEquals": {"sagemaker:VpcSubnets": ["subnet-0a1b2c3d", "subnet-4e5f6a7b"]}
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
        "Action": "sagemaker:CreateTrainingJob",
        "Resource": "arn:aws:sagemaker:us-east-1:111122223333:training-job/*",
        "Condition": {
          "ForAllValues:StringEquals": {"sagemaker:VpcSubnets": ["subnet-0a1b2c3d", "subnet-4e5f6a7b"]},
          "Null": {"sagemaker:VpcSubnets": "false"}
        }
      }
    }
    ```

    ## When it is fine
    Where a request without the key is harmless, and is meant to be allowed.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
    """
    for statement in subject.allows:
        for test in statement.condition:
            if test.use.set_operator == "ForAllValues" and _is_open(subject, statement, test):
                yield Finding(
                    test.operator_span,
                    f"A request without `{test.key}` meets this test, and is allowed.",
                    f'Add `"Null": {{"{test.key}": "false"}}`, which asks for the key to be there.',
                )


def _is_open(subject: Subject, statement: Statement, test: ConditionTest) -> bool:
    """Whether nothing else in the condition asks for the key."""
    known = find_condition_key(test.key)
    if known is None or not known.multivalued or test.use.if_exists or _is_always_there(subject, statement, test):
        return False
    return all(other.use.set_operator == "ForAllValues" for other in subject.tests(statement, test.key))


def _is_always_there(subject: Subject, statement: Statement, test: ConditionTest) -> bool:
    lower = test.key.lower()
    return lower in ALWAYS or (lower in OF_ITEMS and not subject.takes_in(statement, "dynamodb:Scan"))
