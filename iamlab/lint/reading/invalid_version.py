"""`Version` is no version of the policy language."""

from __future__ import annotations

from iamlab.lint.check import reading


@reading("invalid-version")
def invalid_version() -> None:
    """`Version` is no version of the policy language.

    ## What it finds
    Any value but `2012-10-17` and `2008-10-17`; in SCPs and RCPs any but `2012-10-17`. Most often it is the day on
    which the policy was written.

    ## Why it matters
    `Version` says which language the policy is written in, not which state of it this is. IAM keeps track of a managed
    policy's states itself.

    ## Example
    ```json
    {
      "Version": "2026-07-24",
      "Statement": {
        "Effect": "Allow",
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
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
