"""Reading answers that are JSON."""

from __future__ import annotations

import json
from typing import Any

__all__ = ["read_answer"]

FORMS: dict[type, str] = {dict: "an object, `{…}`", list: "a list, `[…]`"}


def read_answer(text: str, form: type) -> tuple[Any, str]:
    """Return an answer's content, and a sentence where it is none of the form asked for.

    >>> read_answer('["a"]', list)
    (['a'], '')
    >>> read_answer("[", list)[1]
    'The answer is no JSON: it ends too early or holds a character that does not belong.'
    """
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        return form(), "The answer is no JSON: it ends too early or holds a character that does not belong."
    if not isinstance(content, form):
        return form(), f"The answer should be {FORMS[form]}."
    return content, ""
