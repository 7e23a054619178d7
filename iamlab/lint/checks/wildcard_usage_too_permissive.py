"""A key that should be exact is compared with a pattern."""

from __future__ import annotations

import re
from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.sensitive import SENSITIVE
from iamlab.lint.subject import Subject
from iamlab.policy.problem import ERROR


@check("wildcard-usage-too-permissive", ERROR)
def wildcard_usage_too_permissive(subject: Subject) -> Iterator[Finding]:
    """A key that should be exact is compared with a pattern.

    ## What it finds
    A wildcard in a value of `StringLike` on a key that holds an account, an organization, a VPC or a VPC endpoint,
    such as `aws:PrincipalOrgID` or `aws:SourceVpce`.

    ## Why it matters
    Such IDs have no parts that say anything: anyone's account can begin with `1111`, anyone's organization with `o-a`.
    A pattern lets strangers in, and AWS's checker refuses it.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*",
        "Condition": {"StringLike": {"aws:PrincipalOrgID": "o-a*"}}
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
        "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}
      }
    }
    ```

    ## When it is fine
    To ask only that the key is there, write `Null` with `false`.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
    for _, test in subject.conditions:
        if test.key.lower() not in SENSITIVE or not test.use.operator.wildcards or test.use.operator.negated:
            continue
        for value in test.values:
            if re.search("[*?]", value.text) and not value.template.variables:
                message = f"`{test.key}` is compared with the pattern `{value.text}`."
                yield Finding(value.span, message, "Name each ID in full, under `StringEquals`.")
