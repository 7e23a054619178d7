"""Known traps of nbgrader 0.9: first what nbgrader does by itself, then that the kit's configuration sets it right."""

import json
from pathlib import Path

import nbformat
import pytest
from click.testing import CliRunner
from nbconvert.preprocessors import ClearOutputPreprocessor
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from nbgrader.preprocessors import ClearSolutions
from nbgrader.utils import determine_grade
from traitlets.config import Config

from iamlab.cli.build import build
from iamlab.learning.classroom.course import lay_course, saved_answers
from iamlab.learning.classroom.steps import CountPoints, RunOtherCells, StartingAnswers
from iamlab.learning.exercise import find_exercise
from iamlab.learning.lessons import course_root
from iamlab.learning.notebooks import TEST, assignment_notebook, notebook_bytes
from tests.classroom.courses import (
    Course,
    answering,
    by_id,
    forging,
    inserting,
    kind_of,
    nbgrader,
    quietly,
    removing,
    shown,
    together,
)

NAME, PREDICT = "the-action-behind-the-call", "letter-by-letter"
UNDERSCORED, UNDERSCORED_PREDICT = NAME.replace("-", "_"), PREDICT.replace("-", "_")
RIGHT, WRONG = kind_of(NAME).solved(), '["get-object"]'
PARTLY = kind_of(PREDICT).exercise.solution.wrong[0]["answer"]
HALF = kind_of(PREDICT).check(PARTLY).score
ASSIGNMENT, LESSON = "demo", find_exercise(NAME).lesson
HIDDEN = "this_is_the_hidden_test"
OWN = f"""### BEGIN HIDDEN TESTS
{HIDDEN} = 1
### END HIDDEN TESTS
0.5 if own == 1 else 1.0"""

EDITS = {
    "right": (answering(**{UNDERSCORED: RIGHT, UNDERSCORED_PREDICT: PARTLY}), {}),
    "panels": (removing(f"{TEST}{PREDICT}"), {NAME: RIGHT, PREDICT: PARTLY}),
    "redefined": (inserting("import iamlab\niamlab.points = lambda _: 2.0"), {}),
}
"""By student: what was done to the notebook, and what panels saved."""
STOCK = {
    "right": {NAME: 2.0, PREDICT: HALF},
    "panels": {NAME: 0.0, PREDICT: None},
    "redefined": {NAME: 2.0, PREDICT: 2.0},
}
"""What nbgrader's own settings make of them: an answer file of the instructor's counts, a deleted cell leaves nothing."""
OURS = {**STOCK, "panels": {NAME: 2.0, PREDICT: HALF}, "redefined": {NAME: 0.0, PREDICT: 0.0}}


def source_of(*cells: NotebookNode, names: tuple[str, ...] = (NAME, PREDICT)) -> bytes:
    """The instructor's notebook of some exercises, with cells of an instructor's own."""
    notebook = assignment_notebook("Demo", [kind_of(name) for name in names], solved=True)
    notebook.cells += cells
    return notebook_bytes(notebook)


def begin(course: Course, *cells: NotebookNode) -> Course:
    """Release the assignment, and hand in every submission; the instructor has answers in `source`."""
    course.source.mkdir(parents=True)
    (course.source / f"{ASSIGNMENT}.ipynb").write_bytes(source_of(*cells))
    course.release()
    for student, (edit, saved) in EDITS.items():
        course.submit(student, edit, saved)
    (course.source / "answers").mkdir()
    saved = {"format": 1, "exercise": NAME, "seed": None, "start": "[]", "answer": WRONG, "stamp": "", "saved": ""}
    (course.source / f"answers/{NAME}.json").write_text(json.dumps({**saved, "events": []}))
    course.grade()
    return course


@pytest.fixture(scope="module", autouse=True)
def path():
    """A command's own folder is on the path, as in an environment that is activated: nbgrader asks for `alembic`."""
    with pytest.MonkeyPatch.context() as patch:
        import os
        import sys

        patch.setenv("PATH", os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))
        yield


