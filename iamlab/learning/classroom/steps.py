"""nbgrader's steps, with ours in the place of those that would go wrong on answer cells.

An answer is data: it is read from the file, and no notebook is run for it. So a score does not depend on what a
submission's code does, prints or redefines.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_output
from nbgrader.api import Gradebook
from nbgrader.converters import Autograde, GenerateAssignment
from nbgrader.preprocessors import ClearSolutions, Execute, NbGraderPreprocessor
from nbgrader.utils import is_grade, is_solution
from traitlets import Bool

from iamlab.learning.answer_cells import answer_cell, read_answer_cell
from iamlab.learning.answer_report import shown_result
from iamlab.learning.assignment import counted
from iamlab.learning.best import best_answer, checked
from iamlab.learning.exercise import exercise_files, find_exercise
from iamlab.learning.exercise_file import ExerciseError
from iamlab.learning.kinds import Kind
from iamlab.learning.notebooks import SCHEMA, TEST
from iamlab.learning.owners import Piece
from iamlab.learning.settings import SettingsError, settings
from iamlab.learning.student_grading import CHECK_SECONDS, candidates
from iamlab.learning.submissions import HandedIn, read_submission
from iamlab.learning.time_limit import TimeUp, within
from iamlab.learning.verify import make_kind

__all__ = ["CountPoints", "KnownCells", "RunOtherCells", "StartingAnswers", "autograding", "releasing", "sanitizing"]

TOO_LONG = "Checking this answer took too long, and was stopped."

Made = tuple[NotebookNode, Any]
"""What a step returns: the notebook, and what it was given beside it."""


class StartingAnswers(ClearSolutions):  # type: ignore[misc]
    """Puts the exercise's starting answer where the solution was; nbgrader's own step puts Python code there."""

    def preprocess_cell(self, cell: NotebookNode, resources: Any, cell_index: int) -> Made:
        """Clear one cell."""
        said = read_answer_cell(cell.source) if cell.cell_type == "code" and is_solution(cell) else None
        if said is None:
            made: Made = super().preprocess_cell(cell, resources, cell_index)
            return made
        cell.source = answer_cell(said.name, make_kind(find_exercise(said.name)).template)
        return cell, resources


class KnownCells(NbGraderPreprocessor):  # type: ignore[misc]
    """Takes what nbgrader's metadata says from the gradebook, not from the submission, and adds missing test cells.

    A submission's own could be forged (more points, another ID, a test cell that claims to be an answer), doubled, or
    broken; nbgrader's steps trust it in part, and stop at the rest.
    """

    def preprocess(self, nb: NotebookNode, resources: Any) -> Made:
        """Mark the cells of a submission anew."""
        about = resources["nbgrader"]
        with Gradebook(about["db_url"]) as gradebook:
            known = _known(gradebook.find_notebook(about["notebook"], about["assignment"]))
        left = dict(known)
        for cell in reversed(nb.cells):  # of doubled ones the last stays, as with nbgrader's own step
            marks = cell.metadata.pop("nbgrader", None)
            name = marks.get("grade_id") if isinstance(marks, Mapping) else None
            if isinstance(name, str) and name in left:
                cell.metadata["nbgrader"] = dict(left.pop(name)["marks"])
        for name, one in left.items():
            if one["marks"]["grade"] and one["cell_type"] == "code":
                self.log.warning("The cell %s is missing, and is added at the end", name)
                nb.cells.append(new_code_cell(one["source"], metadata={"nbgrader": dict(one["marks"])}))
        return nb, resources


def _known(notebook: Any) -> dict[str, dict[str, Any]]:
    """Return the cells of a released notebook by ID: type, source, and nbgrader's metadata."""
    points = {cell.name: cell.max_score for cell in notebook.grade_cells}
    solutions = {cell.name for cell in notebook.solution_cells}
    tasks = {cell.name: cell.max_score for cell in notebook.task_cells}
    found = dict[str, dict[str, Any]]()
    for cell in notebook.source_cells:
        name = cell.name
        marks = {"schema_version": SCHEMA, "grade_id": name, "cell_type": cell.cell_type, "checksum": cell.checksum}
        marks |= {"grade": name in points, "solution": name in solutions, "task": name in tasks, "locked": cell.locked}
        worth = {**points, **tasks}
        marks |= {"points": worth[name]} if name in worth else {}
        found[name] = {"cell_type": cell.cell_type, "source": cell.source, "marks": marks}
    return found


