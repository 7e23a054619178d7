"""Reading what one student handed in: notebooks, answer files, and ZIP files of them. Nothing of it is ever run.

An answer is read from the file: an answer cell of a notebook, or a file in `answers/` as the exercise panels save it.
Of either only the answer's text is taken; what they say of points is not looked at. Sizes and numbers are bounded, and
what cannot be read is told and passed over.
"""

from __future__ import annotations

import json
import re
import stat
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from iamlab.learning.answer_cells import answers_in
from iamlab.learning.archives import MAX_FILE, ArchiveError, content_of, opened, place_of, too_large
from iamlab.learning.owners import Piece
from iamlab.reporting.visible import named
from iamlab.reporting.words import plural

__all__ = ["HandedIn", "Submission", "read_submission"]

MAX_WHOLE = 128 * 1024 * 1024
"""How many bytes of one submission are read."""
MAX_FILES, MAX_ENTRIES, DEEPEST = 500, 20_000, 16
"""How many files of a submission are read, how many files and folders looked at, and how deep."""
MAX_ANSWER = 262_144
MAX_ANSWERS, MAX_TEXT = 1_000, 4_000_000
"""How many answers a submission may hold, and how many characters all of them."""
MAX_PARTS = 2_000_000
"""How many lists, objects and values a file may hold: each takes far more memory than its text."""
MAX_NOTES = 20
ANSWERS, NOTEBOOK, ANSWER, PACKED = "answers", ".ipynb", ".json", ".zip"
NAME = re.compile(r"[a-z0-9][a-z0-9-]{1,60}")


class HandedIn(NamedTuple):
    """One answer as it was handed in: to which exercise, its text, in which file, and for a notebook in which cell."""

    exercise: str
    text: str
    file: str
    cell: int | None = None


@dataclass(slots=True)
class Submission:
    """What one student handed in: answers in the order of files and cells, and sentences on what could not be read."""

    answers: list[HandedIn] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    left: int = MAX_WHOLE
    """How many bytes more are read."""
    room: int = MAX_TEXT
    """How many characters more the answers may have."""

    def note(self, name: str, clause: str) -> None:
        """Say of a file what is wrong with it."""
        self.notes += [f"{named(name)} {clause}."] if len(self.notes) < MAX_NOTES else []

    def add(self, answers: Iterable[HandedIn]) -> None:
        """Take answers, as far as there is room."""
        for one in answers:
            if len(self.answers) >= MAX_ANSWERS or self.room < len(one.text) <= MAX_ANSWER:
                return self.note(one.file, "holds more answers than are read; the rest is left out")
            if len(one.text) > MAX_ANSWER:
                self.note(one.file, f"has an answer to {named(one.exercise)} of more than {MAX_ANSWER:,} characters")
            elif not NAME.fullmatch(one.exercise):
                self.note(one.file, f"has an answer to {named(one.exercise)}, which is no exercise's name")
            else:
                self.answers.append(one)
                self.room -= len(one.text)
        return None


def read_submission(pieces: Iterable[Piece]) -> Submission:
    """Read what a student handed in; whatever it is, this raises nothing."""
    found = Submission()
    for piece in pieces:
        path = Path(piece.path)
        try:
            _read_piece(path, piece.inside, found)
        except (OSError, ArchiveError) as error:
            found.note(path.name, getattr(error, "strerror", None) or str(error))
    return found


def _read_piece(path: Path, inside: str, found: Submission) -> None:
    if path.suffix.lower() == PACKED:
        with opened(path) as archive:
            _read_archive(archive, inside, path.name, found, nested=bool(inside))
    elif path.is_dir():
        for file in islice(_walk(path, found), MAX_FILES):
            _read_found(file, file.relative_to(path).as_posix(), found)
    else:
        _read_found(path, path.name, found)


def _walk(path: Path, found: Submission) -> Iterator[Path]:
    """Yield the files of a folder that may hold answers, those further up first; hidden folders are passed over."""
    folders, seen = [path], 0
    for folder in folders:  # grows as it goes
        for entry in sorted(folder.iterdir()):
            seen += 1
            if seen > MAX_ENTRIES or len(entry.relative_to(path).parts) > DEEPEST:
                return found.note(path.name, "holds more files and folders than are looked at")
            if entry.is_symlink():
                found.note(entry.name, "is a link, and links are not followed")
            elif entry.is_dir():
                folders += [entry] if not entry.name.startswith(".") else []
            elif entry.suffix.lower() in (NOTEBOOK, ANSWER, PACKED):
                yield entry
    return None


