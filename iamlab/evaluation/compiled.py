"""Statements compiled for speed: which can match an action, and a function that tells which do match a request.

The functions are generated Python that calls the same matchers as `matching.py`, or does inline what a plain one
does (`==`, a prefix, membership of a set). Nothing from a policy's text gets into the code: texts are passed by name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from iamlab.evaluation.conditions import holds, value_holds
from iamlab.evaluation.context import CALLER_KEYS, DERIVED, MULTIVALUED, Context, Many, Value, as_text
from iamlab.evaluation.policies import Attached
from iamlab.policy import Statement
from iamlab.policy.pattern import Wildcard
from iamlab.policy.statement import ConditionTest, ResourceElement

__all__ = ["ActionIndex", "Bit", "Matcher", "Spelling", "matcher_of"]

MAX_REMEMBERED = 4_096
"""How many values of one condition key are remembered."""


@dataclass(frozen=True, slots=True)
class Bit:
    """A statement of an attached policy; its place in the list of all statements is its bit in a mask."""

    attached: Attached
    statement: Statement


class ActionIndex:
    """Tells for an action which statements' `Action` or `NotAction` take it in, without asking each."""

    def __init__(self, bits: Sequence[Bit]) -> None:
        self._literal: dict[str, int] = {}
        self._of_service: dict[str, list[tuple[Callable[[str], bool], int]]] = {}
        self._of_any: list[tuple[Callable[[str], bool], int]] = []
        self._positive = self._negated = 0
        for i, bit in enumerate(bits):
            if bit.statement.action.entries:  # an empty list never matches, under NotAction too (rule G24)
                self._add(bit.statement, 1 << i)

    def _add(self, statement: Statement, mask: int) -> None:
        if statement.action.negated:
            self._negated |= mask
        else:
            self._positive |= mask
        for entry in statement.action.entries:
            text = entry.text.lower()
            service = text.partition(":")[0]
            if not _has_wildcard(text):
                self._literal[text] = self._literal.get(text, 0) | mask
            elif _has_wildcard(service):
                self._of_any.append((entry.matches, mask))
            else:
                self._of_service.setdefault(service, []).append((entry.matches, mask))

    def candidates(self, action: str) -> int:
        """Return the mask of the statements that take in an action, given in lower case."""
        hit = self._literal.get(action, 0)
        for matches, mask in self._of_service.get(action.partition(":")[0], ()):
            if matches(action):
                hit |= mask
        for matches, mask in self._of_any:
            if matches(action):
                hit |= mask
        return hit & self._positive | ~hit & self._negated


def _has_wildcard(text: str) -> bool:
    return "*" in text or "?" in text


Matcher = Callable[[str, Mapping[str, Any], Mapping[str, str], Callable[[], Context]], int]
"""`matcher(resource, given, keys, context)` returns the mask of the statements that match.

It takes the context keys that were given, under the names of `Spelling`; those that follow from the caller alone; and
a function that makes the whole context, for what follows from more than that.
"""


class Spelling:
    """How the policies spell their condition keys: one name for each key, whatever its case."""

    def __init__(self, bits: Sequence[Bit]) -> None:
        self._names: dict[str, str] = {}
        for bit in bits:
            for test in bit.statement.condition:
                self._names.setdefault(test.key.lower(), test.key)
        self._seen: dict[tuple[str, ...], bool] = {}

    @property
    def keys(self) -> Iterable[str]:
        """The keys that some policy asks for, in lower case."""
        return self._names

    def name(self, key: str) -> str:
        """Return the name under which a key is looked up."""
        return self._names[key.lower()]

    def given(self, context: Mapping[str, Value]) -> Mapping[str, Value] | None:
        """Return a request's keys under these names; None where two of them are one key in different case."""
        keys = tuple(context)
        same = self._seen.get(keys)
        if same is None:
            same = all(self._names.get(key.lower(), key) == key for key in keys)
            if len(self._seen) >= MAX_REMEMBERED:
                self._seen.clear()
            self._seen[keys] = same
        if same:
            return context
        renamed = {self._names.get(key.lower(), key): value for key, value in context.items()}
        return renamed if len(renamed) == len(context) else None


