"""Where a cursor stands in a policy that is still being typed.

A text under somebody's hands is seldom whole JSON: quotes, commas and brackets are missing. This
reader never refuses. It walks the tokens once, mends what is missing as it goes, and tells which
keys lead to the cursor and what stands around it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

LONGEST = 200_000
"""Longer texts get no completion; the largest policy that AWS takes has about 20,000 characters."""

BRACKETS = frozenset("{}[]:,")
_TOKEN = re.compile(r'"(?:[^"\\\n]|\\.)*"?|[{}\[\]:,]|[^\s{}\[\]:,"]+')
_NAME = re.compile(r"[\w:*?/.${}@+=#-]*")


@dataclass(frozen=True, slots=True)
class Place:
    """What is being typed, and where.

    `path` holds the keys that lead there, lists left out. `start` and `end` bound what an option would
    replace, `typed` is the part of it before the cursor, `quoted` says whether it is inside quotes.
    `objects` are the objects around it, the innermost last: for each key the plain values beneath it,
    whatever is being typed left out.
    """

    path: tuple[str, ...]
    is_key: bool
    start: int
    end: int
    typed: str
    quoted: bool
    objects: tuple[dict[str, list[str]], ...]


def place_at(text: str, offset: int) -> Place | None:
    """Find what stands at an offset (in code points); None where nothing is typed or the text is too long.

    >>> place_at('{"Statement": {"Action": ["s3:Ge', 32).path
    ('Statement', 'Action')
    """
    if len(text) > LONGEST or not 0 <= offset <= len(text):
        return None
    return _Walk(text, offset).place()


@dataclass(slots=True)
class _Frame:
    """An open bracket. An object wants key, colon, value and comma in turn; a list values and commas."""

    opening: str
    wants: str
    key: str = ""
    members: dict[str, list[str]] = field(default_factory=dict)


class _Walk:
    def __init__(self, text: str, offset: int) -> None:
        self.text, self.offset = text, offset
        self.frames: list[_Frame] = []
        self.found: Place | None = None
        self.passed = False

    def place(self) -> Place | None:
        tokens = list(_TOKEN.finditer(self.text))
        for number, token in enumerate(tokens):
            if not self.passed and self.offset <= token.start():
                self._at_gap(before_word=self.offset == token.start() and token[0] not in BRACKETS)
            following = tokens[number + 1][0] if number + 1 < len(tokens) else ""
            self._take(token, following)
        if not self.passed:
            self._at_gap()
        return self.found

    def _take(self, token: re.Match[str], following: str) -> None:
        word = token[0]
        if word in {"{", "["}:
            self._note_key()
            self.frames.append(_Frame(word, "key" if word == "{" else "value"))
        elif word in {"}", "]"}:
            self._close(word)
        elif word == ",":
            self._next()
        elif word == ":":
            self._set(wants="value")
        else:
            self._take_word(token, following)

    def _take_word(self, token: re.Match[str], following: str) -> None:
        """A string or a bare word. A colon after it makes it a key, even in a list that was never closed."""
        if following == ":":
            self._leave_list()
            self._set(wants="key")
        frame = self.frames[-1] if self.frames else _Frame("", "")
        is_key = frame.opening == "{" and frame.wants in {"key", "comma"}
        here = self._covers(token)
        if here:
            self._note(is_key, *self._bounds(token), quoted=token[0][0] == '"')
        if is_key:
            frame.key, frame.wants = _plain(token[0]), "colon"
            if not here:
                frame.members.setdefault(frame.key, [])
        else:
            self._add_value(token[0], here)
            self._set(wants="comma")

    def _covers(self, token: re.Match[str]) -> bool:
        if self.passed:
            return False
        closed = len(token[0]) > 1 and token[0][0] == token[0][-1] == '"'
        return token.start() < self.offset <= token.end() - closed

    def _bounds(self, token: re.Match[str]) -> tuple[int, int]:
        """What an option replaces: up to the closing quote, or less where the text between is no name."""
        start = token.start() + (token[0][0] == '"')
        run = _NAME.match(self.text, self.offset, token.end())
        return start, run.end() if run else self.offset

    def _at_gap(self, before_word: bool = False) -> None:
        """The cursor is between tokens; there something is typed only where a key or a value is due and missing."""
        self.passed = True
        if not before_word and self.frames and self.frames[-1].wants in {"key", "value"}:
            self._note(self.frames[-1].wants == "key", self.offset, self.offset, quoted=False)

    def _note(self, is_key: bool, start: int, end: int, *, quoted: bool) -> None:
        self.passed = True
        objects = [frame for frame in self.frames if frame.opening == "{"]
        keys = [frame.key for frame in objects]
        path = tuple(keys[:-1] if is_key else keys)
        typed = self.text[start : self.offset]
        self.found = Place(path, is_key, start, end, typed, quoted, tuple(frame.members for frame in objects))

    def _note_key(self) -> None:
        """A value that is an object or a list: its key is present, even when nothing plain lies beneath."""
        self._set(wants="comma")

    def _next(self) -> None:
        if self.frames:
            self.frames[-1].wants = "key" if self.frames[-1].opening == "{" else "value"

    def _set(self, wants: str) -> None:
        if self.frames:
            self.frames[-1].wants = wants

    def _add_value(self, word: str, here: bool) -> None:
        holder = next((frame for frame in reversed(self.frames) if frame.opening == "{"), None)
        if holder is not None and not here:
            holder.members.setdefault(holder.key, []).append(_plain(word))

    def _leave_list(self) -> None:
        while len(self.frames) > 1 and self.frames[-1].opening == "[":
            self.frames.pop()

    def _close(self, word: str) -> None:
        """Close the nearest bracket of that kind, and with it whatever was left open inside."""
        opening = "{" if word == "}" else "["
        if any(frame.opening == opening for frame in self.frames):
            while self.frames.pop().opening != opening:
                pass


def _plain(word: str) -> str:
    return word.strip('"')
