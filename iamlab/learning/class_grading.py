"""Grading a class: every student once, wherever it is done, and a row for each exercise of the assignment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from iamlab.learning.exercise import exercise_files
from iamlab.learning.journal import Journal, mark_of
from iamlab.learning.owners import Found, Piece, find_submissions
from iamlab.learning.roster import Student, load_roster
from iamlab.learning.student_grading import MISSING, STOPPED, UNREADABLE, Graded, Plan, Row, fingerprint, points_of
from iamlab.learning.workers import Here, Processes, Task, Workers
from iamlab.reporting.gradebook import frame_of

if TYPE_CHECKING:
    from pandas import DataFrame

__all__ = ["assignment_of", "completed", "grade_class", "grade_frame", "plan_for"]

SHARE = 0.1
"""In how large a share of the submissions an exercise must be answered to be taken for the assignment's."""
NOTHING = "Nothing was handed in."
NO_ANSWER = "There is no answer to it in what was handed in."


def plan_for(exercises: Sequence[str] | None, students: Sequence[Student], *, variants: bool, seconds: float) -> Plan:
    """Return how a class is graded.

    Args:
        exercises: the assignment's exercises; None for those that are answered in what is handed in.
        students: the class.
        variants: whether each student has an own variant, by id.
        seconds: how long one student may take.
    """
    ids = tuple(student.id for student in students) if variants else None
    return Plan(None if exercises is None else tuple(exercises), ids, seconds, fingerprint())


def grade_class(pieces: Mapping[str, Sequence[Piece]], plan: Plan, journal: Journal, workers: Workers) -> Iterator[str]:
    """Grade each student, and add what is found to the journal; yield their ids, as they are done.

    Args:
        pieces: what each student handed in, by id.
        plan: how they are graded.
        journal: those that it has, with the same submission and in the same way, are not graded again.
        workers: where the work is done.
    """
    marks = {student: mark_of(list(some), plan) for student, some in pieces.items()}
    yield from (student for student, mark in marks.items() if journal.has(student, mark))
    todo: Iterator[Task] = (
        (student, list(some)) for student, some in pieces.items() if not journal.has(student, marks[student])
    )
    for student, found in workers.run(todo, plan):
        graded = found if isinstance(found, Graded) else Graded(student, notes=[found], stopped=True)
        journal.add(graded, marks[student])
        yield student


def assignment_of(journal: Journal, students: Sequence[str]) -> list[str]:
    """Return the exercises that a class answered: those in at least a tenth of the submissions; all, where none are.

    One submission in ten, so that a stray answer of one student sets no task for the others.
    """
    counted, handed_in = Counter[str](), 0
    for student in students:
        if (graded := journal.of(student)) and graded.handed_in:
            handed_in += 1
            counted.update(row.exercise for row in graded.rows)
    least = max(1.0, handed_in * SHARE)
    return [name for name in exercise_files() if counted[name] >= least] or list(exercise_files())


def completed(graded: Graded | None, student: str, exercises: Sequence[str]) -> list[Row]:
    """Return a student's rows in the order of the exercises; one with the reason where there is no answer."""
    graded = graded or Graded(student, handed_in=False)
    rows = {row.exercise: row for row in graded.rows}
    told = " ".join(graded.notes)
    found = [rows.get(name) or _absent(graded, name, told) for name in exercises]
    if found and told and all(name in rows for name in exercises):
        found[0] = replace(found[0], note=f"{found[0].note} {told}".strip())
    return found


def _absent(graded: Graded, name: str, told: str) -> Row:
    status = STOPPED if graded.stopped else UNREADABLE if told else MISSING
    note = told if graded.stopped else f"{NO_ANSWER} {told}".strip() if graded.handed_in else NOTHING
    return Row(graded.student, name, 0.0, points_of(name), status, note=note)


def grade_frame(
    submissions: Path | Sequence[Path],
    roster: Path | Sequence[str],
    exercises: Sequence[str] | None = None,
    *,
    variants: bool = False,
    jobs: int | None = None,
) -> DataFrame:
    """Grade a class and return a row for each student and exercise, as `iamlab grade` writes them.

    Args:
        submissions: folders, notebooks or ZIP files, as nbgrader, Moodle or Canvas lay them out.
        roster: a CSV file with a column `id`, or the ids.
        exercises: the assignment's exercises; those that the class answered, unless given.
        variants: whether each student has an own variant, by id.
        jobs: on how many cores; on all, unless given; 0 for this process alone.

    >>> from iamlab.learning.class_grading import grade_frame
    >>> frame = grade_frame([], ["maya"], ["s3-read-write"], jobs=0)
    >>> frame[["student", "exercise", "score", "max_score", "status"]].values.tolist()
    [['maya', 's3-read-write', 0.0, 4.0, 'missing']]
    """
    students = load_roster(roster) if isinstance(roster, Path) else [Student(id) for id in roster]
    paths = [submissions] if isinstance(submissions, Path) else list(submissions)
    plan = plan_for(exercises, students, variants=variants, seconds=Plan().seconds)
    found: Found = find_submissions(paths, students)
    with TemporaryDirectory() as folder, closing(Journal(Path(folder) / "class.jsonl")) as journal:
        for _ in grade_class(found.pieces, plan, journal, Here() if jobs == 0 else Processes(jobs)):
            pass
        ids = [student.id for student in students]
        chosen = list(exercises) if exercises is not None else assignment_of(journal, ids)
        rows = [row.as_dict() for id in ids for row in completed(journal.of(id), id, chosen)]
    return frame_of(rows, {student.id: student.name for student in students})
