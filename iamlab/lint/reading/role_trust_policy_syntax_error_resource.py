"""A trust policy names a resource."""

from __future__ import annotations

from iamlab.lint.check import reading


@reading("role-trust-policy-syntax-error-resource", ("trust",))
def role_trust_policy_syntax_error_resource() -> None:
    """A trust policy names a resource.

    ## What it finds
    `Resource` or `NotResource` in a role's trust policy.

    ## Why it matters
    A trust policy hangs on its role, and the role is its resource. A resource here mostly comes from mixing up the two
    policies of a role: who may assume it, and what it may do.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": {"Service": "sagemaker.amazonaws.com"},
        "Action": "sts:AssumeRole",
        "Resource": "*"
      }
    }
    ```

    ## Instead
    ```json
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
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
