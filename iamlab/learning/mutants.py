"""Mutants: a policy with one thing dropped, widened, narrowed or flipped.

A grader that tells right from wrong refuses each of them that means something else.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

__all__ = ["mutants"]

LISTS = ("Action", "NotAction", "Resource", "NotResource")
TWINS = {"Action": "NotAction", "NotAction": "Action", "Resource": "NotResource", "NotResource": "Resource"}
OPPOSITES = {
    "StringEquals": "StringNotEquals",
    "Bool": "Null",
    "IpAddress": "NotIpAddress",
    "StringLike": "StringNotLike",
}
Change = tuple[str, dict[str, Any] | None]


def mutants(text: str) -> Iterator[tuple[str, str]]:
    """Yield what was changed, and the changed policy's text.

    >>> policy = '{"Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}'
    >>> [change for change, _ in mutants(policy)][:3]
    ['statement 1 dropped', 'statement 1: effect flipped', 'statement 1: Action widened to *']
    """
    policy = json.loads(text)
    listed = policy["Statement"]
    statements: list[dict[str, Any]] = listed if isinstance(listed, list) else [listed]
    for i, statement in enumerate(statements):
        for change, mutant in _changed(statement):
            kept = [*statements[:i], *([] if mutant is None else [mutant]), *statements[i + 1 :]]
            name = f"statement {i + 1}{change}"
            yield name, json.dumps({**policy, "Statement": kept}, indent=2, ensure_ascii=False)


def _changed(statement: dict[str, Any]) -> Iterator[Change]:
    yield " dropped", None
    flipped = "Deny" if statement["Effect"] == "Allow" else "Allow"
    yield ": effect flipped", {**statement, "Effect": flipped}
    for element in LISTS:
        if element in statement:
            yield from _lists(statement, element)
    if "Principal" in statement:
        yield ": Principal widened to *", {**statement, "Principal": "*"}
    if "Condition" in statement:
        yield from _conditions(statement)


def _lists(statement: dict[str, Any], element: str) -> Iterator[Change]:
    values = statement[element] if isinstance(statement[element], list) else [statement[element]]
    yield f": {element} widened to *", {**statement, element: "*"}
    rest = {key: value for key, value in statement.items() if key != element}
    yield f": {element} turned into {TWINS[element]}", {**rest, TWINS[element]: statement[element]}
    for i, value in enumerate(values):
        others = [*values[:i], *values[i + 1 :]]
        if others:
            yield f": {element} without {value}", {**statement, element: others}
        for how, other in _texts(value):
            yield f": {element} {value} {how}", {**statement, element: [*others, other]}


def _texts(value: str) -> Iterator[tuple[str, str]]:
    service, colon, name = value.partition(":")
    if colon and not value.startswith("arn:") and name != "*":
        yield "widened to its service", f"{service}:*"
    if value.endswith("/*"):
        yield "narrowed to the container", value[:-2]
        yield "widened past the slash", f"{value[:-2]}*"
    if value.endswith("*") and value != "*":
        yield "narrowed to one", f"{value[:-1]}x"
    elif value != "*":
        yield "widened at its end", f"{value}*"


def _conditions(statement: dict[str, Any]) -> Iterator[Change]:
    rest = {key: value for key, value in statement.items() if key != "Condition"}
    yield ": Condition dropped", rest
    for operator, keys in statement["Condition"].items():
        for key, value in keys.items():
            yield f": {operator} {key} dropped", _without(statement, operator, key)
            for i, _ in enumerate(value if isinstance(value, list) and len(value) > 1 else []):
                fewer = copy.deepcopy(statement)
                del fewer["Condition"][operator][key][i]
                yield f": {operator} {key} without its value {i + 1}", fewer
        if operator in OPPOSITES:
            others = {name: inner for name, inner in statement["Condition"].items() if name != operator}
            turned = {**others, OPPOSITES[operator]: {**keys, **others.get(OPPOSITES[operator], {})}}
            yield f": {operator} turned into {OPPOSITES[operator]}", {**statement, "Condition": turned}


def _without(statement: dict[str, Any], operator: str, key: str) -> dict[str, Any]:
    fewer = copy.deepcopy(statement)
    del fewer["Condition"][operator][key]
    if not fewer["Condition"][operator]:
        del fewer["Condition"][operator]
    if not fewer["Condition"]:
        del fewer["Condition"]
    return fewer
