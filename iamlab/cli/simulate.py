"""`iamlab simulate`: decide the requests of scenario files, or of a stream."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import click

from iamlab.evaluation import read_scenario
from iamlab.evaluation.scenario import Scenario, ScenarioError, error_result, result_of, scenarios_in
from iamlab.policy import Problem, Source, Span
from iamlab.reporting.explanation import explanation_data
from iamlab.reporting.report import report_terminal
from iamlab.reporting.text import explanation_text, printable, scenario_error_text
from iamlab.reporting.words import WORDS

__all__ = ["simulate"]

MAX_BYTES = 64 * 1024 * 1024
"""The longest file, and MAX_LINE the longest line of a stream, that is read."""
MAX_LINE = 4 * 1024 * 1024
MET, UNMET, UNREADABLE = 0, 1, 2

Outcome = Scenario | ScenarioError


@click.command(short_help="Decide the requests of scenario files.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "jsonl"]),
    default="text",
    show_default=True,
    help="text for people; json: a list; jsonl: one result a line, as soon as it is there.",
)
@click.option(
    "--explain",
    "explained",
    is_flag=True,
    help="Show every step and statement, and what would have to change; in JSON as `explanation`.",
)
def simulate(files: tuple[str, ...], form: str, explained: bool) -> None:
    """Decide the requests of scenario files (JSON, a list of them, or JSON Lines); `-` is standard input.

    Exits with 0; with 1 where an `expect` is not met; with 2 where something could not be read.
    """
    outcomes = (outcome for name in files for outcome in _outcomes(name, lines=form == "jsonl"))
    show = {"text": _show_text, "json": _show_json, "jsonl": _show_lines}[form]
    sys.exit(max(show(outcomes, explained), default=MET))


def _outcomes(name: str, *, lines: bool) -> Iterator[Outcome]:
    """Yield the scenarios of one file, in order; what could not be read as an error."""
    try:
        if name == "-":
            stream = sys.stdin.buffer
            yield from _streamed(stream, "") if lines else _whole(stream.read(MAX_BYTES + 1), "")
            return
        path = Path(name)
        with path.open("rb") as file:
            is_lines = path.suffix == ".jsonl"
            yield from _streamed(file, name) if is_lines else _whole(file.read(MAX_BYTES + 1), name)
    except OSError as error:
        yield _unreadable("unreadable-file", f"`{name}` could not be read: {error.strerror}.")


def _placed(outcomes: Iterable[Outcome], file: str, line: int) -> Iterator[Outcome]:
    """Tell each error in which file, and in which of its lines, it was read."""
    for outcome in outcomes:
        if isinstance(outcome, ScenarioError):
            outcome.file, outcome.input_line = file, line
        yield outcome


def _unreadable(code: str, message: str, help: str = "") -> ScenarioError:
    return ScenarioError(Problem(code, Span(0, 0), message, help), Source("", "scenario"))


def _streamed(stream: BinaryIO, file: str) -> Iterator[Outcome]:
    """Yield one outcome a line; a line that is too long is skipped to its end."""
    number = 0
    while line := stream.readline(MAX_LINE + 1):
        number += 1
        if len(line) > MAX_LINE:
            while line and not line.endswith(b"\n"):
                line = stream.readline(MAX_LINE)
            message = f"This line is longer than {MAX_LINE:,} bytes."
            yield from _placed([_unreadable("line-too-long", message)], file, number)
        elif line.strip():
            yield from _placed(_read(line), file, number)


def _whole(content: bytes, file: str) -> Iterator[Outcome]:
    if len(content) > MAX_BYTES:
        yield _unreadable("file-too-large", f"This file is larger than {MAX_BYTES:,} bytes.")
        return
    outcomes = list(_read(content))
    lines = content.splitlines()
    failed = len(outcomes) == 1 and isinstance(outcomes[0], ScenarioError) and not outcomes[0].where
    if failed and len(lines) > 1 and lines[0].strip().endswith(b"}"):  # JSON Lines under another name
        numbered = ((number, line) for number, line in enumerate(lines, 1) if line.strip())
        outcomes = [outcome for number, line in numbered for outcome in _placed(_read(line), file, number)]
        yield from outcomes
    else:
        yield from _placed(outcomes, file, 0)


def _read(content: bytes) -> Iterator[Outcome]:
    try:
        found = scenarios_in(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        yield _unreadable("not-utf-8", "This is not text in UTF-8.", "JSON is written in UTF-8.")
    except ScenarioError as error:
        yield error
    else:
        yield from map(_scenario, found)


def _scenario(data: Any) -> Outcome:
    try:
        return read_scenario(data)
    except ScenarioError as error:
        return error


def _result(outcome: Outcome, explained: bool = False) -> tuple[int, dict[str, Any]]:
    if isinstance(outcome, ScenarioError):
        return UNREADABLE, error_result(outcome)
    if not explained:
        result = result_of(outcome, outcome.decide())
    else:
        explanation = outcome.explain()
        result = result_of(outcome, explanation.decision)
        result["explanation"] = explanation_data(explanation, outcome.origins)
    return (MET if result.get("as_expected", True) else UNMET), result


def _show_lines(outcomes: Iterable[Outcome], explained: bool) -> Iterator[int]:
    for outcome in outcomes:
        status, result = _result(outcome, explained)
        click.echo(json.dumps(result, ensure_ascii=True))  # which also flushes
        yield status


def _show_json(outcomes: Iterable[Outcome], explained: bool) -> list[int]:
    shown = [_result(outcome, explained) for outcome in outcomes]
    click.echo(json.dumps([result for _, result in shown], ensure_ascii=True, indent=2))
    return [status for status, _ in shown]


def _show_text(outcomes: Iterable[Outcome], explained: bool) -> list[int]:
    """Show a single decision whole; of many a table, and those whole that are not as expected."""
    listed = list(outcomes)
    shown = [_result(outcome) for outcome in listed]
    if len(listed) > 1:
        _show_table([result for _, result in shown])
    for outcome, (status, _) in zip(listed, shown, strict=True):
        if isinstance(outcome, ScenarioError):
            click.echo(scenario_error_text(outcome), err=True)
        elif explained:
            _show_report(outcome)
        elif status != MET or len(listed) == 1:
            click.echo(explanation_text(outcome, outcome.explain()))
    return [status for status, _ in shown]


def _show_report(scenario: Scenario) -> None:
    """Show every step and statement, with colors where the terminal has them."""
    from rich.console import Console

    title = "" if scenario.id is None else str(scenario.id)
    text = report_terminal(scenario.explain(), scenario.origins, title)
    Console(width=None if sys.stdout.isatty() else 160).print(text, soft_wrap=True, highlight=False)
    if scenario.expect and scenario.expect != scenario.decide().decision:
        click.echo(f"Expected was: {WORDS[scenario.expect]}")


def _show_table(results: list[dict[str, Any]]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table("Scenario", "Decision", "Step", "Statement", "Expected", box=box.SIMPLE)
    for number, result in enumerate(results, 1):
        statement, error = result.get("statement"), result.get("error")
        place = f"{statement['policy']}:{statement['line']}" if statement else ""
        met = {True: "yes", False: "no", None: ""}[result.get("as_expected")]
        word = "Unreadable" if error else WORDS[result["decision"]]
        cells = (result.get("id", number), word, result.get("step", ""), place, met)
        table.add_row(*(Text(printable(cell)) for cell in cells))
    Console(width=None if sys.stdout.isatty() else 160).print(table)
