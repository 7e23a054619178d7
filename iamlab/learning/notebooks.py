"""Builds assignment notebooks from exercises: for each lesson the student's, and the instructor's with the solutions.

Both carry nbgrader's metadata. The instructor's is what nbgrader takes as the source of an assignment; the student's
is what comes out of it.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from iamlab.learning.answer_cells import BEGIN_SOLUTION, END_SOLUTION, answer_cell
from iamlab.learning.exercise import exercise_files, load_exercise
from iamlab.learning.exercise_file import ExerciseError
from iamlab.learning.exercise_markdown import exercise_markdown
from iamlab.learning.files import put
from iamlab.learning.kinds import Kind
from iamlab.learning.kinds.kind import JsonKind
from iamlab.learning.reading import rows
from iamlab.learning.verify import make_kind
from iamlab.reporting.words import plural

__all__ = ["Built", "assignment_notebook", "build_notebooks", "build_variants", "lesson_title", "notebook_bytes"]

SCHEMA = 3
TEST = "test-"
"""What stands before an exercise's name in nbgrader's ID of the cell that counts its points."""
LONGEST_CELL_ID, SHORT = 64, 80
FOLDER_NAME = re.compile(r"[\w@-][\w.@-]{0,99}")
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
LOAD = "load-iamlab"
HOW = """# {title}: exercises

{count}, {points} points.

1. Run the next cell.
2. Write each answer into its cell, below the line that begins with `%%answer`, and run it. It shows what holds, what
   does not, and where; lines count from the one below `%%answer`. An answer is read, never run as code.
3. Leave the cells that end with `points(…)`: they count the points.

