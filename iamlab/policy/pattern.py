"""Wildcard patterns as automata.

A pattern is a tuple of tokens: literal characters and four wildcards. It matches in time linear in the text, whatever
the pattern, because nothing is tried twice: either the pattern's plain pieces are found one after the other, or all
states of a nondeterministic automaton advance together, one bit each.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from functools import lru_cache
from typing import Any, TypeVar

__all__ = ["Pattern", "Tokens", "Wildcard", "joined", "pieces", "wildcards"]


class Wildcard(Enum):
    """A token that stands for characters it does not name (rule M3; for the two within a part: M11, M12)."""

    RUN = "any run of characters, also none"
    ONE = "exactly one character"
    RUN_IN_PART = "any run of characters without a colon"
    ONE_IN_PART = "one character, no colon"

    __hash__ = object.__hash__  # each is one object; patterns are hashed by the million, and an Enum's own hash is slow


RUNS = (Wildcard.RUN, Wildcard.RUN_IN_PART)
Tokens = tuple[str | Wildcard, ...]
CUT = re.compile("([*?])")
SIGNS = {"*": Wildcard.RUN, "?": Wildcard.ONE}


def wildcards(text: str) -> Tokens:
    """Return the tokens of a text in which `*` and `?` are wildcards anywhere.

    >>> wildcards("Get*")
    ('Get', <Wildcard.RUN: 'any run of characters, also none'>)
    """
    return joined(pieces(text))


def pieces(text: str) -> Iterator[str | Wildcard]:
    """Yield a text cut at its wildcards.

    >>> list(pieces("a*"))
    ['a', <Wildcard.RUN: 'any run of characters, also none'>, '']
    """
    return (SIGNS.get(piece, piece) for piece in CUT.split(text))


Token = TypeVar("Token")


def joined(tokens: Iterable[Token]) -> tuple[Token, ...]:
    """Return tokens in their shortest form: literals run together, one run where two would stand side by side."""
    result: list[Any] = []
    for token in tokens:
        last = result[-1] if result else None
        if token.__class__ is str and last.__class__ is str:
            result[-1] = f"{last}{token}"
        elif token in RUNS and last in RUNS:
            result[-1] = token if token is last else Wildcard.RUN
        elif token != "":
            result.append(token)
    return tuple(result)


class Pattern:
    """A compiled pattern; `matches` says whether a whole text fits it.

    >>> Pattern.of(wildcards("s3:Get*")).matches("s3:GetObject")
    True
    """

    __slots__ = ("matches", "tokens")

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.matches: Callable[[str], bool] = _matcher(tokens)

    @staticmethod
    @lru_cache(maxsize=8192)
    def of(tokens: Tokens) -> Pattern:
        """Return the pattern of these tokens; a recent one is reused."""
        return Pattern(tokens)

    @property
    def is_everything(self) -> bool:
        """Whether every text matches."""
        return self.tokens == (Wildcard.RUN,)

    @property
    def is_literal(self) -> bool:
        """Whether only one text matches."""
        return all(isinstance(token, str) for token in self.tokens)

    def __repr__(self) -> str:
        return f"Pattern({self.tokens!r})"


def _matcher(tokens: Tokens) -> Callable[[str], bool]:
    if all(isinstance(token, str) for token in tokens):
        return "".join(map(str, tokens)).__eq__
    if all(isinstance(token, str) or token is Wildcard.RUN for token in tokens):
        return _pieces(tokens)
    return _automaton(tokens)


def _pieces(tokens: Tokens) -> Callable[[str], bool]:
    """Match by finding each literal piece once, leftmost: enough when only `*` stands between them."""
    first, last = tokens[0], tokens[-1]
    head = first if isinstance(first, str) else ""
    tail = last if isinstance(last, str) else ""
    middle = [token for token in tokens[1 if head else 0 : -1 if tail else None] if isinstance(token, str)]
    if not middle and not tail:
        return lambda text: text.startswith(head)
    shortest = len(head) + len(tail)

    def matches(text: str) -> bool:
        end = len(text) - len(tail)
        if len(text) < shortest or not text.startswith(head) or not text.endswith(tail):
            return False
        at = len(head)
        for piece in middle:
            found = text.find(piece, at, end)
            if found < 0:
                return False
            at = found + len(piece)
        return True

    return matches


def _automaton(tokens: Tokens) -> Callable[[str], bool]:
    """Match by advancing every state at once: bit `i` is set while the first `i` tokens can match what was read."""
    steps = [piece for token in tokens for piece in (token if isinstance(token, str) else (token,))]
    literal, one, one_in_part, run, run_in_part = dict[str, int](), 0, 0, 0, 0
    for i, step in enumerate(steps):
        bit = 1 << i
        if isinstance(step, str):
            literal[step] = literal.get(step, 0) | bit
        one |= bit if step is Wildcard.ONE else 0
        one_in_part |= bit if step is Wildcard.ONE_IN_PART else 0
        run |= bit if step is Wildcard.RUN else 0
        run_in_part |= bit if step is Wildcard.RUN_IN_PART else 0
    runs, accepting = run | run_in_part, 1 << len(steps)

    def matches(text: str) -> bool:
        states = 1 | (runs & 1) << 1
        for character in text:
            within = character != ":"
            forward = literal.get(character, 0) | one | (one_in_part if within else 0)
            staying = states & (run | (run_in_part if within else 0))
            states = (states & forward) << 1 | staying
            if not states:
                return False
            states |= (states & runs) << 1
        return bool(states & accepting)

    return matches
