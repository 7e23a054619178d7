"""A condition key has no prefix."""

from __future__ import annotations

from iamlab.lint.check import reading


@reading("invalid-condition-key-format")
def invalid_condition_key_format() -> None:
    """A condition key has no prefix.

    ## What it finds
    A key without a colon, or with nothing behind it.

    ## Why it matters
    Global keys begin with `aws:`, a service's keys with the service's prefix.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "bedrock:InvokeModel",
        "Resource": "arn:aws:bedrock:eu-west-1::foundation-model/*",
        "Condition": {"StringEquals": {"PrincipalTag/team": "vision"}}
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
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
