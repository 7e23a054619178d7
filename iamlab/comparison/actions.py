"""Classes of actions that no statement tells apart: the catalogue's, and those that it does not know.

A future action, or one of a service that the catalogue lacks, is covered by wildcards and `NotAction` as well; such
actions are classes too where they match other statements than every known action does.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from iamlab.aws.catalogue import operations
from iamlab.aws.names import action_names, names_matching
from iamlab.comparison.examples import plain_first
from iamlab.evaluation.scope import UNGOVERNED, action_facts
from iamlab.policy import wildcards
from iamlab.policy.pattern import Wildcard
from iamlab.policy.regions import BudgetSpent, Shape, regions
from iamlab.policy.statement import ActionElement

__all__ = ["ActionClass", "action_classes", "takes_any", "taking_in"]

LETTERS = "xyzabcdefghijklmnopqrstuvw0123456789-"
STAND_INS = (
    "s3:GetObject",
    "s3:ListBucket",
    "ec2:DescribeInstances",
    "ec2:RunInstances",
    "iam:GetRole",
    "sagemaker:DescribeModel",
)
"""Known actions on resources of different shapes, which stand for all those that no entry names."""
Facts = Callable[[str], Hashable]


@dataclass(frozen=True, slots=True)
class ActionClass:
    """Actions that match the same statements: the mask of these, and the actions' names.

    `known` is false where the catalogue has none of them; then `names` has one example.
    """

    mask: int
    names: tuple[str, ...]
    known: bool = True

    @property
    def service(self) -> str:
        """The prefix of the service of one of them, in lower case."""
        return self.names[0].partition(":")[0].lower()


class _Table:
    """Which atoms take in which actions."""

    def __init__(self, elements: Sequence[ActionElement]) -> None:
        self.elements = elements
        self.hits: dict[str, int] = {}
        self.wild: dict[str, None] = {}
        self.everything = 0
        self.negated = sum(1 << i for i, one in enumerate(elements) if one.negated and one.entries)
        self.positive = sum(1 << i for i, one in enumerate(elements) if not one.negated and one.entries)
        for i, element in enumerate(elements):
            for entry in element.entries:
                self._add(entry.text.lower(), 1 << i)

    def _add(self, text: str, bit: int) -> None:
        if _is_everything(text):
            self.everything |= bit
            return
        names: tuple[str, ...] = (text,)
        if "*" in text or "?" in text:
            self.wild[text] = None
            names = _matching(text)
        for name in names:
            self.hits[name] = self.hits.get(name, 0) | bit

    def mask(self, hits: int) -> int:
        """Return the atoms that take in an action which these atoms' entries match."""
        hits |= self.everything
        return hits & self.positive | ~hits & self.negated

    def taking_in(self, action: str) -> int:
        """Return the atoms that take in an action, given in lower case."""
        matched = (any(entry.matches(action) for entry in one.entries) for one in self.elements)
        return self.mask(sum(1 << i for i, hit in enumerate(matched) if hit))


def action_classes(
    elements: Sequence[ActionElement], facts: Facts, limit: int, services: Iterable[str] = ()
) -> tuple[list[ActionClass], list[str]]:
    """Return the classes into which action elements cut all actions, and sentences on what was not looked at.

    Args:
        elements: one an atom; bit `i` of a mask stands for `elements[i]`.
        facts: what else counts of an action, given in lower case; None for one that is of no interest.
        limit: how many states of an automaton may be looked at.
        services: prefixes of services of which every action is to be in a class; of others, those that no entry but
            `*` matches are stood for by a few.
    """
    table, spelled = _Table(elements), _spelled()
    for name in (name for service in services for name in _actions_of(service)):
        table.hits.setdefault(name, 0)
    groups = dict[tuple[int, Hashable], list[str]]()
    unknown = list[str]()
    for name in table.hits:
        if name not in spelled:
            unknown.append(name)
        elif (about := facts(name)) is not None:
            groups.setdefault((table.mask(table.hits[name]), about), []).append(spelled[name])
    for name in STAND_INS:
        if name.lower() not in table.hits and (about := facts(name.lower())) is not None:
            groups.setdefault((table.mask(0), about), []).append(name)
    for about, names in _others(facts, table).items():
        groups.setdefault((table.mask(0), about), []).extend(names)
    classes = [ActionClass(mask, tuple(names)) for (mask, _), names in groups.items()]
    seen = {mask for mask, _ in groups}
    more, skipped = _unknown(table, unknown, limit)
    return classes + [one for one in more if one.mask not in seen], skipped


