"""Edits that several checks propose."""

from __future__ import annotations

from iamlab.policy import Fix, Statement
from iamlab.policy.statement import ConditionTest

__all__ = ["with_operator"]


def with_operator(statement: Statement, test: ConditionTest, operator: str) -> Fix | None:
    """Return the fix that writes another operator over a key; it changes what the statement matches.

    None where the operator stands over other keys too, or where the statement has the new operator already.
    """
    shared = sum(other.operator_span == test.operator_span for other in statement.condition) > 1
    if shared or any(other.operator == operator for other in statement.condition):
        return None
    return Fix(f"Write `{operator}`", test.operator_span, f'"{operator}"', changes_access=True)
