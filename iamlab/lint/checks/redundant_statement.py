"""A statement adds nothing to the others."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.contradictions import never_applies
from iamlab.lint.edits import removal
from iamlab.lint.proofs import MOST, Proofs, same_content
from iamlab.lint.subject import Subject
from iamlab.lint.wording import placed
from iamlab.policy import Statement
from iamlab.policy.problem import SUGGESTION

DOES = {"Allow": ("allows", "allowed"), "Deny": ("denies", "denied")}


@check("redundant-statement", SUGGESTION)
def redundant_statement(subject: Subject) -> Iterator[Finding]:
    """A statement adds nothing to the others.

    ## What it finds
    A statement without which the policy decides every request as before, because others of its statements cover it:
    proved by comparing the policy with and without it. Of two statements that say the same, the later one. In a policy
    of a resource only statements about the same principals are compared, and in a policy of more than 40 statements
    only those are found that say the same in the same words.

    ## Why it matters
    Whoever reads the policy believes that the statement matters, and whoever removes it expects to have taken access
    away, while nothing changes.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Effect": "Allow",
          "Action": ["s3:GetObject", "s3:PutObject"],
          "Resource": "arn:aws:s3:::ml-training-data-bucket/*"
        },
        {
          "Effect": "Allow",
          "Action": "s3:GetObject",
          "Resource": "arn:aws:s3:::ml-training-data-bucket/raw/*",
          "Condition": {"Bool": {"aws:SecureTransport": "true"}}
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
          "Action": ["s3:GetObject", "s3:PutObject"],
          "Resource": "arn:aws:s3:::ml-training-data-bucket/*"
        }
      ]
    }
    ```

    ## When it is fine
    As a note of what is used, until the wider statement can go.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
    """
    for statement, others in _found(subject):
        does, done = DOES[statement.effect]
        settled = done if all(other.effect == statement.effect for other in others) else "allowed or denied"
        yield Finding(
            statement.places["Effect"].value,
            f"This statement adds nothing: what it {does} is {settled} by {placed(subject, others)} already.",
            "It can go.",
            removal(subject.text, statement.span, f"Remove statement {statement.index + 1}"),
        )


def _found(subject: Subject) -> list[tuple[Statement, tuple[Statement, ...]]]:
    """The statements that can go together, each with those that cover it.

    First those that say what an earlier one says in the same words; then, from the last to the first, those that a
    single other one covers, and at last those that it takes several for.
    """
    found = dict[int, tuple[Statement, ...]]()
    first = dict[object, Statement]()
    for statement in subject.statements:
        if (twin := first.setdefault(same_content(statement), statement)) is not statement:
            found[statement.index] = (twin,)
    if 1 < len(subject.statements) <= MOST:
        _compare(Proofs(subject), found)
    return [(statement, found[statement.index]) for statement in subject.statements if statement.index in found]


def _compare(proofs: Proofs, found: dict[int, tuple[Statement, ...]]) -> None:
    statements = proofs.subject.statements
    for most in (1, MOST):
        for statement in reversed(statements):
            others = [other for other in statements if other is not statement and other.index not in found]
            if statement.index not in found and 0 < len(by := _covering(proofs, statement, others)) <= most:
                found[statement.index] = by


def _covering(proofs: Proofs, statement: Statement, others: list[Statement]) -> tuple[Statement, ...]:
    if never_applies(proofs.subject.policy, statement):
        return ()
    if statement.effect == "Allow" and proofs.shadowing(statement):
        return ()
    return proofs.covering(statement, others)
