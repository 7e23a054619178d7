"""How each element of a statement is read: from JSON nodes to the values of `statement.py`.

Each reader notes what is wrong with its element and returns what could be read, or None.
"""

from __future__ import annotations

import re

from iamlab.policy.checker import Checker
from iamlab.policy.names import near_names, or_list
from iamlab.policy.nodes import Array, Literal, Member, Node, Number, Object, String, written
from iamlab.policy.operators import OPERATORS, SET_OPERATORS, OperatorUse, read_operator
from iamlab.policy.problem import Fix
from iamlab.policy.source import Span
from iamlab.policy.statement import (
    ActionElement,
    ActionEntry,
    ConditionTest,
    ConditionValue,
    ResourceElement,
    ResourceEntry,
)

__all__ = ["EFFECTS", "read_action", "read_condition", "read_effect", "read_resource", "read_sid"]

EFFECTS = ("Allow", "Deny")
SID = re.compile(r"[A-Za-z0-9]*")


def read_sid(member: Member, checker: Checker) -> str | None:
    """Read `Sid`: letters and digits in IAM's own policies, also spaces elsewhere (rule G19)."""
    node = member.value
    if not isinstance(node, String):
        checker.wrong_type("`Sid`", node, "a string", "elements_sid")
        return None
    if checker.kind.is_iam and not SID.fullmatch(node.value):
        right = re.sub(r"[^A-Za-z0-9]", "", node.value)
        fix = Fix(f"Write `{right}`", node.span, f'"{right}"') if right else None
        message = f"The Sid `{node.value[:60]}` has characters that IAM does not take."
        checker.note("unsupported-sid", node.span, message, "A Sid is made of A–Z, a–z and 0–9.", "elements_sid", fix)
    return node.value


def read_effect(member: Member, checker: Checker) -> str | None:
    """Read `Effect`: exactly `Allow` or `Deny` (rule G9)."""
    node = member.value
    if not isinstance(node, String):
        checker.wrong_type("`Effect`", node, "`Allow` or `Deny`", "elements_effect")
        return None
    if node.value in EFFECTS:
        return node.value
    near = [effect for effect in EFFECTS if effect.lower() == node.value.strip().lower()] or near_names(
        node.value, EFFECTS, 1
    )
    fix = Fix(f"Write `{near[0]}`", node.span, f'"{near[0]}"') if near else None
    message = f"The Effect `{node.value[:60]}` is neither `Allow` nor `Deny`."
    help = f"Write `{near[0]}`; capital letters count." if near else "Write `Allow` or `Deny`; capital letters count."
    checker.note("invalid-effect", node.span, message, help, "elements_effect", fix)
    return None


def read_action(member: Member, checker: Checker) -> ActionElement:
    """Read `Action` or `NotAction` (rules G21, G26)."""
    name = member.key.value
    page = f"elements_{name.lower()}"
    nodes = checker.strings(f"`{name}`", member.value, page)
    for node in nodes:
        if node.value != "*" and not _is_action(node.value):
            message = f"`{node.value[:60]}` is no action."
            help = "An action is a service and a name, as in `s3:GetObject`; every action is `*`."
            checker.note("invalid-action", node.span, message, help, page)
    entries = tuple(ActionEntry.of(node.value, node.span) for node in nodes)
    return ActionElement(name, entries, member.value.span)


def _is_action(text: str) -> bool:
    service, colon, name = text.partition(":")
    return bool(service and colon and name) and ":" not in name and not re.search(r"\s", text)


def read_resource(member: Member, checker: Checker) -> ResourceElement:
    """Read `Resource` or `NotResource`: `*`, or patterns of ARNs."""
    name = member.key.value
    page = f"elements_{name.lower()}"
    nodes = checker.strings(f"`{name}`", member.value, page)
    for node in nodes:
        if not node.value.startswith(("arn:", "*")):
            message = f"`{node.value[:60]}` is no ARN." if node.value else f"`{name}` names nothing yet."
            help = "An ARN has six parts, as in `arn:aws:s3:::ml-training-data-bucket/*`; every resource is `*`."
            checker.note("invalid-arn-prefix", node.span, message, help, page)
    entries = tuple(ResourceEntry.of(node.value, node.span, variables=checker.variables) for node in nodes)
    return ResourceElement(name, entries, member.value.span)


