"""A statement lists no actions."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import SUGGESTION


@check("empty-array-action", SUGGESTION)
def empty_array_action(subject: Subject) -> Iterator[Finding]:
    """A statement lists no actions.

    ## What it finds
    `Action` or `NotAction` with an empty list.

    ## Why it matters
    With an empty `Action` the statement says nothing; with an empty `NotAction` it is about every action of every
    service.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": [],
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*"
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
    While the policy is still being written.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
    for statement in subject.statements:
        element = statement.action
        if element is not None and not element.entries:
            yield Finding(
                element.span, f"`{element.name}` lists nothing.", "Name the actions, or remove the statement."
            )
