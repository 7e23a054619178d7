"""`iam:PassRole` on every role."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import SECURITY_WARNING


@check("pass-role-with-star-in-resource", SECURITY_WARNING, ("identity", "permissions_boundary", "session"))
def pass_role_with_star_in_resource(subject: Subject) -> Iterator[Finding]:
    """`iam:PassRole` is allowed on every role.

    ## What it finds
    An Allow that names `iam:PassRole`, or covers it by a wildcard such as `iam:Pass*`, on `"Resource": "*"`.

    ## Why it matters
    Who may pass every role may hand an administrator's role to a notebook or a training job, run code in it, and act
    with that role's permissions.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "iam:PassRole",
        "Resource": "*",
        "Condition": {"StringEquals": {"iam:PassedToService": "sagemaker.amazonaws.com"}}
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
        "Condition": {"StringEquals": {"iam:PassedToService": "sagemaker.amazonaws.com"}}
      }
    }
    ```

    ## When it is fine
    In a permissions boundary that only caps what other policies grant by name.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
    """
    for statement in subject.allows:
        element = statement.resource
        if element is None or element.negated or not subject.takes_in(statement, "iam:PassRole"):
            continue
        if any(entry.text.lower().startswith("iam:p") for entry in statement.action.entries):
            yield from (
                Finding(entry.span, "`iam:PassRole` is allowed on every role.", "Name the roles that may be passed.")
                for entry in element.entries
                if entry.text == "*"
            )
