"""What a comparison found, as data, as text, and with colors for a terminal; HTML is in `comparison_html.py`.

A difference is told as a request: what is asked for, which statement of the one side allows it, and why the other
side does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from iamlab.comparison import Comparison, Witness
from iamlab.evaluation.decision import ALLOWED
from iamlab.evaluation.principal import Principal
from iamlab.evaluation.request import Request
from iamlab.reporting.explanation import applicability_note
from iamlab.reporting.side_reasons import Reason, Setting, reason_of, request_of
from iamlab.reporting.text import printable
from iamlab.reporting.words import WORDS, and_list, code, plural

if TYPE_CHECKING:
    from rich.text import Text

__all__ = [
    "Compared",
    "Told",
    "comparison_data",
    "comparison_terminal",
    "comparison_text",
    "headline",
    "told",
]

SHOWN = 5
"""How many requests are shown for each direction, unless more are asked for."""
NAMED = 3
"""How many further actions are named; of more, only the number is told."""

SENTENCES = {
    "equal": "{first} and {second} allow the same requests.",
    "wider": "{first} allows more than {second}, in {only_first}.",
    "narrower": "{first} allows less than {second}, in {only_second}.",
    "overlapping": "Each allows what the other does not: {first} in {only_first}, {second} in {only_second}.",
    "undecided": "Whether {first} and {second} allow the same requests was not decided.",
}
HALF = "{wide} allows more than {other}, in {ways}; whether {other} allows anything more was not decided."
SUPPOSED = "This supposes that the resource's own policy leaves it to the account: without one, nobody gets in."
NO_SUCH_ACTION = "AWS's list of actions does not have `{action}`; a wildcard, or what is not listed, takes it in."

STYLES = {
    "allowed": "bold green",
    "explicitDeny": "bold red",
    "implicitDeny": "bold yellow",
    "head": "bold",
    "quiet": "dim",
    "": "",
}
"""How a terminal shows a line; the words say the same without it."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison with what it takes to tell it.

    `names` are what the two sides are called. `settings` are the sets of policies that were compared, so that reasons
    can be given in full. `own` is the label under which each side's document stands there; empty where a side is a
    whole set of policies. `origins` says of policies' labels where in a model of accounts they stand. `with_principal`
    tells whether it matters who makes a request.
    """

    comparison: Comparison
    names: tuple[str, str] = ("the first", "the second")
    settings: tuple[Setting, ...] = ()
    own: str = ""
    origins: tuple[Mapping[str, str], Mapping[str, str]] = field(default_factory=lambda: ({}, {}))
    with_principal: bool = True


class Told(NamedTuple):
    """A witness in words: who asks, action and resource; the context's keys; both sides; more actions; notes."""

    principal: str | None
    action: str
    resource: str
    context: tuple[tuple[str, str], ...]
    sides: tuple[tuple[str, Reason], ...]
    also: str
    notes: tuple[str, ...]


class Line(NamedTuple):
    """One line, with how it is shown: a key of `STYLES`."""

    text: str
    style: str = ""


def comparison_data(compared: Compared) -> dict[str, Any]:
    """Return a comparison as plain data, ready for JSON; every witness is a request as in a scenario."""
    comparison = compared.comparison
    return {
        "relation": comparison.relation,
        "only_first": [_witness_data(witness, compared) for witness in comparison.only_first],
        "only_second": [_witness_data(witness, compared) for witness in comparison.only_second],
        "undecided": list(comparison.undecided),
    }


def _witness_data(witness: Witness, compared: Compared) -> dict[str, Any]:
    return {
        "action": witness.action,
        "resource": witness.resource,
        "context": dict(witness.context),
        "first": witness.first,
        "second": witness.second,
        "principal": _principal_data(witness.principal),
        "resource_account": _owner(witness, compared.settings),
        "also": list(witness.also),
        "plausible": witness.plausible,
        "resource_policy": witness.resource_policy,
    }


def _principal_data(principal: object) -> object:
    """Return a principal as a scenario writes it."""
    if not isinstance(principal, Principal):
        return principal
    kind = {"Service": "Service", "Web": "Federated"}.get(principal.type)
    return {kind: principal.text} if kind else principal.text


def _owner(witness: Witness, settings: Iterable[Setting]) -> str | None:
    """Return the resource's account, where it does not follow from the ARN and the principal."""
    request = request_of(witness, settings)
    bare = Request.of(witness.principal, witness.action, witness.resource, witness.context)
    return request.resource_account if request.resource_account != bare.resource_account else None


