"""What checks look at: a policy, and what several checks ask about it, worked out once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from iamlab.aws.catalogue import Action, find_action
from iamlab.aws.names import action_names, names_matching
from iamlab.policy import Policy, Statement

__all__ = ["Subject"]


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

    @property
    def allows(self) -> Iterator[Statement]:
        """Its statements that allow."""
        return (statement for statement in self.statements if statement.effect == "Allow")

    @cached_property
    def _covered(self) -> dict[int, frozenset[str]]:
        return {statement.index: _covered(statement) for statement in self.statements}

    def covered(self, statement: Statement) -> frozenset[str]:
        """Return the names of the catalogue's actions that a statement's `Action` or `NotAction` takes in."""
        return self._covered[statement.index]

    def actions(self, statement: Statement) -> Iterator[Action]:
        """Yield the catalogue's actions that a statement takes in."""
        return (action for name in sorted(self.covered(statement)) if (action := find_action(name)))


def _covered(statement: Statement) -> frozenset[str]:
    named = frozenset(name for entry in statement.action.entries for name in names_matching(entry.text))
    return frozenset(action_names().names) - named if statement.action.negated else named
