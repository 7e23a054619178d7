"""A condition names a Region that cannot be one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from iamlab.lint.arns import REGION
from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import ERROR

KEYS = ("aws:requestedregion", "ec2:region")


@check("invalid-region", ERROR)
def invalid_region(subject: Subject) -> Iterator[Finding]:
    """A condition names a Region that cannot be one.

    ## What it finds
    A value of `aws:RequestedRegion` or `ec2:Region` without wildcards and variables that is not built as Regions are:
    `eu-west-1`, `us-gov-east-1`. A well-built name of a Region that does not exist is not found.

    ## Why it matters
    No request is made in such a Region. In an Allow the condition never holds; in a `Deny` with a negated operator it
    keeps everyone out of the Region that was meant.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Deny",
        "Action": "sagemaker:*",
        "Resource": "*",
        "Condition": {"StringNotEquals": {"aws:RequestedRegion": "eu-west1"}}
      }
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Deny",
        "Action": "sagemaker:*",
        "Resource": "*",
        "Condition": {"StringNotEquals": {"aws:RequestedRegion": "eu-west-1"}}
      }
    }
    ```

    ## When it is fine
    Never.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
    - https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
    for _, test in subject.conditions:
        for value in test.values if test.key.lower() in KEYS and test.use.operator.family == "String" else ():
            if REGION.fullmatch(value.text) or value.template.variables or re.search("[*?]", value.text):
                continue
            yield Finding(value.span, f"`{value.text}` is no Region.", "Regions are named as in `eu-west-1`.")
