"""Values of one condition key that its tests can tell apart.

Texts are cut by automata, numbers and dates into intervals, addresses into the parts of nested networks, sets by what
one more value changes. Of each class the plainest value is kept.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from itertools import pairwise, product

from iamlab.comparison.examples import EXAMPLES
from iamlab.evaluation.conditions import value_holds
from iamlab.evaluation.context import MULTIVALUED, Many
from iamlab.policy.arn import arn_shape
from iamlab.policy.pattern import Wildcard
from iamlab.policy.regions import BudgetSpent, Shape, regions
from iamlab.policy.statement import ConditionTest
from iamlab.policy.values import read_binary, read_date, read_network, read_number
from iamlab.policy.variables import Lookup

__all__ = ["Choice", "KeyTests", "Value", "patterns_of", "type_of"]

Value = str | Many | None
Outcomes = tuple[bool, ...]
Network = IPv4Network | IPv6Network

TEXT_FAMILIES = frozenset({"String", "Arn", "Bool"})
ANY_TEXT = Shape((Wildcard.RUN,))
NO_VALUE = "x"
"""A text that is no number, date, address or Boolean."""
MAX_SETS = 512
MAX_FREE = 6
OUTSIDE = ("203.0.113.7", "198.51.100.7", "192.0.2.7", "2001:db8::7")
"""Addresses of documentation, which stand for any other."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a key, and which of the key's tests hold for it."""

    value: Value
    outcomes: Outcomes


