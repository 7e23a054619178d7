"""`iamlab exercise`: list, start, check and prove exercises."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, NoReturn

import click
from rich.console import Console
from rich.table import Table

from iamlab.cli.documents import Unopened, document
from iamlab.learning.exercise import Exercise, exercise_files, find_exercise, load_exercise
from iamlab.learning.exercise_file import ExerciseError
from iamlab.learning.files import put
from iamlab.learning.new import BODIES, new_exercise
from iamlab.learning.result import RIGHT
from iamlab.learning.verify import Verdict, make_kind, verify
from iamlab.reporting.result import result_text
from iamlab.reporting.text import printable

__all__ = ["exercise"]

MAX_BYTES = 4 * 1024 * 1024
OK, NOT_RIGHT, UNREADABLE = 0, 1, 2


@click.group(short_help="List, start, check and prove exercises.")
def exercise() -> None:
    """List, start, check and prove exercises."""


@exercise.command("list", short_help="Show all exercises with their topics and points.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def list_exercises(form: str) -> None:
    """Show all exercises, lesson by lesson, with kinds, topics and points."""
    found = [load_exercise(path) for path in exercise_files().values()]
    if form == "json":
        click.echo(json.dumps([_listed(one) for one in found], ensure_ascii=False))
        return
    table = Table("lesson", "name", "kind", "title", "topics", "points", box=None)
    for one in found:
        table.add_row(one.lesson, one.name, one.kind, one.title, ", ".join(one.topics), str(one.points))
    Console().print(table)
    click.echo(f"{len(found)} exercises, {sum(one.points for one in found)} points")


def _listed(one: Exercise) -> dict[str, Any]:
    shown = {"name": one.name, "lesson": one.lesson, "title": one.title, "kind": one.kind}
    return {**shown, "topics": list(one.topics), "points": one.points}


@exercise.command(short_help="Start a new exercise and its solution file.")
@click.argument("name")
@click.option("--lesson", required=True, help="The lesson's folder, as in `04-policy-elements`.")
@click.option("--kind", type=click.Choice(list(BODIES)), default="policy")
def new(name: str, lesson: str, kind: str) -> None:
    """Write `exercises/LESSON/NAME.toml` and its solution here, ready to be filled in."""
    for path, text in new_exercise(name, lesson, kind).items():
        if path.exists():
            raise click.ClickException(f"`{path}` is there already.")
        put(path, text.encode())
        click.echo(f"Wrote {path}")
    click.echo(
        "Fill them in, then prove them: iamlab exercise verify " + str(Path("exercises") / lesson / f"{name}.toml")
    )


@exercise.command(short_help="Check an answer.")
@click.argument("name")
@click.argument("answer_file", metavar="ANSWER-FILE")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--seed", help="Whose variant it is, such as a student's name.")
def check(name: str, answer_file: str, form: str, seed: str | None) -> None:
    """Check an answer to the exercise NAME; `-` is standard input.

    Exits with 0 where it is right, 1 where it is not, 2 where something could not be read.
    """
    try:
        kind = make_kind(find_exercise(name, seed))
        answer = _answer(answer_file)
    except (ExerciseError, ValueError) as error:
        _fail(error, form)
    result = kind.check(answer)
    if form == "json":
        click.echo(json.dumps(result.as_dict(), ensure_ascii=False))
    else:
        click.echo(result_text(kind.exercise.title, result.as_dict()))
    sys.exit(OK if result.status == RIGHT else NOT_RIGHT)


def _answer(file: str) -> str:
    found = document(file, MAX_BYTES)
    if isinstance(found, Unopened):
        raise ValueError(found.message)
    return found.text


def _fail(error: Exception, form: str) -> NoReturn:
    message = str(error)
    click.echo(json.dumps({"error": {"message": message}}) if form == "json" else message, err=form != "json")
    sys.exit(UNREADABLE)


@exercise.command("verify", short_help="Prove exercises: solution, wrong answers, mutants.")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--seeds", default=0, help="Also with so many variants of its variables.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def verify_exercises(names: tuple[str, ...], seeds: int, form: str) -> None:
    """Prove exercises, by name or file; all, unless some are named.

    The solution gets full marks, the start does not, every listed wrong answer gets less with the feedback it
    promises, and every mutant of the solution that means something else is refused. Exits with 1 where one fails.
    """
    files = exercise_files()
    unknown = [name for name in names if name not in files and not Path(name).is_file()]
    if unknown:
        click.echo(f"There is no exercise `{unknown[0]}`.", err=True)
        sys.exit(UNREADABLE)
    paths = [files.get(name) or Path(name).resolve() for name in names] or list(files.values())
    verdicts = [verify(path, seeds) for path in paths]
    if form == "json":
        click.echo(json.dumps([_proof(one) for one in verdicts], ensure_ascii=False))
    else:
        _show_verdicts(verdicts)
    sys.exit(NOT_RIGHT if any(one.problems for one in verdicts) else OK)


def _proof(one: Verdict) -> dict[str, Any]:
    counts = {"mutants": one.mutants, "refused": one.refused, "equal": one.equal, "score": one.score}
    return {"exercise": one.name, "problems": one.problems, **counts}


def _show_verdicts(verdicts: list[Verdict]) -> None:
    for one in verdicts:
        score = f"{one.score:.0%} of {one.mutants} mutants refused"
        click.echo(f"{'proved' if not one.problems else 'FAILED'}  {one.name}: {score}")
        for problem in one.problems:
            click.echo(f"        {printable(problem)}")
    refused, mutants = sum(one.refused for one in verdicts), sum(one.mutants for one in verdicts)
    share = f"{refused / mutants:.1%}" if mutants else "none"
    click.echo(f"{len(verdicts)} exercises; mutation score {share} ({refused} of {mutants})")
