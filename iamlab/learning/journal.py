"""What grading a class has found so far: a file to which each student is added, so that an interrupted run goes on.

The rows stay on the disk; only where each student's stand is kept in memory.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from iamlab.learning.owners import Piece
from iamlab.learning.student_grading import Graded, Plan, Row

__all__ = ["Journal", "mark_of"]


def mark_of(pieces: list[Piece], plan: Plan) -> str:
    """Return what tells a submission, graded in this way, from another one: its files' names, sizes and times."""
    seen = sha256(repr((plan.exercises, plan.variants, plan.version)).encode())
    for piece in pieces:
        path = Path(piece.path)
        within = sorted(path.rglob("*")) if path.is_dir() else []
        for file in [path, *within]:
            with suppress(OSError):
                about = file.lstat()
                line = f"{file}\0{piece.inside}\0{about.st_size}\0{about.st_mtime_ns}\n"
                seen.update(line.encode("utf-8", "replace"))
    return seen.hexdigest()


class Journal:
    """A file with a line for each student who is done."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._places: dict[str, tuple[int, str]] = {}
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("a+b")
        self._file.seek(0)
        end = 0
        while (line := self._file.readline()).endswith(b"\n"):
            self._note(line, end)
            end += len(line)
        self._file.truncate(end)  # the line in which a run was interrupted

    def _note(self, line: bytes, at: int) -> None:
        try:
            content = json.loads(line)
            self._places[content["student"]] = (at, content["mark"])
        except (ValueError, KeyError, TypeError):
            return

    def has(self, student: str, mark: str) -> bool:
        """Return whether a student is done, with the submission and in the way that the mark says."""
        return self._places.get(student, (0, ""))[1] == mark

    def add(self, graded: Graded, mark: str) -> None:
        """Add a student."""
        content: dict[str, Any] = {
            "student": graded.student,
            "mark": mark,
            "rows": [row.as_dict() for row in graded.rows],
            "notes": graded.notes,
            "handed_in": graded.handed_in,
            "stopped": graded.stopped,
        }
        at = self._file.seek(0, os.SEEK_END)
        self._file.write(f"{json.dumps(content)}\n".encode("ascii"))
        self._file.flush()
        self._places[graded.student] = (at, mark)

    def of(self, student: str) -> Graded | None:
        """Return what grading a student found; None where they are not done."""
        if student not in self._places:
            return None
        self._file.seek(self._places[student][0])
        content = json.loads(self._file.readline())
        rows = [Row(**row) for row in content["rows"]]
        return Graded(student, rows, content["notes"], content["handed_in"], content["stopped"])

    def close(self) -> None:
        """Close the file; an empty one is removed."""
        self._file.close()
        if not self._places:
            self.path.unlink(missing_ok=True)

    def remove(self) -> None:
        """Remove the file: what it holds has been written elsewhere."""
        self._file.close()
        self.path.unlink(missing_ok=True)
