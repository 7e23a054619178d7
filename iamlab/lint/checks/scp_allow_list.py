"""A service control policy allows some actions only."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy import Statement
from iamlab.policy.problem import WARNING


@check("scp-allow-list", WARNING, ("scp",))
def scp_allow_list(subject: Subject) -> Iterator[Finding]:
    """A service control policy allows some actions only.

    ## What it finds
    A service control policy that allows, but nowhere allows everything.

    ## Why it matters
    Where `FullAWSAccess` stays attached beside it, it limits nothing: one Allow suffices. Where that was detached, all
    else stops in every account below, for root users too, and what a level lacks no level below can add.

    ## Example
    ```json scp
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": ["s3:*", "sagemaker:*"],
        "Resource": "*"
      }
    }
    ```

    ## Instead
    ```json scp
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Effect": "Allow",
          "Action": "*",
          "Resource": "*"
        },
        {
          "Effect": "Deny",
          "Action": "organizations:LeaveOrganization",
          "Resource": "*"
        }
      ]
    }
    ```

    ## When it is fine
    As an allow list that is meant, with `FullAWSAccess` detached.

    ## References
    - https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
    - https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_strategies.html
    """
    allowing = [statement for statement in subject.allows if statement.action.entries]
    if allowing and not any(_is_full(subject, statement) for statement in allowing):
        yield Finding(
            allowing[0].places["Effect"].value,
            "This policy allows only some actions: either it limits nothing, or all others stop.",
            "To forbid something, keep `FullAWSAccess` and write a Deny.",
        )


def _is_full(subject: Subject, statement: Statement) -> bool:
    wide = any(entry.text in {"*", "*:*"} for entry in statement.action.entries) or statement.action.negated
    return wide and subject.everything(statement) is not None and not statement.condition
