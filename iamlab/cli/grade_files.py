"""What `iamlab grade` writes: the CSV, students' pages, and the instructor's overview. One student at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import Any, NamedTuple

from iamlab.learning.class_grading import completed
from iamlab.learning.exercise import Exercise, find_exercise
from iamlab.learning.files import put
from iamlab.learning.journal import Journal
from iamlab.learning.misconceptions import misconceptions
from iamlab.learning.roster import Student
from iamlab.reporting.class_page import Misconception, class_page
from iamlab.reporting.class_summary import ClassSummary
from iamlab.reporting.feedback_page import feedback_page
from iamlab.reporting.gradebook import COLUMNS, grade_lines

__all__ = ["Wanted", "page_name", "write_all"]

Line = tuple[Mapping[str, str], list[Mapping[str, Any]]]
LONGEST_NAME = 100
NOBODY = "nobody"
"""The status of the line on a submission that no student of the roster is named in."""


class Wanted(NamedTuple):
    """What is to be written, and where."""

    out: Path
    form: str
    title: str
    feedback: Path | None = None
    overview: Path | None = None
    picture: Path | None = None


def write_all(
    wanted: Wanted,
    students: Sequence[Student],
    names: Sequence[str],
    journal: Journal,
    left: Sequence[str],
    seconds: float,
) -> ClassSummary:
    """Write everything, and return the class's results, counted.

    Args:
        wanted: what, and where.
        students: the class.
        names: the assignment's exercises.
        journal: what grading found.
        left: sentences on what could be given to nobody.
        seconds: how long grading took.
    """
    exercises = {name: find_exercise(name) for name in names}
    summary = ClassSummary({name: _about(one) for name, one in exercises.items()})
    titles = {name: one.title for name, one in exercises.items()}
    lines = _lines(wanted, students, titles, journal, summary)
    _stream(wanted.out, grade_lines(wanted.form, wanted.title, summary.most, _with_nobody(lines, wanted.form, left)))
    for sentence in left:
        summary.look("Nobody", "warning", sentence)
    _write_overview(wanted, summary, f"graded in {seconds:.1f} s, nothing executed")
    return summary


def _about(exercise: Exercise) -> dict[str, Any]:
    return {"title": exercise.title, "topics": exercise.topics, "points": exercise.points}


def _lines(
    wanted: Wanted, students: Sequence[Student], titles: Mapping[str, str], journal: Journal, summary: ClassSummary
) -> Iterator[Line]:
    for student in students:
        graded = journal.of(student.id)
        rows: list[Mapping[str, Any]] = [row.as_dict() for row in completed(graded, student.id, list(titles))]
        name = student.name or student.id
        summary.add(name, rows, handed_in=bool(graded and graded.handed_in), notes=graded.notes if graded else ())
        if wanted.feedback is not None:
            page = feedback_page(name, wanted.title, rows, titles)
            put(wanted.feedback / page_name(student.id), page.encode())
        yield {**student.columns, "id": student.id, "name": student.name}, rows


def page_name(student: str) -> str:
    """Return the name of a student's page; whatever their id, it leads nowhere else.

    >>> page_name("maya"), page_name("../Maya")
    ('maya.html', '_2e_2e_2fMaya.html')
    """
    name = re.sub(r"[^A-Za-z0-9@-]", lambda match: f"_{ord(match[0]):x}", student)
    return f"{name if len(name) <= LONGEST_NAME else sha256(student.encode()).hexdigest()}.html"


def _with_nobody(lines: Iterator[Line], form: str, left: Sequence[str]) -> Iterator[Line]:
    yield from lines
    if form == "rows" and left:
        empty: dict[str, Any] = {**dict.fromkeys(COLUMNS, ""), "misconceptions": (), "witness": None}
        yield {}, [{**empty, "status": NOBODY, "note": sentence} for sentence in left]


def _stream(path: Path, lines: Iterator[str]) -> None:
    """Write a file line by line; at every moment the old file is there, or the whole new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    waiting = path.with_name(f".{path.name}.{token_hex(4)}.part")
    try:
        with waiting.open("x", encoding="utf-8", newline="") as file:
            file.writelines(lines)
        waiting.replace(path)
    finally:
        waiting.unlink(missing_ok=True)


def _write_overview(wanted: Wanted, summary: ClassSummary, note: str) -> None:
    beliefs = {slug: Misconception(one.believes, one.true, one.lesson) for slug, one in misconceptions().items()}
    if wanted.overview is not None:
        put(wanted.overview, class_page(wanted.title, summary, beliefs, note).encode())
    if wanted.picture is not None:
        from iamlab.reporting.class_picture import class_picture

        wanted.picture.parent.mkdir(parents=True, exist_ok=True)
        class_picture(wanted.title, summary, beliefs).savefig(wanted.picture, dpi=144)
