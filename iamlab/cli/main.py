"""The `iamlab` command: finds the command that was asked for and loads only its file."""

from __future__ import annotations

from errno import EPIPE
from importlib import import_module
from typing import Any, NamedTuple

import click

from iamlab import __version__

__all__ = ["COMMANDS", "main"]


class Place(NamedTuple):
    """Where a command's code stands, and the line of help that shows it without loading that code."""

    module: str
    attribute: str
    help: str


INTERRUPTED = 128 + 2


class Failed(click.ClickException):
    """Something outside stands in the way; shown as one sentence."""

    exit_code = 2


COMMANDS = {
    "build": Place("iamlab.cli.build", "build", "Make assignment notebooks, and courses for nbgrader."),
    "compare": Place("iamlab.cli.compare", "compare", "Say what one policy allows beyond another, and prove it."),
    "exam": Place("iamlab.cli.exam", "exam", "Take a mock exam under a clock."),
    "exercise": Place("iamlab.cli.exercise", "exercise", "List, start, check and prove exercises."),
    "grade": Place("iamlab.cli.grade", "grade", "Grade what a class handed in; nothing of it is run."),
    "lab": Place("iamlab.cli.lab", "lab", "Open the lessons in JupyterLab."),
    "lint": Place("iamlab.cli.lint", "lint", "Check policies: what is wrong, where, and what would be right."),
    "progress": Place("iamlab.cli.progress", "progress", "Show what is done, and what to do next."),
    "simulate": Place("iamlab.cli.simulate", "simulate", "Decide requests written in scenario files."),
    "trail": Place("iamlab.cli.trail", "trail", "Show refusals in CloudTrail's records; draft the smallest policy."),
    "why": Place("iamlab.cli.why", "why", "Say which step refused a request, and what would allow it."),
}


class LazyGroup(click.Group):
    """A group that lists its commands from `COMMANDS` and imports one only when it runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name every command, in the table's order."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command, or return None where there is none of that name."""
        if (place := COMMANDS.get(cmd_name)) is None:
            return None
        command: click.Command = getattr(import_module(place.module), place.attribute)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command. A full disk ends in a sentence; Ctrl-C in the shell's usual status, since 1 says "unmet"."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            ctx.exit(INTERRUPTED)
        except OSError as error:
            if error.errno == EPIPE:  # the reader went away; click ends quietly
                raise
            place = f": {error.filename}" if error.filename else ""
            raise Failed(f"{error.strerror or error}{place}") from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands for `--help` from the table alone."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, place.help) for name, place in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or name the nearest one in the error."""
        name = args[0]
        if name in COMMANDS or name.startswith("-"):
            return super().resolve_command(ctx, args)
        raise click.UsageError(f"iamlab has no command `{name}`.{nearest(name)}", ctx)


def nearest(name: str) -> str:
    """Say which command was perhaps meant; empty where none is near.

    >>> nearest("simulat")
    ' Perhaps `simulate` is meant.'
    >>> nearest("xyzzy")
    ''
    """
    from difflib import get_close_matches

    near = get_close_matches(name, COMMANDS, n=1)
    return f" Perhaps `{near[0]}` is meant." if near else ""


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", prog_name="iamlab", message="%(prog)s %(version)s")
def main() -> None:
    """Learn AWS IAM for machine learning by editing real policies."""
