"""A trust policy says who may not."""

from __future__ import annotations

from iamlab.lint.check import reading


@reading("role-trust-policy-syntax-error-notprincipal", ("trust",))
def role_trust_policy_syntax_error_notprincipal() -> None:
    """A trust policy says who may not.

    ## What it finds
    `NotPrincipal` in a role's trust policy.

    ## Why it matters
    Who is not on the list would be let in, strangers included. Name who may assume the role.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Deny",
        "NotPrincipal": {"AWS": "arn:aws:iam::111122223333:user/maya"},
        "Action": "sts:AssumeRole"
      }
    }
    ```

    ## Instead
    ```json
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
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
