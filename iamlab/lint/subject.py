"""What checks look at: a policy, and what several checks ask about it, worked out once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from iamlab.aws.catalogue import Action, find_action, services
from iamlab.aws.names import action_names, names_matching
from iamlab.aws.names import near_names as like
from iamlab.lint.fitting import names_everything
from iamlab.policy import Policy, Statement
from iamlab.policy.statement import ActionEntry, ConditionTest, PrincipalEntry, ResourceEntry

__all__ = ["IDENTITY", "Subject", "actions_of", "is_pattern", "key_form", "names_of", "near_names"]

IDENTITY = ("identity", "permissions_boundary", "session")
"""The kinds of policy that say what a principal may do, or at most may do."""


@dataclass(frozen=True)
class Subject:
    """A policy under check."""

    policy: Policy

    @property
    def kind(self) -> str:
        """The kind of policy, one of `KINDS`."""
        return self.policy.kind

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Its statements."""
        return self.policy.statements

    @cached_property
    def allows(self) -> tuple[Statement, ...]:
        """Its statements that allow."""
        return tuple(statement for statement in self.statements if statement.effect == "Allow")

    @cached_property
    def denies(self) -> tuple[Statement, ...]:
        """Its statements that deny."""
        return tuple(statement for statement in self.statements if statement.effect == "Deny")

    @property
    def conditions(self) -> Iterator[tuple[Statement, ConditionTest]]:
        """Each test of a condition with its statement: one operator over one key."""
        return ((statement, test) for statement in self.statements for test in statement.condition)

    @property
    def text(self) -> str:
        """The policy's JSON text."""
        return self.policy.source.text

    @property
    def size(self) -> int:
        """The characters that IAM counts: white space does not count (reference_iam-quotas.html)."""
        return len("".join(self.text.split()))

    @cached_property
    def _covered(self) -> dict[int, frozenset[str]]:
        return {statement.index: _covered(statement) for statement in self.statements}

    def covered(self, statement: Statement) -> frozenset[str]:
        """Return the names of the catalogue's actions that a statement's `Action` or `NotAction` takes in."""
        return self._covered[statement.index]

    def actions(self, statement: Statement) -> Iterator[Action]:
        """Yield the catalogue's actions that a statement takes in."""
        return (action for name in sorted(self.covered(statement)) if (action := find_action(name)))

    def takes_in(self, statement: Statement, action: str) -> bool:
        """Return whether a statement's `Action` or `NotAction` takes in an action; the catalogue is not asked."""
        return bool(self.entries_for(statement, action)) != statement.action.negated

    def entries_for(self, statement: Statement, action: str) -> tuple[ActionEntry, ...]:
        """Return the entries of `Action` or `NotAction` that match an action."""
        lower = action.lower()
        return tuple(entry for entry in statement.action.entries if entry.matches(lower))

    def is_denied(self, action: str) -> bool:
        """Return whether the policy denies an action outright: on everything, without a condition."""
        return any(
            self.takes_in(statement, action) and not statement.condition and self.everything(statement) is not None
            for statement in self.denies
        )

    def is_allowed_somewhere(self, action: str) -> bool:
        """Return whether some statement allows an action, on whatever resource and condition."""
        return any(self.takes_in(statement, action) for statement in self.allows)

    def everything(self, statement: Statement) -> ResourceEntry | None:
        """Return the entry of `Resource` that is `*`, or None."""
        element = statement.resource
        if element is None or element.negated:
            return None
        return next((entry for entry in element.entries if names_everything(entry.text)), None)

    def resources(self, statement: Statement) -> tuple[ResourceEntry, ...]:
        """Return the entries of `Resource`; none for `NotResource`."""
        element = statement.resource
        return () if element is None or element.negated else element.entries

    def is_administrator(self, statement: Statement) -> bool:
        """Return whether a statement is about every action on every resource."""
        every = any(entry.text in {"*", "*:*"} for entry in statement.action.entries)
        return every and not statement.action.negated and self.everything(statement) is not None

    def keys(self, statement: Statement) -> frozenset[str]:
        """Return the condition keys of a statement, in lower case and without a tag's name."""
        return frozenset(key_form(test.key) for test in statement.condition)

    def tests(self, statement: Statement, *keys: str) -> Iterator[ConditionTest]:
        """Yield the tests of a statement's condition over any of these keys."""
        wanted = {key.lower() for key in keys}
        return (test for test in statement.condition if key_form(test.key) in wanted)

    def principals(self, type: str) -> Iterator[PrincipalEntry]:
        """Yield the principals of one type that the policy's statements name in `Principal`."""
        for statement in self.statements:
            yield from self.principals_of(statement, type)

    def principals_of(self, statement: Statement, type: str) -> Iterator[PrincipalEntry]:
        """Yield the principals of one type that a statement names in `Principal`."""
        element = statement.principal
        if element is not None and not element.negated:
            yield from (entry for entry in element.entries if entry.type == type)

    def named(self, statement: Statement) -> tuple[ActionEntry, ...]:
        """Return the entries of `Action` that name actions of one service; none for `NotAction`."""
        return () if statement.action.negated else tuple(self._of_one_service(statement))

    def named_or_not(self, statement: Statement) -> tuple[ActionEntry, ...]:
        """Return the entries of `Action` or `NotAction` of a service that the catalogue knows."""
        entries = self._of_one_service(statement)
        return tuple(entry for entry in entries if entry.text.partition(":")[0].lower() in services())

    def with_unknown_service(self, statement: Statement) -> tuple[ActionEntry, ...]:
        """Return the entries of `Action` or `NotAction` of a service that the catalogue does not know."""
        entries = self._of_one_service(statement)
        return tuple(entry for entry in entries if entry.text.partition(":")[0].lower() not in services())

    @staticmethod
    def _of_one_service(statement: Statement) -> Iterator[ActionEntry]:
        return (entry for entry in statement.action.entries if not is_pattern(entry.text.partition(":")[0]))


def is_pattern(entry: str) -> bool:
    """Return whether an entry of `Action` holds a wildcard."""
    return "*" in entry or "?" in entry


def key_form(key: str) -> str:
    """Return a condition key in lower case, without the tag's name: `aws:resourcetag` for `aws:ResourceTag/team`."""
    return key.lower().partition("/")[0]


@lru_cache(maxsize=16384)
def names_of(entry: str) -> frozenset[str]:
    """Return the names of the catalogue's actions that an entry of `Action` covers."""
    return frozenset(names_matching(entry))


@lru_cache(maxsize=16384)
def actions_of(entry: str) -> tuple[Action, ...]:
    """Return the catalogue's actions that an entry of `Action` covers, by name."""
    return tuple(action for name in sorted(names_of(entry)) if (action := find_action(name)))


@lru_cache(maxsize=1024)
def near_names(name: str, most: int) -> tuple[str, ...]:
    """Return actions that an unknown name perhaps means."""
    return like(name, most)


def _covered(statement: Statement) -> frozenset[str]:
    named = frozenset(name for entry in statement.action.entries for name in names_of(entry.text))
    return frozenset(action_names().names) - named if statement.action.negated else named