@dataclass(frozen=True)
class KeyTests:
    """All tests of one key, given in lower case.

    `never_missing` and `several` say which values a request can have: always one, and perhaps more than one.
    """

    key: str
    tests: tuple[ConditionTest, ...]
    never_missing: bool
    several: bool
    limit: int

    @property
    def families(self) -> set[str]:
        """The types as which its values are read."""
        return {type_of(test) for test in self.tests} - {"Null"}

    @property
    def is_exact(self) -> bool:
        """Whether `choices` are all classes: values of one type, and none that depends on a policy variable."""
        return len(self.families) < 2 and not any(test.has_variables for test in self.tests)

    def outcomes(self, value: Value, lookup: Lookup) -> Outcomes:
        """Return which tests hold for a value."""
        return tuple(value_holds(test, value, lookup) for test in self.tests)

    def values(self, lookup: Lookup, *, present: bool | None = None) -> list[Value]:
        """Return one value of each class, or more; only those that are there, or that the key is missing, if asked."""
        return [one for one in self._values(lookup) if present is None or (one is not None) is present]

    def choices(self, lookup: Lookup, given: Iterable[Value] | None = None) -> list[Choice]:
        """Return one value for each set of tests that can hold together, plain ones first.

        Args:
            lookup: the values of policy variables.
            given: the only values to choose from, where they are settled already.

        Raises:
            BudgetSpent: where there are too many classes.
        """
        found = dict[Outcomes, Value]()
        for value in self.values(lookup) if given is None else given:
            found.setdefault(self.outcomes(value, lookup), value)
        return [Choice(value, outcomes) for outcomes, value in found.items()]

    def relaxed(self, lookup: Lookup, values: Iterable[Value], free: Container[str]) -> list[Choice]:
        """Return more sets of outcomes than can be: a test that depends on a free variable may turn out either way.

        So may, where a key's values are read as more than one type, every test but those of the first. Tests that say
        the same turn out alike.

        Args:
            lookup: the values of policy variables.
            values: the values to choose from; all of them, since a missing key may differ from another value only in a
                test that may turn out either way.
            free: the variables, in lower case, of which no value is supposed.
        """
        loose = self._loose(free)
        if len(loose) > MAX_FREE:
            raise BudgetSpent(f"too many tests of `{self.key}` depend on variables")
        found = dict[Outcomes, Value]()
        for value in values:
            ways = product((False, True), repeat=len(loose)) if value is not None else [()]
            for way in ways:
                outcomes = list(self.outcomes(value, lookup))
                for alike, holds in zip(loose, way, strict=False):
                    for i in alike:
                        outcomes[i] = holds
                found.setdefault(tuple(outcomes), value)
        return [Choice(value, outcomes) for outcomes, value in found.items()]

    def _loose(self, free: Container[str]) -> list[list[int]]:
        """The tests of which the outcomes are not worked out, those together that say the same."""
        main, found = min(self.families, default="Null"), dict[Hashable, list[int]]()
        for i, test in enumerate(self.tests):
            depends = any(one.name in free for value in test.values for one in value.template.variables)
            if depends or type_of(test) not in {main, "Null"}:
                said = (test.operator, frozenset(value.template for value in test.values))
                found.setdefault(said, []).append(i)
        return list(found.values())

    def _values(self, lookup: Lookup) -> Iterator[Value]:
        sets = any(test.use.set_operator for test in self.tests)
        if not self.never_missing:
            yield None
        ones = list(dict.fromkeys(self.singles(lookup)))
        yield from (Many((one,)) for one in ones) if self.key in MULTIVALUED else ones
        if sets or self.several:
            yield from self._sets(ones, lookup)
            if not self.never_missing:
                yield from (Many(()), Many(("",)))

    def singles(self, lookup: Lookup) -> Iterator[str]:
        """Yield single values: what the policies name, well-known examples, and one of each class."""
        read = {"Text": _texts, "Numeric": _numbers, "Date": _dates, "IpAddress": _addresses, "Binary": _binaries}
        for family in sorted(self.families, key=list(read).index):
            tests = [test for test in self.tests if type_of(test) == family]
            yield from read[family](self.key, tests, lookup, self.limit)
        if self.families in (set(), {"Text"}):
            yield from EXAMPLES.get(self.key, ())
        yield NO_VALUE

    def _sets(self, ones: Sequence[str], lookup: Lookup) -> Iterator[Many]:
        """Yield sets of values, from smaller to larger, as long as one more value changes what holds."""
        seen = dict[Outcomes, Many]()
        queue = [Many((one,)) for one in ones]
        for values in queue:
            outcomes = self.outcomes(values, lookup)
            if outcomes in seen and len(values) > 1:
                continue
            seen.setdefault(outcomes, values)
            if len(seen) > MAX_SETS:
                raise BudgetSpent(f"the tests of `{self.key}` tell too many sets of values apart")
            if len(values) > 1:
                yield values
            queue += [Many((*values, one)) for one in ones if one not in values]


def type_of(test: ConditionTest) -> str:
    """Return the type as which a test's values are read; texts, patterns, ARNs and Booleans are one."""
    family = test.use.operator.family
    return "Text" if family in TEXT_FAMILIES else family


def _texts(key: str, tests: Sequence[ConditionTest], lookup: Lookup, limit: int) -> Iterator[str]:
    shapes = list(dict.fromkeys(shape for test in tests for shape in patterns_of(test, lookup)))
    yield from map(_filled, shapes)
    yield from ("true", "false") if any(test.use.operator.family == "Bool" for test in tests) else ()
    yield from EXAMPLES.get(key, ())
    yield NO_VALUE
    if all(len(shape.tokens) <= 1 and not shape.fold and _is_literal(shape) for shape in shapes):
        literal = {"".join(map(str, shape.tokens)) for shape in shapes}
        yield next(text for i in range(len(literal) + 1) if (text := NO_VALUE * (i + 1)) not in literal)
        return
    yield from (text for _, text in regions(shapes, [ANY_TEXT], limit=limit))


