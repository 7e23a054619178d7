"""A resource's ARN has a Region that cannot be one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from iamlab.lint.arns import REGION, arns
from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import ERROR


@check("invalid-arn-region", ERROR)
def invalid_arn_region(subject: Subject) -> Iterator[Finding]:
    """A resource's ARN has a Region that cannot be one.

    ## What it finds
    In the fourth part of an ARN a text without wildcards that is not built as Regions are: `eu-west-1`,
    `us-gov-east-1`. A well-built name of a Region that does not exist is not found.

    ## Why it matters
    No ARN has such a part, so the statement says nothing. An Availability Zone (`eu-west-1a`) is no Region either.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "glue:GetTable",
        "Resource": "arn:aws:glue:eu-west1:111122223333:table/sales/*"
      }
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "glue:GetTable",
        "Resource": [
          "arn:aws:glue:eu-west-1:111122223333:catalog",
          "arn:aws:glue:eu-west-1:111122223333:database/sales",
          "arn:aws:glue:eu-west-1:111122223333:table/sales/*"
        ]
      }
    }
    ```

    ## When it is fine
    Never.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
    - https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
    for _, arn in arns(subject):
        region = arn.region
        if region and not re.search(r"[*?]", region) and not REGION.fullmatch(region):
            yield Finding(arn.place("region"), f"`{region}` is no Region.", "Regions are named as in `eu-west-1`.")
