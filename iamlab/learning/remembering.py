"""Policy exercises that remember what they have found, for grading many answers to the same exercise.

Two policies of the same statements compare alike with anything. Two texts that differ in nothing but the space between
their tokens get the same result, but for the places that it names. So each such result is found once, on the text with
every token on a line of its own, and its places are then told as they are in each text.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TypeVar

from iamlab.comparison import Comparison
from iamlab.learning.exercise import Exercise
from iamlab.learning.kinds import Kind
from iamlab.learning.kinds.policy import PolicyExercise
from iamlab.learning.result import INVALID, Feedback, Result
from iamlab.learning.verify import make_kind
from iamlab.policy import Policy

__all__ = ["RememberingPolicy", "remembering"]

MOST = 400
"""How many results and comparisons an exercise remembers at most; the oldest goes first."""
LONGEST = 5_000
"""How long an answer may be, as it is and laid out: so short that its length decides nothing. An RCP may have 5,120."""
TOKEN = re.compile(r'[ \t\r\n]*("(?:[^"\\\x00-\x1f]|\\.)*"|-?\d[\d.eE+-]*|true|false|null|[][{}:,])')
ABOVE = 1_000
"""How many empty lines stand above the tokens, so that no line's number is one that means something else."""
LINE = re.compile(r"\b([Ll]ines? )(\d{4,})(?: to (\d{4,}))?(?:(, column )(\d+))?")
PLACE = re.compile(r"\d{4,}")


def remembering(exercise: Exercise) -> Kind:
    """Return an exercise as its kind reads it, one that remembers where that spares work.

    Raises:
        ExerciseError: where the file lacks what the kind needs.
    """
    return RememberingPolicy(exercise) if exercise.kind == PolicyExercise.name else make_kind(exercise)


class RememberingPolicy(PolicyExercise):
    """A policy exercise that does the same work once. What it says of an answer is what the exercise says."""

    def __init__(self, exercise: Exercise) -> None:
        self._compared: dict[Hashable, Comparison] = {}
        self._results: dict[tuple[str, ...], Result | None] = {}
        self._texts: dict[str, Result] = {}
        super().__init__(exercise)

    def against(self, policy: Policy, bound: Policy) -> Comparison:
        """Compare a policy with another in its place."""
        key = (policy.version, policy.statements, bound.version, bound.statements)
        found = self._compared.get(key)
        if found is None:
            found = _kept(self._compared, key, super().against(policy, bound))
        return found

    def check(self, answer: str) -> Result:
        """Check an answer, whatever it is."""
        found = self._texts.get(answer)
        if found is None:
            found = _kept(self._texts, answer, self._checked(answer))
        return found

    def _checked(self, answer: str) -> Result:
        tokens = tokens_of(answer) if len(answer) <= LONGEST else None
        key = tuple(token for token, _ in tokens or ())
        if tokens is None or ABOVE + len("\n".join(key)) > LONGEST:
            return super().check(answer)
        if key not in self._results:
            _kept(self._results, key, self._laid_out(key))
        found = self._results[key]
        return super().check(answer) if found is None else _placed(found, [at for _, at in tokens], answer)

    def _laid_out(self, tokens: Sequence[str]) -> Result | None:
        """Check an answer with every token on a line of its own; None where what it says depends on more."""
        result = super().check("\n" * ABOVE + "\n".join(tokens))
        told = "".join(LINE.sub("", _without_code(one.text)) for one in result.feedback)
        return None if result.status == INVALID or PLACE.search(told) else result


K = TypeVar("K")
V = TypeVar("V")


def _kept(memory: dict[K, V], key: K, value: V) -> V:
    if len(memory) >= MOST:
        with suppress(KeyError, RuntimeError):  # a cluster's worker may do this in several threads
            del memory[next(iter(memory))]
    memory[key] = value
    return value


def tokens_of(text: str) -> list[tuple[str, int]] | None:
    """Return a JSON text's tokens, each with where it begins; None for any other text.

    >>> tokens_of('{"a": [1]}')
    [('{', 0), ('"a"', 1), (':', 4), ('[', 6), ('1', 7), (']', 8), ('}', 9)]
    """
    found, at, end = list[tuple[str, int]](), 0, len(text.rstrip(" \t\r\n"))
    while at < end:
        match = TOKEN.match(text, at)
        if match is None:
            return None
        found.append((match[1], match.start(1)))
        at = match.end()
    return found


def _without_code(text: str) -> str:
    return "".join(text.split("`")[::2])


def _placed(result: Result, starts: Sequence[int], answer: str) -> Result:
    """Return a result with the places that it names in a text whose tokens begin there."""
    placed = tuple(_feedback(one, starts, answer) for one in result.feedback)
    return replace(result, feedback=placed)


def _feedback(one: Feedback, starts: Sequence[int], answer: str) -> Feedback:
    parts = one.text.split("`")
    parts[::2] = [LINE.sub(lambda match: _line(match, starts, answer), part) for part in parts[::2]]
    place = one.place
    if place is not None:
        line, column = _position(place["line"], place["column"], starts, answer)
        place = {**place, "line": line, "column": column}
    return replace(one, text="`".join(parts), place=place)


def _line(match: re.Match[str], starts: Sequence[int], answer: str) -> str:
    line, column = _position(int(match[2]), int(match[5] or 1), starts, answer)
    end = _position(int(match[3]), 1, starts, answer)[0] if match[3] else line
    word = match[1]
    if match[3] and end == line:
        word = f"{word[:4]} "
    told = f"{word}{line}" if end == line else f"{word}{line} to {end}"
    return f"{told}{match[4]}{column}" if match[4] else told


def _position(line: int, column: int, starts: Sequence[int], answer: str) -> tuple[int, int]:
    """Return line and column in the answer of what stands there in the text with a token a line."""
    at = starts[line - ABOVE - 1] + column - 1
    before = answer[:at]
    return before.count("\n") + 1, at - before.rfind("\n")
