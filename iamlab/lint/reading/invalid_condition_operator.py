"""A condition's operator does not exist."""

from __future__ import annotations

from iamlab.lint.check import reading


@reading("invalid-condition-operator")
def invalid_condition_operator() -> None:
    """A condition's operator does not exist.

    ## What it finds
    A key of `Condition` that is no operator, with or without `ForAllValues:`, `ForAnyValue:` and `IfExists`. Capital
    letters count.

    ## Why it matters
    The usual slips: `StringEqual`, `StringContains`, `IpEquals`, `BoolEquals`; there is no `BoolNotEquals` either.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "bedrock:InvokeModel",
        "Resource": "arn:aws:bedrock:eu-west-1::foundation-model/*",
        "Condition": {"StringEqual": {"aws:PrincipalTag/team": "vision"}}
      }
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "bedrock:InvokeModel",
        "Resource": "arn:aws:bedrock:eu-west-1::foundation-model/*",
        "Condition": {"StringEquals": {"aws:PrincipalTag/team": "vision"}}
      }
    }
    ```

    ## When it is fine
    Never: IAM refuses the policy.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
