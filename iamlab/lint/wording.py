"""How findings put things that several of them say."""

from __future__ import annotations

from collections.abc import Sequence

from iamlab.lint.subject import Subject
from iamlab.policy import Statement

__all__ = ["placed", "shown"]


def shown(names: Sequence[str], most: int = 3) -> str:
    """Return names in backticks as a sentence has them; those past the first few are only counted.

    >>> shown(["s3:GetObject", "s3:PutObject"])
    '`s3:GetObject` and `s3:PutObject`'
    >>> shown(["a", "b", "c", "d", "e"])
    '`a`, `b`, `c` and 2 more'
    """
    quoted = [f"`{name}`" for name in names[:most]]
    quoted += [f"{len(names) - most} more"] if len(names) > most else []
    *first, last = quoted
    return f"{', '.join(first)} and {last}" if first else last


def placed(subject: Subject, statements: Sequence[Statement], most: int = 3) -> str:
    """Return where statements stand, as in "statement 1 (line 4)" or "statements 1 (line 4) and 3 (line 19)"."""
    lines = (subject.policy.source.position(one.span.start)[0] for one in statements[:most])
    parts = [f"{one.index + 1} (line {line})" for one, line in zip(statements, lines, strict=False)]
    parts += [f"{len(statements) - most} more"] if len(statements) > most else []
    *first, last = parts
    return f"statements {', '.join(first)} and {last}" if first else f"statement {last}"