def taking_in(elements: Sequence[ActionElement], action: str) -> int:
    """Return the mask of the elements that take in an action, given in lower case."""
    return _Table(elements).taking_in(action)


def takes_any(element: ActionElement) -> bool:
    """Return whether an element is about actions that it does not name: `NotAction`, or `*`."""
    return element.negated or any(_is_everything(entry.text) for entry in element.entries)


def _is_everything(entry: str) -> bool:
    return entry.strip("*") in {"", ":"}


def _others(facts: Facts, table: _Table) -> dict[Hashable, list[str]]:
    """Return, by what else counts of them, a known action that no entry but `*` matches."""
    found = dict[Hashable, list[str]]()
    for names in _alike().values():
        name = next((name for name in names if name.lower() not in table.hits), None)
        if name is not None and (about := facts(name.lower())) is not None:
            found.setdefault(about, [name])
    return found


@cache
def _alike() -> dict[Hashable, list[str]]:
    """The catalogue's actions, in groups of which the evaluation order thinks alike; prominent ones first."""
    found = dict[Hashable, list[str]]()
    for low, name in _spelled().items():
        special = low if low in UNGOVERNED else low.startswith(("sts:", "iam:"))
        found.setdefault((action_facts(low), special), []).append(name)
    return {about: plain_first(names, len(names)) for about, names in found.items()}


def _unknown(table: _Table, literal: Sequence[str], limit: int) -> tuple[list[ActionClass], list[str]]:
    """Return classes of actions that the catalogue does not know."""
    found, skipped = dict[int, ActionClass](), list[str]()
    names = [*literal, "unknown:action"]
    for service, patterns in _by_service(table).items():
        try:
            names += _texts(service, patterns, limit)
        except BudgetSpent:
            skipped.append(f"actions of `{service}` that the catalogue does not know")
    for name in (name for name in names if name not in _spelled()):
        mask = table.taking_in(name)
        found.setdefault(mask, ActionClass(mask, (name,), known=False))
    return list(found.values()), skipped


def _by_service(table: _Table) -> dict[str, list[str]]:
    """Return the patterns that can match unknown actions, by service; `*` for services that no pattern names."""
    services = {text: text.partition(":")[0] for text in table.wild}
    everywhere = [text for text, service in services.items() if "*" in service or "?" in service]
    found = {"*": everywhere} if everywhere else dict[str, list[str]]()
    for text, service in services.items():
        if not ("*" in service or "?" in service):
            found.setdefault(service, list(everywhere)).append(text)
    return found


def _texts(service: str, patterns: Sequence[str], limit: int) -> Iterator[str]:
    part = (Wildcard.ONE_IN_PART, Wildcard.RUN_IN_PART)
    head = part if service == "*" else (service,)
    within = Shape((*head, ":", *part))
    shapes = [Shape(wildcards(text)) for text in patterns]
    yield from (text for _, text in regions(shapes, [within], alphabet=LETTERS + ":", limit=limit))


@lru_cache(maxsize=2048)
def _matching(pattern: str) -> tuple[str, ...]:
    return tuple(name.lower() for name in names_matching(pattern))


@cache
def _actions_of(service: str) -> tuple[str, ...]:
    return tuple(f"{service}:{name.lower()}" for name in operations(service))


@cache
def _spelled() -> dict[str, str]:
    """Every action of the catalogue as AWS writes it, by its name in lower case."""
    index = action_names()
    return dict(zip(index.keys, index.names, strict=True))
