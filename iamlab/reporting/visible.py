"""Texts of unknown origin, made visible: what has no shape on screen is written out."""

from __future__ import annotations

from iamlab.reporting.words import code

__all__ = ["named", "visible"]


def visible(text: object, most: int = 300) -> str:
    r"""Return a text in which every character can be seen, on one line.

    Zero-width characters, those that turn the direction of writing, and control characters are written as escapes.

    >>> visible("ma\u200bya\u202e")
    'ma\\u200bya\\u202e'
    """
    whole = str(text)
    shown = "".join(c if c.isprintable() else _escape(c) for c in whole[:most])
    return f"{shown}…" if len(whole) > most else shown


def _escape(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


def named(name: str) -> str:
    """Return a file's or exercise's name, for a sentence.

    >>> named("week 1.ipynb")
    '`week 1.ipynb`'
    """
    return code(visible(name))
