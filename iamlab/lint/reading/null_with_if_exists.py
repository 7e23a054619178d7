"""`Null` takes no `IfExists`."""

from __future__ import annotations

from iamlab.lint.check import reading


@reading("null-with-if-exists")
def null_with_if_exists() -> None:
    """`Null` takes no `IfExists`.

    ## What it finds
    The operator `NullIfExists`.

    ## Why it matters
    `Null` asks whether a key is there. To ask that only if it is there makes no sense.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "bedrock:InvokeModel",
        "Resource": "arn:aws:bedrock:eu-west-1::foundation-model/*",
        "Condition": {"NullIfExists": {"aws:PrincipalTag/team": "false"}}
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
        "Condition": {"Null": {"aws:PrincipalTag/team": "false"}}
      }
    }
    ```

    ## When it is fine
    Never: IAM refuses the policy.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