class RunOtherCells(Execute):  # type: ignore[misc]
    """Runs a notebook only where something in it is graded by running it; the kit's exercises are read."""

    always = Bool(False, help="Run every notebook, also where only exercises of the kit are graded.").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: Any = None, km: Any = None) -> Made:
        """Run a notebook, or leave it."""
        if not self.always and all(_exercise_of(cell) for cell in nb.cells if is_grade(cell)):
            return nb, resources
        made: Made = super().preprocess(nb, resources, km)
        return made


class CountPoints(NbGraderPreprocessor):  # type: ignore[misc]
    """Gives each test cell the points of the best answer that the submission holds, whatever running it has shown.

    The outcome is a plain float within 0 and the cell's points, and nothing stands on stderr: what nbgrader counts.
    Below each answer stands what checking it found.
    """

    def preprocess(self, nb: NotebookNode, resources: Any) -> Made:
        """Count the points of one submission's notebook."""
        folder = Path(resources["metadata"]["path"])
        seed, answers = _seed(folder), read_submission([Piece(str(folder))]).answers
        for cell in nb.cells:
            name = _exercise_of(cell)
            if name and is_grade(cell):
                found = [one for one in answers if one.exercise == name]
                cell.outputs = _points(_kind(name, seed), found, float(cell.metadata.nbgrader["points"]))
            elif cell.cell_type == "code" and (said := read_answer_cell(cell.source)) and said.name in exercise_files():
                cell.outputs = _shown(_kind(said.name, seed), said.text)
        return nb, resources


def _exercise_of(cell: NotebookNode) -> str:
    """Return the exercise whose points a test cell counts; empty for any other cell."""
    name = str(cell.metadata.get("nbgrader", {}).get("grade_id", ""))
    name = name.removeprefix(TEST) if name.startswith(TEST) else ""
    return name if cell.cell_type == "code" and name in exercise_files() else ""


def _seed(folder: Path) -> str | None:
    try:
        return settings(folder).seed
    except SettingsError:
        return None


def _kind(name: str, seed: str | None) -> Kind:
    try:
        return make_kind(find_exercise(name, seed))
    except ExerciseError as error:
        raise RuntimeError(str(error)) from None


def _points(kind: Kind, answers: Sequence[HandedIn], most: float) -> list[NotebookNode]:
    """Return what a test cell shows: what is said of the answer that counts, and its points."""
    try:
        with within(CHECK_SECONDS):
            could_count, note = candidates(kind, answers)
            said, score = counted(kind, best_answer(kind, could_count))
    except TimeUp:
        said, note, score = TOO_LONG, "", 0.0
    told = new_output("stream", name="stdout", text=f"{said} {note}".strip() + "\n")
    return [told, new_output("execute_result", data={"text/plain": repr(min(score, most))}, execution_count=None)]


def _shown(kind: Kind, text: str) -> list[NotebookNode]:
    """Return what an answer cell shows."""
    try:
        with within(CHECK_SECONDS):
            shown = shown_result(kind, text, checked(kind, text))
            data = {"text/plain": repr(shown), "text/html": shown._repr_html_()}
    except TimeUp:
        data = {"text/plain": TOO_LONG}
    return [new_output("display_data", data=data)]


def releasing() -> list[type[Preprocessor]]:
    """Return the steps from an instructor's notebook to the one that students get."""
    return _replaced(GenerateAssignment, "preprocessors", ClearSolutions, [StartingAnswers])


def sanitizing() -> list[type[Preprocessor]]:
    """Return the steps that make a submission fit to be graded."""
    return [KnownCells, *_steps(Autograde, "sanitize_preprocessors")]


def autograding() -> list[type[Preprocessor]]:
    """Return the steps that grade a submission."""
    return _replaced(Autograde, "autograde_preprocessors", Execute, [RunOtherCells, CountPoints])


def _replaced(converter: type, name: str, old: type, new: list[type[Preprocessor]]) -> list[type[Preprocessor]]:
    return [one for step in _steps(converter, name) for one in (new if step is old else [step])]


def _steps(converter: Any, name: str) -> list[type[Preprocessor]]:
    return list(converter.class_traits()[name].default(converter))
