"""Reading answers that are JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

__all__ = ["filled_in", "read_answer", "rows"]

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


def filled_in(said: Any) -> Any:
    """Return an answer without what is left empty: texts, and objects and lists of nothing else.

    >>> filled_in({"a": {"decision": "allowed", "step": ""}, "b": {"decision": "", "step": " "}})
    {'a': {'decision': 'allowed'}}
    """
    if isinstance(said, dict):
        found = {key: _inner(value) for key, value in said.items()}
        return {key: value for key, value in found.items() if not _is_empty(value)}
    return [one for one in said if not _is_empty(one)]


def _inner(value: Any) -> Any:
    """An object within an answer, without what is left empty."""
    if not isinstance(value, dict):
        return value
    return {key: one for key, one in value.items() if not _is_empty(one)}


def _is_empty(value: Any) -> bool:
    return value in ({}, []) or (isinstance(value, str) and not value.strip())


def rows(content: Mapping[str, Any] | Sequence[Any]) -> str:
    """Return JSON with a line for each entry, as people fill it in.

    >>> print(rows({"a": {"decision": "", "step": ""}}))
    {
      "a": {"decision": "", "step": ""}
    }
    """
    if not isinstance(content, Mapping):
        entries, (left, right) = [json.dumps(one, ensure_ascii=False) for one in content], "[]"
    else:
        told = ((json.dumps(one, ensure_ascii=False) for one in pair) for pair in content.items())
        entries, (left, right) = [": ".join(pair) for pair in told], "{}"
    return f"{left}\n  " + ",\n  ".join(entries) + f"\n{right}" if entries else left + right
