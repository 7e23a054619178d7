"""Whose a submission is: told by the names of folders and files, in the layouts that nbgrader, Moodle and Canvas make.

Only what a teacher or the learning platform names is believed. In Moodle's and Canvas' layouts that is the beginning
of a name; what follows is the student's own file name, which could be anybody's.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from zipfile import ZipInfo

from iamlab.learning.archives import ArchiveError, opened, place_of
from iamlab.learning.roster import Student
from iamlab.reporting.visible import named

__all__ = ["Found", "Owners", "Piece", "find_submissions"]

ENDINGS = (".ipynb", ".zip", ".json")
DEEPEST = 4
"""How many folders above a student's own are looked into."""
MOST_LEFT = 200
"""How many pieces that are nobody's are told."""
MOODLE = re.compile(r"(?P<name>.+?)_(?P<number>\d+)_assignsubmission_(?:file|onlinetext)")
"""A folder of Moodle's: full name, number of the participant. https://docs.moodle.org/en/Assignment_activity"""
CANVAS = re.compile(r"(?P<name>[^_].*?)_(?:late_)?(?P<number>\d+)_\d+_")
"""A file of Canvas': sortable name without what is no letter, perhaps LATE, the user's and the file's number.

https://github.com/instructure/canvas-lms/blob/master/lib/content_zipper.rb
"""
SUBMITTED = "submitted"
"""nbgrader's folder of what was handed in; beside it stand others that hold a folder for each student too."""


class Piece(NamedTuple):
    """A part of what somebody handed in: a file or folder, or what begins with `inside` in a class's ZIP file."""

    path: str
    inside: str = ""


@dataclass(slots=True)
class Found:
    """What was handed in, by student's id, and sentences on what is nobody's."""

    pieces: dict[str, list[Piece]]
    left: list[str] = field(default_factory=list)

    def leave(self, name: str, why: str = "no student of the roster is named in it") -> None:
        """Note something that can be given to nobody."""
        if len(self.left) < MOST_LEFT:
            self.left.append(f"{named(name)}: {why}.")


class Owners:
    """Tells by a name whose a folder or file is."""

    def __init__(self, students: Sequence[Student]) -> None:
        self._ids = _unique((_folded(one.id), one.id) for one in students)
        self._exact = {one.id: one.id for one in students}
        self._names = _unique((way, one.id) for one in students for way in _ways(one.name))
        self._numbers = {
            system: _unique((one.columns.get(f"{system}_id", ""), one.id) for one in students)
            for system in ("canvas", "moodle")
        }

    def of(self, name: str, *, words: bool = True) -> str | None:
        """Return the id of whose a folder or file is by its name; None where nobody's, or more than one's.

        Args:
            name: the name.
            words: whether an id may stand in it among other words.
        """
        stem = name[: -len(ending)] if (ending := _ending(name)) else name
        low = _folded(stem)
        whole = self._exact.get(name) or self._exact.get(stem) or self._ids.get(low) or self._names.get(_bare(low))
        if whole:
            return whole
        for system, pattern in (("moodle", MOODLE), ("canvas", CANVAS)):
            if match := pattern.match(_folded(name)):
                return self._numbers[system].get(match["number"]) or self._named(match["name"])
        return self._word(low) if words else None

    def _named(self, text: str) -> str | None:
        return self._names.get(_bare(text)) or self._ids.get(text)

    def _word(self, low: str) -> str | None:
        """Return the id that a name carries as a word of its own; the longest, where several overlap."""
        carried = [id for id in self._carried(low) if self._ids[id]]
        longest = [id for id in carried if not any(id != other and id in other for other in carried)]
        return self._ids[longest[0]] if len(longest) == 1 else None

    def _carried(self, low: str) -> Iterator[str]:
        words = re.split(r"([\W_]+)", low)
        for start in range(0, len(words), 2):
            for end in range(start + 1, min(len(words), start + 12) + 1, 2):
                text = "".join(words[start:end])
                if text in self._ids and (len(text) > 3 or not text.isdigit()):
                    yield text


def _unique(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return what each key stands for; the empty text where it could be more than one."""
    found = dict[str, str]()
    for key, id in pairs:
        if key:
            found[key] = id if found.get(key, id) == id else ""
    return found


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold().strip()


def _bare(text: str) -> str:
    """Return a text's letters and digits alone, as Canvas writes a name."""
    return re.sub(r"[\W_]", "", _folded(text))


def _ways(name: str) -> set[str]:
    """Return a name as it can be written: given name first, or last."""
    words = [word for word in re.split(r"[\s,]+", name) if word]
    return {_bare("".join(words[i:] + words[:i])) for i in range(len(words))}


def _ending(name: str) -> str:
    return next((one for one in ENDINGS if name.lower().endswith(one)), "")


def find_submissions(paths: Iterable[Path], students: Sequence[Student]) -> Found:
    """Return what each student handed in.

    Args:
        paths: folders, notebooks, ZIP files; a folder or ZIP that is nobody's is looked into.
        students: the class.
    """
    owners, found = Owners(students), Found({student.id: [] for student in students})
    for path in paths:
        _look(path.resolve(), "", owners, found)
    return found


def _look(path: Path, above: str, owners: Owners, found: Found, depth: int = 0) -> None:
    """Give a file or folder to whose it is, or look into it; `above` is the way to it, as it is told."""
    name = f"{above}{path.name}"
    if depth and path.is_symlink():
        found.leave(name, "it is a link, and links are not followed")
    elif owner := owners.of(path.name, words=depth > 0 or not path.is_dir()):
        found.pieces[owner].append(Piece(str(path)))
    elif path.is_dir():
        _look_into(path, f"{name}/" if depth else "", owners, found, depth)
    elif _ending(name) == ".zip":
        _look_into_zip(path, owners, found)
    elif _ending(name):
        found.leave(name)


def _look_into(path: Path, above: str, owners: Owners, found: Found, depth: int) -> None:
    if depth >= DEEPEST:
        return
    try:
        entries = sorted(entry for entry in path.iterdir() if not entry.name.startswith("."))
    except OSError as error:
        found.leave(f"{above}{path.name}", f"it cannot be read: {error.strerror}")
        return
    submitted = [entry for entry in entries if entry.name == SUBMITTED and entry.is_dir()]
    for entry in submitted or entries:
        _look(entry, above, owners, found, depth + 1)


def _look_into_zip(path: Path, owners: Owners, found: Found) -> None:
    """Give what stands in a class's ZIP file to whose it is, by the folders or names in it."""
    given, seen = dict[str, str](), dict[str, str | None]()
    try:
        with opened(path) as archive:
            for info in archive.infolist():
                _give(info, path.name, owners, found, given, seen)
    except ArchiveError as error:
        found.leave(path.name, f"it {error}")
    for inside, owner in given.items():
        found.pieces[owner].append(Piece(str(path), inside))


def _give(
    info: ZipInfo, zip_name: str, owners: Owners, found: Found, given: dict[str, str], seen: dict[str, str | None]
) -> None:
    """Give one file of a class's ZIP file to whose it is; `seen` are the names looked at so far."""
    try:
        parts = place_of(info).parts
    except ArchiveError as error:
        return found.leave(f"{zip_name}/{info.filename}", f"it {error}")
    for depth, part in enumerate(parts[: DEEPEST + 1], 1):
        if part not in seen:
            seen[part] = owners.of(part)
        if owner := seen[part]:
            given["/".join(parts[:depth])] = owner
            return None
    if _ending(info.filename) and not parts[0].startswith(("__MACOSX", ".")):
        found.leave(f"{zip_name}/{'/'.join(parts)}")
    return None
