"""Courses for nbgrader in a folder: ours, or one with nbgrader's own settings; submissions, and what they scored."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters import Autograde, GenerateAssignment
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from iamlab.learning.answer_cells import answer_cell, read_answer_cell
from iamlab.learning.answers import save_check
from iamlab.learning.exercise import find_exercise
from iamlab.learning.kinds import Kind
from iamlab.learning.verify import make_kind

Edit = Callable[[NotebookNode], None]


def kind_of(name: str) -> Kind:
    return make_kind(find_exercise(name))


def nbgrader(folder: Path, *arguments: str, code: int = 0) -> str:
    """Run nbgrader's own command in a course; return what it wrote."""
    environment = {**os.environ, "IPYTHONDIR": str(folder / ".ipython"), "JUPYTER_CONFIG_DIR": str(folder / ".jupyter")}
    command = [sys.executable, "-m", "nbgrader", *arguments]
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


class Course:
    """A course folder, and nbgrader in this process."""

    def __init__(self, folder: Path, assignment: str) -> None:
        self.folder, self.assignment = folder, assignment
        self.config = Config()

    def convert(self, converter: type, section: str = "") -> None:
        """Run one of nbgrader's converters over the assignment, with the configuration that lies in the folder."""
        config, name = Config(), "nbgrader_config.py"
        if (self.folder / name).is_file():
            config = PyFileConfigLoader(name, path=str(self.folder)).load_config()
        config.merge(self.config)
        config.merge(config.get(section, {}))
        directory = CourseDirectory(root=str(self.folder), assignment_id=self.assignment, config=config)
        made = converter(coursedir=directory, config=config)
        made.log.setLevel(logging.CRITICAL)
        with quietly(self.folder):
            made.start()

    def release(self) -> None:
        self.convert(GenerateAssignment, "GenerateAssignmentApp")

    def grade(self) -> None:
        self.convert(Autograde)

    @property
    def source(self) -> Path:
        return self.folder / "source" / self.assignment

    @property
    def released(self) -> NotebookNode:
        return nbformat.read(self.folder / "release" / self.assignment / f"{self.assignment}.ipynb", as_version=4)

    def graded(self, student: str) -> NotebookNode:
        path = self.folder / "autograded" / student / self.assignment / f"{self.assignment}.ipynb"
        return nbformat.read(path, as_version=4)

    def submit(self, student: str, edit: Edit, saved: dict[str, str] | None = None) -> Path:
        """Hand in the released notebook, edited, and answers as panels save them."""
        notebook, folder = self.released, self.folder / "submitted" / student / self.assignment
        edit(notebook)
        folder.mkdir(parents=True)
        nbformat.write(notebook, folder / f"{self.assignment}.ipynb")
        for name, text in (saved or {}).items():
            kind = kind_of(name)
            save_check(name, text, kind.check(text), start=kind.start, folder=folder / "answers")
        return folder

    def scores(self, student: str) -> dict[str, float | None]:
        """What the gradebook holds for a student, by test cell."""
        with Gradebook(f"sqlite:///{self.folder}/gradebook.db") as gradebook:
            try:
                found = gradebook.find_submission_notebook(self.assignment, self.assignment, student)
            except MissingEntry:
                return {}
            return {grade.name: grade.auto_score for grade in found.grades}


@contextmanager
def quietly(folder: Path) -> Iterator[None]:
    """Keep IPython's files of a run in the course."""
    before = os.environ.get("IPYTHONDIR")
    os.environ["IPYTHONDIR"] = str(folder / ".ipython")
    try:
        yield
    finally:
        os.environ.pop("IPYTHONDIR") if before is None else os.environ.update(IPYTHONDIR=before)


def by_id(notebook: NotebookNode) -> dict[str, NotebookNode]:
    """The cells by nbgrader's ID."""
    marks = ((cell.metadata.get("nbgrader", {}), cell) for cell in notebook.cells)
    return {one["grade_id"]: cell for one, cell in marks if "grade_id" in one}


def answering(**texts: str) -> Edit:
    """Write answers into their cells; names with underscores for hyphens."""

    def edit(notebook: NotebookNode) -> None:
        for name, text in texts.items():
            cell = by_id(notebook)[name.replace("_", "-")]
            assert read_answer_cell(cell.source)
            cell.source = answer_cell(name.replace("_", "-"), text)

    return edit


def inserting(source: str, at: int = 2) -> Edit:
    """Put a cell of the student's own into the notebook."""
    return lambda notebook: notebook.cells.insert(at, new_code_cell(source))


def removing(*names: str) -> Edit:
    """Delete cells."""

    def edit(notebook: NotebookNode) -> None:
        gone = [by_id(notebook)[name] for name in names]
        notebook.cells = [cell for cell in notebook.cells if cell not in gone]

    return edit


def forging(name: str, **marks: Any) -> Edit:
    """Change what a cell's metadata says."""
    return lambda notebook: by_id(notebook)[name].metadata.nbgrader.update(marks)


def together(*edits: Edit) -> Edit:
    """Do one edit after the other."""

    def edit(notebook: NotebookNode) -> None:
        for one in edits:
            one(notebook)

    return edit


def shown(cell: NotebookNode) -> str:
    """All that a cell's outputs show."""
    return json.dumps(cell.get("outputs", []), ensure_ascii=False)
