"""A private address is tested without its VPC."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import SECURITY_WARNING

PAIRS = frozenset({"aws:sourcevpc", "aws:sourcevpcarn", "aws:sourcevpce"})


@check("missing-paired-condition-keys", SECURITY_WARNING)
def missing_paired_condition_keys(subject: Subject) -> Iterator[Finding]:
    """A private address is tested without its VPC.

    ## What it finds
    A condition on `aws:VpcSourceIp` without one on `aws:SourceVpc`, `aws:SourceVpcArn` or `aws:SourceVpce`.

    ## Why it matters
    Private addresses are the same in every VPC of the world. An attacker makes a VPC of their own, with a machine at
    the wanted address and an endpoint, and comes from there.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*",
        "Condition": {
          "IpAddress": {"aws:VpcSourceIp": "10.0.1.0/24"}
        }
      }
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*",
        "Condition": {
          "IpAddress": {"aws:VpcSourceIp": "10.0.1.0/24"},
          "StringEquals": {"aws:SourceVpc": "vpc-0a1b2c3d"}
        }
      }
    }
    ```

    ## When it is fine
    In a VPC endpoint policy, where the endpoint already says which VPC it is.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
    """
    for statement in subject.statements:
        if PAIRS & subject.keys(statement):
            continue
        for test in subject.tests(statement, "aws:VpcSourceIp"):
            yield Finding(
                test.key_span,
                f"`{test.key}` is tested without the VPC that the address belongs to.",
                "Test `aws:SourceVpc` in the same condition.",
            )
