"""A value of `aws:SourceVpce` is no VPC endpoint's ID."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.network_ids import malformed_ids
from iamlab.lint.subject import Subject
from iamlab.policy.problem import ERROR


@check("invalid-vpce-format", ERROR)
def invalid_vpce_format(subject: Subject) -> Iterator[Finding]:
    """A value of `aws:SourceVpce` is no VPC endpoint's ID.

    ## What it finds
    A value of `aws:SourceVpce` without wildcards and variables that is not `vpce-` and 8 or 17 letters and digits.

    ## Why it matters
    No request carries such a value: the condition never holds, or, negated, always. In a `Deny` that keeps everyone
    out.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Deny",
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*",
        "Condition": {"StringNotEquals": {"aws:SourceVpce": "training-vpce"}}
      }
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Deny",
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*",
        "Condition": {"StringNotEquals": {"aws:SourceVpce": "vpce-0a1b2c3d4e5f67890"}}
      }
    }
    ```

    ## When it is fine
    Never.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
    for value in malformed_ids(subject, "aws:sourcevpce", "vpce-"):
        yield Finding(value.span, f"`{value.text}` is no VPC endpoint's ID.", "It is as in `vpce-0a1b2c3d4e5f67890`.")
