"""`iamlab exam`: a timed mock exam in the terminal, which stops and goes on."""

from __future__ import annotations

import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, NoReturn

import click
from rich.console import Console

from iamlab.cli.exam_answers import answer_of, question_text
from iamlab.learning.answers import Outcome
from iamlab.learning.course import course
from iamlab.learning.exam import FULL_LENGTH, Exam, ExamError, asked, bank_about, start_exam
from iamlab.learning.exam_keeper import ExamKeeper
from iamlab.learning.exam_result import exam_result
from iamlab.learning.exam_sheet import shown_in
from iamlab.learning.settings import SettingsError, settings
from iamlab.reporting.exam import clock, exam_text
from iamlab.reporting.text import printable
from iamlab.reporting.words import and_list, plural

__all__ = ["exam"]

TICK_SECONDS = 5.0
UNREADABLE, INTERRUPTED = 2, 130
KEYS = "f flag, n next, p previous, o overview, s stop"
ELSEWHERE = "The exam goes on elsewhere"


class Sitting:
    """One sitting of an exam: the time passes, and each change is kept."""

    def __init__(self, keeper: ExamKeeper, exam: Exam) -> None:
        self.keeper, self.exam = keeper, replace(exam, paused=False)
        self._lock, self._told, self._ended = threading.RLock(), time.monotonic(), threading.Event()
        threading.Thread(target=self._run, name="iamlab exam", daemon=True).start()

    def change(self, how: Callable[[Exam], Exam]) -> None:
        """Let the time pass, then change the exam, and keep it; what is handed in stays as it is."""
        with self._lock:
            now = time.monotonic()
            self.exam, self._told = self.exam.ticked(now - self._told), now
            if not self.exam.handed_in:
                self.exam = how(self.exam)
            self.keeper.keep(self.exam)

    def stop(self) -> None:
        """Let the clock stand, and wait until all is kept."""
        self._ended.set()
        self.change(lambda one: replace(one, paused=True))
        self.keeper.end()

    def hand_in(self) -> Exam:
        """Hand in, and wait until all is kept."""
        self._ended.set()
        self.change(Exam.ending)
        self.keeper.end()
        return self.exam

    def _run(self) -> None:
        while not self._ended.wait(TICK_SECONDS):
            self.change(lambda one: one)


@click.command(short_help="Take a mock exam under a clock.")
@click.option("--questions", default=20, show_default=True, help="How many questions.")
@click.option("--minutes", default=35.0, show_default=True, help="How long it may take.")
@click.option(
    "--topics", default="", help="Topics or parts of the course, as in `C4,C7.1`; all, unless some are given."
)
@click.option("--seed", help="The same seed draws the same questions.")
@click.option("--full", is_flag=True, help="AWS's own length: 65 questions in 130 minutes.")
@click.option("--new", is_flag=True, help="Begin another one, although an exam is under way; that one is put aside.")
@click.option("--list", "lists", is_flag=True, help="Only say how many questions there are, by topic.")
def exam(questions: int, minutes: float, topics: str, seed: str | None, full: bool, new: bool, lists: bool) -> None:
    """Take a mock exam. One that was stopped goes on where it stopped, here or in a notebook.

    Each answer is saved at once, in the folder of your answers. Nothing is said of what is right before the end.
    """
    about = [topic for topic in topics.replace(",", " ").split() if topic]
    if lists:
        _list(about)
        return
    questions, minutes = FULL_LENGTH if full else (questions, minutes)
    failures = list[str]()
    try:
        keeper = ExamKeeper(lambda outcome: _hear(outcome, failures), folder=settings().answers)
        sitting = Sitting(keeper, _begun(keeper, new) or _begin(keeper, questions, minutes, about, seed))
    except (ExamError, SettingsError) as error:
        _fail(error)
    try:
        _sit(sitting, failures)
    except KeyboardInterrupt:
        sitting.stop()
        click.echo("\nStopped. `iamlab exam` goes on here.")
        sys.exit(INTERRUPTED)


def _fail(error: Exception) -> NoReturn:
    click.echo(str(error), err=True)
    sys.exit(UNREADABLE)


def _hear(outcome: Outcome, failures: list[str]) -> None:
    """Note what keeping says, to be told before the next question."""
    if outcome.state in ("conflict", "moved"):
        failures.insert(0, f"{ELSEWHERE}: another window has written it since. Nothing more is saved here.")
    elif outcome.state == "failed":
        failures.append(outcome.message)


def _begun(keeper: ExamKeeper, new: bool) -> Exam | None:
    """Return the exam under way, and say where it stands."""
    found = keeper.exam
    if keeper.problem:
        click.echo(keeper.problem)
    if found is None or found.handed_in or new:
        return None
    place = f"question {found.at + 1} of {len(found.questions)}"
    click.echo(f"An exam is under way and goes on at {place}, with {clock(found.left)} left.")
    click.echo("`iamlab exam --new` puts it aside and begins another.")
    return found


