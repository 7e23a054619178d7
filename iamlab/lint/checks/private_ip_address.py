"""`aws:SourceIp` is compared with private addresses only."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.addresses import only_private
from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import ERROR


@check("private-ip-address", ERROR)
def private_ip_address(subject: Subject) -> Iterator[Finding]:
    """`aws:SourceIp` is compared with private addresses only.

    ## What it finds
    `IpAddress` on `aws:SourceIp` with nothing but private ranges, such as `10.0.0.0/8`.

    ## Why it matters
    `aws:SourceIp` is the public address that the request comes from, so the condition never holds. Requests from
    within a VPC leave through a public address, or through a VPC endpoint: then the key is missing.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "sagemaker:CreatePresignedDomainUrl",
        "Resource": "*",
        "Condition": {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}
      }
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "sagemaker:CreatePresignedDomainUrl",
        "Resource": "arn:aws:sagemaker:eu-west-1:111122223333:user-profile/*",
        "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}
      }
    }
    ```

    ## When it is fine
    Never. For requests through a VPC endpoint there is `aws:VpcSourceIp`.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
    for test in only_private(subject, "IpAddress"):
        message = "`aws:SourceIp` is a public address, and only private ones stand here."
        yield Finding(test.span, message, "Write public addresses, or compare `aws:VpcSourceIp`.")
