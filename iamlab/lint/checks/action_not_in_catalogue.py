"""The catalogue of actions does not list an action."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.aws.catalogue import services
from iamlab.aws.operations import UNKNOWN, authorized_actions
from iamlab.lint.check import Finding, check
from iamlab.lint.spelling import actions_meant
from iamlab.lint.subject import Subject, is_pattern, names_of, near_names
from iamlab.lint.wording import shown
from iamlab.policy.problem import WARNING


@check("action-not-in-catalogue", WARNING)
def action_not_in_catalogue(subject: Subject) -> Iterator[Finding]:
    """The catalogue of actions does not list an action.

    ## What it finds
    An entry of `Action` or `NotAction` without wildcards, of a known service, that the Service Authorization Reference
    does not list, and that is neither a slip of one letter or two nor an operation that is authorized under another
    name (`unknown-action`). An operation of the API that is newer than the catalogue is taken for an action.

    ## Why it matters
    IAM takes any name. If the action does not exist the entry does nothing: what an Allow was to allow fails, what a
    Deny was to deny goes on.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": ["s3:GetObject", "s3:DownloadFile"],
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
    Where the action is newer than the catalogue, or was withdrawn and the entry is kept for old times.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
    - https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
    """
    for statement in subject.statements:
        for entry in statement.action.entries:
            if _is_unheard_of(entry.text):
                service, close = services()[entry.text.partition(":")[0].lower()], near_names(entry.text, 3)
                message = f"{service.name} lists no action `{entry.text}`."
                yield Finding(entry.span, message, f"Perhaps {shown(close)}." if close else "")


def _is_unheard_of(text: str) -> bool:
    """Whether no action of a known service, and no operation of its API, has a name, nor one that is close."""
    prefix, _, name = text.partition(":")
    if is_pattern(text) or prefix.lower() not in services() or names_of(text):
        return False
    return authorized_actions(prefix, name).kind == UNKNOWN and not actions_meant(text)
