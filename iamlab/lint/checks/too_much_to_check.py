"""The policy is far longer than any that AWS takes, and the checks leave it alone."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject, is_pattern, names_of
from iamlab.policy.problem import WARNING
from iamlab.policy.statement import Statement

MOST_ENTRIES = 6_000
MOST_SERVICE_PATTERNS = 100
MOST_ACTIONS = 1_000_000
MOST_MARKS = 1_000


@check("too-much-to-check", WARNING)
def too_much_to_check(subject: Subject) -> Iterator[Finding]:
    """The policy is far longer than any that AWS takes, and the checks leave it alone.

    ## What it finds
    A policy with more than 6,000 entries: actions, resources, principals and values of conditions. Or one with more
    than 100 different patterns in place of a service, with more than 1,000 question marks in actions, or with so many
    patterns of actions that they cover more than a million, counted again for each pattern. No other check looks at it
    then.

    ## Why it matters
    Looking at everything would take minutes. AWS takes no such policy: its largest limit is 32 KB.

    ## Example
    ```json repeat=6001
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resource": [
          "arn:aws:s3:::b/…",
          "arn:aws:s3:::b/labels/*"
        ]
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
        "Resource": "arn:aws:s3:::b/*"
      }
    }
    ```

    ## When it is fine
    Never.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    """
    if excess := _excess(subject):
        message = f"The policy has {excess}, more than the checks look at."
        yield Finding(subject.policy.places["Statement"].name, message, "Part it, or name things by patterns.")


def _excess(subject: Subject) -> str:
    """What there is too much of, as a sentence has it; empty where the policy can be checked."""
    entries = sum(map(_entries, subject.statements))
    if entries > MOST_ENTRIES:
        return f"{entries:,} entries"
    texts = {entry.text for statement in subject.statements for entry in statement.action.entries}
    patterns = sum(is_pattern(text.partition(":")[0]) for text in texts)
    if patterns > MOST_SERVICE_PATTERNS:
        return f"{patterns:,} patterns of services"
    if (marks := sum(text.count("?") for text in texts)) > MOST_MARKS:
        return f"{marks:,} question marks in actions"
    covered = 0
    for text in texts:
        covered += len(names_of(text))
        if covered > MOST_ACTIONS:
            return f"patterns that cover over {MOST_ACTIONS:,} actions"
    return ""


def _entries(statement: Statement) -> int:
    elements = (statement.action, statement.resource, statement.principal)
    return sum(len(one.entries) for one in elements if one) + sum(len(test.values) for test in statement.condition)
