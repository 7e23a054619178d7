"""A resource is covered by another of the same list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.edits import removal
from iamlab.lint.redundancy import redundant
from iamlab.lint.subject import Subject
from iamlab.policy.problem import SUGGESTION
from iamlab.policy.statement import ResourceEntry

SIGN = "\x00"
"""A character that stands in no ARN: what a wildcard or a variable might be."""


@check("redundant-resource", SUGGESTION)
def redundant_resource(subject: Subject) -> Iterator[Finding]:
    """A resource is covered by another of the same list.

    ## What it finds
    An entry of `Resource` or `NotResource` that is there twice, or that a pattern in the list covers.

    ## Why it matters
    Removing it changes nothing, and leaving it suggests that it does: whoever later narrows the pattern believes the
    resource to be settled.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resource": [
          "arn:aws:s3:::ml-training-data-bucket/*",
          "arn:aws:s3:::ml-training-data-bucket/raw/*"
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
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*"
      }
    }
    ```

    ## When it is fine
    As a note of what is used, until the pattern can go.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
    for statement in subject.statements:
        for entry, wider in redundant(statement.resource.entries if statement.resource else (), str, _covers):
            fix = removal(subject.text, entry.span, f"Remove `{entry.text}`")
            yield Finding(entry.span, f"`{entry.text}` is covered by `{wider.text}`.", "It can go.", fix)


def _covers(wider: ResourceEntry, entry: ResourceEntry) -> bool:
    if wider.text == entry.text or wider.text == "*":
        return True
    if wider.pattern is None or entry.text.startswith("*"):
        return False
    texts = [re.sub(r"\$\{[^{}]*\}|[*]", SIGN * times, entry.text) for times in (0, 2)]
    return all(map(wider.pattern.matches, texts)) and _parts_agree(wider.text, entry.text)


def _parts_agree(wider: str, entry: str) -> bool:
    """A wildcard of the first five parts may run over a colon (rule M12); then only the same text is surely covered."""
    heads = zip(wider.split(":")[:5], entry.split(":")[:5], strict=False)
    return all(one == other or one == "*" for one, other in heads)
