"""`NotAction` lets every role be passed."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.roles import PASS_ROLE, grants
from iamlab.lint.subject import IDENTITY, Subject
from iamlab.policy.problem import SECURITY_WARNING

MESSAGE = "`NotAction` leaves `iam:PassRole` in, on every role."
HELP = "Add `iam:PassRole` to `NotAction`, or write what is allowed in `Action`."


@check("pass-role-with-star-in-resource-and-not-action", SECURITY_WARNING, IDENTITY)
def pass_role_with_star_in_resource_and_not_action(subject: Subject) -> Iterator[Finding]:
    """`NotAction` lets every role be passed.

    ## What it finds
    An Allow on `"Resource": "*"` with a `NotAction` that does not list `iam:PassRole`.

    ## Why it matters
    Who may pass a role to a service acts, through that service, with the role's permissions. An attacker passes the
    most powerful role that trusts the service, to a notebook or a function they own, and is then as powerful as it.
    `NotAction` with Allow is itself a finding, `not-action-with-allow`.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "NotAction": "organizations:*",
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
        "Action": "iam:PassRole",
        "Resource": "arn:aws:iam::111122223333:role/TrainingRole",
        "Condition": {
          "StringEquals": {"iam:PassedToService": "sagemaker.amazonaws.com"}
        }
      }
    }
    ```

    ## When it is fine
    For power users who may pass any role; the list then had better hold `iam:*`, as that of `PowerUserAccess` does.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html
    """
    for place in grants(subject, PASS_ROLE, "not", "star"):
        yield Finding(place, MESSAGE, HELP)
