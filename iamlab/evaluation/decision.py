"""What was decided, by which step, because of which statement."""

from __future__ import annotations

from dataclasses import dataclass

from iamlab.evaluation.policies import Attached
from iamlab.policy import Place, Statement

__all__ = ["ALLOWED", "EXPLICIT_DENY", "IMPLICIT_DENY", "Decision", "Match"]

ALLOWED, EXPLICIT_DENY, IMPLICIT_DENY = "allowed", "explicitDeny", "implicitDeny"
"""The three decisions, in the words of the policy simulator's API (rule A1)."""


@dataclass(frozen=True, slots=True)
class Match:
    """A statement that applies, with the policy in which it stands."""

    attached: Attached
    statement: Statement

    @property
    def place(self) -> Place:
        """Where it stands in its policy's text."""
        return self.attached.policy.source.place(self.statement.span)

    def __str__(self) -> str:
        return f"{self.attached.label}, statement {self.statement.index + 1}, line {self.place.line}"


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer to a request.

    `decision` is `allowed`, `explicitDeny` or `implicitDeny`; `step` names the step of the order that decided;
    `matches` are the statements that decided, the first one first (none for an implicit deny).
    """

    decision: str
    step: str
    matches: tuple[Match, ...] = ()

    @property
    def allowed(self) -> bool:
        """Whether the request is allowed."""
        return self.decision == ALLOWED

    @property
    def match(self) -> Match | None:
        """The statement that decided, where one did."""
        return self.matches[0] if self.matches else None

    def __str__(self) -> str:
        return f"{self.decision} by {self.step}" + (f": {self.match}" if self.match else "")
