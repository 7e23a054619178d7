"""Any role may be assumed."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.endangering import dangerous
from iamlab.lint.subject import Subject
from iamlab.policy.problem import SECURITY_WARNING

HELP = "Name the roles."
ASSUMING = {"sts:AssumeRole": "assume any role that trusts the account"}


@check("assume-any-role", SECURITY_WARNING, ("identity",))
def assume_any_role(subject: Subject) -> Iterator[Finding]:
    """Any role may be assumed.

    ## What it finds
    An Allow of `sts:AssumeRole` on `*` or on every role, without a condition.

    ## Why it matters
    Every role whose trust policy names this account is then open to the principal: administrators' roles, and roles in
    accounts of partners. The attacker tries them one after the other.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "sts:AssumeRole",
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
        "Action": "sts:AssumeRole",
        "Resource": "arn:aws:iam::111122223333:role/TrainingRole"
      }
    }
    ```

    ## When it is fine
    For a tool that works in many accounts, if it names the role in all: `arn:aws:iam::*:role/Auditor`.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_permissions-to-switch.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html
    """
    for statement in subject.allows:
        if not statement.condition:
            yield from dangerous(subject, statement, ASSUMING, HELP)
