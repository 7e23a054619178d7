"""`aws:SourceIp` is compared, negated, with private addresses only."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.addresses import only_private
from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import ERROR


@check("private-not-ip-address", ERROR)
def private_not_ip_address(subject: Subject) -> Iterator[Finding]:
    """`aws:SourceIp` is compared, negated, with private addresses only.

    ## What it finds
    `NotIpAddress` on `aws:SourceIp` with nothing but private ranges.

    ## Why it matters
    `aws:SourceIp` is the public address that the request comes from, so the condition always holds. In a `Deny` it
    denies everyone, inside and outside.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Deny",
        "Action": "sagemaker:CreatePresignedDomainUrl",
        "Resource": "*",
        "Condition": {"NotIpAddress": {"aws:SourceIp": "10.0.0.0/8"}}
      }
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Deny",
        "Action": "sagemaker:CreatePresignedDomainUrl",
        "Resource": "*",
        "Condition": {"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}}
      }
    }
    ```

    ## When it is fine
    Never. For requests through a VPC endpoint there is `aws:VpcSourceIp`.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
    for test in only_private(subject, "NotIpAddress"):
        message = "`aws:SourceIp` is a public address, and only private ones stand here."
        yield Finding(test.span, message, "Write public addresses, or compare `aws:VpcSourceIp`.")
