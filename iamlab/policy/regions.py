"""Which sets of patterns some text can match at once: the classes into which patterns cut all texts.

Intersection, difference and the shortest example of patterns are read off these classes: a text in one pattern and not
in another is in a class whose set has the first and not the second.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial

from iamlab.policy.pattern import Tokens, Wildcard

__all__ = ["BudgetSpent", "Shape", "regions", "walk"]

PLAIN = "xyzabcdefghijklmnopqrstuvw0123456789-ABCDEFGHIJKLMNOPQRSTUVWXYZ_./"
"""Characters that stand in an example for any character, the likeliest first."""

SAME_BELOW = {"k": "kK\u212a", "å": "åÅ\u212b"}
"""Letters that have more than two characters whose lower case they are."""


class BudgetSpent(Exception):
    """A question would take more work than it may; nothing is known about its answer."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A pattern's tokens, perhaps matched without regard to case."""

    tokens: Tokens
    fold: bool = False

    @property
    def steps(self) -> Iterator[str | Wildcard]:
        """One step a character or wildcard."""
        for token in self.tokens:
            yield from token if isinstance(token, str) else (token,)

    @property
    def head(self) -> str:
        """What every text that it matches begins with, in lower case where case does not count."""
        first = self.tokens[0] if self.tokens and isinstance(self.tokens[0], str) else ""
        return first.lower() if self.fold else first

    def can_meet(self, others: Iterable[Shape]) -> bool:
        """Return whether some text may match it and one of others, as far as their beginnings tell."""
        heads = ((self.head, other.head.lower() if self.fold else other.head) for other in others)
        return any(mine.startswith(other) or other.startswith(mine) for mine, other in heads)


def regions(
    shapes: Sequence[Shape],
    within: Sequence[Shape],
    *,
    alphabet: str = "",
    groups: Sequence[int] = (),
    limit: int = 20_000,
) -> Iterable[tuple[int, str]]:
    """Return each set of shapes that some text matches exactly, with the shortest such text.

    Args:
        shapes: the patterns; bit `i` of a set stands for `shapes[i]`.
        within: patterns of which a text must match at least one.
        groups: sets of shapes of which it only matters whether any matches; sets are then told apart as far as groups
            are. Every shape is a group of its own, unless groups are given.
        alphabet: the characters of which a text may consist; any, unless given.
        limit: how many states of the automata may be looked at.

    Raises:
        BudgetSpent: where the limit is reached.

    >>> from iamlab.policy.pattern import wildcards
    >>> found = regions([Shape(wildcards("a*")), Shape(wildcards("*b"))], [Shape(wildcards("*"))])
    >>> {"".join("ab"[i] for i in (0, 1) if mask >> i & 1): text for mask, text in found}
    {'': '', 'a': 'a', 'b': 'b', 'ab': 'ab'}
    """
    return _regions(tuple(shapes), tuple(within), tuple(groups), alphabet, limit)


@lru_cache(maxsize=8192)
def _regions(
    shapes: Sequence[Shape], within: Sequence[Shape], groups: Sequence[int], alphabet: str, limit: int
) -> tuple[tuple[int, str], ...]:
    return tuple(walk(shapes, within, alphabet=alphabet, groups=groups, limit=limit))


def walk(
    shapes: Sequence[Shape],
    within: Sequence[Shape],
    *,
    alphabet: str = "",
    groups: Sequence[int] = (),
    limit: int = 20_000,
) -> Iterator[tuple[int, str]]:
    """Yield what `regions` returns, shorter texts first, and do no more work than is asked for."""
    net = _Net(shapes, within, groups)
    seen = {net.start: ""}
    queue, found = [net.start], set[int]()
    for state in queue:
        text = seen[state]
        if state & net.inside_ends and (mask := net.matched(state)) not in found:
            found.add(mask)
            yield mask, text
        for character in net.characters(state, alphabet):
            after = net.step(state, character)
            if after & net.inside and after not in seen:
                seen[after] = text + character
                queue.append(after)
        if len(queue) > limit:
            raise BudgetSpent(f"{len(shapes)} patterns cut texts into too many classes")


