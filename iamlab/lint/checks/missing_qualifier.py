"""A condition on several values has no set operator."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.aws.catalogue import find_condition_key
from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import WARNING


@check("missing-qualifier", WARNING)
def missing_qualifier(subject: Subject) -> Iterator[Finding]:
    """A condition on several values has no set operator.

    ## What it finds
    A key that can carry several values in one request, under an operator without `ForAllValues` or `ForAnyValue`.
    `Null` needs none.

    ## Why it matters
    AWS's pages do not say what such a condition then does. Whether all values or any value must fit has to be said.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "sagemaker:CreateTrainingJob",
        "Resource": "arn:aws:sagemaker:eu-west-1:111122223333:training-job/*",
        "Condition": {"StringEquals": {"sagemaker:InstanceTypes": ["ml.m5.large", "ml.m5.xlarge"]}}
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
        "Condition": {
          "ForAllValues:StringEquals": {"sagemaker:InstanceTypes": ["ml.m5.large", "ml.m5.xlarge"]},
          "Null": {"sagemaker:InstanceTypes": "false"}
        }
      }
    }
    ```

    ## When it is fine
    Never. Access Analyzer calls this an error; here it is a warning, as some of AWS's own managed policies have it.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
    for _, test in subject.conditions:
        if test.use.set_operator or test.use.operator.family == "Null":
            continue
        key = find_condition_key(test.key)
        if key and key.multivalued:
            message = f"A request can carry several values of `{test.key}`; `{test.operator}` compares one."
            help = "Write `ForAllValues:` before the operator where all must fit, `ForAnyValue:` where one must."
            yield Finding(test.operator_span, message, help)
