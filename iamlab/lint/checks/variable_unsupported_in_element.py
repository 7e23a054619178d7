"""A policy variable stands where it means nothing."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy import Span
from iamlab.policy.problem import ERROR

COLONS = 5
OWN_ACCOUNT = "${aws:PrincipalAccount}"


@check("variable-unsupported-in-element", ERROR)
def variable_unsupported_in_element(subject: Subject) -> Iterator[Finding]:
    """A policy variable stands where it means nothing.

    ## What it finds
    `${…}` in an action, in a `Sid`, in the name of a condition key, or in one of the first five parts of an ARN.

    ## Why it matters
    There it is plain text: nothing is put in its place, and the entry matches nothing.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "dynamodb:GetItem",
        "Resource": "arn:aws:dynamodb:${aws:RequestedRegion}:111122223333:table/features"
      }
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "dynamodb:GetItem",
        "Resource": "arn:aws:dynamodb:eu-west-1:111122223333:table/features"
      }
    }
    ```

    ## When it is fine
    Never. `${aws:PrincipalAccount}` as an ARN's account is not found, because AWS's own managed policies have it;
    AWS's pages do not say that it works there. To be sure, write `*` and a condition on `aws:ResourceAccount`.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
    for statement in subject.statements:
        for entry in statement.action.entries:
            if "${" in entry.text:
                yield _finding(entry.span, f"in `{statement.action.name}`")
        for resource in statement.resource.entries if statement.resource else ():
            text = resource.text.replace(OWN_ACCOUNT, "")
            begins = text.find("${")
            if text.startswith("arn:") and begins >= 0 and text[:begins].count(":") < COLONS:
                yield _finding(resource.span, "before the fifth colon of an ARN")
    for _, test in subject.conditions:
        if "${" in test.key:
            yield _finding(test.key_span, "in the name of a condition key")


def _finding(at: Span, where: str) -> Finding:
    help = "Variables work in the sixth part of an ARN, and in values of String and ARN operators."
    return Finding(at, f"A policy variable means nothing {where}.", help)
