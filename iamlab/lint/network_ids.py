"""The IDs of VPCs and of their endpoints, as conditions name them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from iamlab.lint.subject import Subject
from iamlab.policy.statement import ConditionValue

__all__ = ["malformed_ids"]

NUMBER = re.compile("[0-9a-z]{8}|[0-9a-z]{17}")


def malformed_ids(subject: Subject, key: str, prefix: str) -> Iterator[ConditionValue]:
    """Yield the values of a key, given in lower case, that cannot be such an ID; patterns and variables may be one.

    Args:
        subject: the policy under check.
        key: the condition key.
        prefix: what the ID begins with, as in `vpc-`.
    """
    for _, test in subject.conditions:
        for value in test.values if test.key.lower() == key and test.use.operator.family == "String" else ():
            is_id = value.text.startswith(prefix) and NUMBER.fullmatch(value.text.removeprefix(prefix))
            if not is_id and not value.template.variables and not re.search("[*?]", value.text):
                yield value
