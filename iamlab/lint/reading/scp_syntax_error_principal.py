"""An SCP names a principal."""

from __future__ import annotations

from iamlab.lint.check import reading


@reading("scp-syntax-error-principal", ("scp",))
def scp_syntax_error_principal() -> None:
    """An SCP names a principal.

    ## What it finds
    `Principal` or `NotPrincipal` in a service control policy.

    ## Why it matters
    An SCP binds every principal of the accounts below it. Who is spared is said by a condition on `aws:PrincipalArn`.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Deny",
        "NotPrincipal": {"AWS": "arn:aws:iam::111122223333:role/PlatformRole"},
        "Action": "sagemaker:DeleteDomain",
        "Resource": "*"
      }
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Deny",
        "Action": "sagemaker:DeleteDomain",
        "Resource": "*",
        "Condition": {"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/PlatformRole"}}
      }
    }
    ```

    ## When it is fine
    Never: IAM refuses the policy.

    ## References
    - https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_syntax.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
