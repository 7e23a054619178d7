"""`iamlab build`: makes the assignment notebooks, and a course for nbgrader."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

import click

from iamlab.learning.classroom.course import course_problems, lay_course
from iamlab.learning.exercise_file import ExerciseError
from iamlab.learning.lessons import course_root
from iamlab.learning.notebooks import build_notebooks, build_variants
from iamlab.reporting.words import plural

__all__ = ["build"]

OK, STALE, UNREADABLE = 0, 1, 2
PACKAGED = "_course"


@click.command(short_help="Make assignment notebooks from exercises; lay a course for nbgrader.")
@click.argument("lessons", nargs=-1, metavar="[LESSON]...")
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 where something is not as it should be.")
@click.option(
    "--course",
    type=click.Path(path_type=Path, file_okay=False),
    help="Lay a course for nbgrader in this folder instead: its configuration, and the lessons as assignments.",
)
@click.option("--seed", "seeds", multiple=True, help="Make student notebooks in this one's variant; may be repeated.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Where those go: a folder for each seed.")
def build(lessons: tuple[str, ...], check: bool, course: Path | None, seeds: tuple[str, ...], out: Path | None) -> None:
    """Make the student's and the instructor's notebook of each LESSON, of all unless some are named.

    With --course, lay a course for nbgrader in a folder: its configuration, and the lessons as assignments; with
    --check as well, say what is wrong with the one that is there. With --seed and --out, make notebooks for some
    students, each in a variant of their own.
    """
    root = course_root()
    if bool(seeds) != bool(out) or (seeds and course):
        raise click.UsageError("--seed and --out belong together, and not to --course.")
    try:
        if out is not None:
            _build_variants(root, lessons, out, seeds)
        elif course is None:
            _build(root, lessons, check)
        elif check:
            _check_course(course)
        else:
            _lay(course, root, lessons)
    except ExerciseError as error:
        raise _Unusable(str(error)) from None


def _build(root: Path, lessons: tuple[str, ...], check: bool) -> None:
    if root.name == PACKAGED and not check:
        raise _Unusable("Notebooks are built in a checkout of iamlab; with --course FOLDER a course is laid anywhere.")
    built = build_notebooks(root, lessons)
    if check:
        for path in (stale := built.stale):
            click.echo(f"{path.relative_to(root)} is not as `iamlab build` would make it.")
        click.echo(f"{len(built.content) - len(stale)} of {len(built.content)} notebooks are current")
        sys.exit(STALE if stale else OK)
    for path in (written := built.write()):
        click.echo(f"Wrote {path.relative_to(root)}")
    click.echo(f"{len(built.content)} notebooks, {len(written)} of them written")


def _build_variants(root: Path, lessons: tuple[str, ...], out: Path, seeds: tuple[str, ...]) -> None:
    for path in build_variants(root, lessons, out, seeds).write():
        click.echo(f"Wrote {path}")


def _lay(course: Path, root: Path, lessons: tuple[str, ...]) -> None:
    laid = lay_course(course, root, lessons)
    for path in laid.new:
        click.echo(f"Laid {course / path}")
    for path in laid.left:
        click.echo(f"Left {course / path}: it is there already, and differs")
    if find_spec("nbgrader") is None:
        click.echo("nbgrader is not installed here: pip install 'iamlab[classroom]'")
    click.echo(f"Next, in {course}: nbgrader generate_assignment {laid.assignments[0]}")


def _check_course(course: Path) -> None:
    problems = course_problems(course)
    for problem in problems:
        click.echo(problem)
    click.echo(f"{plural(len(problems), 'problem')} in {course}")
    sys.exit(STALE if problems else OK)


class _Unusable(click.ClickException):
    """Something cannot be read; shown as one sentence."""

    exit_code = UNREADABLE