def headline(compared: Compared) -> str:
    """Return the one sentence that says how two sides compare.

    >>> headline(Compared(Comparison("equal"), ("a.json", "b.json")))
    '`a.json` and `b.json` allow the same requests.'
    """
    found, (first, second) = compared.comparison, (_quoted(name) for name in compared.names)
    ways = {"only_first": _ways(found.only_first), "only_second": _ways(found.only_second)}
    if found.relation == "undecided" and (found.only_first or found.only_second):
        wide, other, some = (first, second, "only_first") if found.only_first else (second, first, "only_second")
        return _sentence(HALF.format(wide=wide, other=other, ways=ways[some]))
    return _sentence(SENTENCES[found.relation].format(first=first, second=second, **ways))


def _ways(witnesses: tuple[Witness, ...]) -> str:
    return plural(len(witnesses), "way")


def _quoted(name: str) -> str:
    return name if name.startswith(("the ", "standard ")) else code(name)


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:]


def told(compared: Compared, witness: Witness) -> Told:
    """Return a witness in words."""
    request = request_of(witness, compared.settings)
    reasons = (reason_of(compared, witness, side) for side in (0, 1))
    names = [*compared.names]
    sides = list(zip(names, reasons, strict=True))
    if witness.first != ALLOWED:
        sides.reverse()  # the side that allows comes first
    return Told(
        request.principal.text if compared.with_principal else None,
        witness.action,
        witness.resource,
        tuple((key, _values(value)) for key, value in witness.context.items()),
        tuple(sides),
        _further(witness.also),
        tuple(_notes(witness, request)),
    )


def _values(value: str | list[str]) -> str:
    if isinstance(value, str):
        return code(value)
    return and_list(map(code, value)) if value else "no value"


def _further(also: tuple[str, ...]) -> str:
    if not also:
        return ""
    if len(also) <= NAMED:
        return f"The same holds for {and_list(map(code, also))}."
    named = ", ".join(map(code, also[:NAMED]))
    return f"The same holds for {len(also):,} more actions: {named} and {len(also) - NAMED:,} others."


def _notes(witness: Witness, request: Request) -> Iterator[str]:
    if witness.resource_policy is not None:
        yield SUPPOSED
    if not witness.plausible:
        yield applicability_note(request) or NO_SUCH_ACTION.format(action=witness.action)


def comparison_text(compared: Compared, most: int | None = SHOWN) -> str:
    """Return a comparison as plain text.

    Args:
        compared: the comparison.
        most: how many requests are shown for each direction; None for all.
    """
    return printable("\n".join(line.text for line in _lines(compared, most)))


def comparison_terminal(compared: Compared, most: int | None = SHOWN) -> Text:
    """Return the same with colors, for rich; its plain text is that of `comparison_text`."""
    from rich.text import Text

    return Text("\n").join(Text(printable(line.text), STYLES[line.style]) for line in _lines(compared, most))


def _lines(compared: Compared, most: int | None) -> Iterator[Line]:
    comparison = compared.comparison
    yield Line(headline(compared), "head")
    for name, witnesses in zip(compared.names, (comparison.only_first, comparison.only_second), strict=True):
        if witnesses:
            yield Line("")
            yield Line(f"Only {name} allows", "head")
            yield from _direction(compared, witnesses, most)
    if comparison.undecided:
        yield Line("")
        yield Line("Not decided", "head")
        yield from (Line(f"  {sentence}") for sentence in comparison.undecided)


def _direction(compared: Compared, witnesses: tuple[Witness, ...], most: int | None) -> Iterator[Line]:
    shown = witnesses[:most]
    for number, witness in enumerate(shown, 1):
        yield from _witness_lines(number, told(compared, witness))
    if left := len(witnesses) - len(shown):
        yield Line(f"  and {plural(left, 'more way')}", "quiet")


def _witness_lines(number: int, one: Told) -> Iterator[Line]:
    who = f"{one.principal} asks for " if one.principal else ""
    yield Line(f"{number:3}. {who}{one.action} on {one.resource}")
    for key, value in one.context:
        yield Line(f"     with {key} {value}")
    for name, reason in one.sides:
        yield Line(f"     {name}: {WORDS[reason.decision]}. {reason.sentence}", reason.decision)
        if reason.place:
            yield Line(f"       {reason.place}", "quiet")
    yield from (Line(f"     {text}", "quiet") for text in (one.also, *(f"Note: {note}" for note in one.notes)) if text)
