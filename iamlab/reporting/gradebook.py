"""Grade books: a class's rows as CSV, in the shapes that Canvas and Moodle import, and as a DataFrame."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from iamlab.reporting.visible import visible

if TYPE_CHECKING:
    from pandas import DataFrame

__all__ = ["COLUMNS", "FORMS", "Form", "frame_of", "grade_lines", "total"]

Row = Mapping[str, Any]
Columns = Mapping[str, str]
Values = Sequence[object]

COLUMNS = (
    "student",
    "name",
    "exercise",
    "score",
    "max_score",
    "status",
    "misconceptions",
    "witness",
    "source",
    "note",
)
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula; tabs and line ends are written out before."""
LONGEST = 1_000


@dataclass(frozen=True, slots=True)
class Form:
    """A shape of a grade book: what it says, its first lines, and the lines of one student.

    `head` takes the assignment's name and how many points it has; `lines` the student's columns of the roster and rows.
    """

    about: str
    head: Callable[[str, float], Iterable[Values]]
    lines: Callable[[Columns, Sequence[Row]], Iterable[Values]]


def total(rows: Iterable[Row]) -> float:
    """Return the points of some rows."""
    return round(sum(float(row["score"]) for row in rows), 2)


def _row_head(_title: str, _most: float) -> Iterator[Values]:
    yield COLUMNS


def _row_lines(student: Columns, rows: Sequence[Row]) -> Iterator[Values]:
    for row in rows:
        yield [_value(student, row, column) for column in COLUMNS]


def _value(student: Columns, row: Row, column: str) -> object:
    if column == "name":
        return student.get("name", "")
    if column == "note":
        return f"{row['note']} {row.get('private', '')}".strip()
    if column == "misconceptions":
        return " ".join(row["misconceptions"])
    if column == "witness":
        return f"{row['witness']['action']} on {row['witness']['resource']}" if row["witness"] else ""
    return row[column]


def _canvas_head(title: str, most: float) -> Iterator[Values]:
    """Return Canvas' first lines.

    Its import wants `Student` and `ID` first, `Section` last before the assignments, and reads the points from a line
    that begins with `Points Possible`: https://github.com/instructure/canvas-lms/blob/master/lib/gradebook_importer.rb.
    A student is found by `ID` (Canvas' own number), else by a SIS id, else by name:
    https://teaching.resources.osu.edu/toolsets/carmencanvas/guides/calculating-final-grades/import-csv-file-carmen-grades
    """
    yield ("Student", "ID", "SIS User ID", "SIS Login ID", "Section", title)
    yield ("    Points Possible", "", "", "", "", f"{most:g}")


def _canvas_lines(student: Columns, rows: Sequence[Row]) -> Iterator[Values]:
    found = [student.get(name, "") for name in ("canvas_id", "sis_id")]
    login = student.get("login", "") or student.get("id", "")
    yield (student.get("name", ""), *found, login, student.get("section", ""), total(rows))


def _moodle_head(title: str, _most: float) -> Iterator[Values]:
    """Return Moodle's first line: columns by which it knows a student, and the grade. Its import asks what each is.

    https://docs.moodle.org/en/Grade_import
    """
    yield ("ID number", "Email address", title)


def _moodle_lines(student: Columns, rows: Sequence[Row]) -> Iterator[Values]:
    yield (student.get("id", ""), student.get("email", ""), total(rows))


FORMS = {
    "rows": Form("a line for each student and exercise", _row_head, _row_lines),
    "canvas": Form("a line for each student, as Canvas' grade book imports it", _canvas_head, _canvas_lines),
    "moodle": Form("a line for each student, as Moodle's grade import reads it", _moodle_head, _moodle_lines),
}
"""The shapes of a grade book, by name."""


def grade_lines(form: str, title: str, most: float, students: Iterable[tuple[Columns, Sequence[Row]]]) -> Iterator[str]:
    r"""Yield a class's grades as lines of CSV, one student after the other.

    No text begins as a formula does, and every character can be seen.

    Args:
        form: one of `FORMS`.
        title: the assignment's name, for Canvas and Moodle.
        most: how many points it has.
        students: of each the roster's columns, and their rows.

    >>> list(grade_lines("moodle", "Week 1", 4, [({"id": "=maya"}, [{"score": 3.5}])]))
    ['ID number,Email address,Week 1\n', "'=maya,,3.5\n"]
    """
    shape = FORMS[form]
    yield from map(_line, shape.head(title, most))
    for student, rows in students:
        yield from map(_line, shape.lines(student, rows))


def _line(values: Values) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow([safe(value) for value in values])
    return out.getvalue()


def safe(value: object) -> object:
    """Return a value as it can stand in a spreadsheet: a text that begins as a formula does gets a quote before it."""
    if not isinstance(value, str):
        return value
    text = visible(value, LONGEST)
    return f"'{text}" if text.lstrip().startswith(FORMULA) else text


def frame_of(rows: Iterable[Row], names: Mapping[str, str]) -> DataFrame:
    """Return a class's rows as a DataFrame, with the columns of the CSV.

    Args:
        rows: a class's rows.
        names: the students' names, by id.
    """
    import pandas as pd

    lines = ([_value({"name": names.get(row["student"], "")}, row, one) for one in COLUMNS] for row in rows)
    return pd.DataFrame(lines, columns=list(COLUMNS))
