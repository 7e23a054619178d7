"""An operator does not go with the values of its key."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.aws.catalogue import find_condition_key
from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import WARNING

TAKEN = {
    "Bool": ("Bool", "Null"),
    "Numeric": ("Numeric", "Null"),
    "Date": ("Date", "Null"),
    "IPAddress": ("IpAddress", "Null"),
    "ARN": ("Arn", "String", "Null"),
    "String": ("String", "Arn", "Null"),
}
"""The families of operators that go with a key's type, the proper one first (rule O28 for ARNs)."""

VALUES = {
    "Arn": "ARNs",
    "Binary": "bytes",
    "Bool": "true or false",
    "Date": "dates",
    "IpAddress": "addresses",
    "Null": "whether a key is there",
    "Numeric": "numbers",
    "String": "texts",
}
SUCH_AS = {
    "Arn": "ArnLike",
    "Bool": "Bool",
    "Date": "DateLessThan",
    "IpAddress": "IpAddress",
    "Numeric": "NumericLessThanEquals",
    "String": "StringEquals",
}


@check("type-mismatch", WARNING)
def type_mismatch(subject: Subject) -> Iterator[Finding]:
    """An operator does not go with the values of its key.

    ## What it finds
    A condition operator of another type than the values of the key, as the catalogue has them: `StringEquals` over a
    key of true and false, `NumericLessThan` over a date.

    ## Why it matters
    A comparison of the wrong type is false, or compares texts where numbers are meant: as text `9` is more than `10`.
    What the Allow was to allow it does not, what the Deny was to deny goes through.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Deny",
        "Action": "s3:*",
        "Resource": ["arn:aws:s3:::ml-training-data-bucket", "arn:aws:s3:::ml-training-data-bucket/*"],
        "Condition": {
          "StringEquals": {"aws:SecureTransport": "false"}
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
        "Action": "s3:*",
        "Resource": ["arn:aws:s3:::ml-training-data-bucket", "arn:aws:s3:::ml-training-data-bucket/*"],
        "Condition": {
          "Bool": {"aws:SecureTransport": "false"}
        }
      }
    }
    ```

    ## When it is fine
    Never; where AWS converts the value it does so without a promise.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
    """
    for statement in subject.statements:
        for test in statement.condition:
            known, family = find_condition_key(test.key), test.use.operator.family
            types = TAKEN.get(known.type.removeprefix("ArrayOf"), ()) if known and not _is_any(known.name) else ()
            if types and family not in types:
                yield Finding(
                    test.operator_span,
                    f"`{test.key}` holds {VALUES[types[0]]}, and `{test.operator}` compares {VALUES[family]}.",
                    f"Use an operator for {VALUES[types[0]]}, such as `{SUCH_AS[types[0]]}`.",
                )


def _is_any(key: str) -> bool:
    """Whether a key takes operators of several types: epoch seconds (rule O20), and tags, which may hold numbers."""
    return key == "aws:EpochTime" or key.endswith("/${TagKey}")
