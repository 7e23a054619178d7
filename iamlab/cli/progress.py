"""`iamlab progress`: where a learner stands."""

from __future__ import annotations

import json
from pathlib import Path

import click

from iamlab.learning.progress import progress_of
from iamlab.learning.settings import SettingsError, settings
from iamlab.reporting.progress import progress_text

__all__ = ["progress"]


@click.command(short_help="Show what is done, and what to do next.")
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True)
def progress(folder: Path | None, form: str) -> None:
    """Show points by lesson, mistakes that came back, weak topics and exercises worth doing next.

    FOLDER is where the notebooks are; the present one, unless given.
    """
    try:
        answers = settings(folder).answers
    except SettingsError as error:
        raise click.ClickException(str(error)) from error
    found = progress_of(answers)
    if form == "csv":
        click.echo(found.frame().to_csv(index=False), nl=False)
        return
    data = found.data(click.format_filename(answers))
    click.echo(json.dumps(data, ensure_ascii=False) if form == "json" else progress_text(data))
