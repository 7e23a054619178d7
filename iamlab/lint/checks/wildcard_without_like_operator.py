"""A wildcard stands under an operator that knows none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from iamlab.aws.catalogue import find_condition_key
from iamlab.lint.check import Finding, check
from iamlab.lint.rewriting import with_operator
from iamlab.lint.subject import Subject
from iamlab.policy import Fix, Statement
from iamlab.policy.problem import WARNING
from iamlab.policy.statement import ConditionTest

WILD, ESCAPED = re.compile("[*?]"), re.compile(r"\$\{[^{}]*\}")
QUERY = re.compile(r"^[a-z]+://[^?*]+\?")
"""An address up to the `?` that begins its query."""

WILD_NAMES = {"acm:domainnames": "*."}
"""Keys of which a value begins so because that is its name: a certificate may be for `*.example.com`.

https://docs.aws.amazon.com/acm/latest/userguide/acm-conditions.html
"""


@check("wildcard-without-like-operator", WARNING)
def wildcard_without_like_operator(subject: Subject) -> Iterator[Finding]:
    """A wildcard stands under an operator that knows none.

    ## What it finds
    A `*` or `?` in a value of `StringEquals`, `StringNotEquals` or their twins that ignore case.

    ## Why it matters
    Under these operators `*` and `?` are characters like any other. An Allow then allows nothing, since no name holds a
    `*`; a Deny denies nothing, and what it was to stop goes through.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:ListBucket",
        "Resource": "arn:aws:s3:::ml-training-data-bucket",
        "Condition": {
          "StringEquals": {"s3:prefix": "home/*"}
        }
      }
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:ListBucket",
        "Resource": "arn:aws:s3:::ml-training-data-bucket",
        "Condition": {
          "StringLike": {"s3:prefix": "home/*"}
        }
      }
    }
    ```

    ## When it is fine
    Where the character itself is meant; nothing is found where that is plain, as in an address with a query or the name
    of a wildcard certificate in `acm:DomainNames`. To say so of other values, write `${*}` or `${?}`.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
    - https://docs.aws.amazon.com/acm/latest/userguide/acm-conditions.html
    """
    for statement in subject.statements:
        for test in statement.condition:
            if test.use.operator.family != "String" or test.use.operator.wildcards:
                continue
            for value in test.values:
                if WILD.search(ESCAPED.sub("", _without_literals(test.key, value.text))):
                    yield Finding(
                        value.span,
                        f"Under `{test.operator}` the wildcard in `{value.text}` is a plain character.",
                        _help(test),
                        _fix(statement, test),
                    )


def _without_literals(key: str, text: str) -> str:
    """A value without the characters that are plainly meant as such."""
    return QUERY.sub("", text).removeprefix(WILD_NAMES.get(key.lower(), ""))


def _fix(statement: Statement, test: ConditionTest) -> Fix | None:
    """The operator that knows wildcards; there is none that also ignores case."""
    if "IgnoreCase" in test.operator:
        return None
    like = test.operator.replace("Equals", "Like")
    return with_operator(statement, test, like.replace("String", "Arn") if _is_of_arns(test) else like)


def _help(test: ConditionTest) -> str:
    family = "Arn" if _is_of_arns(test) else "String"
    return f"Write `{family}Like`, or `{family}NotLike` for the negation, if a pattern is meant."


def _is_of_arns(test: ConditionTest) -> bool:
    """Whether a key holds ARNs, and nothing else stands here; then the test is one for operators of ARNs."""
    known = find_condition_key(test.key)
    return known is not None and known.type.endswith("ARN") and all(v.text.startswith("arn:") for v in test.values)
