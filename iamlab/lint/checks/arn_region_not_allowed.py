"""A resource's ARN has a Region where its kind has none."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.arns import arns
from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import ERROR


@check("arn-region-not-allowed", ERROR)
def arn_region_not_allowed(subject: Subject) -> Iterator[Finding]:
    """A resource's ARN has a Region where its kind has none.

    ## What it finds
    A Region in the ARN of something that belongs to no Region, such as a role, a bucket, or what lies in a bucket.

    ## Why it matters
    IAM's resources are the same in every Region, and a bucket's name says nothing of its own. A pattern with a Region
    matches none of them.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "iam:PassRole",
        "Resource": "arn:aws:iam:eu-west-1:111122223333:role/TrainingRole",
        "Condition": {"StringEquals": {"iam:PassedToService": "sagemaker.amazonaws.com"}}
      }
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "iam:PassRole",
        "Resource": "arn:aws:iam::111122223333:role/TrainingRole",
        "Condition": {"StringEquals": {"iam:PassedToService": "sagemaker.amazonaws.com"}}
      }
    }
    ```

    ## When it is fine
    Never. To say in which Region a request must be made, use a condition on `aws:RequestedRegion`.

    ## References
    - https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
    for _, arn in arns(subject):
        shapes = arn.shapes()
        if arn.region in ("", "*") or not shapes or any(shape.has_region for shape in shapes):
            continue
        yield Finding(
            arn.place("region"),
            f"ARNs of this kind have no Region, so `{arn.entry.text}` matches nothing.",
            "Leave the Region out: two colons stand side by side.",
            arn.rewritten("Remove the Region", region=""),
        )
