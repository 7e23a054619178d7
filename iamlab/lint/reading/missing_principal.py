"""A statement does not say who."""

from __future__ import annotations

from iamlab.lint.check import reading


@reading("missing-principal", ("resource", "trust", "rcp", "vpc_endpoint"))
def missing_principal() -> None:
    """A statement does not say who.

    ## What it finds
    A statement without `Principal`, in a policy that hangs on a resource, a trust policy, an RCP or a VPC endpoint
    policy.

    ## Why it matters
    A policy that hangs on a resource has nobody to speak of until it names someone. This is also what comes of putting
    an identity-based policy on a bucket.

    ## Example
    ```json resource
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
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
    Never: IAM refuses the policy.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
