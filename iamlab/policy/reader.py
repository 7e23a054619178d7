"""From JSON text to nodes with places, going on after what can be mended.

Size and nesting are bounded before anything is read, so that a hostile text ends in a `Problem`, never in a crash.
JSON is RFC 8259; that a key may stand once only is rule G8 (IAM JSON policy grammar).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from iamlab.policy.lexer import LIKENESSES, Token, matches
from iamlab.policy.nodes import Array, Literal, Member, Node, Number, Object, String
from iamlab.policy.problem import Fix, Problem
from iamlab.policy.source import Span

__all__ = ["MAX_CHARACTERS", "MAX_DEPTH", "read_json"]

MAX_CHARACTERS = 262_144
"""The longest text that is read. AWS's own longest policy takes 194,000 characters with its white space."""
MAX_DEPTH = 32
"""The deepest nesting that is read; a policy needs seven levels."""
MAX_PROBLEMS = 20
MAX_LACKS = 2

CLOSING = {"{": "}", "[": "]"}
WORDS = {"True": "true", "False": "false", "None": "null", "TRUE": "true", "FALSE": "false", "NULL": "null"}
LITERALS: dict[str, bool | None] = {"true": True, "false": False, "null": None}
UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
STARTS = frozenset({"{", "[", "string", "number", "literal", "word", "open"})
ENTRIES = STARTS | {"smart", "single"}
CLOSERS = frozenset(CLOSING.values())


class _Stop(Exception):
    """Reading cannot go on; what is wrong has been noted."""


def read_json(text: str) -> tuple[Node | None, tuple[Problem, ...]]:
    """Read a JSON text.

    Returns the node, or None where reading had to stop, and every problem that was found. A node that comes with
    problems is what the text most likely means.
    """
    reader = _Reader(text)
    try:
        return reader.document(), tuple(reader.problems)
    except _Stop:
        return None, tuple(reader.problems)


