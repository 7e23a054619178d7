"""Every lesson: it runs from top to bottom without a network, is committed without outputs, and keeps the rhythm."""

import os
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode

FOLDER = Path(__file__).parents[2] / "notebooks"
LESSONS = {path.stem: path for path in sorted(FOLDER.glob("*.ipynb"))}
OFFLINE = Path(__file__).parent / "offline"

TOPIC = re.compile(r"C[1-9](\.[1-9]\d?)?")
EDITOR = re.compile(r'\bname="([^"]*)"')
LINK = re.compile(r"\]\(([^)#:\s]+)\)")
CELL_KEYS = {"topic", "topics", "tags", "jupyter"}

TITLE_WORDS, PROSE_WORDS, PREDICT_WORDS = 60, 80, 30
CODE_LINES, SETUP_LINES = 10, 3


def lesson(name: str) -> NotebookNode:
    """A lesson as it is committed."""
    return nbformat.read(LESSONS[name], as_version=nbformat.NO_CONVERT)


def cells(name: str, kind: str) -> Iterator[NotebookNode]:
    """A lesson's cells of one kind."""
    return (cell for cell in lesson(name).cells if cell.cell_type == kind)


def words(cell: NotebookNode) -> int:
    return len(cell.source.split())


def lines(cell: NotebookNode) -> int:
    return len(cell.source.splitlines())


def test_lessons_are_found():
    """The first lesson is where `make lab` opens it; file names sort in the order of the course."""
    assert "00-start-here" in LESSONS
    assert all(re.fullmatch(r"\d\d-[a-z0-9-]+", name) for name in LESSONS)


def run(notebook: NotebookNode, folder: Path) -> NotebookNode:
    """Run a notebook from top to bottom in this Python, away from the repository and from any network."""
    path = os.pathsep.join(filter(None, (str(OFFLINE), os.environ.get("PYTHONPATH"))))
    environment = {**os.environ, "PYTHONPATH": path, "IPYTHONDIR": str(folder / "ipython")}
    client = NotebookClient(notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(folder)}})
    client.execute(env=environment)
    return notebook


@pytest.mark.slow
@pytest.mark.parametrize("name", LESSONS)
def test_lesson_runs(name, tmp_path):
    """No cell fails or warns, and each that opens an editor shows one."""
    for cell in run(lesson(name), tmp_path).cells:
        outputs = cell.get("outputs", [])
        assert [output.text for output in outputs if output.get("name") == "stderr"] == []
        shown = [kind for output in outputs for kind in output.get("data", {})]
        if cell.cell_type == "code" and "policy_editor(" in cell.source:
            assert "application/vnd.jupyter.widget-view+json" in shown


@pytest.mark.slow
def test_lessons_run_in_this_python_and_without_a_network(tmp_path):
    """What runs the lessons above is the environment under test, and no connection leaves the machine."""
    source = """import socket, sys
print(sys.executable)
try:
    socket.create_connection(("192.0.2.1", 80), timeout=5)
except OSError as error:
    print(error)"""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    python, refusal = run(notebook, tmp_path).cells[0].outputs[0].text.splitlines()
    assert Path(python).samefile(sys.executable)
    assert "this one asked for 192.0.2.1" in refusal


@pytest.mark.parametrize("name", LESSONS)
class TestCommitted:
    def test_format(self, name):
        """The file is valid in the newest notebook format, and holds no state of widgets."""
        notebook = lesson(name)
        nbformat.validate(notebook)
        assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
        assert set(notebook.metadata) <= {"kernelspec", "language_info"}
        assert notebook.metadata.kernelspec.name == "python3"

    def test_outputs_are_stripped(self, name):
        """Learners meet each result where they make it, and changes stay readable."""
        kept = [cell.id for cell in cells(name, "code") if cell.outputs or cell.execution_count is not None]
        assert kept == []

    def test_topics(self, name):
        """Cells cite the course's items as `topic` or `topics`, and carry nothing else."""
        for cell in lesson(name).cells:
            assert set(cell.metadata) <= CELL_KEYS
            topics = [*cell.metadata.get("topics", []), *filter(None, [cell.metadata.get("topic")])]
            assert all(TOPIC.fullmatch(topic) for topic in topics), topics

    def test_links_lead_to_files(self, name):
        """A relative link names a file that is there."""
        targets = {link for cell in cells(name, "markdown") for link in LINK.findall(cell.source)}
        assert [link for link in targets if not (FOLDER / link).is_file()] == []


@pytest.mark.parametrize("name", LESSONS)
class TestRhythm:
    def test_title(self, name):
        """A lesson opens with one heading and a question from work, in at most 60 words; then come the imports."""
        title, setup = lesson(name).cells[:2]
        assert title.cell_type == "markdown"
        assert title.source.startswith("# ")
        assert words(title) <= TITLE_WORDS
        assert setup.cell_type == "code"
        assert lines(setup) <= SETUP_LINES
        assert all(line.startswith(("import ", "from ")) for line in setup.source.splitlines())

    def test_one_title(self, name):
        """Only the first cell has a heading of the first rank."""
        assert sum(cell.source.startswith("# ") for cell in cells(name, "markdown")) == 1

    def test_prose_is_short(self, name):
        """A cell of prose says one idea in at most 80 words, a question before an answer in at most 30."""
        for cell in cells(name, "markdown"):
            limit = PREDICT_WORDS if cell.source.startswith("**Predict.**") else PROSE_WORDS
            assert words(cell) <= limit, cell.source

    def test_code_is_short(self, name):
        """A cell of code shows one policy, request or widget in at most 10 lines."""
        for cell in cells(name, "code"):
            assert 1 <= lines(cell) <= CODE_LINES, cell.source


def test_editors_have_names_of_their_own():
    """What a learner types is kept under the editor's name, so no two editors of the course share one."""
    counted = Counter(
        found for name in LESSONS for cell in cells(name, "code") for found in EDITOR.findall(cell.source)
    )
    assert [name for name, count in counted.items() if count > 1] == []
    assert all(name.partition("-")[0].isdigit() for name in counted)
