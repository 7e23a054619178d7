"""All condition operators, as one table.

Source: reference_policies_elements_condition_operators.html in the IAM User Guide; rules O1–O40.
"""

from __future__ import annotations

import operator as compare
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from iamlab.policy import values
from iamlab.policy.arn import arn_condition_matches
from iamlab.policy.variables import Lookup, Template

__all__ = ["IF_EXISTS", "OPERATORS", "SET_OPERATORS", "Operator", "OperatorUse", "read_operator"]

SET_OPERATORS = ("ForAllValues", "ForAnyValue")
IF_EXISTS = "IfExists"
Test = Callable[[Template, str, Lookup | None], bool]
"""Does the request's value fit this value of the policy? Given the policy's value, the request's, and variables."""


@dataclass(frozen=True, slots=True)
class Operator:
    """One condition operator.

    `fits` compares one value of the policy with one of the request as if the operator were positive; `negated` turns
    the answer over all values of the policy around (rules O3, O4). `wildcards` and `variables` say whether `*` and `?`
    and policy variables mean something in its values (O14, O21, V4).
    """

    name: str
    family: str
    fits: Test
    negated: bool = False
    wildcards: bool = False
    variables: bool = False


@dataclass(frozen=True, slots=True)
class OperatorUse:
    """An operator as a policy writes it: `ForAllValues:StringLikeIfExists`."""

    operator: Operator
    set_operator: str = ""
    if_exists: bool = False


def _typed(
    read: Callable[[str], Any],
    test: Callable[[Any, Any], bool],
    read_theirs: Callable[[str], Any] | None = None,
) -> Test:
    """Make a test of values that both are read as a type; what cannot be read fits nothing."""
    read_request = read_theirs or read

    def fits(template: Template, value: str, lookup: Lookup | None) -> bool:
        text = template.text(lookup)
        ours, theirs = None if text is None else read(text), read_request(value)
        return ours is not None and theirs is not None and test(theirs, ours)

    return fits


def _equals(template: Template, value: str, lookup: Lookup | None) -> bool:
    return template.text(lookup) == value


def _equals_ignoring_case(template: Template, value: str, lookup: Lookup | None) -> bool:
    text = template.text(lookup)
    return text is not None and text.lower() == value.lower()


def _like(template: Template, value: str, lookup: Lookup | None) -> bool:
    pattern = template.pattern(lookup)
    return pattern is not None and pattern.matches(value)


def _within(address: values.Address, network: values.Network) -> bool:
    return address.version == network.version and address in network


_TEXT = (
    ("StringEquals", "StringNotEquals", _equals, False),
    ("StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", _equals_ignoring_case, False),
    ("StringLike", "StringNotLike", _like, True),
    ("ArnEquals", "ArnNotEquals", arn_condition_matches, True),
    ("ArnLike", "ArnNotLike", arn_condition_matches, True),
)
_ORDER = (
    ("Equals", compare.eq, False),
    ("NotEquals", compare.eq, True),
    ("LessThan", compare.lt, False),
    ("LessThanEquals", compare.le, False),
    ("GreaterThan", compare.gt, False),
    ("GreaterThanEquals", compare.ge, False),
)
_IN_NETWORK = _typed(values.read_network, _within, values.read_address)

OPERATORS: dict[str, Operator] = {
    operator.name: operator
    for operator in (
        *(
            Operator(name, "Arn" if name.startswith("Arn") else "String", fits, name is negative, wildcards, True)
            for positive, negative, fits, wildcards in _TEXT
            for name in (positive, negative)
        ),
        *(
            Operator(family + suffix, family, _typed(read, test), negated)
            for family, read in (("Numeric", values.read_number), ("Date", values.read_date))
            for suffix, test, negated in _ORDER
        ),
        # On variables under Bool the operators page says yes, the variables page no: they are substituted.
        Operator("Bool", "Bool", _typed(values.read_bool, compare.eq), variables=True),
        Operator("BinaryEquals", "Binary", _typed(values.read_binary, compare.eq)),
        Operator("IpAddress", "IpAddress", _IN_NETWORK),
        Operator("NotIpAddress", "IpAddress", _IN_NETWORK, negated=True),
        Operator("Null", "Null", _typed(values.read_bool, compare.eq)),
    )
}
"""Every operator by its name."""


def read_operator(name: str) -> OperatorUse | None:
    """Read an operator's name with its set operator and `IfExists`; None where it is no operator.

    Names are matched exactly; whether AWS minds their case is not documented.

    >>> read_operator("ForAnyValue:StringLikeIfExists").operator.name
    'StringLike'
    """
    set_operator, colon, base = name.rpartition(":")
    if colon and set_operator not in SET_OPERATORS:
        return None
    if base in OPERATORS:
        return OperatorUse(OPERATORS[base], set_operator)
    plain = base.removesuffix(IF_EXISTS)
    if plain == base or plain == "Null" or plain not in OPERATORS:  # NullIfExists is invalid, rule O9
        return None
    return OperatorUse(OPERATORS[plain], set_operator, if_exists=True)
