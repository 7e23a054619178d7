"""A pattern of actions matches no action."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.aws.catalogue import services
from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject, is_pattern, names_of, near_names
from iamlab.lint.wording import shown
from iamlab.policy.problem import WARNING


@check("action-pattern-matches-nothing", WARNING)
def action_pattern_matches_nothing(subject: Subject) -> Iterator[Finding]:
    """A pattern of actions matches no action.

    ## What it finds
    An entry of `Action` or `NotAction` with a wildcard that covers no action of its service.

    ## Why it matters
    The entry does nothing. Often the verb is another: S3 reads by `Get`, lists by `List`; nothing there begins with
    `Read`.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:Read*",
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
        "Action": "s3:GetObject*",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*"
      }
    }
    ```

    ## When it is fine
    Where actions of that name are expected to come.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
    - https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
    """
    for statement in subject.statements:
        for entry in subject.named_or_not(statement):
            if is_pattern(entry.text) and not names_of(entry.text):
                prefix, _, pattern = entry.text.partition(":")
                close = near_names(f"{prefix}:{pattern.strip('*?')}", 3)
                yield Finding(
                    entry.span,
                    f"`{entry.text}` covers no action of {services()[prefix.lower()].name}.",
                    f"Perhaps {shown(close)}." if close else "",
                )
