"""A principal is not written as one."""

from __future__ import annotations

from iamlab.lint.check import reading


@reading("invalid-principal-format", ("resource", "trust", "rcp", "vpc_endpoint"))
def invalid_principal_format() -> None:
    """A principal is not written as one.

    ## What it finds
    A principal without its type (`"Principal": "arn:…"`), or an `AWS` principal that is neither an account, nor an ARN
    of IAM or STS, nor a unique ID.

    ## Why it matters
    The service refuses the policy. Only everyone is written without a type, as `"*"`.

    ## Example
    ```json resource
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": "arn:aws:iam::444455556666:role/TrainingRole",
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*"
      }
    }
    ```

    ```json trust
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": {"AWS": "maya"},
        "Action": "sts:AssumeRole"
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

    ```json trust
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::111122223333:user/maya"},
        "Action": "sts:AssumeRole"
      }
    }
    ```

    ## When it is fine
    Never: IAM refuses the policy.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