@pytest.fixture(scope="module")
def stock(tmp_path_factory) -> Course:
    """A graded course with nbgrader's own settings."""
    return begin(Course(tmp_path_factory.mktemp("stock"), ASSIGNMENT))


@pytest.fixture(scope="module")
def ours(tmp_path_factory) -> Course:
    """The same with the kit's configuration."""
    folder = tmp_path_factory.mktemp("ours")
    lay_course(folder, course_root(), [LESSON])
    return begin(Course(folder, ASSIGNMENT))


def by_test(scores: dict[str, float | None]) -> dict[str, float | None]:
    return {f"{TEST}{name}": score for name, score in scores.items()}


@pytest.mark.slow
@pytest.mark.parametrize("student", EDITS)
class TestGrading:
    def test_nbgrader_by_itself(self, stock, student):
        """It runs each notebook. A warning takes all points, a redefinition gives them, a deleted cell leaves none."""
        assert stock.scores(student) == by_test(STOCK[student])

    def test_with_our_configuration(self, ours, student):
        """It reads the answers: the same for honest notebooks, and right for the others."""
        assert ours.scores(student) == by_test(OURS[student])


@pytest.mark.slow
class TestFiles:
    def test_a_file_in_source_goes_over_the_students(self, stock, ours):
        """By itself nbgrader puts the instructor's saved answers over those handed in; with ours they stay."""
        for course, answer in ((stock, WRONG), (ours, RIGHT)):
            path = course.folder / f"autograded/panels/{ASSIGNMENT}/answers/{NAME}.json"
            assert json.loads(path.read_text())["answer"] == answer

    def test_answers_in_source_are_not_released(self, stock, ours):
        """By itself nbgrader would give them out with the next release."""
        for course, there in ((stock, True), (ours, False)):
            course.config.GenerateAssignment.force = True
            course.release()
            assert (course.folder / f"release/{ASSIGNMENT}/answers/{NAME}.json").exists() is there
            assert (course.folder / f"release/{ASSIGNMENT}/{ASSIGNMENT}.ipynb").is_file()

    def test_settings_in_source_stay_the_students(self, tmp_path):
        """`iamlab.toml` too: a student's says whose variant it is."""
        for name in ("a/answers/x.json", "a/iamlab.toml", "a/data.csv", "b/b.ipynb"):
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).touch()
        assert saved_answers(tmp_path) == {"a": ["answers/x.json", "iamlab.toml"]}

    def test_a_laid_course_ships_no_answers(self, tmp_path):
        """Only notebooks, and the configuration."""
        lay_course(tmp_path, course_root())
        assert {path.suffix for path in tmp_path.rglob("*") if path.is_file()} == {".ipynb", ".py"}


def test_cleared_solutions():
    """By itself nbgrader puts Python code into the answer; with ours the exercise's starting answer stands there."""
    for step, text in (
        (ClearSolutions(), "raise NotImplementedError()"),
        (StartingAnswers(), '"small": {"decision": "", "step": ""}'),
    ):
        notebook = nbformat.reads(source_of().decode(), as_version=4)
        cleared = by_id(step.preprocess(notebook, {})[0])
        assert text in cleared[PREDICT].source
    assert cleared[PREDICT].source == f"%%answer {PREDICT}\n{kind_of(PREDICT).template}"
    assert cleared[NAME].source == f"%%answer {NAME}\n[]"


def test_solutions_of_your_own_are_cleared_as_ever():
    """Where a cell is no answer cell, nbgrader's own way holds; a cell without marks is cleared too."""
    marks = {"grade": False, "locked": False, "solution": True, "schema_version": 3, "task": False}
    own = new_code_cell(
        "### BEGIN SOLUTION\nx = 1\n### END SOLUTION", metadata={"nbgrader": {**marks, "grade_id": "a"}}
    )
    bare = new_code_cell(f"%%answer {NAME}\n{RIGHT}", metadata={"nbgrader": {**marks, "grade_id": NAME}})
    cleared, _ = StartingAnswers().preprocess(new_notebook(cells=[own, bare, new_markdown_cell("x")]), {})
    assert [cell.source for cell in cleared.cells] == [
        "# YOUR CODE HERE\nraise NotImplementedError()",
        f"%%answer {NAME}\n[]",
        "x",
    ]