def read_condition(member: Member, checker: Checker) -> tuple[ConditionTest, ...]:
    """Read `Condition`: operator, then key, then a value or a list of values (rule G23)."""
    if not isinstance(member.value, Object):
        checker.wrong_type(
            "`Condition`", member.value, 'an object: `{"operator": {"key": "value"}}`', "elements_condition"
        )
        return ()
    tests = list[ConditionTest]()
    for entry in member.value.members:
        use = read_operator(entry.key.value)
        if use is None:
            _unknown_operator(entry.key, checker)
        elif isinstance(entry.value, Object):
            tests += _read_tests(entry.key, use, entry.value, checker)
        else:
            what = f"Under `{entry.key.value}`"
            checker.wrong_type(what, entry.value, 'an object: `{"key": "value"}`', "elements_condition")
    return tuple(tests)


def _unknown_operator(key: String, checker: Checker) -> None:
    prefix, colon, base = key.value.rpartition(":")
    plain = base.removesuffix("IfExists")
    near = (
        [plain]
        if plain in OPERATORS
        else near_names(base, [*OPERATORS, *(f"{name}IfExists" for name in OPERATORS if name != "Null")])
    )
    keep = near_names(prefix, SET_OPERATORS, 1) if colon else []
    right = [f"{keep[0]}:{name}" if keep else name for name in near]
    fix = Fix(f"Write `{right[0]}`", key.span, f'"{right[0]}"') if right else None
    help = (
        f"Perhaps {or_list(right)} is meant."
        if right
        else "The operators are `StringEquals`, `ArnLike`, `Bool` and their like."
    )
    message = f"`{key.value[:60]}` is no condition operator."
    code = "null-with-if-exists" if base == "NullIfExists" else "invalid-condition-operator"
    checker.note(code, key.span, message, help, "elements_condition_operators", fix)


def _read_tests(operator: String, use: OperatorUse, node: Object, checker: Checker) -> list[ConditionTest]:
    seen = dict[str, String]()
    tests = list[ConditionTest]()
    for member in node.members:
        key = member.key
        if ":" not in key.value or not key.value.partition(":")[2]:
            message = f"`{key.value[:60]}` is no condition key."
            help = "A key has a prefix, as in `aws:SourceIp` or `s3:prefix`."
            checker.note("invalid-condition-key-format", key.span, message, help, "condition-keys")
        first = seen.setdefault(key.value.lower(), key)
        if first.value != key.value:  # rule G25; the very same key twice is the JSON reader's finding
            message = f"`{key.value[:60]}` and `{first.value[:60]}` are one key: capital letters do not count in it."
            checker.note(
                "duplicate-keys-with-different-case",
                key.span,
                message,
                "Put the values into one list.",
                "condition-keys",
            )
        values = tuple(
            ConditionValue.of(text, span, use, variables=checker.variables)
            for text, span in _condition_values(member, use, checker)
        )
        span = Span(key.span.start, member.value.span.end)
        tests.append(ConditionTest(operator.value, use, key.value, values, span, key.span, operator.span))
    return tests


def _condition_values(member: Member, use: OperatorUse, checker: Checker) -> list[tuple[str, Span]]:
    """Return the values' texts; numbers and Booleans may stand without quotes (rule G22)."""
    items: tuple[Node, ...] = member.value.items if isinstance(member.value, Array) else (member.value,)
    texts = list[tuple[str, Span]]()
    for item in items:
        if isinstance(item, String):
            texts.append((item.value, item.span))
        elif isinstance(item, Number) or (isinstance(item, Literal) and item.value is not None):
            texts.append((written(item), item.span))
        else:
            what = f"A value of `{member.key.value[:60]}`"
            checker.wrong_type(
                what, item, "a string, a number, `true` or `false`, or a list of these", "elements_condition"
            )
    return texts
