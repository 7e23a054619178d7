"""Whether a condition holds for a request: missing keys, several values, set operators.

Rules O1–O40. Sources: reference_policies_elements_condition_operators.html,
reference_policies_condition-logic-multiple-context-keys-or-values.html and
reference_policies_condition-single-vs-multi-valued-context-keys.html.
"""

from __future__ import annotations

from iamlab.evaluation.context import Context, Many
from iamlab.policy.statement import ConditionTest
from iamlab.policy.variables import Lookup

__all__ = ["holds", "value_holds"]


def holds(test: ConditionTest, context: Context) -> bool:
    """Return whether one operator over one key holds in a context."""
    return value_holds(test, context.value(test.key), context.variable)


def value_holds(test: ConditionTest, value: str | Many | None, variable: Lookup) -> bool:
    """Return whether one operator over one key holds, given the key's value (None: missing).

    Where the documentation is silent: several values under a plain operator never match, negated or not; a missing
    key under `ForAnyValue` is false and under `ForAllValues` true whether or not the operator is negated.
    """
    use = test.use
    missing = value is None or value == ()
    if use.operator.family == "Null":
        return _null_holds(test, missing)
    if use.set_operator:
        return _set_holds(test, () if value is None else value, variable)
    if missing:
        return use.if_exists or use.operator.negated
    return isinstance(value, str) and _fits(test, value, variable)


def _fits(test: ConditionTest, value: str, variable: Lookup) -> bool:
    """Compare one value of the request: one of the policy's values fits, or, negated, none does (rules O2, O3)."""
    operator = test.use.operator
    return operator.negated != any(operator.fits(ours.template, value, variable) for ours in test.values)


def _set_holds(test: ConditionTest, value: str | tuple[str, ...], variable: Lookup) -> bool:
    values = (value,) if isinstance(value, str) else value
    every = test.use.set_operator == "ForAllValues"
    if not values or (values == ("",) and not isinstance(value, str)):  # rule O30: an empty string is no value either
        return every or (test.use.if_exists and not values)
    if not test.values:  # rule O38
        return False
    return (all if every else any)(_fits(test, one, variable) for one in values)


def _null_holds(test: ConditionTest, missing: bool) -> bool:
    if test.use.set_operator:  # rule O33
        return test.use.set_operator == "ForAllValues"
    return any(value.text.lower() == ("true" if missing else "false") for value in test.values)
