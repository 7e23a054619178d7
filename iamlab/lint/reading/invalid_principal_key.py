"""A type of principal does not exist."""

from __future__ import annotations

from iamlab.lint.check import reading


@reading("invalid-principal-key", ("resource", "trust", "vpc_endpoint"))
def invalid_principal_key() -> None:
    """A type of principal does not exist.

    ## What it finds
    A key of `Principal` that is none of `AWS`, `Service`, `Federated` and `CanonicalUser`. Capital letters count.

    ## Why it matters
    The service refuses the policy.

    ## Example
    ```json trust
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": {"Services": "sagemaker.amazonaws.com"},
        "Action": "sts:AssumeRole"
      }
    }
    ```

    ## Instead
    ```json trust
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": {"Service": "sagemaker.amazonaws.com"},
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
