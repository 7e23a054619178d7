"""`iam:PassRole` is allowed on all roles but some."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.roles import PASS_ROLE, grants
from iamlab.lint.subject import IDENTITY, Subject
from iamlab.policy.problem import SECURITY_WARNING

MESSAGE = "`iam:PassRole` is allowed on every role that `NotResource` does not list."
HELP = "Name in `Resource` the roles that may be passed."


@check("pass-role-with-not-resource", SECURITY_WARNING, IDENTITY)
def pass_role_with_not_resource(subject: Subject) -> Iterator[Finding]:
    """`iam:PassRole` is allowed on all roles but some.

    ## What it finds
    An Allow that names `iam:PassRole` (or `iam:Pass*`) and has `NotResource`.

    ## Why it matters
    Who may pass a role to a service acts, through that service, with the role's permissions. An attacker passes the
    most powerful role that trusts the service, to a notebook or a function they own, and is then as powerful as it. A
    list of roles that may not be passed is never complete: every role made later is outside it
    (`not-resource-with-allow`).

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "iam:PassRole",
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
    Never. Narrow it by `iam:PassedToService` where the roles cannot be named; Access Analyzer then is content.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notresource.html
    """
    for place in grants(subject, PASS_ROLE, "named", "not"):
        yield Finding(place, MESSAGE, HELP)
