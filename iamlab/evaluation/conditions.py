"""Whether a condition holds for a request: missing keys, several values, set operators.

Rules O1–O40. Sources: reference_policies_elements_condition_operators.html,
reference_policies_condition-logic-multiple-context-keys-or-values.html and
reference_policies_condition-single-vs-multi-valued-context-keys.html.
"""

from __future__ import annotations

from iamlab.evaluation.context import Context
from iamlab.policy.statement import ConditionTest

__all__ = ["holds"]


def holds(test: ConditionTest, context: Context) -> bool:
    """Return whether one operator over one key holds.

    Where the documentation is silent: a multivalued key under a plain operator never matches, negated or not; a
    missing key under `ForAnyValue` is false and under `ForAllValues` true whether or not the operator is negated.
    """
    use, values = test.use, context.values(test.key)
    if use.operator.family == "Null":
        return _null_holds(test, values)
    if use.set_operator:
        return _set_holds(test, values, context)
    if not values:  # absent, or an empty list
        return use.if_exists or use.operator.negated
    if context.is_multivalued(test.key):
        return False
    return _fits(test, values[0], context)


def _fits(test: ConditionTest, value: str, context: Context) -> bool:
    """Compare one value of the request: one of the policy's values fits, or, negated, none does (rules O2, O3)."""
    operator = test.use.operator
    return operator.negated != any(operator.fits(ours.template, value, context.variable) for ours in test.values)


def _set_holds(test: ConditionTest, values: tuple[str, ...] | None, context: Context) -> bool:
    nothing = not values or (values == ("",) and context.is_multivalued(test.key))
    every = test.use.set_operator == "ForAllValues"
    if nothing:
        return every or (test.use.if_exists and not values)
    if not test.values:  # rule O38
        return False
    return (all if every else any)(_fits(test, value, context) for value in values or ())


def _null_holds(test: ConditionTest, values: tuple[str, ...] | None) -> bool:
    if test.use.set_operator:  # rule O33
        return test.use.set_operator == "ForAllValues"
    absent = "false" if values else "true"
    return any(value.text.lower() == absent for value in test.values)
