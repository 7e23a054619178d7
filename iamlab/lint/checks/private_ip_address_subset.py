"""`aws:SourceIp` is compared with private addresses beside public ones."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.addresses import private_among_others
from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import SUGGESTION


@check("private-ip-address-subset", SUGGESTION)
def private_ip_address_subset(subject: Subject) -> Iterator[Finding]:
    """`aws:SourceIp` is compared with private addresses beside public ones.

    ## What it finds
    `IpAddress` on `aws:SourceIp` with private ranges among public ones.

    ## Why it matters
    `aws:SourceIp` is the public address that the request comes from, so the private ranges never match and can go.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "sagemaker:CreatePresignedDomainUrl",
        "Resource": "arn:aws:sagemaker:eu-west-1:111122223333:user-profile/*",
        "Condition": {"IpAddress": {"aws:SourceIp": ["203.0.113.0/24", "10.0.0.0/8"]}}
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
    yield from private_among_others(subject, "IpAddress")
