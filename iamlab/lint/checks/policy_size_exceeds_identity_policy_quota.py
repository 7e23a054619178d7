"""The policy is larger than a managed policy may be."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import WARNING

QUOTA = 6_144


@check("policy-size-exceeds-identity-policy-quota", WARNING, ("identity", "permissions_boundary"))
def policy_size_exceeds_identity_policy_quota(subject: Subject) -> Iterator[Finding]:
    """The policy is larger than a managed policy may be.

    ## What it finds
    More than 6,144 characters, white space not counted.

    ## Why it matters
    IAM refuses to save it as a managed policy. Inline, all policies of a user together may have 2,048 characters, of a
    group 5,120, of a role 10,240.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resource": [
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0001/pseudonymized-transcripts/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0002/anonymized-measurements/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0003/pseudonymized-transcripts/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0004/anonymized-measurements/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0005/pseudonymized-transcripts/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0006/anonymized-measurements/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0007/pseudonymized-transcripts/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0008/anonymized-measurements/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0009/pseudonymized-transcripts/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0010/anonymized-measurements/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0011/pseudonymized-transcripts/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0012/anonymized-measurements/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0013/pseudonymized-transcripts/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0014/anonymized-measurements/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0015/pseudonymized-transcripts/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0016/anonymized-measurements/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0017/pseudonymized-transcripts/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0018/anonymized-measurements/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0019/pseudonymized-transcripts/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0020/anonymized-measurements/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0021/pseudonymized-transcripts/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0022/anonymized-measurements/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0023/pseudonymized-transcripts/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0024/anonymized-measurements/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0025/pseudonymized-transcripts/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0026/anonymized-measurements/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0027/pseudonymized-transcripts/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0028/anonymized-measurements/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0029/pseudonymized-transcripts/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0030/anonymized-measurements/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0031/pseudonymized-transcripts/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0032/anonymized-measurements/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0033/pseudonymized-transcripts/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0034/anonymized-measurements/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0035/pseudonymized-transcripts/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0036/anonymized-measurements/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0037/pseudonymized-transcripts/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0038/anonymized-measurements/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0039/pseudonymized-transcripts/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0040/anonymized-measurements/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0041/pseudonymized-transcripts/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0042/anonymized-measurements/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0043/pseudonymized-transcripts/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0044/anonymized-measurements/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0045/pseudonymized-transcripts/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0046/anonymized-measurements/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0047/pseudonymized-transcripts/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0048/anonymized-measurements/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0049/pseudonymized-transcripts/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0050/anonymized-measurements/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0051/pseudonymized-transcripts/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0052/anonymized-measurements/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0053/pseudonymized-transcripts/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0054/anonymized-measurements/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0055/pseudonymized-transcripts/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0056/anonymized-measurements/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0057/pseudonymized-transcripts/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0058/anonymized-measurements/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0059/pseudonymized-transcripts/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0060/anonymized-measurements/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0061/pseudonymized-transcripts/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0062/anonymized-measurements/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0063/pseudonymized-transcripts/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0064/anonymized-measurements/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0065/pseudonymized-transcripts/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0066/anonymized-measurements/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0067/pseudonymized-transcripts/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0068/anonymized-measurements/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0069/pseudonymized-transcripts/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0070/anonymized-measurements/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0071/pseudonymized-transcripts/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0072/anonymized-measurements/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0073/pseudonymized-transcripts/*",
          "arn:aws:s3:::ml-training-data-bucket/customers/customer-0074/anonymized-measurements/*"
        ]
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
        "Resource": "arn:aws:s3:::ml-training-data-bucket/customers/customer-*"
      }
    }
    ```

    ## When it is fine
    As an inline policy of a role, up to 10,240 characters.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    """
    if (size := subject.size) > QUOTA:
        yield Finding(
            subject.policy.places["Statement"].name,
            f"The policy has {size:,} characters without white space; a managed policy may have {QUOTA:,}.",
            "Split it, or name resources by a common prefix.",
        )
