"""Which entries of `Action` have no resource to work on in their statement, and why."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from functools import lru_cache

from iamlab.lint.fitting import any_fits, has_known_shape, swapped, takes_resource
from iamlab.lint.subject import Subject, names_of
from iamlab.policy import Statement
from iamlab.policy.statement import ActionEntry, ResourceEntry

__all__ = ["Misfit", "idle_resources", "misfits"]


class Misfit(Enum):
    """Why no resource of the statement fits an action."""

    TAKES_NONE = "its requests name no resource"
    WANTS_OBJECTS = "it works on objects, and a bucket is named"
    WANTS_BUCKET = "it works on a bucket, and objects are named"
    OTHER = "it works on something else"


def misfits(subject: Subject, *reasons: Misfit) -> Iterator[tuple[Statement, ActionEntry, Misfit]]:
    """Yield each entry of `Action` for which its statement names no resource that fits, for one of these reasons."""
    for statement in subject.statements:
        if statement.resource is None or statement.resource.negated:
            continue
        resources = tuple(entry.text for entry in statement.resource.entries)
        for entry in subject.named(statement):
            reason = _reason(entry.text, resources)
            if reason in reasons:
                yield statement, entry, reason


def idle_resources(subject: Subject, statement: Statement) -> Iterator[ResourceEntry]:
    """Yield the entries of `Resource` that no action of the statement works on; none where an action is not known."""
    element, actions = statement.resource, subject.named(statement)
    known = all(names_of(entry.text) for entry in actions) and len(actions) == len(statement.action.entries)
    if element is None or element.negated or not known or not actions:
        return
    texts = tuple(entry.text for entry in actions)
    yield from (entry for entry in element.entries if _is_idle(entry.text, texts))


@lru_cache(maxsize=8192)
def _is_idle(resource: str, actions: tuple[str, ...]) -> bool:
    return has_known_shape(resource) and not any(any_fits(text, resource) for text in actions)


@lru_cache(maxsize=8192)
def _reason(action: str, resources: tuple[str, ...]) -> Misfit | None:
    names = names_of(action)
    if any(any_fits(action, resource) for resource in resources):
        return None
    if not names or not any(has_known_shape(resource) for resource in resources):
        return None
    if not any(takes_resource(name) for name in names):
        return Misfit.TAKES_NONE
    others = {swapped(resource) for resource in resources} - {""}
    meant = [other for other in sorted(others) if any_fits(action, other)]
    if not meant:
        return Misfit.OTHER
    return Misfit.WANTS_OBJECTS if "/" in meant[0] else Misfit.WANTS_BUCKET
