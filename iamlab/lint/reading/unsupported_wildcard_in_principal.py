"""A principal is written as a pattern."""

from __future__ import annotations

from iamlab.lint.check import reading


@reading("unsupported-wildcard-in-principal", ("resource", "trust", "vpc_endpoint"))
def unsupported_wildcard_in_principal() -> None:
    """A principal is written as a pattern.

    ## What it finds
    A `*` or `?` within a principal. Only `"*"` alone, everyone, is taken.

    ## Why it matters
    Principals are no patterns, and the service refuses the policy. A role's own ARN covers all its sessions already.
    Roles by a pattern are everyone, narrowed by a condition on `aws:PrincipalArn`.

    ## Example
    ```json resource
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::444455556666:role/Training*"},
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
        "Principal": {"AWS": "444455556666"},
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*",
        "Condition": {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::444455556666:role/Training*"}}
      }
    }
    ```

    ## When it is fine
    Never: IAM refuses the policy.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
