"""`iamlab why`: what an AWS error says of a request that was not allowed."""

from __future__ import annotations

import json
import sys

import click

from iamlab.diagnosis.denial import NotADenial, explain_denial
from iamlab.diagnosis.reading import MAX_LENGTH
from iamlab.reporting.diagnosis import denial_data, denial_text

__all__ = ["why"]

READ, UNREADABLE = 0, 2


@click.command(short_help="Say which step refused a request, and what would allow it.")
@click.argument("message", nargs=-1, required=True)
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="text for people."
)
def why(message: tuple[str, ...], form: str) -> None:
    """Explain the MESSAGE of an AWS error: which step refused, what to look at, the statement that would allow it.

    The message may stand in a traceback, a log or JSON, and be long; `-` reads it from standard input. Quote it, so
    that the shell leaves it whole. Exits with 0; with 2 where nothing in it is such an error.
    """
    text = sys.stdin.buffer.read(4 * MAX_LENGTH).decode("utf-8", "replace") if message == ("-",) else " ".join(message)
    try:
        denial = explain_denial(text)
    except NotADenial as error:
        click.echo(f"{error} Paste it whole, from `User:` or `An error occurred` on.", err=True)
        sys.exit(UNREADABLE)
    if form == "json":
        click.echo(json.dumps(denial_data(denial), ensure_ascii=True, indent=2))
    else:
        click.echo(denial_text(denial))
    sys.exit(READ)
