"""Any role can be passed to something that runs code."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.dangers import is_wide
from iamlab.lint.role_passing import WAYS, Way
from iamlab.lint.subject import Subject
from iamlab.lint.wording import shown
from iamlab.policy import Statement
from iamlab.policy.problem import SECURITY_WARNING


@check("pass-role-and-run", SECURITY_WARNING, ("identity",))
def pass_role_and_run(subject: Subject) -> Iterator[Finding]:
    """Any role can be passed to something that runs code.

    ## What it finds
    A policy that allows `iam:PassRole` on every role and also the actions to run something with it, such as
    `sagemaker:CreateTrainingJob`. Passing every role is a finding itself, `pass-role-with-star-in-resource`.

    ## Why it matters
    The attacker passes the most powerful role that trusts the service to a job of their own, and the job calls AWS with
    it: reads secrets, makes users.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Effect": "Allow",
          "Action": ["iam:PassRole"],
          "Resource": "*"
        },
        {
          "Effect": "Allow",
          "Action": "sagemaker:CreateTrainingJob",
          "Resource": "arn:aws:sagemaker:us-east-1:111122223333:training-job/*"
        }
      ]
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Effect": "Allow",
          "Action": "iam:PassRole",
          "Resource": "arn:aws:iam::111122223333:role/TrainingRole",
          "Condition": {
            "StringEquals": {"iam:PassedToService": "sagemaker.amazonaws.com"}
          }
        },
        {
          "Effect": "Allow",
          "Action": "sagemaker:CreateTrainingJob",
          "Resource": "arn:aws:sagemaker:us-east-1:111122223333:training-job/*"
        }
      ]
    }
    ```

    ## When it is fine
    For administrators.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html
    """
    for statement in subject.allows:
        entries = () if statement.action.negated else subject.entries_for(statement, "iam:PassRole")
        if not entries or subject.is_administrator(statement):
            continue
        wide = [entry for entry in subject.resources(statement) if is_wide(entry.text)]
        ways = [way for way in WAYS if _is_open(subject, statement, way)] if wide else []
        if ways and not subject.is_denied("iam:PassRole"):
            yield Finding(
                entries[0].span,
                f"Together with {shown(ways[0].actions)} this lets one {ways[0].end}, whichever role that is.",
                "Name the roles that may be passed, and the service by `iam:PassedToService`.",
            )


def _is_open(subject: Subject, statement: Statement, way: Way) -> bool:
    """Whether the role can be passed to the way's service, and all its actions are allowed by name."""
    tests = [test for test in subject.tests(statement, "iam:PassedToService") if not test.use.operator.negated]
    services = [value.text for test in tests for value in test.values]
    if services and way.service not in services and not any("*" in service for service in services):
        return False
    return all(subject.is_allowed_somewhere(action) and not subject.is_denied(action) for action in way.actions)
