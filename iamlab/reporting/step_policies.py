"""What each policy says at a step of the evaluation order: which statement applies, or which comes closest, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from iamlab.evaluation.cross_account import side_of
from iamlab.evaluation.decision import ALLOWED, EXPLICIT_DENY, IMPLICIT_DENY
from iamlab.evaluation.explanation import Explanation, PolicyTrace, StatementTrace, StepTrace
from iamlab.reporting.marks import element_marks, statement_mark
from iamlab.reporting.reasons import STEP_LABELS
from iamlab.reporting.words import UNDECIDED, and_list

__all__ = ["asked_by", "best_first", "policy_at", "refusing_level"]

Row = dict[str, Any]


def asked_by(trace: StepTrace, explanation: Explanation, side: str = "") -> list[PolicyTrace]:
    """Return the policies of the kind that a step asks, those that do not bind the request among them.

    Args:
        trace: the step.
        explanation: the decision with its trace.
        side: the side of a cross-account request whose policies are meant.
    """
    if trace.step.side == "both":
        return [one for one in explanation.policies if not side or side_of(one.attached) == side]
    label = STEP_LABELS.get(trace.step.name, ("",))[0]
    return [one for one in explanation.policies if label and _slot(one) == label]


def _slot(trace: PolicyTrace) -> str:
    return trace.attached.label.partition("[")[0]


def refusing_level(trace: StepTrace, policies: Sequence[PolicyTrace]) -> str:
    """Return the label with which the first level begins where no statement allows; empty where each does."""
    if trace.answer is None or trace.outcome != IMPLICIT_DENY:
        return ""
    levels = dict.fromkeys(one.attached.label.rpartition("[")[0] for one in policies if _is_of_level(one))
    allowing = {match.attached.label.rpartition("[")[0] for match in trace.answer.matches}
    return next((level for level in levels if level not in allowing), "")


def _is_of_level(trace: PolicyTrace) -> bool:
    return trace.attached.label.count("[") == 2


def policy_at(trace: StepTrace, policy: PolicyTrace, explanation: Explanation) -> Row:
    """Return what one policy says at a step.

    Returns:
        `label`; `said`, in a few words; `applies`, whether a statement does; `decision`, in whose color `statement`
        is lit; `statement`, the one that applies or comes closest, or None; its `elements`.
    """
    found = _Said(policy, trace)
    shown = found.shown
    return {
        "label": policy.attached.label,
        "said": found.sentence,
        "applies": found.applies,
        "decision": found.tint,
        "statement": statement_mark(shown) if shown else None,
        "elements": element_marks(shown, explanation.request) if shown else [],
        "failed": len(shown.failed) if shown else 9,
    }


@dataclass(frozen=True, slots=True)
class _Said:
    """A policy at a step, which looks for statements of one effect."""

    policy: PolicyTrace
    trace: StepTrace

    @property
    def effect(self) -> str:
        return "Deny" if self.trace.step.yes == EXPLICIT_DENY else "Allow"

    @property
    def statements(self) -> list[StatementTrace]:
        return [one for one in self.policy.statements if one.statement.effect == self.effect]

    @property
    def shown(self) -> StatementTrace | None:
        return min(self.statements, key=_distance, default=None)

    @property
    def applies(self) -> bool:
        return self.policy.binds and self.shown is not None and self.shown.applies

    @property
    def tint(self) -> str:
        """A statement that applies has its effect's color; a miss that matters that of an implicit deny."""
        if self.applies:
            return EXPLICIT_DENY if self.effect == "Deny" else ALLOWED
        return IMPLICIT_DENY if self.trace.outcome == IMPLICIT_DENY else UNDECIDED

    @property
    def sentence(self) -> str:
        if not self.policy.binds:
            return "does not bind this request"
        if self.shown is None:
            return f"no {self.effect}"
        name = f"statement {self.shown.statement.index + 1}"
        if self.applies:
            return f"{name} {'denies' if self.effect == 'Deny' else 'allows'}"
        failed = [element.name for element in self.shown.failed]
        verb = "does" if len(failed) == 1 else "do"
        nearest = "does not apply" if self.effect == "Deny" else "comes closest"
        return f"{name} {nearest}, its {and_list(failed)} {verb} not match"


def _distance(trace: StatementTrace) -> tuple[int, bool]:
    return len(trace.failed), any(element.name == "Action" for element in trace.failed)


def best_first(rows: Sequence[Row], level: str = "") -> Row | None:
    """Return the row to look at first: of the level that refuses, else one that applies, else the closest."""
    among = [row for row in rows if level and row["label"].startswith(level)] or rows
    return min(among, key=lambda row: (not row["applies"], row["failed"]), default=None)
