"""A course folder for nbgrader: its configuration, and lessons as assignments; and what is wrong with one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from iamlab.learning.answer_cells import read_answer_cell
from iamlab.learning.exercise import find_exercise
from iamlab.learning.exercise_file import ExerciseError
from iamlab.learning.files import put
from iamlab.learning.kinds import Kind
from iamlab.learning.notebooks import TEST, build_notebooks
from iamlab.learning.result import RIGHT
from iamlab.learning.verify import make_kind

__all__ = ["CONFIGURATION", "Laid", "course_problems", "lay_course", "saved_answers"]

CONFIGURATION = "nbgrader_config.py"
SOURCE, ANSWERS, SETTINGS = "source", "answers", "iamlab.toml"
STEPS = "iamlab.learning.classroom"


@dataclass(slots=True)
class Laid:
    """What was laid in a course folder, and what was left as it was because it differs; paths within the folder."""

    new: list[Path] = field(default_factory=list)
    left: list[Path] = field(default_factory=list)
    assignments: list[str] = field(default_factory=list)


def lay_course(folder: Path, root: Path, lessons: Sequence[str] = ()) -> Laid:
    """Lay a course for nbgrader: its configuration, and each lesson's notebook as the source of an assignment.

    Answer files are never laid: nbgrader would release them, and put them over those that students hand in.

    Args:
        folder: the course's.
        root: holds `exercises` and `solutions`.
        lessons: only these, where some are named.

    Raises:
        ExerciseError: an exercise cannot be used, or there is no such lesson.
    """
    content = {Path(CONFIGURATION): (root / "solutions" / CONFIGURATION).read_bytes()}
    laid = Laid()
    for path, notebook in build_notebooks(root, lessons).content.items():
        if path.is_relative_to(root / "solutions"):
            lesson = path.parent.name
            laid.assignments.append(lesson)
            content[Path(SOURCE, lesson, path.name)] = notebook
    for place, wanted in content.items():
        target = folder / place
        if not target.exists():
            put(target, wanted)
            laid.new.append(place)
        elif target.read_bytes() != wanted:
            laid.left.append(place)
    return laid


def saved_answers(source: Path) -> dict[str, list[str]]:
    """Return by assignment the files of `source` that must not be put over a student's: answers, and settings."""
    found = dict[str, list[str]]()
    for folder in sorted(path for path in source.glob("*") if path.is_dir()):
        files = [*(folder / ANSWERS).rglob("*"), folder / SETTINGS]
        names = [path.relative_to(folder).as_posix() for path in files if path.is_file()]
        if names:
            found[folder.name] = sorted(names)
    return found


def course_problems(folder: Path) -> list[str]:
    """Return what is wrong with a course folder, in sentences: what `nbgrader validate` would not fail for.

    Nothing is executed.
    """
    configuration = folder / CONFIGURATION
    problems = list[str]()
    if not configuration.is_file() or STEPS not in configuration.read_text(encoding="utf-8", errors="replace"):
        problems.append(
            f"`{CONFIGURATION}` is missing, or is not the one that iamlab lays: answers would be graded wrong."
        )
    notebooks = sorted((folder / SOURCE).glob("*/*.ipynb"))
    if not notebooks:
        problems.append(f"There is no notebook in `{SOURCE}`.")
    for path in notebooks:
        name = path.relative_to(folder).as_posix()
        problems += [f"{name}: {problem}" for problem in _notebook_problems(path)]
    return problems


def _notebook_problems(path: Path) -> Iterator[str]:
    try:
        notebook: NotebookNode = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
    except Exception as error:  # whatever a broken file does to the library
        yield f"it cannot be read as a notebook ({type(error).__name__})."
        return
    marks = {one["grade_id"]: one for cell in notebook.cells if "grade_id" in (one := _marks(cell))}
    for cell in notebook.cells:
        if cell.cell_type == "code" and (said := read_answer_cell(cell.source)):
            yield from _answer_problems(said.name, said.text, marks)


def _marks(cell: NotebookNode) -> dict[str, Any]:
    found: dict[str, Any] = cell.metadata.get("nbgrader", {})
    return found


def _answer_problems(name: str, text: str, marks: dict[str, dict[str, Any]]) -> Iterator[str]:
    try:
        kind: Kind = make_kind(find_exercise(name))
    except ExerciseError as error:
        yield error.message
        return
    result = kind.check(text)
    if result.status != RIGHT:
        yield f"the solution of `{name}` is `{result.status}`, {result.score:g} of {result.max_score:g} points."
    if not marks.get(name, {}).get("solution"):
        yield f"the answer cell of `{name}` is not marked as a solution with the ID `{name}`."
    test = marks.get(f"{TEST}{name}", {})
    if not test.get("grade"):
        yield f"no cell with the ID `{TEST}{name}` counts the points for `{name}`."
    elif test.get("points") != kind.exercise.points:
        yield f"the cell `{TEST}{name}` has {test.get('points')} points, the exercise {kind.exercise.points}."