def patterns_of(test: ConditionTest, lookup: Lookup) -> Iterator[Shape]:
    """Yield the patterns of a test's values, where their variables have values."""
    operator = test.use.operator
    for value in test.values:
        tokens = value.template.tokens(lookup)
        if tokens is None:
            continue
        if operator.family == "Arn":
            shape = arn_shape(tokens)
            yield from (Shape(shape),) if shape is not None else ()
        else:
            yield Shape(tokens, operator.family == "Bool" or "IgnoreCase" in operator.name)


def _is_literal(shape: Shape) -> bool:
    return all(isinstance(token, str) for token in shape.tokens)


def _filled(shape: Shape) -> str:
    """Return a text that a pattern matches, with something where its wildcards stand."""
    return "".join(token if isinstance(token, str) else NO_VALUE for token in shape.tokens)


def _numbers(key: str, tests: Sequence[ConditionTest], lookup: Lookup, limit: int) -> Iterator[str]:
    yield from map(_plain_number, _cut(_read(tests, read_number), Decimal(1)))


def _dates(key: str, tests: Sequence[ConditionTest], lookup: Lookup, limit: int) -> Iterator[str]:
    yield from map(_date, _cut(_read(tests, read_date), Decimal(86_400)))


def _read(tests: Sequence[ConditionTest], read: Callable[[str], Decimal | None]) -> list[Decimal]:
    values = (read(value.text) for test in tests for value in test.values)
    return sorted({value for value in values if value is not None})


def _cut(points: Sequence[Decimal], step: Decimal) -> Iterator[Decimal]:
    """Yield points, one value between each two, one below all and one above."""
    yield from points
    for low, high in pairwise(points):
        whole = (low + 1).to_integral_value(rounding="ROUND_FLOOR") if high - low > 1 else low
        yield whole if low < whole < high else (low + high) / 2
    if points:
        yield from (points[0] - step, points[-1] + step)


def _plain_number(value: Decimal) -> str:
    return format(value.normalize() if value % 1 else value.to_integral_value(), "f")


def _date(seconds: Decimal) -> str:
    """Return a date as text; what ISO 8601 has no form for is given in epoch seconds."""
    try:
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(seconds))
    except OverflowError:
        return _plain_number(seconds)
    text = moment.strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")
    return text if read_date(text) == seconds else _plain_number(seconds)


def _binaries(key: str, tests: Sequence[ConditionTest], lookup: Lookup, limit: int) -> Iterator[str]:
    known = {read_binary(value.text): value.text for test in tests for value in test.values}
    yield from (text for read, text in known.items() if read is not None)
    yield next(text for i in range(len(known) + 1) if (text := _base64(i)) and read_binary(text) not in known)


def _base64(number: int) -> str:
    return base64.b64encode(f"x{number}".encode()).decode()


def _addresses(key: str, tests: Sequence[ConditionTest], lookup: Lookup, limit: int) -> Iterator[str]:
    read = (read_network(value.text) for test in tests for value in test.values)
    networks = list(dict.fromkeys(network for network in read if network is not None))
    for network in networks:
        yield from _address_in(network, [other for other in networks if other != network])
    yield from (text for text in OUTSIDE if not any(ip_address(text) in network for network in networks))
    for everything in ("0.0.0.0/0", "::/0"):
        yield from _address_in(ip_network(everything), networks)


def _address_in(network: Network, others: Sequence[Network]) -> Iterator[str]:
    """Yield an address of a network that is in none of the smaller ones in it, where there is one.

    Networks lie within each other or apart, so it is enough to step over those that are met.
    """
    inner = [one for one in others if one.version == network.version and one.prefixlen > network.prefixlen]
    for start in (int(network.network_address) + (7 if network.num_addresses > 8 else 0), int(network.network_address)):
        at = start
        for one in sorted(inner, key=lambda inside: (int(inside.network_address), inside.prefixlen)):
            if int(one.network_address) <= at <= int(one.broadcast_address):
                at = int(one.broadcast_address) + 1
        if at <= int(network.broadcast_address):
            kind = type(network.network_address)
            yield str(kind(at))
            return
