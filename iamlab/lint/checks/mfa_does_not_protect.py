"""A condition on MFA lets callers without it through."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.rewriting import with_operator
from iamlab.lint.subject import Subject
from iamlab.policy import Fix, Statement
from iamlab.policy.problem import SECURITY_WARNING
from iamlab.policy.statement import ConditionTest

LETS_THROUGH: dict[tuple[str, ...], str] = {
    ("Deny", "Bool", "false"): "Requests with access keys lack this key, so this Deny misses them.",
    ("Deny", "Null", "true"): "A session without MFA carries the key with `false`, so this Deny misses it.",
    ("Allow", "BoolIfExists", "true"): "Requests with access keys lack this key, and `IfExists` lets them through.",
    ("Allow", "Bool", "false"): "This allows those who did not use MFA.",
    ("Allow", "BoolIfExists", "false"): "This allows those who did not use MFA.",
    ("Allow", "Null", "false"): "A session without MFA carries the key with `false`, and is let through.",
    ("Allow", "Null", "true"): "This allows requests with access keys, which used no MFA.",
}
MENDED: dict[tuple[str, ...], str] = {
    ("Deny", "Bool", "false"): "BoolIfExists",
    ("Allow", "BoolIfExists", "true"): "Bool",
}
RIGHT = {
    "Deny": "A Deny is right with `BoolIfExists` and `false`.",
    "Allow": "An Allow is right with `Bool` and `true`.",
}


@check("mfa-does-not-protect", SECURITY_WARNING)
def mfa_does_not_protect(subject: Subject) -> Iterator[Finding]:
    """A condition on MFA lets callers without it through.

    ## What it finds
    A test of `aws:MultiFactorAuthPresent` that fails to keep out who did not use MFA: a Deny under `Bool` `false`,
    which misses access keys; a Deny under `Null` alone; an Allow under `BoolIfExists` `true`, under `Bool` `false`, or
    under `Null`.

    ## Why it matters
    Requests with long-term access keys do not carry the key at all. A leaked access key is just what MFA is to protect
    from, and it is what these forms let through.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Deny",
        "Action": "s3:DeleteObject",
        "Resource": "*",
        "Condition": {
          "Bool": {"aws:MultiFactorAuthPresent": "false"}
        }
      }
    }
    ```

    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:DeleteObject",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*",
        "Condition": {
          "BoolIfExists": {"aws:MultiFactorAuthPresent": "true"}
        }
      }
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Deny",
        "Action": "s3:DeleteObject",
        "Resource": "*",
        "Condition": {
          "BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}
        }
      }
    }
    ```

    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:DeleteObject",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*",
        "Condition": {
          "Bool": {"aws:MultiFactorAuthPresent": "true"}
        }
      }
    }
    ```

    ## When it is fine
    Where nobody of the account has access keys.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html
    """
    for statement in subject.statements:
        for test in subject.tests(statement, "aws:MultiFactorAuthPresent"):
            form = (statement.effect, test.operator, *(value.text.lower() for value in test.values))
            why = LETS_THROUGH.get(form)
            if why and not _is_helped(subject, statement, test):
                yield Finding(test.operator_span, why, RIGHT[statement.effect], _fix(statement, test, form))


def _is_helped(subject: Subject, statement: Statement, test: ConditionTest) -> bool:
    """Whether another test of MFA stands beside it, so that the two may be right together."""
    return any(other is not test for other in subject.tests(statement, test.key, "aws:MultiFactorAuthAge"))


def _fix(statement: Statement, test: ConditionTest, form: tuple[str, ...]) -> Fix | None:
    return with_operator(statement, test, MENDED[form]) if form in MENDED else None
