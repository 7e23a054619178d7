"""A permissions boundary lets itself be taken off."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.dangers import is_wide
from iamlab.lint.subject import Subject
from iamlab.lint.wording import shown
from iamlab.policy import Statement
from iamlab.policy.problem import SECURITY_WARNING

REMOVING = (
    "iam:DeleteRolePermissionsBoundary",
    "iam:DeleteUserPermissionsBoundary",
    "iam:PutRolePermissionsBoundary",
    "iam:PutUserPermissionsBoundary",
)


@check("boundary-can-be-removed", SECURITY_WARNING, ("permissions_boundary",))
def boundary_can_be_removed(subject: Subject) -> Iterator[Finding]:
    """A permissions boundary lets itself be taken off.

    ## What it finds
    A permissions boundary that allows `iam:DeleteRolePermissionsBoundary`, `iam:DeleteUserPermissionsBoundary`,
    `iam:PutRolePermissionsBoundary` or `iam:PutUserPermissionsBoundary`, and does not deny it.

    ## Why it matters
    The boundary caps what its holder may do, and the first thing it may do is to remove the cap. If the identity policy
    allows as much, the boundary is none.

    ## Example
    ```json permissions_boundary
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": ["sagemaker:*", "iam:DeleteRolePermissionsBoundary"],
        "Resource": "*"
      }
    }
    ```

    ## Instead
    ```json permissions_boundary
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Effect": "Allow",
          "Action": "sagemaker:*",
          "Resource": "*"
        },
        {
          "Effect": "Deny",
          "Action": ["iam:DeleteRolePermissionsBoundary", "iam:PutRolePermissionsBoundary"],
          "Resource": "*"
        }
      ]
    }
    ```

    ## When it is fine
    Where no identity policy of the holder allows these actions.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
    - https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
    """
    for statement in subject.allows:
        if statement.condition or (statement.resource is not None and statement.resource.negated):
            continue
        found = [action for action in REMOVING if _is_open(subject, statement, action)]
        if found:
            entries = () if statement.action.negated else subject.entries_for(statement, found[0])
            yield Finding(
                entries[0].span if entries else statement.action.span,
                f"This boundary allows {shown(found, 2)}, by which its holder is rid of it.",
                "Deny these actions in the boundary.",
            )


def _is_open(subject: Subject, statement: Statement, action: str) -> bool:
    wide = any(is_wide(entry.text) for entry in subject.resources(statement))
    return wide and subject.takes_in(statement, action) and not _is_mentioned(subject, action)


def _is_mentioned(subject: Subject, action: str) -> bool:
    """Whether some Deny is about the action, on whatever resource and condition."""
    return any(subject.takes_in(statement, action) for statement in subject.denies)
