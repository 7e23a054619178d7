"""`iamlab compare`: what one policy allows beyond another, exactly, with requests that prove it."""

from __future__ import annotations

import json
import sys
from typing import NoReturn

import click

from iamlab.aws.catalogue import CatalogueMissing
from iamlab.cli.compare_files import Holder, Unreadable, paired, read_side
from iamlab.comparison import compare as compared_with
from iamlab.evaluation.policies import label_in_place
from iamlab.policy import KINDS, Policy
from iamlab.reporting.comparison import SHOWN, Compared, comparison_data, comparison_terminal, comparison_text
from iamlab.reporting.side_reasons import settings_of
from iamlab.reporting.text import printable

__all__ = ["compare"]

EQUAL, DIFFERENT, UNREADABLE, UNDECIDED = 0, 1, 2, 3
WITH_PRINCIPAL = frozenset({"resource", "trust", "vpc_endpoint"})
"""Kinds of documents for which it matters who makes a request."""


@click.command(short_help="Say what one policy allows beyond another.")
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@click.option("--kind", type=click.Choice(list(KINDS)), help="The kind of both policies.  [default: identity]")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="text for people."
)
@click.option("--plausible", is_flag=True, help="Leave out requests that AWS does not make.")
@click.option(
    "--all", "everything", is_flag=True, help=f"Show every difference, not the {SHOWN} plainest of each side."
)
def compare(first: str, second: str, kind: str | None, form: str, plausible: bool, everything: bool) -> None:
    """Compare what A and B allow: two policy documents, or two scenario files, of which the requests do not matter.

    One of them may be `-`, standard input. Every request counts, on every resource and with every context; each
    difference is shown by its plainest request. Exits with 0 where A and B allow the same; with 1 where they do not;
    with 2 where something could not be read; with 3 where it was not decided.
    """
    if first == second == "-":
        raise click.UsageError("Standard input can be one of the two, not both.")
    sides = _read([first, second], kind, form)
    try:
        compared = _compared([first, second], sides, kind, plausible)
    except CatalogueMissing as error:
        raise click.ClickException(str(error)) from error
    except Unreadable as error:
        _give_up([error], form)
    _show(compared, form, None if everything else SHOWN)
    sys.exit({"equal": EQUAL, "undecided": UNDECIDED}.get(compared.comparison.relation, DIFFERENT))


def _read(names: list[str], kind: str | None, form: str) -> list[Policy | Holder]:
    sides, failed = list[Policy | Holder](), list[Unreadable]()
    for name in names:
        try:
            sides.append(read_side(name, kind))
        except Unreadable as error:
            failed.append(error)
    if failed:
        _give_up(failed, form)
    return sides


def _compared(names: list[str], sides: list[Policy | Holder], kind: str | None, plausible: bool) -> Compared:
    shown = _names(names)
    match sides:
        case [Policy() as first, Policy() as second]:
            kind = kind or "identity"
            found = compared_with(first, second, kind=kind, only_plausible=plausible)
            settings = settings_of(first, second, kind)
            return Compared(found, shown, settings, label_in_place(kind, {}), with_principal=kind in WITH_PRINCIPAL)
        case [Holder() as one, Holder() as other]:
            if kind is not None:
                raise click.UsageError("`--kind` is for policy documents; a scenario says itself what each policy is.")
            return _of_scenarios(shown, one, other, plausible)
    message = (
        f"{' and '.join(map(_quoted, shown))} cannot be compared: one is a policy document, the other a scenario."
        " Name two of the same sort."
    )
    raise Unreadable.of(names[1], "different-sorts", message[0].upper() + message[1:])


def _of_scenarios(names: tuple[str, str], first: Holder, second: Holder, plausible: bool) -> Compared:
    pair = paired(first, second)
    setting = pair.setting
    found = compared_with(
        setting.first,
        setting.second,
        principal=pair.principal,
        resource_account=pair.resource_account,
        management_account=setting.management_account,
        only_plausible=plausible,
    )
    return Compared(found, names, (setting,), origins=(first.origins, second.origins))


def _names(names: list[str]) -> tuple[str, str]:
    """Return what the sides are called; where both are one file, which of the two is meant."""
    first, second = ("standard input" if name == "-" else name for name in names)
    return (first, second) if first != second else (f"{first} (A)", f"{second} (B)")


def _quoted(name: str) -> str:
    return name if name == "standard input" else f"`{name}`"


def _give_up(failed: list[Unreadable], form: str) -> NoReturn:
    if form == "json":
        errors = [error for one in failed for error in one.errors]
        click.echo(json.dumps({"errors": errors}, ensure_ascii=True, indent=2))
    else:
        for one in failed:
            click.echo(printable(one.text), err=True)
    sys.exit(UNREADABLE)


def _show(compared: Compared, form: str, most: int | None) -> None:
    if form == "json":
        click.echo(json.dumps(comparison_data(compared), ensure_ascii=True, indent=2))
        return
    if sys.stdout.isatty():
        from rich.console import Console

        Console().print(comparison_terminal(compared, most), soft_wrap=True, highlight=False)
    else:
        click.echo(comparison_text(compared, most))
    if most is not None and any(
        len(found) > most for found in (compared.comparison.only_first, compared.comparison.only_second)
    ):
        click.echo("`--all` shows the others.", err=True)
