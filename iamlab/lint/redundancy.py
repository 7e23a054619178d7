"""Entries of a list that another entry of the same list covers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

__all__ = ["redundant"]

WILDCARD, SPECIAL = re.compile("[*?]"), re.compile("[*?$]")


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
    patterns = _Patterns.of([(key(entry.text), entry) for entry in entries])
    for entry in entries:
        text = key(entry.text)
        same = first.setdefault(text, entry)
        near = (one for other, one in patterns.near(text) if other != text and covers(one, entry))
        wider = next(near, None)
        if same is not entry or wider is not None:
            yield entry, (wider or same)


@dataclass(frozen=True)
class _Patterns(Generic[Entry]):
    """Patterns by the text before their first wildcard or variable, with which all that they cover begins."""

    by_beginning: dict[str, list[tuple[int, str, Entry]]]
    lengths: tuple[int, ...]

    @classmethod
    def of(cls, entries: Iterable[tuple[str, Entry]]) -> _Patterns[Entry]:
        """Sort the patterns among entries, each given with its key."""
        found = dict[str, list[tuple[int, str, Entry]]]()
        for place, (text, entry) in enumerate(entries):
            if sign := WILDCARD.search(text):
                beginning = text[: (SPECIAL.search(text) or sign).start()]
                found.setdefault(beginning, []).append((place, text, entry))
        return cls(found, tuple(sorted({len(beginning) for beginning in found})))

    def near(self, text: str) -> Iterator[tuple[str, Entry]]:
        """Yield the patterns that may cover a text, in the order of the list."""
        beginnings = (text[:length] for length in self.lengths if length <= len(text))
        found = (pattern for beginning in beginnings for pattern in self.by_beginning.get(beginning, ()))
        return ((other, entry) for _, other, entry in sorted(found, key=lambda pattern: pattern[0]))
