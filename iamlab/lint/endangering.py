"""One question of several checks: does a statement allow a dangerous action on all that there is?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from iamlab.lint.check import Finding
from iamlab.lint.dangers import is_wide
from iamlab.lint.subject import Subject
from iamlab.policy import Statement

__all__ = ["dangerous"]


def dangerous(subject: Subject, statement: Statement, dangers: Mapping[str, str], help: str) -> Iterator[Finding]:
    """Yield a finding for each entry of `Action` that covers one of the dangers, on a resource that is wide.

    Args:
        subject: the policy.
        statement: one of its statements that allow.
        dangers: what a principal that is allowed an action does with it, by the action's name.
        help: what would be right.

    It is silent on a statement that allows everything, a finding of its own, and on what the policy denies outright.
    """
    wide = any(is_wide(entry.text) for entry in subject.resources(statement))
    if not wide or statement.action.negated or subject.is_administrator(statement):
        return
    for entry in statement.action.entries:
        found = [action for action in dangers if entry.matches(action.lower()) and not subject.is_denied(action)]
        if found:
            yield Finding(entry.span, _message(entry.text, found, dangers), help)


def _message(written: str, found: list[str], dangers: Mapping[str, str]) -> str:
    first = f"Who is allowed `{found[0]}` here {dangers[found[0]]}."
    if written.lower() == found[0].lower():
        return first
    others = f", and {len(found) - 1} more of its kind" if len(found) > 1 else ""
    return f"`{written}` takes in `{found[0]}`{others}. {first}"
