"""A resource's ARN has an account where its kind has none."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.arns import arns
from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import ERROR


@check("arn-account-not-allowed", ERROR)
def arn_account_not_allowed(subject: Subject) -> Iterator[Finding]:
    """A resource's ARN has an account where its kind has none.

    ## What it finds
    An account in the ARN of something that is named without one, such as a bucket or what lies in it.

    ## Why it matters
    The name of a bucket is unique in the whole world, so its ARN has no account. A pattern with one matches no bucket:
    the statement allows, or denies, nothing.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3::111122223333:ml-training-data-bucket/*"
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
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*"
      }
    }
    ```

    ## When it is fine
    Never. To say whose the bucket must be, use a condition on `aws:ResourceAccount`.

    ## References
    - https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
    for _, arn in arns(subject):
        shapes = arn.shapes()
        if arn.account in ("", "*") or not shapes or any(shape.has_account for shape in shapes):
            continue
        yield Finding(
            arn.place("account"),
            f"ARNs of this kind have no account, so `{arn.entry.text}` matches nothing.",
            "Leave the account out: two colons stand side by side.",
            arn.rewritten("Remove the account", account=""),
        )
