"""Values to try for policy variables.

Which values of a variable the policies can tell apart is not worked out exactly. Values are tried that make a
template meet another pattern, and some that meet none; whether that was enough is for the search to prove.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from iamlab.comparison.values import NO_VALUE, KeyTests, Value
from iamlab.policy import Statement
from iamlab.policy.pattern import Wildcard
from iamlab.policy.variables import Template, Variable, no_variable

__all__ = ["candidates", "template_keys"]

MAX_VALUES = 8
MAX_PARTS = 9
"""Of a longer template no values are read off: a match might take too long."""


def template_keys(atoms: Iterable[Statement]) -> frozenset[str]:
    """Return the keys, in lower case, of all policy variables in some statements."""
    return frozenset(one.key.lower() for _, template in _templates(atoms) for one in template.variables)


def candidates(key: str, tests: KeyTests, atoms: Sequence[Statement]) -> list[Value]:
    """Return values of a variable to try: missing, ordinary ones, and such as make a template meet another text.

    Args:
        key: the variable's key, in lower case.
        tests: the conditions on the key itself.
        atoms: the statements of interest.
    """
    templates = list(_templates(atoms))
    met = (
        value
        for where, template in templates
        if any(one.key.lower() == key for one in template.variables)
        for other_place, other in templates
        if other_place == where and other is not template
        for value in _meeting(template, other, key)
    )
    own = list(tests.singles(no_variable))
    ordinary = [*own, f"{NO_VALUE}{NO_VALUE}y"]
    values = dict.fromkeys([*ordinary[:3], *met, *ordinary[3:]])
    found: list[Value] = [] if tests.never_missing else [None]
    return [*found, *list(values)[:MAX_VALUES]]


def _templates(atoms: Iterable[Statement]) -> Iterator[tuple[str, Template]]:
    """Yield every template with what is held against it: the resource, or a key in lower case."""
    for atom in atoms:
        yield from (("", entry.template) for entry in (atom.resource.entries if atom.resource else ()))
        yield from ((test.key.lower(), value.template) for test in atom.condition for value in test.values)


def _meeting(template: Template, other: Template, key: str) -> Iterator[str]:
    """Yield values that a variable has where a template matches a text that another pattern matches as well."""
    if len(template.parts) > MAX_PARTS:
        return
    expression = "".join(_expression(part, key) for part in template.parts)
    for filler in (NO_VALUE, ""):
        text = "".join(part if isinstance(part, str) else filler for part in other.parts)
        match = re.fullmatch(expression, text[:200], re.DOTALL)
        if match and match.re.groups:
            yield match[1]


def _expression(part: object, key: str) -> str:
    if isinstance(part, str):
        return re.escape(part)
    if isinstance(part, Variable):
        return "([^/]*)" if part.key.lower() == key else "[^/]*"
    return "." if part in (Wildcard.ONE, Wildcard.ONE_IN_PART) else "[^/]*?"
