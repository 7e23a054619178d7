"""Near names: what someone may have meant who wrote something else."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["near_names", "or_list"]


def near_names(written: str, known: Iterable[str], most: int = 3) -> list[str]:
    """Return the known names most like the written one, best first, without regard to case.

    >>> near_names("Resorce", ["Resource", "Action"])
    ['Resource']
    """
    import difflib

    by_folded = {name.lower(): name for name in known}
    close = difflib.get_close_matches(written.lower()[:100], by_folded, n=most, cutoff=0.7)
    return [by_folded[name] for name in close]


def or_list(names: Iterable[str]) -> str:
    """Return names in backticks, joined as in a sentence.

    >>> or_list(["Action", "NotAction"])
    '`Action` or `NotAction`'
    """
    *most, last = [f"`{name}`" for name in names]
    return f"{', '.join(most)} or {last}" if most else last
