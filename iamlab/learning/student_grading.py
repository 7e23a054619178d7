"""Grading what one student handed in: a row for each exercise, and why. It runs in whichever process or machine."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import PurePosixPath
from time import monotonic
from typing import Any, NamedTuple

from iamlab import __version__
from iamlab.learning.best import Answer, Best, best_answer, checked, counting
from iamlab.learning.exercise import exercise_files, load_exercise
from iamlab.learning.exercise_file import ExerciseError
from iamlab.learning.kinds import Kind
from iamlab.learning.kinds.policy import PolicyExercise
from iamlab.learning.owners import Piece
from iamlab.learning.remembering import remembering
from iamlab.learning.result import RIGHT
from iamlab.learning.submissions import HandedIn, Submission, read_submission
from iamlab.learning.time_limit import TimeUp, within
from iamlab.policy import PolicyError, parse_policy
from iamlab.reporting.visible import named

__all__ = [
    "MISSING",
    "STOPPED",
    "UNREADABLE",
    "Graded",
    "OtherExercises",
    "Plan",
    "Row",
    "candidates",
    "fingerprint",
    "grade_pieces",
    "grade_submission",
    "points_of",
]

MISSING, UNREADABLE, STOPPED = "missing", "unreadable", "stopped"
"""Statuses of a row without a result: nothing was handed in for it, nothing could be read, the time was up."""
LONGEST_SHOWN = 8_000
LONGEST_SPELLING = 80
CHECK_SECONDS = 30.0


class OtherExercises(Exception):
    """The exercises here are not those that the class is graded by."""


class Plan(NamedTuple):
    """How a class is graded.

    `exercises` are the assignment's; None for all that a submission holds. `variants` are the ids of the class, where
    each has an own variant. `seconds` is how long one student may take. `version` is what `fingerprint` returned.
    """

    exercises: tuple[str, ...] | None = None
    variants: tuple[str, ...] | None = None
    seconds: float = 120.0
    version: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """What one student got for one exercise.

    `status` is a result's, or `missing`, `unreadable`, `stopped`. `source` is where the answer stood. `note` may be
    read by the student, `private` by the instructor alone. `witness` is the request that shows what is wrong first,
    `spelling` what of the answer decides it. `answer` is the answer that counts, shortened where it is very long.
    """

    student: str
    exercise: str
    score: float
    max_score: float
    status: str
    source: str = ""
    note: str = ""
    private: str = ""
    feedback: Sequence[Mapping[str, Any]] = ()
    misconceptions: Sequence[str] = ()
    witness: Mapping[str, Any] | None = None
    spelling: str = ""
    answer: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return it for JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Graded:
    """What grading one student found: rows, and sentences on what could not be read.

    `handed_in` is whether there was anything; `stopped` whether it could not be graded at all.
    """

    student: str
    rows: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    handed_in: bool = True
    stopped: bool = False


@cache
def fingerprint() -> str:
    """Return what tells these exercises, as this version checks them, from others."""
    seen = sha256(__version__.encode())
    for name, path in _files().items():
        seen.update(f"\0{name}\0".encode() + path.read_bytes())
    return seen.hexdigest()[:16]


@cache
def _files() -> Mapping[str, Any]:
    return exercise_files()


def points_of(name: str) -> float:
    """Return what an exercise is worth."""
    return float(_kind(name, None).exercise.points)


def grade_pieces(student: str, pieces: Sequence[Piece], plan: Plan) -> Graded:
    """Read what a student handed in, and grade it."""
    try:
        with within(plan.seconds):
            submission = read_submission(pieces)
    except TimeUp:
        submission = Submission(notes=[f"Reading it took longer than {plan.seconds:g} seconds."])
    return grade_submission(student, submission, plan, handed_in=bool(pieces))


def grade_submission(student: str, submission: Submission, plan: Plan, *, handed_in: bool = True) -> Graded:
    """Return a student's rows, one an exercise: of an answer cell and a saved answer the better one counts.

    Args:
        student: the id.
        submission: what was handed in.
        plan: how the class is graded.
        handed_in: whether there was anything.

    Raises:
        OtherExercises: where the exercises here are not those of the plan.
    """
    if plan.version and plan.version != fingerprint():
        raise OtherExercises("the exercises, or the version of iamlab, are not the same here")
    notes = list(submission.notes)
    names = {answer.exercise for answer in submission.answers}
    notes += [f"There is no exercise {named(name)}." for name in sorted(names - set(_files()))[:3]]
    chosen = plan.exercises if plan.exercises is not None else [name for name in _files() if name in names]
    until, rows = monotonic() + plan.seconds, list[Row]()
    for name in chosen:
        answers = [answer for answer in submission.answers if answer.exercise == name]
        rows += [_limited(student, name, answers, plan, until - monotonic())] if answers else []
    return Graded(student, rows, notes, handed_in)


def _limited(student: str, name: str, answers: Sequence[HandedIn], plan: Plan, left: float) -> Row:
    try:
        if left <= 0:
            raise TimeUp
        with within(min(left, CHECK_SECONDS)):
            return _row(student, name, answers, plan)
    except TimeUp:
        note = "Checking this answer took too long, and was stopped." if left > 0 else "The time was up before it."
    except ExerciseError as error:
        return Row(student, name, 0.0, 0.0, UNREADABLE, private=str(error))
    return Row(student, name, 0.0, points_of(name), STOPPED, answers[0].file, note)


def _row(student: str, name: str, answers: Sequence[HandedIn], plan: Plan) -> Row:
    kind = _kind(name, student if plan.variants else None)
    could_count, note = candidates(kind, answers)
    best = best_answer(kind, could_count)
    counted = best.answer or could_count[0]
    witness = next((one for one in best.result.feedback if one.witness), None)
    return Row(
        student,
        name,
        best.result.score,
        best.result.max_score,
        best.result.status,
        counted.source,
        f"{best.note} {note}".strip(),
        _others(kind, counted, best, student, plan.variants or ()),
        [one.as_dict() for one in best.result.feedback],
        best.result.misconceptions,
        witness.witness if witness else None,
        _spelling(kind, counted.text, (witness.place or {}).get("line")) if witness else "",
        counted.text[:LONGEST_SHOWN],
    )


def candidates(kind: Kind, answers: Sequence[HandedIn]) -> tuple[list[Answer], str]:
    """Return the answers that can count, one of a notebook's cells and one that was saved; and what is left out.

    Args:
        kind: the exercise.
        answers: all that a submission holds for it.
    """
    saved = [one for one in answers if one.cell is None]
    books: dict[str, list[HandedIn]] = {}
    for one in answers:
        if one.cell is not None:
            books.setdefault(one.file, []).append(one)
    changed = {file: cells for file, cells in books.items() if not all(kind.untouched(one.text) for one in cells)}
    ranked = sorted(changed or books, key=lambda file: _rank(file, kind.exercise.lesson))
    cells = books[ranked[0]] if ranked else []
    texts = counting(kind, [one.text for one in cells])
    counted = [one for one in cells if one.text in texts][-1:] + sorted(saved, key=_depth)[:1]
    found = [Answer(one.exercise, one.text, _place(one)) for one in counted]
    others = [one for one in answers if one.text not in {one.text for one in counted} and not kind.untouched(one.text)]
    several = list(dict.fromkeys(named(one.file) for one in others if one not in cells))
    notes = [f"It is answered in {', '.join(several[:3])} too, which does not count."] if several else []
    if len({one.text for one in cells if not kind.untouched(one.text)}) > 1:
        notes.append("Several cells answer it; the last one counts.")
    return found, " ".join(notes)


def _rank(file: str, lesson: str) -> tuple[bool, bool, int, str]:
    """The lesson's own notebook goes first, then what lies further up."""
    path = PurePosixPath(file)
    return path.stem != lesson, lesson not in path.stem, len(path.parts), file


