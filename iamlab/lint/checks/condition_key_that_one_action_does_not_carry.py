"""A condition shuts out one of the actions of its statement."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.carrying import carries, is_judged, is_plain
from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject, is_pattern, key_form, names_of
from iamlab.policy import Statement
from iamlab.policy.problem import WARNING
from iamlab.policy.statement import ActionEntry

DONE = {"Allow": "allowed", "Deny": "denied"}


@check("condition-key-that-one-action-does-not-carry", WARNING)
def condition_key_that_one_action_does_not_carry(subject: Subject) -> Iterator[Finding]:
    """A condition shuts out one of the actions of its statement.

    ## What it finds
    A condition over a key that some actions of the statement carry, and another, written out there, does not.

    ## Why it matters
    The condition is for the whole statement. For the action that does not carry the key it is false: an Allow never
    allows it, a Deny never denies it.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": ["s3:ListBucket", "s3:GetObject"],
        "Resource": ["arn:aws:s3:::ml-training-data-bucket", "arn:aws:s3:::ml-training-data-bucket/*"],
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
      "Statement": [
        {
          "Effect": "Allow",
          "Action": "s3:ListBucket",
          "Resource": "arn:aws:s3:::ml-training-data-bucket",
          "Condition": {
            "StringLike": {"s3:prefix": "home/*"}
          }
        },
        {
          "Effect": "Allow",
          "Action": "s3:GetObject",
          "Resource": "arn:aws:s3:::ml-training-data-bucket/home/*"
        }
      ]
    }
    ```

    ## When it is fine
    Where the catalogue lags behind the service.

    ## References
    - https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
    """
    for statement in subject.statements:
        for test in statement.condition:
            if not is_plain(test) or key_form(test.key) == "aws:resourcetag" or not is_judged(test.key):
                continue
            for entry in _without(subject, statement, test.key):
                yield Finding(
                    entry.span,
                    f"`{entry.text}` carries no `{test.key}`, so it is never {DONE[statement.effect]}.",
                    "Put it in a statement of its own, without this condition.",
                )


def _without(subject: Subject, statement: Statement, key: str) -> list[ActionEntry]:
    """The entries that name one action without the key, where some other action of the statement has it."""
    entries = subject.named(statement)
    if not any(carries(name, key) for entry in entries for name in names_of(entry.text)):
        return []
    plain = [entry for entry in entries if not is_pattern(entry.text) and names_of(entry.text)]
    return [entry for entry in plain if not any(carries(name, key) for name in names_of(entry.text))]
