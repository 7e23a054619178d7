"""An action of IAM lets its caller become more powerful."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.dangers import ESCALATIONS, NARROWING
from iamlab.lint.endangering import dangerous
from iamlab.lint.subject import Subject
from iamlab.policy.problem import SECURITY_WARNING

HELP = "Name what it is needed on, or say by `iam:PermissionsBoundary` or `iam:PolicyARN` how far it goes."


@check("privilege-escalation", SECURITY_WARNING, ("identity",))
def privilege_escalation(subject: Subject) -> Iterator[Finding]:
    """An action of IAM lets its caller become more powerful.

    ## What it finds
    An Allow of an action of IAM that changes what principals are allowed, such as `iam:AttachRolePolicy` or
    `iam:UpdateAssumeRolePolicy`, on `*` or on every user, role, group or policy. A condition on
    `iam:PermissionsBoundary` or `iam:PolicyARN` makes it silent, and so does a Deny without a condition.

    ## Why it matters
    Whoever is allowed this is an administrator in all but name: one call more, and they are. An attacker who finds such
    a user or role needs nothing else.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "iam:AttachRolePolicy",
        "Resource": "arn:aws:iam::111122223333:role/*"
      }
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "iam:AttachRolePolicy",
        "Resource": "arn:aws:iam::111122223333:role/*",
        "Condition": {
          "ArnEquals": {"iam:PolicyARN": "arn:aws:iam::111122223333:policy/ReadTrainingData"}
        }
      }
    }
    ```

    ## When it is fine
    For who administers access; AWS's `IAMFullAccess` is written so.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html
    - https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
    """
    for statement in subject.allows:
        if not NARROWING & subject.keys(statement):
            yield from dangerous(subject, statement, ESCALATIONS, HELP)
