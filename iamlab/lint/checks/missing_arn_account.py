"""A resource's ARN lacks the account."""

from __future__ import annotations

import re
from collections.abc import Iterator

from iamlab.lint.arns import arns
from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import ERROR

OF_AWS = re.compile(r"\*|[a-z-]+/(?:aws|amazon)", re.IGNORECASE)
"""Names of what AWS keeps for all accounts, such as Systems Manager's `parameter/aws/service/…`; or no name at all."""


@check("missing-arn-account", ERROR)
def missing_arn_account(subject: Subject) -> Iterator[Finding]:
    """A resource's ARN lacks the account.

    ## What it finds
    Nothing between the fourth and the fifth colon, in the ARN of something that belongs to an account.

    ## Why it matters
    The empty text is no wildcard: it matches only ARNs that have no account, and of this kind there are none.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        "Resource": "arn:aws:ecr:eu-west-1::repository/training"
      }
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        "Resource": "arn:aws:ecr:eu-west-1:111122223333:repository/training"
      }
    }
    ```

    ## When it is fine
    Never. What AWS itself owns has no account, such as Bedrock's `foundation-model/…` or Systems Manager's
    `parameter/aws/…`, and is not found.

    ## References
    - https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
    for _, arn in arns(subject):
        shapes = arn.shapes()
        if arn.account or OF_AWS.match(arn.resource):
            continue
        if shapes and all(shape.has_account for shape in shapes):
            yield Finding(
                arn.entry.span,
                f"ARNs of this kind have an account, so `{arn.entry.text}` matches nothing.",
                "Write the account's twelve digits, or `*` for every account.",
            )
