"""A resource's ARN has a partition that does not exist."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.arns import PARTITIONS, arns
from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import ERROR


@check("invalid-partition", ERROR)
def invalid_partition(subject: Subject) -> Iterator[Finding]:
    """A resource's ARN has a partition that does not exist.

    ## What it finds
    In the second part of an ARN a text without wildcards that is no partition of AWS: `aws`, `aws-cn`, `aws-us-gov`
    and a few closed ones.

    ## Why it matters
    No ARN has such a part, so the statement says nothing.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "bedrock:InvokeModel",
        "Resource": "arn:amazon:bedrock:eu-west-1::foundation-model/*"
      }
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "bedrock:InvokeModel",
        "Resource": "arn:aws:bedrock:eu-west-1::foundation-model/*"
      }
    }
    ```

    ## When it is fine
    Never.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
    for _, arn in arns(subject):
        partition = arn.partition
        if partition in PARTITIONS or "*" in partition or "?" in partition:
            continue
        yield Finding(
            arn.place("partition"),
            f"`{partition}` is no partition.",
            "It is `aws`; in China `aws-cn`, in GovCloud `aws-us-gov`.",
            arn.rewritten("Write `aws`", partition="aws"),
        )
