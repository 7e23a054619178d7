"""Two statements have the same Sid."""

from __future__ import annotations

from iamlab.lint.check import reading


@reading("unique-sids-required", ("identity", "trust", "permissions_boundary", "session"))
def unique_sids_required() -> None:
    """Two statements have the same Sid.

    ## What it finds
    A `Sid` that an earlier statement of the policy has already. The empty text does not count.

    ## Why it matters
    In IAM's own policies a Sid names one statement. Statements that were copied to be changed keep the name of the
    first.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Sid": "Data",
          "Effect": "Allow",
          "Action": "s3:GetObject",
          "Resource": "arn:aws:s3:::ml-training-data-bucket/*"
        },
        {
          "Sid": "Data",
          "Effect": "Allow",
          "Action": "s3:GetObject",
          "Resource": "arn:aws:s3:::ml-model-bucket/*"
        }
      ]
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Sid": "TrainingData",
          "Effect": "Allow",
          "Action": "s3:GetObject",
          "Resource": "arn:aws:s3:::ml-training-data-bucket/*"
        },
        {
          "Sid": "Models",
          "Effect": "Allow",
          "Action": "s3:GetObject",
          "Resource": "arn:aws:s3:::ml-model-bucket/*"
        }
      ]
    }
    ```

    ## When it is fine
    Never: IAM refuses the policy.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
