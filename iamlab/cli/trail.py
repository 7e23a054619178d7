"""`iamlab trail`: the refusals in CloudTrail's records, and the smallest policy that allows what was used."""

from __future__ import annotations

import json
import sys

import click

from iamlab.cli.documents import Unopened, document
from iamlab.diagnosis import TrailError, denials, read_trail, smallest_policy
from iamlab.policy import PolicyError
from iamlab.reporting.diagnosis import refusals_data, refusals_text, trimmed_data, trimmed_text
from iamlab.reporting.text import policy_error_text, printable

__all__ = ["trail"]

READ, UNREADABLE = 0, 2


@click.command(short_help="Show who was refused, and draft the smallest policy, from CloudTrail's records.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--policy", "present", metavar="FILE", help="The policy attached now: shows what the smallest takes away."
)
@click.option("--principal", metavar="ARN", help="The user or role for which to draft the smallest policy.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="text for people."
)
def trail(paths: tuple[str, ...], present: str | None, principal: str | None, form: str) -> None:
    """Read CloudTrail's records: files (JSON, in gzip or not) and folders of them, as AWS writes them.

    Exits with 0; with 2 where a file could not be read. What could be read is shown either way.
    """
    attached = document(present) if present else None
    if isinstance(attached, Unopened):
        sys.exit(_failed(attached.message))
    try:
        frame = read_trail(paths)
        trimmed = smallest_policy(frame, attached.text if attached else None, principal=principal)
    except PolicyError as error:
        sys.exit(_failed(f"In {present}:\n{policy_error_text(error)}"))
    except TrailError as error:
        sys.exit(_failed("\n".join(error.problems)))
    found = denials(frame)
    if form == "json":
        data = {"denials": refusals_data(found), "smallest": trimmed_data(trimmed)}
        click.echo(json.dumps(data, ensure_ascii=True, indent=2))
    else:
        click.echo(f"{refusals_text(found)}\n\n{trimmed_text(trimmed)}")
    sys.exit(_failed("\n".join(frame.attrs["problems"])) if frame.attrs["problems"] else READ)


def _failed(text: str) -> int:
    click.echo(printable(text), err=True)
    return UNREADABLE
