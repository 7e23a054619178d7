"""Grade books: the shapes that Canvas and Moodle import, and texts that cannot harm a spreadsheet."""

import csv
import io

import pytest

from iamlab.reporting.gradebook import COLUMNS, frame_of, grade_lines, safe
from tests.reporting.class_rows import row, witness

ROWS = [
    row(
        "s3-read-write",
        "partly",
        2.0,
        note="Seen.",
        private="Right for `bo`.",
        witness=witness("s3:DeleteObject"),
        misconceptions=["a", "b"],
        source="`04.ipynb`, cell 2",
    ),
    row("letter-by-letter", "missing", 0.0, 3.0, note="Nothing was handed in."),
]
MAYA = {"id": "maya", "name": "Maya Lindqvist", "email": "maya@example.edu", "canvas_id": "101", "section": "A"}


def table(form: str, students=((MAYA, ROWS),), title: str = "Week 1") -> list[list[str]]:
    return list(csv.reader(io.StringIO("".join(grade_lines(form, title, 7.0, students)))))


def test_a_line_a_student_and_exercise():
    """With what the instructor alone sees, after the student's note."""
    head, first, second = table("rows")
    assert head == list(COLUMNS)
    assert dict(zip(head, first, strict=True)) == {
        "student": "maya",
        "name": "Maya Lindqvist",
        "exercise": "s3-read-write",
        "score": "2.0",
        "max_score": "4.0",
        "status": "partly",
        "misconceptions": "a b",
        "witness": "s3:DeleteObject on arn:aws:s3:::ml-training-data-bucket/train.csv",
        "source": "`04.ipynb`, cell 2",
        "note": "Seen. Right for `bo`.",
    }
    assert second[2:6] == ["letter-by-letter", "0.0", "3.0", "missing"]


def test_canvas():
    """Its importer wants at least four columns, `Student` and `ID` first, and `Section` before the assignment.

    https://github.com/instructure/canvas-lms/blob/master/lib/gradebook_importer.rb
    """
    head, possible, maya = table("canvas")
    assert head == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Week 1"]
    assert (possible[0].strip(), possible[-1]) == ("Points Possible", "7")
    assert maya == ["Maya Lindqvist", "101", "", "maya", "A", "2.0"]


def test_moodle():
    """Columns by which it can find a student, and the grade: https://docs.moodle.org/en/Grade_import."""
    assert table("moodle") == [["ID number", "Email address", "Week 1"], ["maya", "maya@example.edu", "2.0"]]


HARMFUL = [
    ("=1+1", "'=1+1"),
    ("+1", "'+1"),
    ("-1", "'-1"),
    ("@SUM(A1)", "'@SUM(A1)"),
    ("＝1", "'＝1"),
    (" =1", "' =1"),
    ("\t=1", "\\t=1"),
    ("\r\n=1", "\\r\\n=1"),
    ("maya\u202eexe", "maya\\u202eexe"),
    ("ma\u200bya", "ma\\u200bya"),
    ("\ufeff=1", "\\ufeff=1"),
    ("Zoë, \"Z\"", "Zoë, \"Z\""),
    ("x" * 5_000, "x" * 1_000 + "…"),
    (-1.0, -1.0),
]  # fmt: skip


@pytest.mark.parametrize(("value", "shown"), HARMFUL, ids=range(len(HARMFUL)))
def test_texts_in_a_spreadsheet(value, shown):
    """No formula begins there, every character can be seen, and numbers stay numbers."""
    assert safe(value) == shown


@pytest.mark.parametrize("form", ["rows", "canvas", "moodle"])
def test_every_shape_is_safe(form):
    """Whatever students call themselves, and whatever they write."""
    evil = dict.fromkeys((*MAYA, "login", "sis_id"), "=HYPERLINK(1)\n\u202e")
    rows = [row("s3-read-write", "wrong", student="=x", note="=x", source="=x", misconceptions=["=x"])]
    lines = table(form, [(evil, rows)], title="=Week")
    assert all(
        not cell.lstrip().startswith(("=", "+", "-", "@")) and cell.isprintable() for line in lines for cell in line
    )
    assert len({len(line) for line in lines}) == 1


def test_lines_come_one_student_at_a_time():
    """So that a class of any size needs no more memory."""
    seen = []

    def students():
        for number in range(3):
            seen.append(number)
            yield MAYA, ROWS

    lines = grade_lines("rows", "", 7.0, students())
    next(lines), next(lines)
    assert seen == [0]


def test_as_a_frame():
    """The same columns, with numbers as numbers."""
    frame = frame_of(ROWS, {"maya": "Maya"})
    assert list(frame.columns) == list(COLUMNS)
    assert frame["score"].sum() == 2.0
    assert set(frame["name"]) == {"Maya"}
