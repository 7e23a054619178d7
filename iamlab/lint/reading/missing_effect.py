"""A statement does not say whether it allows or denies."""

from __future__ import annotations

from iamlab.lint.check import reading


@reading("missing-effect")
def missing_effect() -> None:
    """A statement does not say whether it allows or denies.

    ## What it finds
    A statement without `Effect`.

    ## Why it matters
    There is no default: IAM refuses the policy.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*"
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
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*"
      }
    }
    ```

    ## When it is fine
    Never: IAM refuses the policy.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_effect.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
