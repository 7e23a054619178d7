"""Entries of a list that another entry of the same list covers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeVar

__all__ = ["redundant"]


class _Entry(Protocol):
    @property
    def text(self) -> str: ...


Entry = TypeVar("Entry", bound=_Entry)


def redundant(
    entries: Sequence[Entry], key: Callable[[str], str], covers: Callable[[Entry, Entry], bool]
) -> Iterator[tuple[Entry, Entry]]:
    """Yield each entry that another one covers, with that other one; of two that say the same, the later one.

    Args:
        entries: the list.
        key: two entries say the same where this makes the same of their texts.
        covers: whether all that the second matches is matched by the first, which has a wildcard.
    """
    first: dict[str, Entry] = {}
    patterns = [entry for entry in entries if "*" in entry.text or "?" in entry.text]
    for entry in entries:
        same = first.setdefault(key(entry.text), entry)
        wider = next((one for one in patterns if key(one.text) != key(entry.text) and covers(one, entry)), None)
        if same is not entry or wider is not None:
            yield entry, (wider or same)