def result(text: str) -> NotebookNode:
    return new_output("execute_result", data={"text/plain": text}, execution_count=1)


OUTPUTS = {
    "a plain float": ([result("1.5")], 1.5),
    "true": ([result("True")], 2.0),
    "not a number": ([result("nan")], 2.0),
    "a NumPy float": ([result("np.float64(0.0)")], 2.0),
    "a widget": ([new_output("execute_result", data={"application/vnd.jupyter.widget-view+json": {}, "text/plain": "Panel()"}, execution_count=1)], 2.0),
    "less than nothing": ([result("-1.0")], 2.0),
    "nothing": ([], 2.0),
    "printed": ([new_output("stream", name="stdout", text="0.0")], 2.0),
    "a warning": ([new_output("stream", name="stderr", text="DeprecationWarning"), result("1.5")], 0.0),
    "an error": ([new_output("error", ename="NameError", evalue="", traceback=[])], 0.0),
    "more than the points": ([result("99.0")], ValueError),
}  # fmt: skip
"""What a test cell may show, and what nbgrader makes of it where the cell has 2 points."""


@pytest.mark.parametrize(("outputs", "score"), OUTPUTS.values(), ids=list(OUTPUTS))
@pytest.mark.parametrize(("answer", "points"), [(RIGHT, 2.0), (WRONG, 0.0)], ids=["right", "wrong"])
def test_a_test_cells_last_value(outputs, score, answer, points, tmp_path):
    """By itself nbgrader takes much for full marks; with ours the value is the answer's points, whatever stood there."""
    notebook = nbformat.reads(source_of().decode(), as_version=4)
    answering(**{UNDERSCORED: answer})(notebook)
    nbformat.write(notebook, tmp_path / "demo.ipynb")
    cell = by_id(notebook)[f"{TEST}{NAME}"]
    cell.outputs = outputs
    if score is ValueError:
        with pytest.raises(ValueError, match="greater than maximum"):
            determine_grade(cell)
    else:
        assert determine_grade(cell) == (score, 2.0)
    CountPoints().preprocess(notebook, {"metadata": {"path": str(tmp_path)}})
    nbformat.validate(notebook)
    assert determine_grade(cell) == (points, 2.0)
    assert [one.name for one in cell.outputs if one.output_type == "stream"] == ["stdout"]


def test_points_of_a_cell_that_has_fewer(tmp_path):
    """Where an instructor gave a test cell fewer points than the exercise has, no error comes of it."""
    notebook = nbformat.reads(source_of().decode(), as_version=4)
    forging(f"{TEST}{NAME}", points=1)(notebook)
    nbformat.write(notebook, tmp_path / "demo.ipynb")
    CountPoints().preprocess(notebook, {"metadata": {"path": str(tmp_path)}})
    assert determine_grade(by_id(notebook)[f"{TEST}{NAME}"]) == (1.0, 1.0)


def test_what_a_widget_holds_is_lost(tmp_path):
    """nbgrader clears outputs, and a kernel that runs the notebook knows nothing of a widget; its answer file is there."""  # noqa: D403
    notebook = nbformat.reads(source_of().decode(), as_version=4)
    answering(**{UNDERSCORED: "[]"})(notebook)
    view = {"application/vnd.jupyter.widget-view+json": {"model_id": "x"}, "text/plain": RIGHT}
    notebook.cells.append(new_code_cell(outputs=[new_output("display_data", data=view)]))
    cleared, _ = ClearOutputPreprocessor().preprocess(notebook, {})
    assert RIGHT not in json.dumps(cleared)
    course = Course(tmp_path, ASSIGNMENT)
    (tmp_path / f"release/{ASSIGNMENT}").mkdir(parents=True)
    nbformat.write(cleared, tmp_path / f"release/{ASSIGNMENT}/{ASSIGNMENT}.ipynb")
    folder = course.submit("maya", lambda _: None, {NAME: RIGHT})
    CountPoints().preprocess(cleared, {"metadata": {"path": str(folder)}})
    assert determine_grade(by_id(cleared)[f"{TEST}{NAME}"]) == (2.0, 2.0)


