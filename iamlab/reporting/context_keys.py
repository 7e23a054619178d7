"""The context keys that matter to a request: those that its policies ask about, and those that it brings along."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from iamlab.evaluation.explanation import Explanation
from iamlab.evaluation.request import Request
from iamlab.policy import Statement

__all__ = ["ABSENT", "EMPTY", "VALUE", "context_rows"]

VALUE, EMPTY, ABSENT = "value", "empty", "absent"
"""The three states of a context key. Absent is one of its own: no value, not an empty one."""


def context_rows(explanation: Explanation, given: Mapping[str, object], bare: Request) -> list[dict[str, Any]]:
    """Return the context keys that matter, in the order in which the policies ask about them.

    Args:
        explanation: the decision with its trace.
        given: the keys that are set for this request, whatever follows from the rest.
        bare: the same request without these: what is present there follows from who asks for what.

    Returns:
        For each key `key`, `state`, `values`, `asked` (whether a policy asks about it), `given` (whether it is set),
        and `follows`, whether it is present though nobody sets it, so that it can be changed but not taken away.
    """
    asked = {key.lower(): key for policy in explanation.policies for key in _keys(policy.attached.policy.statements)}
    folded_given = {key.lower() for key in given}
    names = {**{key.lower(): key for key in given}, **asked}
    context = explanation.request.context
    return [
        {
            "key": key,
            "state": _state(context.values(key)),
            "values": list(context.values(key) or ()),
            "asked": folded in asked,
            "given": folded in folded_given,
            "follows": bare.context.values(key) is not None,
        }
        for folded, key in names.items()
    ]


def _state(values: tuple[str, ...] | None) -> str:
    if values is None:
        return ABSENT
    return VALUE if any(values) else EMPTY


def _keys(statements: tuple[Statement, ...]) -> Iterator[str]:
    """Yield the keys of conditions, and those of policy variables, as the policies spell them."""
    for statement in statements:
        for test in statement.condition:
            yield test.key
            yield from (variable.key for value in test.values for variable in value.template.variables)
        for entry in statement.resource.entries if statement.resource else ():
            yield from (variable.key for variable in entry.template.variables)
