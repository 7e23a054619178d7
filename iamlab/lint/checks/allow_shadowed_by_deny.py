"""Nothing that an Allow allows is left by the Denies beside it."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.contradictions import never_applies
from iamlab.lint.proofs import MOST, Proofs
from iamlab.lint.subject import Subject
from iamlab.lint.wording import placed
from iamlab.policy.problem import WARNING


@check("allow-shadowed-by-deny", WARNING)
def allow_shadowed_by_deny(subject: Subject) -> Iterator[Finding]:
    """Nothing that an Allow allows is left by the Denies beside it.

    ## What it finds
    A statement with `Allow`, every request of which a statement with `Deny` of the same policy denies: proved by
    comparing the two. Policies of more than 40 statements are not looked at.

    ## Why it matters
    A Deny wins, however narrow the Allow is and wherever it stands. The statement never allows anything, and what it
    was written for does not work.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Effect": "Deny",
          "Action": "s3:*",
          "Resource": "arn:aws:s3:::ml-training-data-bucket/*"
        },
        {
          "Effect": "Allow",
          "Action": "s3:GetObject",
          "Resource": "arn:aws:s3:::ml-training-data-bucket/public/*"
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
          "Effect": "Deny",
          "Action": "s3:*",
          "NotResource": "arn:aws:s3:::ml-training-data-bucket/public/*"
        },
        {
          "Effect": "Allow",
          "Action": "s3:GetObject",
          "Resource": "arn:aws:s3:::ml-training-data-bucket/public/*"
        }
      ]
    }
    ```

    ## When it is fine
    While a Deny is to hold for a time, as in an incident, and the Allow is to return unchanged.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_AccessPolicyLanguage_Interplay.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
    """
    if not subject.denies or len(subject.statements) > MOST:
        return
    proofs = Proofs(subject)
    for statement in subject.allows:
        if (by := proofs.shadowing(statement)) and not never_applies(subject.policy, statement):
            yield Finding(
                statement.places["Effect"].value,
                f"This statement never allows anything: {placed(subject, by)} {_denies(len(by))} all of it.",
                "A Deny wins over every Allow, whatever their order; narrow the Deny, or remove this statement.",
            )


def _denies(count: int) -> str:
    return "denies" if count == 1 else "together deny"
