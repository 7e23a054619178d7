"""A policy variable never has a value."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.aws.catalogue import condition_keys, find_condition_key
from iamlab.lint.check import Finding, check
from iamlab.lint.edits import rewriting
from iamlab.lint.subject import Subject
from iamlab.lint.variables import WrittenVariable, variables
from iamlab.policy.kinds import VERSIONS
from iamlab.policy.names import near_names
from iamlab.policy.problem import WARNING

MEANT = {"aws:user": "aws:username", "aws:user-name": "aws:username", "aws:account": "aws:PrincipalAccount"}
"""Keys that people write for others which are not the nearest in letters."""

TAGS = ("aws:principaltag/", "aws:requesttag/", "aws:resourcetag/")


@check("variable-of-unknown-key", WARNING)
def variable_of_unknown_key(subject: Subject) -> Iterator[Finding]:
    """A policy variable never has a value.

    ## What it finds
    A variable whose key begins with `aws:` and is no global condition key, or is one that has several values.

    ## Why it matters
    Only a single value can stand in a variable's place. An entry whose variable has none matches nothing: the Allow
    allows nothing, and what a Deny was to stop goes through.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::ml-home-bucket/home/${aws:user}/*"
      }
    }
    ```

    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::ml-home-bucket/${aws:TagKeys}/*"
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
        "Resource": "arn:aws:s3:::ml-home-bucket/home/${aws:username}/*"
      }
    }
    ```

    ## When it is fine
    Where the key is newer than the kit's list.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
    """
    if subject.policy.version != VERSIONS[0]:
        return
    for variable in dict.fromkeys(variables(subject)):
        name, lower = variable.name.strip(), variable.name.strip().lower()
        known = find_condition_key(name)
        if not lower.startswith("aws:") or lower.startswith(TAGS) or not variable.is_closed or " " in name:
            continue
        if known is None:
            yield _unknown(subject, variable, name)
        elif known.multivalued:
            message = f"`{known.name}` may have several values, so the variable `{variable.text}` has none."
            yield Finding(variable.span, message, "Test the key in `Condition`, under `ForAnyValue` or `ForAllValues`.")


def _unknown(subject: Subject, variable: WrittenVariable, name: str) -> Finding:
    known = MEANT.get(name.lower())
    near = (
        [known]
        if known
        else near_names(name, {known.name for known in condition_keys("aws").values() if "/" not in known.name}, 1)
    )
    message = f"There is no condition key `{name}`, so the variable `{variable.text}` never has a value."
    if not near:
        return Finding(variable.span, message, "To name a user's own folder, write `${aws:username}`.")
    text = subject.text[variable.span.start + 1 : variable.span.end - 1]
    fixed = text.replace(variable.text, variable.text.replace(name, near[0]))
    plain = "\\" not in text
    fix = rewriting(variable.span, fixed, changes_access=True) if plain else None
    return Finding(variable.span, message, f"Perhaps `${{{near[0]}}}` is meant.", fix)
