"""An action has a name that no action has."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.aws.catalogue import services
from iamlab.aws.operations import OTHER_NAME, authorized_actions
from iamlab.lint.check import Finding, check
from iamlab.lint.edits import rewriting
from iamlab.lint.spelling import actions_meant
from iamlab.lint.subject import Subject, is_pattern, names_of
from iamlab.lint.wording import shown
from iamlab.policy.problem import ERROR


@check("unknown-action", ERROR)
def unknown_action(subject: Subject) -> Iterator[Finding]:
    """An action has a name that no action has.

    ## What it finds
    An entry of `Action` or `NotAction` without wildcards that is at most two letters away from an action of its
    service, or that is an operation of the API which is authorized under another name, such as `s3:ListObjectsV2`.

    ## Why it matters
    IAM saves the policy without a word. An Allow of such an action allows nothing; a Deny of it denies nothing, and
    what it was to stop stays allowed.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:GetObjekt",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*"
      }
    }
    ```

    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:ListObjectsV2",
        "Resource": "arn:aws:s3:::ml-training-data-bucket"
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

    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:ListBucket",
        "Resource": "arn:aws:s3:::ml-training-data-bucket"
      }
    }
    ```

    ## When it is fine
    Never. An action that is newer than the catalogue is a warning only: `action-not-in-catalogue`.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
    - https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
    """
    for statement in subject.statements:
        for entry in statement.action.entries:
            prefix, _, name = entry.text.partition(":")
            if is_pattern(entry.text) or prefix.lower() not in services() or names_of(entry.text):
                continue
            if meant := actions_meant(entry.text):
                yield Finding(
                    entry.span,
                    f"{services()[prefix.lower()].name} has no action `{entry.text}`.",
                    _help(name, meant),
                    rewriting(entry.span, meant[0], changes_access=True) if len(meant) == 1 else None,
                )


def _help(operation: str, meant: tuple[str, ...]) -> str:
    if authorized_actions(meant[0].partition(":")[0], operation).kind == OTHER_NAME:
        return f"The operation `{operation}` is allowed by {shown(meant)}."
    return f"Write {shown(meant)}." if len(meant) == 1 else f"Close: {shown(meant)}."