def _depth(one: HandedIn) -> tuple[int, str]:
    return len(PurePosixPath(one.file).parts), one.file


def _place(one: HandedIn) -> str:
    return f"{named(one.file)}, cell {one.cell}" if one.cell is not None else named(one.file)


def _spelling(kind: Kind, answer: str, line: int | None) -> str:
    """Return how the statement on a line of a policy names its actions."""
    if not isinstance(kind, PolicyExercise) or line is None:
        return ""
    try:
        policy = parse_policy(answer, kind.kind)
    except PolicyError:
        return ""
    for statement in policy.statements:
        if policy.source.position(statement.span.start)[0] == line:
            placed = statement.places[statement.action.name]
            text = re.sub(r"\s+", " ", policy.source.text[placed.name.start : placed.value.end])
            return text if len(text) <= LONGEST_SPELLING else f"{text[:LONGEST_SPELLING]}…"
    return ""


def _others(kind: Kind, answer: Answer, best: Best, student: str, ids: Iterable[str]) -> str:
    """Say whose variant an answer is right for, where it is not for one's own."""
    if best.result.status == RIGHT or kind.untouched(answer.text):
        return ""
    for other, owners in _variants(kind.exercise.name, tuple(ids)).items():
        if other is not kind and checked(other, answer.text).status == RIGHT:
            owners = [id for id in owners if id != student]
            more = f" and of {len(owners) - 1} more" if len(owners) > 1 else ""
            return f"This answer is right for the variant of {named(owners[0])}{more}."
    return ""


@lru_cache(maxsize=512)
def _variants(name: str, ids: tuple[str, ...]) -> dict[Kind, list[str]]:
    """Return a class's variants of an exercise, each with whose it is."""
    found: dict[Kind, list[str]] = {}
    for id in ids:
        found.setdefault(_kind(name, id), []).append(id)
    return found


_made: dict[tuple[str, ...], Kind] = {}


def _kind(name: str, seed: str | None) -> Kind:
    """Return an exercise in someone's variant; the same one wherever the variant is the same."""
    if seed is None and (name,) in _made:
        return _made[name,]
    exercise = load_exercise(_files()[name], seed)
    key = (name,) if seed is None else (name, *exercise.values.values())
    if key not in _made:
        _made[key] = remembering(exercise)
    return _made[key]