class _Reader:
    def __init__(self, text: str) -> None:
        self.text, self.problems = text, list[Problem]()
        self._matches = matches(text)
        self._end = 0
        self.kind, self.start, self.end = "", 0, 0

    def _check_text(self) -> None:
        if len(self.text) > MAX_CHARACTERS:
            self.stop(
                "document-too-large",
                Span(0, 0),
                f"This document has {len(self.text):,} characters.",
                f"At most {MAX_CHARACTERS:,} are read; AWS's largest limit for a policy is 32 KB.",
            )
        if bad := UNREADABLE.search(self.text):
            name = f"U+{ord(bad.group()):04X}"
            self.stop(
                "control-character",
                Span(*bad.span()),
                f"The character {name} cannot stand in JSON.",
                "Remove it.",
            )

    # Tokens

    @property
    def token(self) -> Token:
        """The current token."""
        return Token(self.kind, self.text[self.start : self.end], self.start, self.end)

    def advance(self) -> None:
        """Step to the next token, over comments."""
        self._end = self.end
        while True:
            match = next(self._matches)
            kind = match.lastgroup or "stray"
            self.start, self.end = match.span(kind)
            self.kind = self.text[self.start] if kind == "mark" else kind
            if kind != "comment":
                return
            self.liken(self.token, "")

    def take(self) -> Token:
        """Return the current token, and step to the next."""
        token = self.token
        self.advance()
        return token

    def note(self, code: str, span: Span, message: str, help: str = "", fix: Fix | None = None) -> None:
        """Keep a problem."""
        self.problems.append(Problem(code, span, message, help, fix=fix))
        if len(self.problems) >= MAX_PROBLEMS or self._is_tangle():
            raise _Stop

    def _is_tangle(self) -> bool:
        """Whether one line lacks so much that what comes next would be guesswork."""
        begin = self.text.rfind("\n", 0, self.problems[-1].span.start) + 1
        lacks = [p for p in self.problems if p.span.start >= begin and p.code.startswith("missing-")]
        return len(lacks) > MAX_LACKS

    def stop(self, code: str, span: Span, message: str, help: str = "", fix: Fix | None = None) -> None:
        """Keep a problem after which reading cannot go on."""
        self.note(code, span, message, help, fix)
        raise _Stop

    def liken(self, token: Token, text: str) -> None:
        """Note something that is only like JSON, with the edit that makes it JSON."""
        likeness = LIKENESSES[token.kind]
        fix = Fix(likeness.title, token.span, text)
        self.note(likeness.code, token.span, likeness.message, likeness.help, fix)

    # Values

    def document(self) -> Node:
        """Read the one value that the text holds."""
        self._check_text()
        self.advance()
        if self.kind == "end":
            self.stop("empty-document", Span(0, len(self.text)), "There is no policy here yet.", "Begin with `{`.")
        node = self.value(0)
        if self.kind != "end":
            self.note(
                "text-after-end",
                Span(self.start, len(self.text.rstrip())),
                "The document ends before this.",
                "Remove what follows, or the bracket that closes too early.",
            )
        return node

    def value(self, depth: int) -> Node:
        """Read a value."""
        if depth > MAX_DEPTH:
            help = f"At most {MAX_DEPTH} levels are read; a policy needs seven."
            self.stop(
                "nesting-too-deep",
                self.token.span,
                f"Brackets are nested more than {MAX_DEPTH} deep here.",
                help,
            )
        read: Callable[[int], Node] = READERS.get(self.kind, _Reader.no_value).__get__(self)
        return read(depth)

    def no_value(self, depth: int) -> Node:
        """Note that a value is missing, and stop."""
        token = self.token
        if token.kind == "end":
            self.unclosed(Span(max(self._end - 1, 0), self._end), "A value is missing at the end.", "")
        shown = token.text[:20]
        self.stop(
            "unexpected-text",
            token.span,
            f"A value should stand here, not `{shown}`.",
            'Values stand in `"…"`, `{…}` or `[…]`.',
        )
        raise _Stop

    def unclosed(self, span: Span, message: str, closing: str) -> None:
        """Note what the end of the text cut off, and stop."""
        fix = Fix(f"Add the `{closing}`", Span(len(self.text), len(self.text)), closing) if closing else None
        self.stop("unclosed", span, message, f"Put `{closing}` where it ends." if closing else "", fix)

    def string(self, depth: int = 0) -> String:
        """Read a string in double quotes."""
        start, end = self.start, self.end
        value = self.text[start + 1 : end - 1]
        self.advance()
        return self.odd_string(start, end) if "\\" in value or "\t" in value else String(value, Span(start, end))

    def odd_string(self, start: int, end: int) -> String:
        """Read a string that has escapes, or a tab, which should be one."""
        token = Token("string", self.text[start:end], start, end)
        if "\t" in token.text:
            self.note("control-character", token.span, "A tab stands in this string.", r"Write `\t`, or a space.")
        try:
            value = json.loads(token.text, strict=False)
        except json.JSONDecodeError as error:
            at = Span(token.start + error.pos, token.start + error.pos + 1)
            self.note(
                "invalid-escape",
                at,
                "This backslash begins no escape that JSON knows.",
                r"A backslash itself is written `\\`.",
            )
            return String(token.text[1:-1], token.span)
        if UNREADABLE.search(value):
            self.note(
                "control-character",
                token.span,
                "An escape here stands for half a character or a control character.",
                "Remove it.",
            )
        return String(value, token.span)

    def like_string(self, depth: int = 0) -> String:
        """Read a string in quotes of another kind."""
        token = self.take()
        value = token.text[1:-1]
        self.liken(token, json.dumps(value, ensure_ascii=False))
        return String(value, token.span)

    def open_string(self, depth: int = 0) -> String:
        """Read a string whose closing quote is missing, up to the end of its line."""
        token = self.take()
        body = token.text.rstrip(" \t\r,]}")
        end = token.start + len(body)
        fix = Fix("Add the quote", Span(end, end), '"')
        self.note(
            "unclosed-string",
            Span(token.start, end),
            "This string is not closed.",
            'Put `"` where it ends.',
            fix,
        )
        self._resume(end)
        return String(body[1:], Span(token.start, end))

    def _resume(self, offset: int) -> None:
        self._matches, self.end = matches(self.text, offset), offset
        self.advance()

    def number(self, depth: int) -> Number:
        """Read a number, as it is written."""
        token = self.take()
        return Number(token.text, token.span)

    def literal(self, depth: int) -> Literal:
        """Read `true`, `false` or `null`."""
        token = self.take()
        return Literal(LITERALS[token.text], token.span)

    def word(self, depth: int = 0) -> Node:
        """Read a bare word: another language's literal, or a string without its quotes."""
        token = self.take()
        if right := WORDS.get(token.text):
            fix = Fix(f"Write `{right}`", token.span, right)
            self.note("unknown-literal", token.span, f"JSON writes `{right}`, not `{token.text}`.", "", fix)
            return Literal(LITERALS[right], token.span)
        fix = Fix("Add the quotes", token.span, f'"{token.text}"')
        self.note(
            "missing-quotes",
            token.span,
            f"`{token.text}` has no quotation marks.",
            f'Write `"{token.text}"`.',
            fix,
        )
        return String(token.text, token.span)

    # Lists and objects

    def array(self, depth: int) -> Array:
        """Read a list."""
        opening = self.take()
        items = list[Node]()
        while self.goes_on(opening, bool(items)):
            items.append(self.value(depth + 1))
        return Array(tuple(items), Span(opening.start, self._end))

    def object(self, depth: int) -> Object:
        """Read an object."""
        opening = self.take()
        members = list[Member]()
        seen = dict[str, Member]()
        while self.goes_on(opening, bool(members), members[-1].key.value if members else ""):
            member = self.member(depth)
            if member.key.value in seen:
                self.repeated(member.key, seen[member.key.value].key)
            seen.setdefault(member.key.value, member)
            members.append(member)
        return Object(tuple(members), Span(opening.start, self._end))

    def member(self, depth: int) -> Member:
        """Read `"key": value`."""
        if self.kind not in KEYS:
            shown = self.token.text[:20]
            self.stop(
                "unexpected-text",
                self.token.span,
                f"A key should stand here, not `{shown}`.",
                'Keys stand in double quotes: `"Effect"`.',
            )
        node = KEYS[self.kind](self, depth)
        key = node if isinstance(node, String) else String(self.text[node.span.start : node.span.end], node.span)
        if self.kind == ":":
            self.advance()
        else:
            self.no_colon(key)
        return Member(key, self.value(depth + 1))

    def no_colon(self, key: String) -> None:
        """Note a missing colon, and go on where a value follows."""
        fix = Fix("Add the colon", Span(self._end, self._end), ":")
        message = f'After the key `"{key.value}"` a colon is missing.'
        if self.kind in STARTS:
            self.note("missing-colon", self.token.span, message, f'Put `:` after `"{key.value}"`.', fix)
        else:
            self.stop(
                "missing-colon",
                key.span,
                message,
                f'A key is followed by `:` and its value: `"{key.value}": …`.',
            )

    def repeated(self, key: String, first: String) -> None:
        """Note a key that the object has already."""
        line = self.text.count("\n", 0, first.span.start) + 1
        self.note(
            "duplicate-key",
            key.span,
            f"The key `{key.value}` stands here a second time.",
            f"It is already at line {line}; put both values into one list, or remove one of the two.",
        )

    def goes_on(self, opening: Token, begun: bool, last: str = "") -> bool:
        """Step over a comma, or over the closing bracket, and say whether another entry follows."""
        closing = CLOSING[opening.kind]
        if begun and self.kind == ",":
            comma = self.start
            self.advance()
            if self.kind in CLOSERS:
                fix = Fix("Remove the comma", Span(comma, comma + 1), "")
                self.note(
                    "trailing-comma",
                    Span(comma, comma + 1),
                    "Nothing follows this comma.",
                    f"Remove it: `{closing}` closes here.",
                    fix,
                )
        elif begun and self.kind in ENTRIES:
            self.no_comma(last)
        if self.kind == closing:
            self.advance()
            return False
        if self.kind in CLOSERS:
            self.mismatched(opening)
        if self.kind == "end":
            self.unclosed(opening.span, f"The `{opening.text}` here is never closed.", closing)
        if begun and self.kind == ":":
            self.stop(
                "unexpected-text",
                self.token.span,
                "A colon cannot stand here.",
                "Between two entries stands a comma.",
            )
        return True

    def no_comma(self, last: str) -> None:
        """Note a missing comma before the current token."""
        line = self.text.count("\n", 0, self._end) + 1
        here = self.token.text if len(self.token.text) < 40 else self.token.text[:39] + "…"
        between = f'between `"{last}"` and `{here}`' if last else f"before `{here}`"
        fix = Fix("Add the comma", Span(self._end, self._end), ",")
        same = "\n" not in self.text[self._end : self.start]
        help = f"Put `,` before `{here}`." if same else f"Put `,` at the end of line {line}."
        self.note("missing-comma", self.token.span, f"A comma is missing {between}.", help, fix)

    def mismatched(self, opening: Token) -> None:
        """Note a bracket that closes what another kind opened, and stop."""
        closing, line = CLOSING[opening.kind], self.text.count("\n", 0, opening.start) + 1
        fix = Fix(f"Write `{closing}`", self.token.span, closing)
        message = f"`{self.token.text}` closes the `{opening.text}` of line {line}."
        self.stop(
            "mismatched-bracket",
            self.token.span,
            message,
            f"Write `{closing}` here, or close the inner bracket first.",
            fix,
        )


READERS: dict[str, Callable[[_Reader, int], Node]] = {
    "{": _Reader.object,
    "[": _Reader.array,
    "string": _Reader.string,
    "number": _Reader.number,
    "literal": _Reader.literal,
    "smart": _Reader.like_string,
    "single": _Reader.like_string,
    "open": _Reader.open_string,
    "word": _Reader.word,
}
KEYS = {kind: READERS[kind] for kind in ("string", "smart", "single", "open", "word")}
