"""One question of several checks: does a statement allow a dangerous action on all that there is?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from iamlab.lint.check import Finding
from iamlab.lint.dangers import is_wide
from iamlab.lint.subject import Subject
from iamlab.lint.wording import shown
from iamlab.policy import Statement

__all__ = ["dangerous"]


def dangerous(subject: Subject, statement: Statement, dangers: Mapping[str, str], help: str) -> Iterator[Finding]:
    """Yield a finding where a statement allows some of the dangers on a resource that is wide, at the first of them.

    Args:
        subject: the policy.
        statement: one of its statements that allow.
        dangers: what those can do who are allowed an action, by its name.
        help: what would be right.

    It is silent on a statement that allows everything, a finding of its own, and on what the policy denies outright.
    """
    wide = any(is_wide(entry.text) for entry in subject.resources(statement))
    if not wide or statement.action.negated or subject.is_administrator(statement):
        return
    open_to = [action for action in dangers if not subject.is_denied(action)]
    entries = {action: found[0] for action in open_to if (found := subject.entries_for(statement, action))}
    if entries:
        first, *others = sorted(entries, key=lambda action: entries[action].span)
        yield Finding(entries[first].span, _message(entries[first].text, first, others, dangers), help)


def _message(written: str, first: str, others: list[str], dangers: Mapping[str, str]) -> str:
    taken_in = f"`{written}` takes in `{first}`. " if written.lower() != first.lower() else ""
    more = f" {shown(others, 2)} {'are' if len(others) > 1 else 'is'} as dangerous." if others else ""
    return f"{taken_in}Who is allowed `{first}` here can {dangers[first]}.{more}"
