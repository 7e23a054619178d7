"""A resource's ARN has an account that cannot be one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from iamlab.lint.arns import ACCOUNT, arns
from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import ERROR

OWN = re.compile(r"[a-z][a-z-]*")
"""`aws`, `aws-marketplace`, `cloudfront`: what AWS owns, and keeps under a word in place of a number."""


@check("invalid-arn-account", ERROR)
def invalid_arn_account(subject: Subject) -> Iterator[Finding]:
    """A resource's ARN has an account that cannot be one.

    ## What it finds
    In the fifth part of an ARN a text without wildcards that is neither twelve digits nor a name that AWS uses for
    itself, such as `aws`.

    ## Why it matters
    No ARN has such a part, so the statement says nothing. Leading zeros get lost when account numbers pass through a
    spreadsheet.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "sagemaker:InvokeEndpoint",
        "Resource": "arn:aws:sagemaker:eu-west-1:11112222333:endpoint/churn"
      }
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "sagemaker:InvokeEndpoint",
        "Resource": "arn:aws:sagemaker:eu-west-1:111122223333:endpoint/churn"
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
        account = arn.account
        if not account or "*" in account or "?" in account:
            continue
        if not ACCOUNT.fullmatch(account) and not OWN.fullmatch(account):
            yield Finding(arn.place("account"), f"`{account}` is no account.", "An account is twelve digits.")
