"""An action has a name that no action has."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.aws.catalogue import services
from iamlab.aws.operations import OTHER_NAME, Authorization, authorized_actions
from iamlab.lint.check import Finding, check
from iamlab.lint.edits import removal, rewriting, rewriting_as_several
from iamlab.lint.spelling import actions_meant
from iamlab.lint.subject import Subject, is_pattern, names_of
from iamlab.lint.wording import shown
from iamlab.policy import Fix, Statement
from iamlab.policy.problem import ERROR
from iamlab.policy.statement import ActionEntry


@check("unknown-action", ERROR)
def unknown_action(subject: Subject) -> Iterator[Finding]:
    """An action has a name that no action has.

    ## What it finds
    An entry of `Action` or `NotAction` without wildcards that is at most two letters away from an action of its
    service; or that is an operation of the API which is authorized under other names, as `s3:ListObjectsV2` is under
    `s3:ListBucket`.

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

    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:CopyObject",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*"
      }
    }
    ```

    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": ["s3:GetObject", "s3:HeadObject"],
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
            if (known := authorized_actions(prefix, name)).kind == OTHER_NAME:
                yield _operation(subject, statement, entry, known)
            elif meant := actions_meant(entry.text):
                yield Finding(
                    entry.span,
                    f"{services()[prefix.lower()].name} has no action `{entry.text}`.",
                    f"Write {shown(meant)}." if len(meant) == 1 else f"Close: {shown(meant)}.",
                    rewriting(entry.span, meant[0], changes_access=True) if len(meant) == 1 else None,
                )


def _operation(subject: Subject, statement: Statement, entry: ActionEntry, known: Authorization) -> Finding:
    """An operation stands where the actions should that are checked when it is called."""
    message = f"`{entry.text}` is an operation of {services()[known.service].name}, not an action."
    if not known.actions:
        ways = [f"`{need.action}` where {need.when}" for need in known.further]
        return Finding(entry.span, message, f"What is checked depends on the call: {'; '.join(ways)}.")
    help = f"Its calls are authorized as {shown(known.actions)}."
    return Finding(entry.span, message, help, _fix(subject, statement, entry, known.actions))


def _fix(subject: Subject, statement: Statement, entry: ActionEntry, actions: tuple[str, ...]) -> Fix | None:
    """The actions in the operation's place, as far as they are not in the list already."""
    others = [other for other in statement.action.entries if other is not entry]
    missing = [action for action in actions if not any(other.matches(action.lower()) for other in others)]
    if not missing:
        return removal(subject.text, entry.span, f"Remove `{entry.text}`")
    alone = subject.text[statement.action.span.start] != "["
    return rewriting_as_several(entry.span, missing, alone=alone, changes_access=True)
