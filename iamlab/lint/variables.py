"""Policy variables as they are written, right or wrong (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from iamlab.lint.subject import Subject
from iamlab.policy import Span

__all__ = ["WrittenVariable", "variables"]

OPENING = re.compile(r"\$\{(?P<inside>[^{}]*)(?P<closing>\}?)")
ESCAPES = ("*", "?", "$")


@dataclass(frozen=True, slots=True)
class WrittenVariable:
    """What stands behind a `${`: the name of a key, and a default where a comma follows; at its entry's place."""

    text: str
    name: str
    default: str
    is_closed: bool
    span: Span


def variables(subject: Subject) -> Iterator[WrittenVariable]:
    """Yield every variable in a resource, or in a value of an operator that takes variables."""
    for text, span in _places(subject):
        for match in OPENING.finditer(text):
            name, _, default = match["inside"].partition(",")
            if name not in ESCAPES:
                yield WrittenVariable(match.group(), name, default, bool(match["closing"]), span)


def _places(subject: Subject) -> Iterator[tuple[str, Span]]:
    if "${" not in subject.text:
        return
    for statement in subject.statements:
        for entry in statement.resource.entries if statement.resource else ():
            yield entry.text, entry.span
    for _, test in subject.conditions:
        for value in test.values if test.use.operator.variables else ():
            yield value.text, value.span
