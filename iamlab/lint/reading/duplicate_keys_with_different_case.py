"""One condition key stands twice, in different spellings."""

from __future__ import annotations

from iamlab.lint.check import reading


@reading("duplicate-keys-with-different-case")
def duplicate_keys_with_different_case() -> None:
    """One condition key stands twice, in different spellings.

    ## What it finds
    Two keys under one operator that differ only by capital letters.

    ## Why it matters
    Case does not count in the names of keys, so the two are one key twice, and IAM refuses that. Several values make a
    list.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "bedrock:InvokeModel",
        "Resource": "arn:aws:bedrock:eu-west-1::foundation-model/*",
        "Condition": {"StringEquals": {"aws:PrincipalTag/team": "vision", "aws:principaltag/team": "speech"}}
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
        "Condition": {"StringEquals": {"aws:PrincipalTag/team": ["vision", "speech"]}}
      }
    }
    ```

    ## When it is fine
    Never: IAM refuses the policy.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
