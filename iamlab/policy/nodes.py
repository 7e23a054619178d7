"""JSON with places: the nodes that the reader makes of a text."""

from __future__ import annotations

import json
from dataclasses import dataclass

from iamlab.policy.source import Span

__all__ = ["Array", "Literal", "Member", "Node", "Number", "Object", "String", "written"]


@dataclass(slots=True)
class String:
    """A string; `span` takes in its quotes."""

    value: str
    span: Span


@dataclass(slots=True)
class Number:
    """A number, kept as it is written: a policy compares text, and `1e400` fits in no float."""

    text: str
    span: Span


@dataclass(slots=True)
class Literal:
    """`true`, `false` or `null`."""

    value: bool | None
    span: Span


@dataclass(slots=True)
class Member:
    """One key of an object with its value."""

    key: String
    value: Node


@dataclass(slots=True)
class Array:
    """A list."""

    items: tuple[Node, ...]
    span: Span


@dataclass(slots=True)
class Object:
    """An object; its members in the order of the text, a repeated key twice."""

    members: tuple[Member, ...]
    span: Span


Node = String | Number | Literal | Array | Object
WORDS = {True: "true", False: "false", None: "null"}
WIDTH = 88


def written(node: Node, indent: int = 0) -> str:
    """Return a node as JSON text, two spaces a level; what is small and plain stands on one line."""
    if isinstance(node, Array | Object) and _is_small(node):
        flat = _flat(node)
        if len(flat) + 2 * indent < WIDTH:
            return flat
    if isinstance(node, Array):
        return _block("[", [written(item, indent + 1) for item in node.items], "]", indent)
    if isinstance(node, Object):
        lines = [f"{written(m.key)}: {written(m.value, indent + 1)}" for m in node.members]
        return _block("{", lines, "}", indent)
    if isinstance(node, String):
        return json.dumps(node.value, ensure_ascii=False)
    return node.text if isinstance(node, Number) else WORDS[node.value]


def _is_small(node: Array | Object) -> bool:
    """Whether it is a list of plain values, or an object with one key over such a value."""
    if isinstance(node, Array):
        return not any(isinstance(item, Array | Object) for item in node.items)
    return not node.members or (
        len(node.members) == 1
        and not isinstance(node.members[0].value, Object)
        and (not isinstance(node.members[0].value, Array) or _is_small(node.members[0].value))
    )


def _flat(node: Array | Object) -> str:
    if isinstance(node, Array):
        return f"[{', '.join(map(written, node.items))}]"
    return "{" + ", ".join(f"{written(m.key)}: {written(m.value)}" for m in node.members) + "}"


def _block(opening: str, lines: list[str], closing: str, indent: int) -> str:
    margin = "  " * indent
    return f"{opening}\n{margin}  " + f",\n{margin}  ".join(lines) + f"\n{margin}{closing}"
