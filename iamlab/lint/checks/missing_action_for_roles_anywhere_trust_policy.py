"""IAM Roles Anywhere lacks an action that it needs."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy import Statement
from iamlab.policy.problem import ERROR

NEEDED = ("sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession")


@check("missing-action-for-roles-anywhere-trust-policy", ERROR, ("trust",))
def missing_action_for_roles_anywhere_trust_policy(subject: Subject) -> Iterator[Finding]:
    """IAM Roles Anywhere lacks an action that it needs.

    ## What it finds
    A trust policy that names `rolesanywhere.amazonaws.com` and does not allow it all of `sts:AssumeRole`,
    `sts:SetSourceIdentity` and `sts:TagSession`.

    ## Why it matters
    The service sets a source identity and tags from the certificate whenever it assumes the role, and fails without
    these actions.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": {"Service": "rolesanywhere.amazonaws.com"},
        "Action": "sts:AssumeRole"
      }
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": {"Service": "rolesanywhere.amazonaws.com"},
        "Action": ["sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"]
      }
    }
    ```

    ## When it is fine
    Never.

    ## References
    - https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
    theirs = [statement for statement in subject.allows if _names_it(statement)]
    lacking = [action for action in NEEDED if not any(subject.takes_in(one, action) for one in theirs)]
    if theirs and lacking:
        message = f"IAM Roles Anywhere cannot assume the role without {and_list(lacking)}."
        yield Finding(theirs[0].action.span, message, "Add what is missing.")


def _names_it(statement: Statement) -> bool:
    entries = statement.principal.entries if statement.principal else ()
    return any(entry.type == "Service" and entry.text == "rolesanywhere.amazonaws.com" for entry in entries)


def and_list(names: list[str]) -> str:
    """Return names in backticks, joined by commas and `and`."""
    *most, last = [f"`{name}`" for name in names]
    return f"{', '.join(most)} and {last}" if most else last
