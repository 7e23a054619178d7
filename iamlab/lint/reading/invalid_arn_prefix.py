"""A resource is not written as an ARN."""

from __future__ import annotations

from iamlab.lint.check import reading


@reading("invalid-arn-prefix")
def invalid_arn_prefix() -> None:
    """A resource is not written as an ARN.

    ## What it finds
    An entry of `Resource` or `NotResource` that begins with neither `arn:` nor `*`.

    ## Why it matters
    A bucket's name alone, an address (`s3://…`) or a path is no ARN, and nothing would match it.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resource": "s3://ml-training-data-bucket/*"
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
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
