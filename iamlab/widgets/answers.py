"""What the kernel answers to a browser's questions: whether it is there, the code, completions, a formatted text."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from iamlab.policy import PolicyError, Source, format_policy
from iamlab.widgets import bundle

__all__ = ["answer"]

Message = Mapping[str, object]


def answer(question: Message, kind: str) -> dict[str, object] | None:
    """Answer one message; None for one that asks nothing we know. Never raises for what a browser can send."""
    asked = ANSWERS.get(str(question.get("type")))
    if asked is None:
        return None
    return {"type": question["type"], "id": question.get("id"), **asked(question, kind)}


def _ready(_question: Message, _kind: str) -> dict[str, object]:
    return {}


def _code(_question: Message, _kind: str) -> dict[str, object]:
    return {"code": bundle.code()}


def _completions(question: Message, kind: str) -> dict[str, object]:
    from iamlab.aws.completion import complete_field

    if question.get("field") in ("action", "key"):
        return {"answer": complete_field(str(question["field"]), str(question.get("prefix", "")))}
    return {"answer": _in_text(str(question.get("text", "")), question.get("offset"), kind)}


def _in_text(text: str, offset: object, kind: str) -> dict[str, object] | None:
    """Complete inside a policy: CodeMirror counts UTF-16 units, we count code points."""
    from iamlab.aws.completion import complete

    if not isinstance(offset, int):
        return None
    source = Source(text)
    found = complete(text, source.from_utf16(offset), kind)
    if found is None:
        return None
    return {**found, "from": source.utf16(_whole(found["from"])), "to": source.utf16(_whole(found["to"]))}


def _whole(number: object) -> int:
    return number if isinstance(number, int) else 0


def _formatted(question: Message, _kind: str) -> dict[str, object]:
    try:
        return {"answer": format_policy(str(question.get("text", "")))}
    except PolicyError:
        return {"answer": None}


ANSWERS: dict[str, Callable[[Message, str], dict[str, object]]] = {
    "ready": _ready,
    "code": _code,
    "complete": _completions,
    "format": _formatted,
}
