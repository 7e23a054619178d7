"""A resource's ARN lacks the Region."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.arns import arns
from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import ERROR


@check("missing-arn-region", ERROR)
def missing_arn_region(subject: Subject) -> Iterator[Finding]:
    """A resource's ARN lacks the Region.

    ## What it finds
    Nothing between the third and the fourth colon, in the ARN of something that belongs to a Region.

    ## Why it matters
    The empty text is no wildcard: it matches only ARNs that have no Region, and of this kind there are none.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "sagemaker:DescribeTrainingJob",
        "Resource": "arn:aws:sagemaker::111122223333:training-job/*"
      }
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "sagemaker:DescribeTrainingJob",
        "Resource": "arn:aws:sagemaker:eu-west-1:111122223333:training-job/*"
      }
    }
    ```

    ## When it is fine
    Never.

    ## References
    - https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
    for _, arn in arns(subject):
        shapes = arn.shapes()
        if not arn.region and shapes and all(shape.has_region for shape in shapes):
            yield Finding(
                arn.entry.span,
                f"ARNs of this kind have a Region, so `{arn.entry.text}` matches nothing.",
                "Write the Region, as in `eu-west-1`, or `*` for every Region.",
            )
