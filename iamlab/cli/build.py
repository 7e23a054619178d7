"""`iamlab build`: makes the assignment notebooks, and a course for nbgrader."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from iamlab.learning.exercise_file import ExerciseError
from iamlab.learning.lessons import course_root
from iamlab.learning.notebooks import build_notebooks

__all__ = ["build"]

OK, STALE, UNREADABLE = 0, 1, 2


@click.command(short_help="Make assignment notebooks from exercises; lay a course for nbgrader.")
@click.argument("lessons", nargs=-1, metavar="[LESSON]...")
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 where a notebook is not as it should be.")
@click.option(
    "--course",
    type=click.Path(path_type=Path, file_okay=False),
    help="Lay a course for nbgrader in this folder instead: its configuration, and the lessons as assignments.",
)
def build(lessons: tuple[str, ...], check: bool, course: Path | None) -> None:
    """Make the student's and the instructor's notebook of each LESSON, of all unless some are named."""
    root = course_root()
    try:
        built = build_notebooks(root, lessons)
    except ExerciseError as error:
        raise _Unusable(str(error)) from None
    if check:
        for path in (stale := built.stale):
            click.echo(f"{path.relative_to(root)} is not as `iamlab build` would make it.")
        click.echo(f"{len(built.content) - len(stale)} of {len(built.content)} notebooks are current")
        sys.exit(STALE if stale else OK)
    written = built.write()
    for path in written:
        click.echo(f"Wrote {path.relative_to(root)}")
    click.echo(f"{len(built.content)} notebooks, {len(written)} of them written")


class _Unusable(click.ClickException):
    """Something cannot be read; shown as one sentence."""

    exit_code = UNREADABLE
