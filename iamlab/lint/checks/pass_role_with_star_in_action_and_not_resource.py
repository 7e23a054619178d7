"""A wildcard in `Action` lets all roles but some be passed."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.roles import PASS_ROLE, grants
from iamlab.lint.subject import IDENTITY, Subject
from iamlab.policy.problem import SECURITY_WARNING

MESSAGE = "A wildcard in `Action` covers `iam:PassRole`, and `NotResource` leaves nearly every role open to it."
HELP = "Write the actions that are needed, and name in `Resource` the roles that may be passed."


@check("pass-role-with-star-in-action-and-not-resource", SECURITY_WARNING, IDENTITY)
def pass_role_with_star_in_action_and_not_resource(subject: Subject) -> Iterator[Finding]:
    """A wildcard in `Action` lets all roles but some be passed.

    ## What it finds
    An Allow with `NotResource` whose `Action` covers `iam:PassRole` by a wildcard such as `iam:*`.

    ## Why it matters
    Who may pass a role to a service acts, through that service, with the role's permissions. An attacker passes the
    most powerful role that trusts the service, to a notebook or a function they own, and is then as powerful as it.
    Here it is not even written that roles may be passed. Such a statement has `NotResource` with Allow as well
    (`not-resource-with-allow`).

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "iam:*",
        "NotResource": "arn:aws:iam::111122223333:role/AdminRole"
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
    Never; write out which actions of IAM are needed, and on what.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notresource.html
    """
    for place in grants(subject, PASS_ROLE, "star", "not"):
        yield Finding(place, MESSAGE, HELP)
