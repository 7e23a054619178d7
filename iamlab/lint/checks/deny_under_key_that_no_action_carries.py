"""A Deny stands under a condition that never holds."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.carrying import is_plain, uncarried
from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject, key_form
from iamlab.policy.problem import SECURITY_WARNING


@check("deny-under-key-that-no-action-carries", SECURITY_WARNING)
def deny_under_key_that_no_action_carries(subject: Subject) -> Iterator[Finding]:
    """A Deny stands under a condition that never holds.

    ## What it finds
    A Deny whose condition tests a key that the catalogue lists for none of the actions of the statement. Tags of the
    resource have a check of their own, `deny-with-unsupported-tag-condition-key-for-service`.

    ## Why it matters
    The key is missing from every request that the statement is about, so the test is false and nothing is ever denied.
    The policy looks closed where it is open.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Deny",
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*",
        "Condition": {
          "StringLike": {"s3:prefix": "confidential/*"}
        }
      }
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Deny",
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/confidential/*"
      }
    }
    ```

    ## When it is fine
    Never.

    ## References
    - https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
    """
    for statement in subject.denies:
        for test in uncarried(subject, statement):
            if is_plain(test) and key_form(test.key) != "aws:resourcetag":
                yield Finding(
                    test.key_span,
                    f"No action of this statement carries `{test.key}`, so this Deny never denies anything.",
                    "Test a key that the actions carry, or deny by resource.",
                )
