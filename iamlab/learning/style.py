"""Limits of style that an exercise may set on a policy, beside what it allows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from iamlab.policy import Policy, Statement
from iamlab.policy.names import or_list

__all__ = ["StyleFinding", "style_findings"]


class StyleFinding(NamedTuple):
    """One limit: what it asks, whether the policy keeps it, and what to say where it does not."""

    name: str
    holds: bool
    sentence: str


def style_findings(policy: Policy, limits: Mapping[str, Any], start: Policy) -> list[StyleFinding]:
    """Return each limit of an exercise with whether a policy keeps it.

    Args:
        policy: the answer.
        limits: the exercise's `style` table.
        start: the starting policy.
    """
    return [finding for name, value in limits.items() for finding in CHECKS[name](policy, value, start)]


def _no_wildcard(policy: Policy, elements: list[str], _start: Policy) -> Iterator[StyleFinding]:
    for element in elements:
        starred = [s for s in policy.statements if s.effect == "Allow" and "*" in _texts(s, element)]
        sentence = ""
        if starred:
            line, _ = policy.source.position(starred[0].places.get(element, starred[0].places["Effect"]).value.start)
            sentence = f"Line {line}: the task asks for no `*` alone in `{element}`; name what is meant."
        yield StyleFinding(f"No `*` alone in {element}", not starred, sentence)


def _texts(statement: Statement, element: str) -> list[str]:
    if element == "Action":
        return [entry.text for entry in statement.action.entries]
    if element == "Resource":
        return [entry.text for entry in statement.resource.entries] if statement.resource else []
    return [entry.text for entry in statement.principal.entries] if statement.principal else []


def _keep_deny(policy: Policy, wanted: bool, start: Policy) -> Iterator[StyleFinding]:
    denies = [statement for statement in start.statements if statement.effect == "Deny"]
    kept = all(any(_same(one, other) for other in policy.statements) for one in denies)
    if wanted:
        sentence = "The task asks to keep the Deny of the starting policy as it is."
        yield StyleFinding("Keeps the Deny", kept, sentence)


def _same(one: Statement, other: Statement) -> bool:
    return (one.effect, one.action, one.resource, one.principal, one.condition) == (
        other.effect,
        other.action,
        other.resource,
        other.principal,
        other.condition,
    )


def _most_statements(policy: Policy, most: int, _start: Policy) -> Iterator[StyleFinding]:
    count = len(policy.statements)
    sentence = f"The policy has {count} statements; the task asks for at most {most}."
    yield StyleFinding(f"At most {most} statements", count <= most, sentence)


def _without(policy: Policy, elements: list[str], _start: Policy) -> Iterator[StyleFinding]:
    found = [element for element in elements if any(element in one.places for one in policy.statements)]
    sentence = f"The task asks for a policy without {or_list(found)}." if found else ""
    yield StyleFinding(f"Without {or_list(elements)}", not found, sentence)


CHECKS: dict[str, Callable[[Policy, Any, Policy], Iterator[StyleFinding]]] = {
    "no_wildcard_in": _no_wildcard,
    "keep_deny": _keep_deny,
    "most_statements": _most_statements,
    "without": _without,
}
