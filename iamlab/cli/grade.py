"""`iamlab grade`: grade what a class handed in, without running any of it."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from iamlab.cli.grade_files import Wanted, write_all
from iamlab.learning.class_grading import assignment_of, grade_class, plan_for
from iamlab.learning.exercise import exercise_files
from iamlab.learning.journal import Journal
from iamlab.learning.owners import Found, find_submissions
from iamlab.learning.roster import RosterError, Student, load_roster
from iamlab.learning.student_grading import Plan
from iamlab.learning.workers import Here, Processes, Workers
from iamlab.reporting.class_summary import ClassSummary
from iamlab.reporting.gradebook import FORMS
from iamlab.reporting.text import printable
from iamlab.reporting.words import plural

__all__ = ["grade"]

UNUSABLE = 2
MOST_TOLD = 10
MOST_MISTAKES = 5
FILE = click.Path(dir_okay=False, path_type=Path)


@click.command(short_help="Grade what a class handed in; nothing of it is run.")
@click.argument("submissions", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--roster",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="CSV with a column `id`, and perhaps name, email, section, canvas_id, moodle_id.",
)
@click.option("--out", required=True, type=FILE, help="Where the grades go, CSV.")
@click.option("--lesson", "lessons", multiple=True, help="The assignment: a lesson's exercises. May be given again.")
@click.option("--exercise", "names", multiple=True, help="The assignment: an exercise. May be given again.")
@click.option("--feedback", type=click.Path(file_okay=False, path_type=Path), help="A folder for a page a student.")
@click.option("--overview", type=FILE, help="A page for the instructor, HTML.")
@click.option("--picture", type=FILE, help="The same as a picture: .png, .pdf or .svg.")
@click.option(
    "--form",
    type=click.Choice(list(FORMS)),
    default="rows",
    show_default=True,
    help="The CSV's shape: a line a student and exercise, or what Canvas' or Moodle's grade book imports.",
)
@click.option("--title", default="Assignment", show_default=True, help="The assignment's name.")
@click.option("--variants", is_flag=True, help="Each student has an own variant of the exercises, by id.")
@click.option("--jobs", type=click.IntRange(0), help="On how many cores; all, unless given. 0: in this process.")
@click.option("--scheduler", help="The address of a Dask scheduler that spreads the work.")
@click.option(
    "--seconds",
    type=click.FloatRange(1),
    default=Plan().seconds,
    show_default=True,
    help="How long one student's submission may take.",
)
def grade(submissions: tuple[Path, ...], roster: Path, **options: Any) -> None:
    """Grade SUBMISSIONS: notebooks, folders (as of nbgrader, Moodle or Canvas) or ZIP files; nothing is run.

    The assignment is what --lesson and --exercise name; unless they are given, the exercises that at least a tenth of
    the submissions answer. Whose a submission is, is told by the names of folders and files.

    An interrupted run goes on where it was. Exits with 0; with 2 where the roster, the assignment or the cluster cannot
    be used.
    """
    chosen = _Options(**options)
    _check_picture(chosen.picture)
    students = _students(roster)
    exercises = _assignment(chosen.lessons, chosen.names)
    plan = plan_for(exercises, students, variants=chosen.variants, seconds=chosen.seconds)
    found = find_submissions(submissions, students)
    _tell_left(found.left)
    journal, begun = Journal(chosen.out.with_name(f".{chosen.out.name}.part")), time.monotonic()
    with closing(journal):
        _run(found, plan, journal, chosen)
        names = exercises or assignment_of(journal, [student.id for student in students])
        wanted = Wanted(chosen.out, chosen.form, chosen.title, chosen.feedback, chosen.overview, chosen.picture)
        took = time.monotonic() - begun
        summary = write_all(wanted, students, names, journal, found.left, took)
        journal.remove()
    _tell(summary, names, chosen, named=exercises is not None, seconds=took)


@dataclass(frozen=True, slots=True)
class _Options:
    """What was asked for on the command line."""

    out: Path
    lessons: tuple[str, ...]
    names: tuple[str, ...]
    feedback: Path | None
    overview: Path | None
    picture: Path | None
    form: str
    title: str
    variants: bool
    jobs: int | None
    scheduler: str | None
    seconds: float


def _refuse(sentence: str) -> NoReturn:
    click.echo(printable(sentence), err=True)
    sys.exit(UNUSABLE)


def _check_picture(path: Path | None) -> None:
    if path is not None and path.suffix.lower() not in {".png", ".pdf", ".svg"}:
        _refuse(f"A picture is a .png, .pdf or .svg file; `{path.name}` is none.")


def _students(roster: Path) -> list[Student]:
    try:
        return load_roster(roster)
    except RosterError as error:
        _refuse(f"{roster}: {error}")


def _assignment(lessons: Iterable[str], names: Iterable[str]) -> list[str] | None:
    """Return the exercises that were named; None where none were."""
    files = exercise_files()
    of_lessons = {path.parent.name for path in files.values()}
    unknown = [one for one in names if one not in files] + [one for one in lessons if one not in of_lessons]
    if unknown:
        _refuse(f"There is no exercise or lesson `{unknown[0]}`. The list: iamlab exercise list")
    wanted = {*names}
    chosen = [name for name, path in files.items() if path.parent.name in {*lessons} or name in wanted]
    return chosen or None


def _tell_left(left: Sequence[str]) -> None:
    for sentence in left[:MOST_TOLD]:
        click.echo(printable(f"Left out: {sentence}"), err=True)
    if len(left) > MOST_TOLD:
        click.echo(f"Left out: {len(left) - MOST_TOLD} more; the CSV has them.", err=True)


def _run(found: Found, plan: Plan, journal: Journal, chosen: _Options) -> None:
    with _workers(chosen) as workers, _progress() as progress:
        task = progress.add_task("Grading", total=len(found.pieces))
        for _ in grade_class(found.pieces, plan, journal, workers):
            progress.advance(task)


def _progress() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)


@contextmanager
def _workers(chosen: _Options) -> Iterator[Workers]:
    if chosen.scheduler is None:
        yield Here() if chosen.jobs == 0 else Processes(chosen.jobs)
        return
    try:
        from iamlab.learning.cluster import Cluster, ClusterError
    except ImportError:
        _refuse('A cluster needs the package `distributed`: pip install "iamlab[cluster]"')
    try:
        with closing(Cluster(chosen.scheduler)) as cluster:
            yield cluster
    except ClusterError as error:
        _refuse(str(error))


def _tell(summary: ClassSummary, names: Sequence[str], chosen: _Options, *, named: bool, seconds: float) -> None:
    people = f"{plural(summary.students, 'student')}, {summary.handed_in} handed in"
    click.echo(f"{people}; median {summary.median:g} of {summary.most:g} points; {seconds:.1f} s; wrote {chosen.out}")
    if not named:
        click.echo(
            f"{plural(len(names), 'exercise')}, as found in what was handed in; --lesson or --exercise names them"
        )
    for mistake in [one for one in summary.mistakes(MOST_MISTAKES) if one.count > 1]:
        words = printable(f"{mistake.words}, in {summary.exercises[mistake.exercise].title}")
        click.echo(f"  {plural(mistake.count, 'student')} {words}")