For a hint, open the exercise's panel in a cell of your own: `from iamlab import exercise`, then `exercise("{name}")`.
An answer given there counts as well; of the two the better one."""


class Built:
    """The notebooks of a course as they should be, by path, and what differs on the disk."""

    def __init__(self, content: dict[Path, bytes]) -> None:
        self.content = content

    @property
    def stale(self) -> list[Path]:
        """The files that are missing, or not as they should be."""
        return [path for path, content in self.content.items() if not path.is_file() or path.read_bytes() != content]

    def write(self) -> list[Path]:
        """Write what differs, and return those paths."""
        written = self.stale
        for path in written:
            put(path, self.content[path])
        return written


def build_notebooks(root: Path, lessons: Sequence[str] = ()) -> Built:
    """Return the notebooks of every lesson that has exercises.

    Args:
        root: holds `exercises` and `solutions`.
        lessons: only these folders, where some are named.

    Raises:
        ExerciseError: an exercise cannot be used, or there is no such lesson.
    """
    content = dict[Path, bytes]()
    for lesson, kinds in _lessons(root, lessons):
        for folder, solved in (("exercises", False), ("solutions", True)):
            notebook = assignment_notebook(lesson_title(lesson), kinds, solved=solved)
            content[root / folder / lesson / f"{lesson}.ipynb"] = notebook_bytes(notebook)
    return Built(content)


def build_variants(root: Path, lessons: Sequence[str], folder: Path, seeds: Sequence[str]) -> Built:
    """Return student notebooks in the variants of some seeds, with the settings that say so beside each.

    Args:
        root: holds `exercises` and `solutions`.
        lessons: only these, where some are named.
        folder: gets a folder for each seed, with one for each lesson.
        seeds: such as students' ids; each is the name of a folder.

    Raises:
        ExerciseError: an exercise cannot be used, there is no such lesson, or a seed cannot name a folder.
    """
    content = dict[Path, bytes]()
    for seed in seeds:
        if not FOLDER_NAME.fullmatch(seed):
            raise ExerciseError(
                "seeds", f"`{seed[:80]}` cannot name a folder: letters, digits, `.`, `_`, `@` and `-` can."
            )
        for lesson, kinds in _lessons(root, lessons, seed):
            notebook = assignment_notebook(lesson_title(lesson), kinds, solved=False)
            content[folder / seed / lesson / f"{lesson}.ipynb"] = notebook_bytes(notebook)
            content[folder / seed / lesson / "iamlab.toml"] = f'seed = "{seed}"\n'.encode()
    return Built(content)


def _lessons(root: Path, lessons: Sequence[str], seed: str | None = None) -> Iterator[tuple[str, list[Kind]]]:
    """Yield lessons with their exercises; only those that are asked for are read."""
    files = exercise_files(root).values()
    found = {lesson: list(paths) for lesson, paths in groupby(files, key=lambda path: path.parent.name)}
    if unknown := [one for one in lessons if one not in found]:
        raise ExerciseError("exercises", f"There is no lesson `{unknown[0]}` with exercises.")
    for lesson in lessons or found:
        yield lesson, [make_kind(load_exercise(path, seed)) for path in found[lesson]]


def lesson_title(lesson: str) -> str:
    """Return a lesson's title.

    >>> lesson_title("04-policy-elements")
    'Policy elements'
    """
    return lesson.lstrip("0123456789-").replace("-", " ").capitalize() or lesson


def assignment_notebook(title: str, kinds: Sequence[Kind], *, solved: bool) -> NotebookNode:
    """Return the notebook of some exercises.

    Args:
        title: the assignment's.
        kinds: the exercises.
        solved: whether it is the instructor's, with the solutions in place, or the student's.

    Raises:
        ExerciseError: two cells would have the same ID.
    """
    exercises = [kind.exercise for kind in kinds]
    how = HOW.format(
        title=title,
        count=plural(len(kinds), "exercise"),
        points=sum(one.points for one in exercises),
        name=exercises[0].name,
    )
    cells = [new_markdown_cell(how, id="how"), _cell(LOAD, "%load_ext iamlab", solved, locked=True)]
    for kind in kinds:
        cells += _exercise_cells(kind, solved)
    doubled = [one for one, count in Counter(cell.id for cell in cells).items() if count > 1]
    if doubled:
        raise ExerciseError("exercises", f"Two cells would have the ID `{doubled[0]}`: rename an exercise.")
    made: NotebookNode = new_notebook(cells=cells, metadata=METADATA)
    return made


def _exercise_cells(kind: Kind, solved: bool) -> Iterator[NotebookNode]:
    name, points = kind.exercise.name, kind.exercise.points
    text = f"{BEGIN_SOLUTION}\n{_solution(kind)}\n{END_SOLUTION}" if solved else kind.template
    test = f'from iamlab import points\n\npoints("{name}")'
    yield _cell(f"task-{name}", exercise_markdown(kind), solved, markdown=True, locked=True)
    yield _cell(name, answer_cell(name, text), solved, solution=True)
    yield _cell(f"{TEST}{name}", test, solved, locked=True, grade=True, points=points)


def _solution(kind: Kind) -> str:
    solution = kind.solved().strip()
    return rows(json.loads(solution)) if isinstance(kind, JsonKind) and len(solution) > SHORT else solution


def _cell(name: str, source: str, instructor: bool, *, markdown: bool = False, **marks: Any) -> NotebookNode:
    """Return a cell with nbgrader's metadata; in a student's notebook those that are not to be changed are locked."""
    fixed = {"grade": False, "locked": False, "solution": False, "task": False}
    metadata: dict[str, Any] = {"nbgrader": {"schema_version": SCHEMA, "grade_id": name, **fixed, **marks}}
    if not instructor:
        metadata["deletable"] = False
        if marks.get("locked"):
            metadata["editable"] = False
    make: Callable[..., NotebookNode] = new_markdown_cell if markdown else new_code_cell
    return make(source, id=name[:LONGEST_CELL_ID], metadata=metadata)


def notebook_bytes(notebook: NotebookNode) -> bytes:
    """Return a notebook as the content of a file, the same at each call."""
    nbformat.validate(notebook)
    return f"{nbformat.writes(notebook)}\n".encode()
