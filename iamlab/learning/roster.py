"""The class: who is in it, as a roster says."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["RosterError", "Student", "load_roster", "read_roster"]

MAX_BYTES = 16 * 1024 * 1024
MAX_STUDENTS = 100_000


class RosterError(ValueError):
    """A roster that cannot be used; its text is a sentence that says why."""


@dataclass(frozen=True, slots=True)
class Student:
    """A student of the roster: an id, a name, and all columns as they stand there, by their names in lower case."""

    id: str
    name: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)


def load_roster(path: Path) -> list[Student]:
    """Read a roster file.

    Raises:
        RosterError: where it cannot be read or used.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            raise RosterError(f"The roster is larger than {MAX_BYTES:,} bytes.")
        return read_roster(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise RosterError("The roster is not UTF-8. Save it as CSV in UTF-8.") from None
    except OSError as error:
        raise RosterError(f"The roster cannot be read: {error.strerror}.") from None


def read_roster(text: str) -> list[Student]:
    r"""Read a roster: CSV with a column `id`, and perhaps `name`, `email`, `section`, `canvas_id`, `moodle_id`.

    Commas, semicolons and tabs separate, as the first line shows. Lines without an id are passed over.

    Raises:
        RosterError: where there is no column `id`, or an id stands twice.

    >>> [student.name for student in read_roster("id,name\nmaya,Maya Lindqvist")]
    ['Maya Lindqvist']
    """
    first = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
    found = dict[str, Student]()
    try:
        columns = [(name or "").strip().lower() for name in reader.fieldnames or ()]
        if "id" not in columns:
            raise RosterError("The roster has no column `id`. Its first line should name the columns: `id,name`.")
        reader.fieldnames = columns
        for line in reader:
            _add(found, {name: (line.get(name) or "").strip() for name in columns if name}, reader.line_num)
    except csv.Error as error:
        raise RosterError(f"The roster is no CSV, at line {reader.line_num}: {error}.") from None
    return list(found.values())


def _add(found: dict[str, Student], columns: dict[str, str], line: int) -> None:
    if not (id := columns["id"]):
        return
    if id in found:
        raise RosterError(f"The roster has the id `{id[:80]}` twice; the second time on line {line}.")
    if len(found) >= MAX_STUDENTS:
        raise RosterError(f"The roster has more than {MAX_STUDENTS:,} students.")
    found[id] = Student(id, columns.get("name", ""), columns)