@pytest.fixture(scope="module")
def mixed(tmp_path_factory) -> Course:
    """A graded course with a test cell of the instructor's own beside the kit's."""
    folder = tmp_path_factory.mktemp("mixed")
    lay_course(folder, course_root(), [LESSON])
    course = Course(folder, ASSIGNMENT)
    marks = {"grade": True, "locked": True, "solution": False, "schema_version": 3, "task": False, "points": 1}
    own = new_code_cell(OWN, id="own", metadata={"nbgrader": {**marks, "grade_id": "own"}})
    course.source.mkdir(parents=True)
    (course.source / f"{ASSIGNMENT}.ipynb").write_bytes(source_of(own, names=(NAME,)))
    course.release()
    course.submit("maya", together(answering(**{UNDERSCORED: RIGHT}), inserting("own = 1")))
    course.grade()
    return course


@pytest.mark.slow
class TestOwnCells:
    """Cells of an instructor's own beside the kit's: those are run, and hidden tests show."""

    def test_scores(self, mixed):
        """The instructor's own test is run, and the exercises are read."""
        assert mixed.scores("maya") == {**by_test({NAME: 2.0}), "own": 0.5}

    def test_hidden_tests_show_in_feedback(self, mixed):
        """What was hidden in the release stands verbatim in what is graded; our test cells hide nothing: they call."""
        assert HIDDEN not in json.dumps(mixed.released)
        graded = by_id(mixed.graded("maya"))
        assert HIDDEN in graded["own"].source
        assert graded[f"{TEST}{NAME}"].source == f'from iamlab import points\n\npoints("{NAME}")'
        assert kind_of(NAME).exercise.solution.why.strip()[:40] not in shown(graded[f"{TEST}{NAME}"])

    def test_run_everything(self, ours):
        """With `RunOtherCells.always` every notebook is run; the scores are the same."""
        ours.config.RunOtherCells.always = True
        ours.config.Autograde.force = True
        ours.config.CourseDirectory.student_id = "right"
        ours.grade()
        assert ours.scores("right") == by_test(OURS["right"])
        assert by_id(ours.graded("right"))["load-iamlab"].execution_count == 1


def test_only_other_cells_are_run():
    """A notebook in which only exercises of the kit are graded is left as it is."""
    notebook = nbformat.reads(source_of(new_code_cell("raise SystemExit", id="x")).decode(), as_version=4)
    left, _ = RunOtherCells(config=Config()).preprocess(notebook, {"metadata": {"path": "."}})
    assert [cell.get("execution_count") for cell in left.cells if cell.cell_type == "code"] == [None] * 6


@pytest.mark.slow
def test_validate_ends_with_0(tmp_path):
    """`nbgrader validate` tells what fails, and ends with 0 all the same; `iamlab build --course … --check` with 1."""
    assert CliRunner().invoke(build, ["--course", str(tmp_path), LESSON]).exit_code == 0
    path = tmp_path / f"source/{LESSON}/{LESSON}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    answering(**{UNDERSCORED: WRONG})(notebook)
    nbformat.write(notebook, path)
    with quietly(tmp_path):
        assert "VALIDATION FAILED ON 1 CELL" in nbgrader(tmp_path, "validate", str(path), code=0)
    assert CliRunner().invoke(build, ["--course", str(tmp_path), "--check"]).exit_code == 1
