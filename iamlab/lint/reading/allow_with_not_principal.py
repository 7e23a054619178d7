"""A statement allows everyone but some."""

from __future__ import annotations

from iamlab.lint.check import reading


@reading("allow-with-not-principal", ("resource", "vpc_endpoint"))
def allow_with_not_principal() -> None:
    """A statement allows everyone but some.

    ## What it finds
    `NotPrincipal` in a statement with `Allow`.

    ## Why it matters
    It would let in the whole world, strangers who sign nothing included, with the few as the only exception. AWS's
    pages say that `NotPrincipal` goes with `Deny` only.

    ## Example
    ```json resource
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "NotPrincipal": {"AWS": "444455556666"},
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*"
      }
    }
    ```

    ## Instead
    ```json resource
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::444455556666:role/TrainingRole"},
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*"
      }
    }
    ```

    ## When it is fine
    Never.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
