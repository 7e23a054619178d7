"""Lays the course in a learner's folder, and brings newer lessons without touching what the learner changed.

A file is the learner's as soon as one byte of it differs from what was laid there: running a notebook in
JupyterLab writes its results into the file, and those are worth keeping too. What was laid is remembered
by its SHA-256 in `.iamlab/lessons.json` of that folder.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from iamlab.learning.files import put, reason

__all__ = [
    "FIRST",
    "Laying",
    "LessonsError",
    "course_root",
    "lay_lessons",
    "place_in_checkout",
]

FIRST = "00-start-here.ipynb"
MANIFEST = ".iamlab/lessons.json"
ANSWERS = "answers"
"""The folder in which an author's own answers lie, where lessons are opened in a checkout."""
PLACES = {"notebooks": (Path(), "*"), "exercises": (Path("exercises"), "*.ipynb")}
"""The course's folders, where in the learner's folder their files go, and which: of the exercises the notebooks."""


class LessonsError(Exception):
    """The lessons cannot be laid; its text is a sentence for the learner."""


@dataclass(frozen=True, slots=True)
class Laying:
    """What a run did, by file name."""

    new: tuple[str, ...]
    updated: tuple[str, ...]
    left: tuple[str, ...]
    """Changed by the learner, and so left alone, while a newer version is there."""


def course_root() -> Path:
    """Return the folder that holds `notebooks`: in the installed package, or the checkout it runs from."""
    package = Path(__file__).resolve().parents[1]
    packaged = package / "_course"
    return packaged if packaged.is_dir() else package.parent


def place_in_checkout(folder: Path, root: Path) -> str | None:
    """Return the first lesson's place in `folder` where that is a checkout's own folder; else None.

    There nothing is laid: the lessons are opened where they are.
    """
    if root.name == "_course" or not (root / "notebooks" / FIRST).is_file():
        return None
    places = {root.resolve(): f"notebooks/{FIRST}", (root / "notebooks").resolve(): FIRST}
    return places.get(folder.resolve())


def lay_lessons(folder: Path, root: Path) -> Laying:
    """Lay every course file in `folder` that is new there, or that the learner left as it was laid.

    Args:
        folder: the learner's; it is made where it does not exist.
        root: holds the course's folders, as `course_root()` says.

    Raises:
        LessonsError: a file cannot be read or written, or would land outside of `folder`. Each file then is
            either as it was or wholly new, and the manifest tells which.
    """
    course = course_files(root)
    _make(folder)
    _check_inside(folder, [*course, MANIFEST])
    laid = read_manifest(folder)
    fates = {name: _fate(folder / name, _digest(source), laid.get(name)) for name, source in course.items()}
    try:
        for name in _named(fates, "new", "updated"):
            _write(folder / name, _read(course[name]))
            laid[name] = _digest(course[name])
    finally:
        laid.update({name: _digest(course[name]) for name in _named(fates, "same")})
        _write_manifest(folder, laid)
    return Laying(*(tuple(_named(fates, fate)) for fate in ("new", "updated", "left")))


def course_files(root: Path) -> dict[str, Path]:
    """Map each file's place in a learner's folder to the course's copy; hidden files and answers are not the course's.

    Raises:
        LessonsError: there are no lessons.
    """
    found = {
        (place / path.relative_to(root / folder)).as_posix(): path
        for folder, (place, which) in PLACES.items()
        for path in sorted((root / folder).rglob(which))
        if path.is_file() and not any(part.startswith(".") or part == ANSWERS for part in path.relative_to(root).parts)
    }
    if FIRST not in found:
        raise LessonsError(f"This installation of iamlab carries no lessons: `{root / 'notebooks'}` lacks `{FIRST}`.")
    return found


def read_manifest(folder: Path) -> dict[str, str]:
    """Return what was laid in `folder`, as file name → SHA-256; empty where nothing was.

    Raises:
        LessonsError: the manifest is not what this module wrote.
    """
    path = folder / MANIFEST
    if not path.exists():
        return {}
    try:
        lessons = json.loads(_read(path))["lessons"]
        if all(isinstance(digest, str) for digest in lessons.values()):
            return dict(lessons)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        pass
    raise LessonsError(
        f"`{path}` cannot be read as the list of the lessons laid here. "
        "Delete that one file and run this again: your notebooks stay as they are."
    )


def _fate(target: Path, shipped: str, laid: str | None) -> str:
    """Say what becomes of a file: `new`, `same`, `updated`, `own` (nothing newer is there) or `left`."""
    if not target.exists():
        return "new"
    found = _digest(target)
    if found == shipped:
        return "same"
    if found == laid:
        return "updated"
    return "own" if laid == shipped else "left"


def _named(fates: Mapping[str, str], *wanted: str) -> Iterator[str]:
    return (name for name, fate in fates.items() if fate in wanted)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise LessonsError(f"`{folder}` is a file: name a folder for the lessons.") from error
    except OSError as error:
        raise LessonsError(f"The folder `{folder}` cannot be made: {str(error.strerror).lower()}.") from error


def _check_inside(folder: Path, names: Iterable[str]) -> None:
    """Refuse to write through a link that leads out of the folder."""
    home = folder.resolve()
    for name in names:
        try:
            inside = (folder / name).resolve().is_relative_to(home)
        except (OSError, RuntimeError):  # links in a circle
            inside = False
        if not inside:
            raise LessonsError(f"`{folder / name}` leads out of `{folder}`: remove the link and run this again.")


def _write_manifest(folder: Path, laid: Mapping[str, str]) -> None:
    text = json.dumps({"version": 1, "lessons": dict(sorted(laid.items()))}, indent=2)
    _write(folder / MANIFEST, f"{text}\n".encode())


def _digest(path: Path) -> str:
    return sha256(_read(path)).hexdigest()


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise LessonsError(f"`{path}` cannot be read: {str(error.strerror).lower()}.") from error


def _write(path: Path, content: bytes) -> None:
    try:
        put(path, content)
    except OSError as error:
        raise LessonsError(f"`{path}` cannot be written: {reason(error)}.") from error
