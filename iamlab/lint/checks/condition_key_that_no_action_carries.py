"""No action of the statement carries a condition key."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.carrying import is_plain, uncarried
from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject, key_form
from iamlab.policy.problem import WARNING


@check("condition-key-that-no-action-carries", WARNING)
def condition_key_that_no_action_carries(subject: Subject) -> Iterator[Finding]:
    """No action of the statement carries a condition key.

    ## What it finds
    A condition over a key that the catalogue knows, but lists for none of the actions of the statement; in a Deny only
    where the test then always holds.

    ## Why it matters
    The key is missing from every request that the statement is about. A plain test is then false, so an Allow allows
    nothing. A negated test, one with `IfExists` or `ForAllValues` is then true: the condition holds nobody back.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*",
        "Condition": {
          "StringLike": {"s3:prefix": "home/*"}
        }
      }
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:ListBucket",
        "Resource": "arn:aws:s3:::ml-training-data-bucket",
        "Condition": {
          "StringLike": {"s3:prefix": "home/*"}
        }
      }
    }
    ```

    ## When it is fine
    Where the catalogue lags behind the service.

    ## References
    - https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
    """
    for statement in subject.statements:
        for test in uncarried(subject, statement):
            plain = is_plain(test)
            if key_form(test.key) == "aws:resourcetag" or (plain and statement.effect == "Deny"):
                continue
            effect = "the condition never holds" if plain else "the condition always holds"
            yield Finding(
                test.key_span,
                f"No action of this statement carries `{test.key}`, so {effect}.",
                "Test a key that the actions carry, or leave the condition out.",
            )
