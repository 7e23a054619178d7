"""`Effect` is neither `Allow` nor `Deny`."""

from __future__ import annotations

from iamlab.lint.check import reading


@reading("invalid-effect")
def invalid_effect() -> None:
    """`Effect` is neither `Allow` nor `Deny`.

    ## What it finds
    Any other text; also `allow` and `DENY`, since capital letters count.

    ## Why it matters
    IAM refuses the policy rather than guess.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "allow",
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
