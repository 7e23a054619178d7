"""`NotAction` and `NotResource` together let roles be passed."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.roles import PASS_ROLE, grants
from iamlab.lint.subject import IDENTITY, Subject
from iamlab.policy.problem import SECURITY_WARNING

MESSAGE = "`NotAction` leaves `iam:PassRole` in, and `NotResource` leaves nearly every role open to it."
HELP = "Write what is allowed in `Action` and `Resource`; or add `iam:PassRole` to `NotAction`."


@check("pass-role-with-not-action-and-not-resource", SECURITY_WARNING, IDENTITY)
def pass_role_with_not_action_and_not_resource(subject: Subject) -> Iterator[Finding]:
    """`NotAction` and `NotResource` together let roles be passed.

    ## What it finds
    An Allow with `NotAction` that does not list `iam:PassRole`, and with `NotResource`.

    ## Why it matters
    Who may pass a role to a service acts, through that service, with the role's permissions. An attacker passes the
    most powerful role that trusts the service, to a notebook or a function they own, and is then as powerful as it.
    Nobody reads from two negations that roles may be passed. The statement has the findings `not-action-with-allow` and
    `not-resource-with-allow` too.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "NotAction": "organizations:*",
        "NotResource": "arn:aws:iam::111122223333:role/AdminRole"
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
    Never; say what is allowed, not what is left out.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html
    """
    for place in grants(subject, PASS_ROLE, "not", "not"):
        yield Finding(place, MESSAGE, HELP)
