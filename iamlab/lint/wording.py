"""How findings put things that several of them say."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["shown"]


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
