"""The result of a mock exam as text: the number first, then the topics, then each answer that is not right, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from iamlab.reporting.text import printable

__all__ = ["clock", "exam_text", "options_text"]

BAR = 20
STATUS = {"open": "no answer", "wrong": "not right", "right": "right"}


def clock(seconds: float) -> str:
    """Return seconds as minutes and seconds.

    >>> clock(1700)
    '28:20'
    """
    whole = round(seconds)
    return f"{whole // 60:02}:{whole % 60:02}"


def exam_text(result: Mapping[str, Any]) -> str:
    """Return a result as text; for the data see `exam_result`."""
    return printable("\n".join([*_head(result), *_parts(result), *_again(result)]))


def _head(result: Mapping[str, Any]) -> Iterator[str]:
    yield f"Right: {result['right']} of {result['of']}, {result['percent']} %"
    passed = "passed" if result["passed"] else "not passed"
    yield f"To pass this mock exam: {result['needed']} of {result['of']}, {passed}"
    yield f"Time used: {clock(result['used'])} of {clock(result['minutes'] * 60)}"
    if result["shortage"]:
        yield result["shortage"]


def _parts(result: Mapping[str, Any]) -> Iterator[str]:
    yield "\nBy topic"
    width = max(len(one["title"]) for one in result["parts"])
    for one in result["parts"]:
        bar = "#" * round(BAR * one["right"] / one["of"])
        read = f"  lesson {one['lesson'][:2]}" if one["lesson"] else ""
        yield f"  {one['name']} {one['title']:{width}}  {bar:.<{BAR}}  {one['right']} of {one['of']}{read}"


def _again(result: Mapping[str, Any]) -> Iterator[str]:
    for one in result["questions"]:
        if one["status"] != "right":
            yield f"\nQuestion {one['number']}, {STATUS[one['status']]}: {one['title']}"
            for block in one["blocks"]:
                yield from (f"  {line}" for line in _block(block, one["status"] == "open"))
            yield f"  {one['why']} (lesson {one['lesson'][:2]})".replace("\n", "\n  ")


def _block(block: Mapping[str, Any], is_open: bool) -> Iterator[str]:
    if block.get("question"):
        yield block["question"]
    if "options" in block:
        yield from options_text(block["options"])
    for line in block.get("lines", ()):
        mark = "" if is_open else " (right)" if line["right"] else f" (yours: {line['yours']})"
        yield f"{line['label']}: {line['holds']}{mark}"
        if line["why"]:
            yield f"     {line['why']}"


def options_text(options: list[Mapping[str, Any]]) -> Iterator[str]:
    """Yield options with what is right and what was chosen, and the reason of each."""
    for place, one in enumerate(options):
        said = [word for word, holds in (("the answer", one["right"]), ("yours", one["chosen"])) if holds]
        yield f"{one['key'] or place + 1}  {one['text']}{' <- ' if said else ''}{', and '.join(said)}"
        if one["why"]:
            yield f"     {one['why']}"
