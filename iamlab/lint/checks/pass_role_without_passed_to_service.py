"""A role may be passed to any service."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import IDENTITY, Subject
from iamlab.policy.problem import WARNING


@check("pass-role-without-passed-to-service", WARNING, IDENTITY)
def pass_role_without_passed_to_service(subject: Subject) -> Iterator[Finding]:
    """A role may be passed to any service.

    ## What it finds
    An Allow of `iam:PassRole`, by its name and on roles that are named, without a condition on `iam:PassedToService`.

    ## Why it matters
    The role can be passed to every service that its trust policy lets in, now or later. One more service in the trust
    policy, and the role is at work in a place that nobody meant.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "iam:PassRole",
        "Resource": "arn:aws:iam::111122223333:role/TrainingRole"
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
    Where the trust policy of the role will never name more than the one service.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
    """
    for statement in subject.allows:
        if subject.everything(statement) or "iam:passedtoservice" in subject.keys(statement):
            continue
        for entry in statement.action.entries:
            if entry.text.lower() == "iam:passrole" and not statement.action.negated:
                yield Finding(
                    entry.span,
                    "`iam:PassRole` is allowed to any service that the role trusts.",
                    "Test `iam:PassedToService`, as in `sagemaker.amazonaws.com`.",
                )
