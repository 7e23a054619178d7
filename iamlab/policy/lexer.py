"""JSON text cut into tokens, each with its place; what is no JSON becomes a token of its own kind, with a cure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from iamlab.policy.source import Span

__all__ = ["LIKENESSES", "Likeness", "Token", "matches"]

WORD = re.compile(
    r"""[ \t\r\n\ufeff]*+(?:
      (?P<string>"[^"\\\r\n]*(?:\\.[^"\\\r\n]*)*")
    | (?P<mark>[{}\[\],:])
    | (?P<number>-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?(?![\w.+-]))
    | (?P<literal>(?:true|false|null)(?![\w]))
    | (?P<comment>//[^\n]*|\#[^\n]*|/\*.*?(?:\*/|\Z))
    | (?P<smart>[“”„‟«»][^“”„‟«»"\n]*[“”„‟«»"])
    | (?P<single>'[^'\n]*')
    | (?P<open>"[^"\r\n]*)
    | (?P<word>[^\W\d](?:[\w*.-]|:(?=[\w*]))*)
    | (?P<end>\Z)
    | (?P<stray>.)
    )""",
    re.VERBOSE | re.DOTALL,
)


class Token(NamedTuple):
    """A piece of the text: its kind is a group of `WORD`, or the mark itself."""

    kind: str
    text: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Likeness:
    """Something people write where JSON wants a string or nothing: how it is called, and what is right."""

    code: str
    message: str
    help: str
    title: str


LIKENESSES = {
    "comment": Likeness(
        "comment",
        "JSON has no comments.",
        "Remove it; a statement's `Sid` may say what it is for.",
        "Remove the comment",
    ),
    "smart": Likeness(
        "smart-quotes",
        "These quotation marks are typographic ones.",
        'JSON strings stand between straight ones: `"`.',
        "Use straight quotes",
    ),
    "single": Likeness(
        "single-quotes",
        "This string stands between single quotes.",
        'JSON strings stand between double ones: `"`.',
        "Use double quotes",
    ),
}


def matches(text: str, start: int = 0) -> Iterator[re.Match[str]]:
    """Yield the tokens of a text from an offset on, as matches of `WORD`; the last one is an empty `end`.

    White space is passed over once: every match takes in what stands before it.
    """
    return WORD.finditer(text, start)
