"""Policies of any resource may be changed."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject, actions_of
from iamlab.lint.wording import shown
from iamlab.policy.problem import SECURITY_WARNING


@check("permissions-management-on-every-resource", SECURITY_WARNING, ("identity",))
def permissions_management_on_every_resource(subject: Subject) -> Iterator[Finding]:
    """Policies of any resource may be changed.

    ## What it finds
    An Allow, without a condition, of actions that AWS lists as permissions management and that could name a resource,
    on `"Resource": "*"`. IAM and whole services are the matter of `privilege-escalation` and `service-wildcard`.

    ## Why it matters
    Who may write the policies of buckets, keys or functions gives access to them: to another account of their own, or
    to the whole world.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:PutBucketPolicy",
        "Resource": "*"
      }
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:PutBucketPolicy",
        "Resource": "arn:aws:s3:::ml-training-data-bucket"
      }
    }
    ```

    ## When it is fine
    For who administers access.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_understand-policy-summary-access-level-summaries.html
    """
    for statement in subject.allows:
        everything = subject.everything(statement)
        if everything is None or statement.condition:
            continue
        found = [name for entry in subject.named(statement) for name in _telling(entry.text)]
        if found:
            yield Finding(
                everything.span,
                f"{shown(found)} may change who has access to any resource.",
                "Name the resources.",
            )


def _telling(entry: str) -> list[str]:
    """The actions of an entry that manage permissions on resources that they could name."""
    if entry.lower().startswith("iam:") or entry.endswith(":*"):
        return []
    actions = [action for action in actions_of(entry) if action.access_levels[0] == "Permissions management"]
    return [action.name for action in actions if any(use.required for use in action.resources)]