@dataclass(slots=True)
class _Net:
    """All patterns as one automaton; bit `i` is set while what was read can be the start of a text up to step `i`."""

    shapes: Sequence[Shape]
    within: Sequence[Shape]
    groups: Sequence[int] = ()
    start: int = 0
    inside: int = 0
    inside_ends: int = 0
    _ends: list[int] = field(default_factory=list)
    _literal: dict[str, int] = field(default_factory=dict)
    _expected: dict[int, str] = field(default_factory=dict)
    _wild: dict[Wildcard, int] = field(default_factory=dict)
    _runs: int = 0
    _any: int = 0
    _in_part: int = 0
    _idle: list[tuple[int, int]] = field(default_factory=list)
    """Of each group the bits from which all that follows matches, and the bits of shapes that are in no other group."""
    _with: dict[int, int] = field(default_factory=dict)
    """By such a bit, all bits of its shape."""

    def __post_init__(self) -> None:
        self._wild = wild = dict.fromkeys(Wildcard, 0)
        at, own = 0, dict[int, tuple[int, int]]()
        for i, shape in enumerate((*self.shapes, *self.within)):
            end = self._add(shape, at)
            if i < len(self.shapes):
                self._ends.append(1 << end)
                certain = 1 << end - 1 if shape.tokens and shape.tokens[-1] is Wildcard.RUN else 0
                own[i] = (certain, (2 << end) - (1 << at))
            else:
                self.inside |= (2 << end) - (1 << at)
                self.inside_ends |= 1 << end
            at = end + 1
        self._runs = wild[Wildcard.RUN] | wild[Wildcard.RUN_IN_PART]
        self._any = self._runs | wild[Wildcard.ONE] | wild[Wildcard.ONE_IN_PART]
        self._in_part = wild[Wildcard.RUN_IN_PART] | wild[Wildcard.ONE_IN_PART]
        self.start = self._closure(self.start)
        self._with = {certain: bits for certain, bits in own.values() if certain}
        self._idle = [(certain, bits) for certain, bits in map(partial(self._group, own), self.groups) if certain]

    def _group(self, own: dict[int, tuple[int, int]], group: int) -> tuple[int, int]:
        alone = [
            i for i in own if group >> i & 1 and not any(other >> i & 1 for other in self.groups if other != group)
        ]
        certain = sum(own[i][0] for i in own if group >> i & 1)
        return (certain, sum(own[i][1] for i in alone)) if len(alone) > 1 else (0, 0)

    def _add(self, shape: Shape, at: int) -> int:
        self.start |= 1 << at
        for step in shape.steps:
            bit = 1 << at
            if isinstance(step, Wildcard):
                self._wild[step] |= bit
            else:
                self._expected[bit] = spellings = _spellings(step) if shape.fold else step
                for character in spellings:
                    self._literal[character] = self._literal.get(character, 0) | bit
            at += 1
        return at

    def _closure(self, states: int) -> int:
        """A run may be none at all; two runs never stand side by side (`joined`)."""
        return states | (states & self._runs) << 1

    def step(self, states: int, character: str) -> int:
        """Return the states after one more character."""
        wild, stay = self._wild[Wildcard.ONE], self._wild[Wildcard.RUN]
        if character != ":":
            wild |= self._wild[Wildcard.ONE_IN_PART]
            stay |= self._wild[Wildcard.RUN_IN_PART]
        forward = self._literal.get(character, 0) | wild
        after = self._closure((states & forward) << 1 | states & stay)
        return self._without_idle(after) if self._idle else after

    def _without_idle(self, states: int) -> int:
        """Forget the other shapes of a group of which one matches whatever follows."""
        for certain, own in self._idle:
            if hit := states & certain:
                states &= ~(own & ~self._with[hit & -hit])
        return states

    def characters(self, states: int, alphabet: str) -> Iterator[str]:
        """Yield the characters after which the states differ, one for all those that no pattern expects here."""
        expected, rest = dict[str, None](), states
        while rest:
            bit = rest & -rest
            rest ^= bit
            for character in self._expected.get(bit, ""):
                expected[character] = None
        if states & self._any and (other := _other(expected, alphabet)):
            yield other
        if states & self._in_part:
            expected.setdefault(":")
        yield from (character for character in expected if not alphabet or character in alphabet)

    def matched(self, states: int) -> int:
        """Return the set of patterns that match what was read."""
        return sum(1 << i for i, end in enumerate(self._ends) if states & end)


def _spellings(character: str) -> str:
    low = character.lower()
    if low in SAME_BELOW:
        return SAME_BELOW[low]
    upper = low.upper()
    return low + upper if upper != low and upper.lower() == low else low


def _other(taken: Container[str], alphabet: str) -> str | None:
    """Return a character, never the colon, that is not taken; None where an alphabet has no more."""
    for character in alphabet or PLAIN:
        if character not in taken and character != ":":
            return character
    return None if alphabet else next(chr(i) for i in range(0x100, 0x110000) if chr(i) not in taken)
