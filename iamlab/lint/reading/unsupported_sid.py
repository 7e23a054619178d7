"""A Sid has characters that IAM does not take."""

from __future__ import annotations

from iamlab.lint.check import reading


@reading("unsupported-sid", ("identity", "trust", "permissions_boundary", "session"))
def unsupported_sid() -> None:
    """A Sid has characters that IAM does not take.

    ## What it finds
    In IAM's own policies a `Sid` with anything but A–Z, a–z and 0–9: a space, a hyphen, an underscore.

    ## Why it matters
    IAM refuses the policy. Other services are more generous, so a Sid from a bucket policy may not do.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Sid": "read training-data",
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
        "Sid": "ReadTrainingData",
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*"
      }
    }
    ```

    ## When it is fine
    Never: IAM refuses the policy.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
