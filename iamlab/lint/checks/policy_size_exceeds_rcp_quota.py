"""An RCP is longer than Organizations takes."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import ERROR

QUOTA = 5_120
"""Rule L7."""


@check("policy-size-exceeds-rcp-quota", ERROR, ("rcp",))
def policy_size_exceeds_rcp_quota(subject: Subject) -> Iterator[Finding]:
    """An RCP is longer than Organizations takes.

    ## What it finds
    More than 5,120 characters in a resource control policy, white space counted.

    ## Why it matters
    Organizations refuses it. The console takes out white space before it saves, the command line and SDKs do not.

    ## Example
    ```json rcp repeat=120
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": [
          "arn:aws:s3:::training-data-bucket-number-…/*",
          "arn:aws:s3:::ml-training-data-bucket/*"
        ],
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
        "Resource": "arn:aws:s3:::*training-data-bucket*",
        "Condition": {
          "StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"},
          "BoolIfExists": {"aws:PrincipalIsAWSService": "false"}
        }
      }
    }
    ```

    ## When it is fine
    Never. Up to five RCPs hang in one place, `RCPFullAWSAccess` among them, so a long one can be parted.

    ## References
    - https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
    if (size := len(subject.text)) > QUOTA:
        message = f"This policy has {size:,} characters; an RCP has at most {QUOTA:,}, white space counted."
        yield Finding(subject.policy.places["Statement"].name, message, "Part it, or name things by patterns.")
