"""A wildcard in `Action` lets every role be passed."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.roles import PASS_ROLE, grants
from iamlab.lint.subject import IDENTITY, Subject
from iamlab.policy.problem import SECURITY_WARNING

MESSAGE = "A wildcard in `Action` covers `iam:PassRole`, on every role."
HELP = "Write the actions that are needed, and name the roles that may be passed."


@check("pass-role-with-star-in-action-and-resource", SECURITY_WARNING, IDENTITY)
def pass_role_with_star_in_action_and_resource(subject: Subject) -> Iterator[Finding]:
    """A wildcard in `Action` lets every role be passed.

    ## What it finds
    An Allow on `"Resource": "*"` whose `Action` covers `iam:PassRole` by a wildcard such as `iam:*` or `*`.

    ## Why it matters
    Who may pass a role to a service acts, through that service, with the role's permissions. An attacker passes the
    most powerful role that trusts the service, to a notebook or a function they own, and is then as powerful as it.
    With all of IAM at hand he need not even pass a role: see `privilege-escalation` and `credentials-of-other-users`.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "iam:*",
        "Resource": "*"
      }
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Effect": "Allow",
          "Action": ["iam:GetRole", "iam:ListRoleTags"],
          "Resource": "arn:aws:iam::111122223333:role/TrainingRole"
        },
        {
          "Effect": "Allow",
          "Action": "iam:PassRole",
          "Resource": "arn:aws:iam::111122223333:role/TrainingRole",
          "Condition": {
            "StringEquals": {"iam:PassedToService": "sagemaker.amazonaws.com"}
          }
        }
      ]
    }
    ```

    ## When it is fine
    For administrators: AWS managed policies such as `AdministratorAccess` and `IAMFullAccess` are written so.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
    """
    for place in grants(subject, PASS_ROLE, "star", "star"):
        yield Finding(place, MESSAGE, HELP)
