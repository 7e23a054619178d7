"""Answer cells of a notebook: `%%answer NAME` on the first line of a code cell, the answer below it.

They are read as text, here alone, so that what the magic checks is what grading reads from the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

__all__ = ["BEGIN_SOLUTION", "END_SOLUTION", "CellAnswer", "answer_cell", "answers_in", "read_answer_cell", "unmarked"]

MAGIC = "%%answer"
BEGIN_SOLUTION, END_SOLUTION = "### BEGIN SOLUTION", "### END SOLUTION"
"""Between them, each on a line of its own, stands the solution in an instructor's notebook."""
MARKS = re.compile(rf"^[ \t]*(?:{BEGIN_SOLUTION}|{END_SOLUTION})[ \t]*\r?(?:\n|\Z)", re.MULTILINE)
MOST_OF_NAME = 200


class CellAnswer(NamedTuple):
    """What an answer cell says: the exercise's name as it is written there, and the answer's text."""

    name: str
    text: str


def answer_cell(name: str, text: str) -> str:
    """Return the source of an answer cell."""
    return f"{MAGIC} {name}\n{text.strip()}"


def read_answer_cell(source: str) -> CellAnswer | None:
    r"""Return what an answer cell says; None for any other source.

    >>> read_answer_cell('%%answer s3-read-write\n{"Statement": []}')
    CellAnswer(name='s3-read-write', text='{"Statement": []}')
    >>> read_answer_cell("print(1)") is None
    True
    """
    text = source.lstrip("\r\n")
    if not text.startswith(MAGIC):
        return None
    first, _, rest = text.partition("\n")
    asked = first.removeprefix(MAGIC)
    if asked[:1].strip():  # `%%answers` is another magic
        return None
    return CellAnswer(name_in(asked), unmarked(rest))


def name_in(line: str) -> str:
    """Return the exercise's name in what follows the magic, without the quotes that someone may have put around it.

    >>> name_in(' "s3-read-write" ')
    's3-read-write'
    """
    words = line[:MOST_OF_NAME].split()
    return words[0].strip("\"'`") if words else ""


def unmarked(text: str) -> str:
    """Return an answer without the lines that mark a solution."""
    return MARKS.sub("", text).strip()


def answers_in(cells: Iterable[Mapping[str, Any]]) -> list[CellAnswer]:
    """Return what a notebook's answer cells say, in their order.

    Args:
        cells: the notebook's cells; what is no code cell with a text for its source is passed over.
    """
    sources = (_source(cell) for cell in cells if isinstance(cell, Mapping) and cell.get("cell_type") == "code")
    return [answer for source in sources if (answer := read_answer_cell(source)) is not None]


def _source(cell: Mapping[str, Any]) -> str:
    """Return a cell's source, which a file may hold as a list of lines."""
    source = cell.get("source", "")
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    return source if isinstance(source, str) else ""
