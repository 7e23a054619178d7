"""Edits of a policy's text that leave a readable document."""

from __future__ import annotations

import json
from collections.abc import Sequence

from iamlab.policy import Fix, Span

__all__ = ["removal", "rewriting", "rewriting_as_several"]

SPACE = " \t\r\n"


def removal(text: str, item: Span, title: str, *, changes_access: bool = False) -> Fix | None:
    """Return the fix that removes an entry of a list or an object together with its comma.

    Args:
        text: the policy's text.
        item: the entry's place; a member of an object from its key to its value.
        title: what the fix does.
        changes_access: whether the policy then allows other requests.

    None where it is the only entry: an empty list would mean something else.

    >>> fix = removal('["a", "b"]', Span(6, 9), "Remove `b`")
    >>> '["a", "b"]'[: fix.span.start] + fix.text + '["a", "b"]'[fix.span.end :]
    '["a"]'
    """
    after = _forward(text, item.end)
    if text[after : after + 1] == ",":
        return Fix(title, Span(item.start, _forward(text, after + 1)), "", changes_access)
    before = _backward(text, item.start)
    if text[before - 1 : before] == ",":
        return Fix(title, Span(before - 1, item.end), "", changes_access)
    return None


def rewriting(span: Span, text: str, *, changes_access: bool = False) -> Fix:
    """Return the fix that writes another string in a string's place."""
    return Fix(f"Write `{text}`", span, json.dumps(text, ensure_ascii=False), changes_access)


def rewriting_as_several(span: Span, texts: Sequence[str], *, alone: bool, changes_access: bool = False) -> Fix:
    """Return the fix that writes strings in a string's place: as a list where it stands alone, else into its list."""
    written = ", ".join(json.dumps(text, ensure_ascii=False) for text in texts)
    title = "Write " + ", ".join(f"`{text}`" for text in texts)
    return Fix(title, span, f"[{written}]" if alone and len(texts) > 1 else written, changes_access)


def _forward(text: str, at: int) -> int:
    while text[at : at + 1] and text[at] in SPACE:
        at += 1
    return at


def _backward(text: str, at: int) -> int:
    while at and text[at - 1] in SPACE:
        at -= 1
    return at
