"""Policy variables: `${aws:username}`, with a default, and the escapes `${*}`, `${?}`, `${$}`.

A template is a text cut into literals, wildcards and variables. Rules V1–V18 (IAM policy variables page,
reference_policies_variables.html).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from iamlab.policy.pattern import Pattern, Tokens, Wildcard, joined, pieces

__all__ = ["Lookup", "Template", "Variable", "cut", "no_variable"]

Lookup = Callable[[str], str | None]
"""From a context key's name to its single value, or None where the request has none."""


def no_variable(key: str) -> None:
    """Return None: the lookup of a context in which every key is missing."""


VARIABLE = re.compile(r"\$\{(?:(?P<escape>[*?$])|(?P<key>[A-Za-z0-9_.-]+:[^\s{},']+)(?:, '(?P<default>[^']*)')?)\}")


@dataclass(frozen=True, slots=True)
class Variable:
    """`${key}` or `${key, 'default'}`. Two are equal whatever the case of their keys' names is (rule V1)."""

    key: str = field(compare=False)
    default: str | None = None
    name: str = field(init=False, repr=False)
    """The key's name in lower case."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", self.key.lower())


Part = str | Wildcard | Variable


@dataclass(frozen=True, slots=True)
class Template:
    """A text with wildcards and variables, as `cut` makes it; without variables its parts are a pattern's tokens."""

    parts: tuple[Part, ...]
    variables: tuple[Variable, ...] = ()

    @classmethod
    def of(cls, parts: Iterable[Part]) -> Template:
        """Make a template of parts in their shortest form."""
        tidy = joined(parts)
        return cls(tidy, tuple(part for part in tidy if isinstance(part, Variable)))

    def tokens(self, lookup: Lookup | None = None) -> Tokens | None:
        """Return the pattern's tokens, with the variables' values in place.

        A value is literal: a `*` in it is no wildcard (rule V12), and it is not looked through again (V13). None where
        a key is missing and has no default (V9, V10).
        """
        if not self.variables:
            return self.parts  # type: ignore[return-value]
        bound: list[str | Wildcard] = []
        for part in self.parts:
            value = (lookup(part.key) if lookup else None) if isinstance(part, Variable) else part
            if value is None:
                value = part.default if isinstance(part, Variable) else None
            if value is None:
                return None
            bound.append(value)
        return joined(bound)

    def pattern(self, lookup: Lookup | None = None) -> Pattern | None:
        """Return the compiled pattern, or None where a variable has no value."""
        tokens = self.tokens(lookup)
        return None if tokens is None else Pattern.of(tokens)

    def text(self, lookup: Lookup | None = None) -> str | None:
        """Return the text of a template that was cut without wildcards, or None where a variable has no value."""
        tokens = self.tokens(lookup)
        return None if tokens is None else "".join(tokens)  # type: ignore[arg-type]


def cut(text: str, *, variables: bool, wildcards: bool = True) -> Template:
    """Cut a text into a template.

    With `variables` false (a policy without Version 2012-10-17, rule V6) `${…}` is plain text. A malformed variable
    is plain text as well: the documentation is silent on how it evaluates.

    >>> cut("home/${aws:username}/*", variables=True).parts
    ('home/', Variable(key='aws:username', default=None), '/', <Wildcard.RUN: 'any run of characters, also none'>)
    """
    if variables and "$" in text:
        return Template.of(_parts(text, wildcards=wildcards))
    return Template(joined(pieces(text)) if wildcards else (text,) if text else ())


def _parts(text: str, *, wildcards: bool) -> Iterator[Part]:
    at = 0
    for match in VARIABLE.finditer(text):
        yield from _plain(text[at : match.start()], wildcards=wildcards)
        yield match["escape"] or Variable(match["key"], match["default"])
        at = match.end()
    yield from _plain(text[at:], wildcards=wildcards)


def _plain(text: str, *, wildcards: bool) -> Iterable[str | Wildcard]:
    return pieces(text) if wildcards else (text,)
