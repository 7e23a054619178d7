"""Places in a text: the one converter between offsets, lines and columns, and a browser's UTF-16 units.

Inside the package a place is an offset in code points. Lines and columns are for people, UTF-16 offsets for
CodeMirror; both are computed here, at the edge, and nowhere else.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

__all__ = ["Place", "Source", "Span"]

LINE_BREAK, WIDE = re.compile("\n"), re.compile("[\U00010000-\U0010ffff]")


class Span(NamedTuple):
    """A half-open range of offsets, in code points: `start` belongs to it, `end` does not."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Place:
    """A span as people read it: lines and columns from 1, the end column one past the last character."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True)
class Source:
    """A text with its line starts.

    >>> Source("one, two").position(5)
    (1, 6)
    """

    text: str
    name: str = "policy"

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in LINE_BREAK.finditer(self.text))]

    @cached_property
    def _wide(self) -> list[int]:
        """Offsets of the characters that take two UTF-16 units."""
        return [] if self.text.isascii() else [match.start() for match in WIDE.finditer(self.text)]

    def position(self, offset: int) -> tuple[int, int]:
        """Return the line and the column (from 1, in code points) of an offset."""
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def place(self, span: Span) -> Place:
        """Return lines and columns of a span."""
        return Place(*self.position(span.start), *self.position(span.end))

    def line(self, number: int) -> str:
        """Return the text of line `number` (from 1), without its line break."""
        start = self._line_starts[number - 1]
        end = self._line_starts[number] - 1 if number < len(self._line_starts) else len(self.text)
        return self.text[start:end].rstrip("\r")

    def utf16(self, offset: int) -> int:
        """Return the offset in UTF-16 units of an offset in code points.

        >>> Source("a😀b").utf16(2)
        3
        """
        return offset + bisect_right(self._wide, offset - 1)

    def from_utf16(self, units: int) -> int:
        """Return the offset in code points of an offset in UTF-16 units; inside a pair, the pair's start.

        >>> Source("a😀b").from_utf16(3)
        2
        """
        low, high = 0, len(self.text)
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self.utf16(middle) <= units else (low, middle - 1)
        return low
