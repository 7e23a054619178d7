"""A condition asks nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.edits import removal
from iamlab.lint.subject import Subject
from iamlab.policy import Span
from iamlab.policy.problem import SUGGESTION

EMPTY = re.compile(r"\{\s*\}")
STRING = re.compile(r'"(?:[^"\\]|\\.)*"')


@check("empty-object-condition", SUGGESTION)
def empty_object_condition(subject: Subject) -> Iterator[Finding]:
    """A condition asks nothing.

    ## What it finds
    `Condition` with an empty object, or an operator with no keys.

    ## Why it matters
    It restricts nothing. Whoever put the element there had something in mind.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*",
        "Condition": {}
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
        "Condition": {"Bool": {"aws:SecureTransport": "true"}}
      }
    }
    ```

    ## When it is fine
    While the policy is still being written.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
    for statement in subject.statements:
        if (place := statement.places.get("Condition")) is None:
            continue
        text = subject.text[place.value.start : place.value.end]
        if EMPTY.search(STRING.sub("", text)):
            whole = Span(place.name.start, place.value.end)
            fix = None if statement.condition else removal(subject.text, whole, "Remove the condition")
            yield Finding(
                place.value, "This condition, or a part of it, asks nothing.", "Say what must hold, or remove it.", fix
            )
