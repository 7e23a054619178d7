"""An RCP allows something."""

from __future__ import annotations

from iamlab.lint.check import reading


@reading("rcp-syntax-error-allow", ("rcp",))
def rcp_syntax_error_allow() -> None:
    """An RCP allows something.

    ## What it finds
    In a resource control policy a statement with `Allow`, other than the one of AWS's own `RCPFullAWSAccess`: every
    action, everyone, every resource, without a condition.

    ## Why it matters
    RCPs take away and grant nothing. `RCPFullAWSAccess` hangs everywhere and lets all through; yours says what must
    not happen.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": "*",
        "Condition": {
          "StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"},
          "BoolIfExists": {"aws:PrincipalIsAWSService": "false"}
        }
      }
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": "*",
        "Condition": {
          "StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"},
          "BoolIfExists": {"aws:PrincipalIsAWSService": "false"}
        }
      }
    }
    ```

    ## When it is fine
    Never: IAM refuses the policy.

    ## References
    - https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