def _begin(keeper: ExamKeeper, questions: int, minutes: float, about: list[str], seed: str | None) -> Exam:
    begun = start_exam(questions, minutes, about, seed)
    keeper.begin(begun)
    click.echo(f"{plural(len(begun.questions), 'question')} in {minutes:g} minutes. {begun.shortage}".strip())
    click.echo("Half an answer is none, a guess costs nothing, and each answer is saved at once.")
    return begun


def _sit(sitting: Sitting, failures: list[str]) -> None:
    """Ask until the exam is handed in or stopped."""
    step: Callable[[Sitting], bool] = _ask
    while not sitting.exam.handed_in:
        for sentence in (told := failures[:]):
            click.echo(sentence, err=True)
        failures.clear()
        if any(sentence.startswith(ELSEWHERE) for sentence in told):
            sys.exit(UNREADABLE)
        at_end = step(sitting)
        if sitting.exam.paused:
            return
        step = _overview if at_end else _ask
    if sitting.exam.left <= 0:
        click.echo("\nThe time is over; the answers given until then count.")
    click.echo(f"\n{exam_text(exam_result(sitting.hand_in()))}")


def _ask(sitting: Sitting) -> bool:
    """Ask one question and do what is typed; return whether the overview is next."""
    exam = sitting.exam
    name, at = exam.questions[exam.at], exam.at
    shown = shown_in(exam.seed, asked(name))
    flag = ", flagged" if name in exam.flags else ""
    done = ", answered" if exam.is_answered(name) else ""
    _print(
        f"\nQuestion {at + 1} of {len(exam.questions)}{flag}{done}, {clock(exam.left)} left\n\n{question_text(shown)}"
    )
    while not sitting.exam.handed_in:
        line = _read(f"({KEYS})\n> ")
        if line is None or line == "s":
            return _stop(sitting)
        if line in ("n", "p", "o", ""):
            return line == "o" or _go(sitting, at + (-1 if line == "p" else 1))
        if line == "f":
            sitting.change(lambda one: one.flagged(name))
            click.echo("Flagged." if name in sitting.exam.flags else "Not flagged any more.")
        elif _answer(sitting, name, shown, line):
            return _go(sitting, at + 1)
    return False


def _answer(sitting: Sitting, name: str, shown: Mapping[str, Any], line: str) -> bool:
    """Keep what was typed as the answer; where it is none, say so and return False."""
    try:
        answer = answer_of(shown, line)
    except ValueError as error:
        click.echo(printable(error))
        return False
    sitting.change(lambda one: one.answered(name, answer))
    return True


def _go(sitting: Sitting, at: int) -> bool:
    """Go to a question; return whether there is none after the last."""
    sitting.change(lambda one: one.going_to(at))
    return at >= len(sitting.exam.questions)


def _stop(sitting: Sitting) -> bool:
    sitting.stop()
    click.echo(f"Stopped with {clock(sitting.exam.left)} left. `iamlab exam` goes on here.")
    return False


def _overview(sitting: Sitting) -> bool:
    """Say what is open and flagged, and hand in or go back; return whether to ask that again."""
    exam = sitting.exam
    flagged = [place for place, name in enumerate(exam.questions) if name in exam.flags]
    _print(f"\nOverview, {clock(exam.left)} left. {_named(exam.open, 'open')} {_named(flagged, 'flagged')}")
    line = _read("(a number goes to that question, h hands in, s stops)\n> ")
    if line is None or line == "s":
        return _stop(sitting)
    if line == "h":
        sitting.hand_in()
        return True
    if line.isascii() and line.isdigit() and 1 <= int(line[:6]) <= len(exam.questions):
        return _go(sitting, int(line) - 1)
    click.echo("That is neither the number of a question nor h nor s.")
    return True


def _named(places: list[int] | tuple[int, ...], what: str) -> str:
    """Say which questions are so."""
    if not places:
        return f"None is {what}."
    return f"{plural(len(places), 'question')} {what}: {and_list(str(place + 1) for place in places)}."


def _print(text: str) -> None:
    """Print a text, wrapped to the terminal; nothing depends on color."""
    Console(highlight=False).print(text, markup=False)


def _read(prompt: str) -> str | None:
    """Return what is typed, in lower case; None where there is nothing more to read."""
    click.echo(prompt, nl=False)
    line = sys.stdin.readline()
    if not sys.stdin.isatty():
        click.echo()
    return line.strip().lower() if line else None


def _list(about: list[str]) -> None:
    """Show how many questions the bank has, by part and topic."""
    try:
        bank = bank_about(about)
    except ExamError as error:
        _fail(error)
    topics, parts = Counter(one.topic for one in bank), Counter(one.group for one in bank)
    for part in sorted(parts):
        click.echo(f"{part} {course().parts.get(part, '')}: {parts[part]}")
        for topic in sorted((one for one in topics if one.startswith(f"{part}.")), key=lambda one: int(one[3:])):
            click.echo(f"  {topic} {course().topics.get(topic, '')}: {topics[topic]}")
    click.echo(plural(len(bank), "question"))
