"""An action hands over a role, and no role may be passed."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.role_passing import NEED_ROLE
from iamlab.lint.subject import Subject
from iamlab.policy.problem import WARNING


@check("missing-dependent-action", WARNING, ("identity",))
def missing_dependent_action(subject: Subject) -> Iterator[Finding]:
    """An action hands over a role, and no role may be passed.

    ## What it finds
    An Allow of an action whose call must name a role, such as `sagemaker:CreateTrainingJob`, in a policy that nowhere
    allows `iam:PassRole`.

    ## Why it matters
    The service checks that the caller may pass the role, and the call fails with an implicit deny of `iam:PassRole`. In
    a hurry people then allow it on `*`, which is far worse than the failure.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "sagemaker:CreateTrainingJob",
        "Resource": "arn:aws:sagemaker:us-east-1:111122223333:training-job/*"
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
          "Action": "sagemaker:CreateTrainingJob",
          "Resource": "arn:aws:sagemaker:us-east-1:111122223333:training-job/*"
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
    Where another policy of the same user or role allows it.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
    - https://docs.aws.amazon.com/sagemaker/latest/dg/api-permissions-reference.html
    """
    if subject.is_allowed_somewhere("iam:PassRole"):
        return
    for statement in subject.allows:
        for entry in subject.named(statement):
            if entry.text.lower() in NEED_ROLE:
                yield Finding(
                    entry.span,
                    f"A call of `{entry.text}` names a role, and this policy nowhere allows `iam:PassRole`.",
                    "Allow `iam:PassRole` on that role, with a condition on `iam:PassedToService`.",
                )