def matcher_of(bits: Sequence[Bit], candidates: int, spelling: Spelling) -> Matcher:
    """Return the function that holds the candidates' `Resource` and `Condition` against a request."""
    writer = _Writer(spelling)
    lines = ["def match(resource, given, keys, context):", "    mask = 0"]
    for i, bit in enumerate(bits):
        if candidates >> i & 1:
            terms = " and ".join(writer.terms(bit.statement)) or "True"
            lines.append(f"    if {terms}: mask |= {writer.name(1 << i)}")
    exec("\n".join([*lines, "    return mask"]), writer.names)  # names and operators only: no text of a policy
    matcher: Matcher = writer.names["match"]
    return matcher


class _Writer:
    """Writes the terms of statements as Python expressions over names that it keeps."""

    def __init__(self, spelling: Spelling) -> None:
        self.names: dict[str, Any] = {"__builtins__": {}}
        self.spelling = spelling

    def name(self, value: object) -> str:
        """Return a name for a value."""
        name = f"_{len(self.names)}"
        self.names[name] = value
        return name

    def terms(self, statement: Statement) -> Iterator[str]:
        """Yield what must hold for a statement to match, apart from its action and principal."""
        if statement.resource is not None:
            yield from self._resource(statement.resource)
        for test in statement.condition:
            yield self._test(test)

    def _resource(self, element: ResourceElement) -> Iterator[str]:
        if not element.entries:
            yield "False"
            return
        ways = [*self._plain(element), *self._special(element)]
        joined = "True" if "True" in ways else " or ".join(ways)
        if element.negated:
            yield f"not ({joined})"
        elif joined != "True":
            yield f"({joined})"

    def _plain(self, element: ResourceElement) -> Iterator[str]:
        """Entries that are one text, or a text and a star at its end."""
        tokens = [entry.pattern.tokens for entry in element.entries if entry.pattern]
        if (Wildcard.RUN,) in tokens:
            yield "True"
        texts = {"".join(map(str, parts)) for parts in tokens if all(isinstance(part, str) for part in parts)}
        starts = tuple(str(parts[0]) for parts in tokens if _is_prefix(parts))
        if texts:
            yield f"resource == {self.name(*texts)}" if len(texts) == 1 else f"resource in {self.name(texts)}"
        if starts:
            yield f"resource.startswith({self.name(starts if len(starts) > 1 else starts[0])})"

    def _special(self, element: ResourceElement) -> Iterator[str]:
        for entry in element.entries:
            if entry.pattern is None:
                yield f"{self.name(entry.matches)}(resource, context().variable)"
            elif not (entry.pattern.is_literal or entry.pattern.is_everything or _is_prefix(entry.pattern.tokens)):
                yield f"{self.name(entry.pattern.matches)}(resource)"

    def _test(self, test: ConditionTest) -> str:
        if test.has_variables:
            return f"{self.name(partial(holds, test))}(context())"
        key, name = test.key.lower(), self.name(self.spelling.name(test.key))
        if key in CALLER_KEYS:
            value = f"(given[{name}] if {name} in given else keys.get({self.name(key)}))"
        elif key in DERIVED:
            value = f"(given[{name}] if {name} in given else context().value({name}))"
        else:
            value = f"given.get({name})"
        return f"{self.name(_remembering(test))}({value})"


def _is_prefix(tokens: Sequence[object]) -> bool:
    return len(tokens) == 2 and isinstance(tokens[0], str) and tokens[1] is Wildcard.RUN


def _no_variable(key: str) -> None:
    return None


def _remembering(test: ConditionTest) -> Callable[[Any], bool]:
    """Return the test of a key's value, which remembers the values that it has seen."""
    seen: dict[str | Many | None, bool] = {}
    always_many = test.key.lower() in MULTIVALUED

    def fits(given: Any) -> bool:
        value = given if given.__class__ is str and not always_many else as_text(test.key, given)
        found = seen.get(value)
        if found is None:
            if len(seen) >= MAX_REMEMBERED:
                seen.clear()
            found = seen[value] = value_holds(test, value, _no_variable)
        return found

    return fits