def _read_found(path: Path, name: str, found: Submission) -> None:
    about = path.lstat()
    most = min(MAX_FILE, found.left)
    if not stat.S_ISREG(about.st_mode):
        found.note(name, "is no ordinary file")
    elif about.st_size > most and path.suffix.lower() != PACKED:
        found.note(name, too_large(most))
    elif path.suffix.lower() == PACKED:
        try:
            with opened(path) as archive:
                _read_archive(archive, "", name, found)
        except ArchiveError as error:
            found.note(name, str(error))
    else:
        with path.open("rb") as file:
            _read_file(name, file.read(most + 1)[:most], found)


def _read_archive(archive: zipfile.ZipFile, inside: str, name: str, found: Submission, *, nested: bool = True) -> None:
    """Read the files of a ZIP; of a ZIP within it too, where that is a class's and this a student's."""
    files = [info for info in archive.infolist() if not info.is_dir() and _may_hold(info.filename, inside)]
    if len(files) > MAX_FILES:
        found.note(name, f"holds {len(files):,} files; the first {MAX_FILES:,} are looked at")
    for info in files[:MAX_FILES]:
        shown = info.filename
        try:
            place = place_of(info)
            shown = place.as_posix().removeprefix(f"{inside}/")
            content = content_of(archive, info, found.left)
            if place.suffix.lower() != PACKED:
                _read_file(shown, content, found)
            elif nested and inside:
                found.left -= len(content)
                with opened(content) as within:
                    _read_archive(within, "", shown, found, nested=False)
            else:
                found.note(shown, "is a ZIP file in a ZIP file, which is not opened")
        except ArchiveError as error:
            found.note(shown, str(error))


def _may_hold(name: str, inside: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    hidden = any(part.startswith((".", "__MACOSX")) and part != ".." for part in path.parts)
    beneath = not inside or path.as_posix() == inside or path.as_posix().startswith(f"{inside}/")
    return beneath and not hidden and path.suffix.lower() in (NOTEBOOK, ANSWER, PACKED)


def _read_file(name: str, content: bytes, found: Submission) -> None:
    found.left -= len(content)
    notebook = name.lower().endswith(NOTEBOOK)
    if sum(content.count(mark) for mark in (b"[", b"{", b",")) > MAX_PARTS:
        return found.note(name, "is made of more parts than are read")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return found.note(name, "is not UTF-8, and JSON is")
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        if notebook:
            return _read_broken(name, text, error, found)
        return found.note(name, "is no JSON that can be read") if _is_answer(name) else None
    if notebook:
        return _read_notebook(name, data, found)
    return _read_answer(name, data, found)


def _read_notebook(name: str, data: Any, found: Submission) -> None:
    """Read the answer cells of a notebook, of nbformat 4 or 3."""
    if not isinstance(data, dict):
        return found.note(name, "is no notebook")
    sheets = data.get("worksheets")
    holders = [data, *(sheets if isinstance(sheets, list) else [])]
    found_cells = [holder.get("cells") for holder in holders if isinstance(holder, dict)]
    lists = [cells for cells in found_cells if isinstance(cells, list)]
    if not lists:
        return found.note(name, "is no notebook: it has no cells")
    return found.add(_answers([cell for cells in lists for cell in cells], name))


def _answers(cells: list[Any], name: str) -> Iterator[HandedIn]:
    for number, cell in enumerate(cells, 1):
        if isinstance(cell, dict):
            source = {"source": cell["input"]} if "input" in cell and "source" not in cell else {}
            for answer in answers_in([{**cell, **source}]):
                yield HandedIn(answer.name, answer.text, name, number)


def _read_broken(name: str, text: str, error: Exception, found: Submission) -> None:
    """Read the cells that stand before the place where a notebook is cut off or broken."""
    line = f" at line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
    before = len(found.answers)
    found.add(_answers(list(_whole_cells(text)), name))
    read = plural(len(found.answers) - before, "answer")
    found.note(name, f"is cut off or broken{line}; {read} could be read before that")


def _whole_cells(text: str) -> Iterator[Any]:
    match = re.search(r'"cells"\s*:\s*\[', text)
    decoder, at = json.JSONDecoder(), match.end() if match else len(text)
    while (start := re.compile(r"[\s,]*").match(text, at)) and start.end() < len(text):
        try:
            cell, at = decoder.raw_decode(text, start.end())
        except (ValueError, RecursionError):
            return
        yield cell


def _is_answer(name: str) -> bool:
    return PurePosixPath(name).parent.name == ANSWERS


def _read_answer(name: str, data: Any, found: Submission) -> None:
    """Take the answer of a file that an exercise panel saved; other JSON files are passed over."""
    stem = PurePosixPath(name).stem
    told = isinstance(data, dict) and isinstance(data.get("answer"), str) and isinstance(data.get("exercise"), str)
    if told and data.get("exercise") == stem:
        found.add([HandedIn(stem, data["answer"], name)])
    elif told:
        found.note(name, f"is named otherwise than its exercise, {named(data['exercise'])}, and does not count")
    elif _is_answer(name):
        found.note(name, "is no saved answer")
