"""An action is covered by another of the same list."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.edits import removal
from iamlab.lint.redundancy import redundant
from iamlab.lint.subject import Subject
from iamlab.policy.problem import SUGGESTION
from iamlab.policy.statement import ActionEntry

SIGN = "\x00"
"""A character that stands in no action: what a wildcard might match."""


@check("redundant-action", SUGGESTION)
def redundant_action(subject: Subject) -> Iterator[Finding]:
    """An action is covered by another of the same list.

    ## What it finds
    An entry of `Action` or `NotAction` that is there twice, or that a pattern in the list covers.

    ## Why it matters
    Removing it changes nothing, and leaving it suggests that it does: whoever later narrows the pattern believes the
    action to be settled.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": ["sagemaker:Describe*", "sagemaker:DescribeModel"],
        "Resource": "arn:aws:sagemaker:eu-west-1:111122223333:*"
      }
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "sagemaker:Describe*",
        "Resource": "arn:aws:sagemaker:eu-west-1:111122223333:*"
      }
    }
    ```

    ## When it is fine
    As a note of what is used, until the pattern can go.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
    for statement in subject.statements:
        entries = statement.action.entries
        for entry, wider in redundant(entries, str.lower, _covers):
            fix = removal(subject.text, entry.span, f"Remove `{entry.text}`")
            yield Finding(entry.span, f"`{entry.text}` is covered by `{wider.text}`.", "It can go.", fix)


def _covers(wider: ActionEntry, entry: ActionEntry) -> bool:
    """What fits a pattern both with nothing and with much in place of its `*` fits all that the pattern matches."""
    texts = (entry.text.lower().replace("*", SIGN * times) for times in (0, 2))
    return all(map(wider.matches, texts))
