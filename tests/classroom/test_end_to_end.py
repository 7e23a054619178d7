"""A class from the empty folder to the grades, with nbgrader's own command line and the configuration that the kit lays."""

import csv
import re
from pathlib import Path

import nbformat
import pytest
from click.testing import CliRunner
from nbformat import NotebookNode

from iamlab.cli.build import build
from iamlab.learning.exercise import find_exercise
from iamlab.learning.lessons import course_root
from iamlab.learning.notebooks import TEST, build_notebooks
from iamlab.learning.owners import Piece
from iamlab.learning.student_grading import Plan, grade_pieces
from tests.classroom.courses import (
    Course,
    Edit,
    answering,
    by_id,
    forging,
    inserting,
    kind_of,
    nbgrader,
    removing,
    together,
)

LESSON = find_exercise("smaller-than-managed").lesson
POLICY, PREDICT, CHOOSE = "smaller-than-managed", "how-full-is-full-access", "one-policy-five-roles"
RIGHT = {name.replace("-", "_"): kind_of(name).solved() for name in (POLICY, PREDICT, CHOOSE)}
WRONG = {
    POLICY.replace(
        "-", "_"
    ): '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}',
    PREDICT.replace("-", "_"): '{"list": {"decision": "explicitDeny", "step": "deny evaluation"}}',
    CHOOSE.replace("-", "_"): "[]",
}
PARTLY = kind_of(POLICY).exercise.solution.wrong[0]["answer"]
HALF = kind_of(POLICY).check(PARTLY).score

ESCAPE = """import iamlab, os, sys
iamlab.points = lambda name: 99.0
sys.modules["iamlab.learning.assignment"] = None
open("../../../executed", "w")
os._exit(1)"""

HOSTILE = together(
    inserting(ESCAPE),
    answering(**{POLICY.replace("-", "_"): "[" * 100_000, PREDICT.replace("-", "_"): "x" * 300_000}),
    forging(f"{TEST}{POLICY}", points=100, solution=True, locked=False),
    forging(f"{TEST}{CHOOSE}", grade=False, grade_id="elsewhere", schema_version=0),
    forging(CHOOSE, grade=True, points=50),
    removing(f"{TEST}{PREDICT}"),
    lambda notebook: by_id(notebook)[f"{TEST}{POLICY}"].update(source="100.0"),
    lambda notebook: notebook.cells.extend(NotebookNode(by_id(notebook)[POLICY], id=f"again-{i}") for i in range(3)),
)

SUBMISSIONS: dict[str, tuple[Edit, dict[str, str], dict[str, float]]] = {
    "right": (answering(**RIGHT), {}, {POLICY: 5.0, PREDICT: 6.0, CHOOSE: 2.0}),
    "half": (answering(**RIGHT | {"smaller_than_managed": PARTLY}), {}, {POLICY: HALF, PREDICT: 6.0, CHOOSE: 2.0}),
    "wrong": (answering(**WRONG), {}, {POLICY: kind_of(POLICY).check(WRONG["smaller_than_managed"]).score}),
    "panels": (answering(**WRONG), {CHOOSE: RIGHT["one_policy_five_roles"], POLICY: PARTLY}, {POLICY: HALF, CHOOSE: 2.0}),
    "hostile": (HOSTILE, {}, {}),
}  # fmt: skip
"""By student: what was done to the notebook, what panels saved, and the points; none where nothing is said."""


def expected(student: str) -> dict[str, float]:
    scores = SUBMISSIONS[student][2]
    return {f"{TEST}{name}": scores.get(name, 0.0) for name in (PREDICT, CHOOSE, POLICY)}


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Course:
    """A class that has been graded."""
    folder: Path = tmp_path_factory.mktemp("course")
    laid = CliRunner().invoke(build, ["--course", str(folder), LESSON], catch_exceptions=False)
    assert laid.exit_code == 0
    nbgrader(folder, "generate_assignment", LESSON)
    course = Course(folder, LESSON)
    for student, (edit, saved, _) in SUBMISSIONS.items():
        course.submit(student, edit, saved)
    nbgrader(folder, "autograde", LESSON)
    nbgrader(folder, "generate_feedback", LESSON)
    nbgrader(folder, "export", "--to", "grades.csv")
    return course


@pytest.mark.slow
class TestGraded:
    def test_release(self, course):
        """What students get is the student notebook that the kit builds, with nbgrader's check sums."""
        built = build_notebooks(course_root(), [LESSON]).content
        wanted = nbformat.reads(next(iter(built.values())).decode(), as_version=4)
        released = course.released
        for cell in released.cells:
            for name in ("checksum", "cell_type"):
                cell.metadata.get("nbgrader", {}).pop(name, None)
        assert released.cells == wanted.cells
        assert released.metadata == wanted.metadata

    @pytest.mark.parametrize("student", SUBMISSIONS)
    def test_scores(self, course, student):
        """Points as expected, partial credit too; nothing is left for a person to grade."""
        assert course.scores(student) == expected(student)

    @pytest.mark.parametrize("student", SUBMISSIONS)
    def test_same_scores_as_iamlab_grade(self, course, student):
        """Read from what was handed in, with no nbgrader: the same points for each exercise."""
        folder = course.folder / "submitted" / student / LESSON
        graded = grade_pieces(student, [Piece(str(folder))], Plan((POLICY, PREDICT, CHOOSE)))
        nothing = dict.fromkeys(course.scores(student), 0.0)
        assert nothing | {f"{TEST}{row.exercise}": row.score for row in graded.rows} == course.scores(student)

    def test_export(self, course):
        """The sums are in the CSV."""
        with (course.folder / "grades.csv").open() as file:
            rows = {row["student_id"]: (float(row["score"]), float(row["max_score"])) for row in csv.DictReader(file)}
        assert rows == {student: (pytest.approx(sum(expected(student).values())), 13.0) for student in SUBMISSIONS}

    def test_nothing_was_executed(self, course):
        """What the hostile notebook would have done is not done."""
        assert not list(course.folder.rglob("executed"))
        assert by_id(course.graded("right"))[f"{TEST}{POLICY}"].execution_count is None

    def test_every_test_cell_is_ours(self, course):
        """A changed or deleted one is back, with its points."""
        cells = by_id(course.graded("hostile"))
        for name, points in ((POLICY, 5), (PREDICT, 6), (CHOOSE, 2)):
            cell = cells[f"{TEST}{name}"]
            assert cell.source.splitlines()[-1] == f'points("{name}")'
            assert cell.metadata.nbgrader.points == points
            assert not cells[name].metadata.nbgrader.grade

    @pytest.mark.parametrize("student", SUBMISSIONS)
    def test_feedback(self, course, student):
        """A page a student, with the points and what is wrong; neither the solution nor a hint stands in it."""
        html = (course.folder / f"feedback/{student}/{LESSON}/{LESSON}.html").read_text(encoding="utf-8")
        total = sum(expected(student).values())
        assert re.search(rf"Score: {total:g}\b", html)
        if student != "right":
            assert kind_of(POLICY).exercise.solution.why.strip()[:60] not in html
        assert not any(hint[:60] in html for name in (POLICY, PREDICT, CHOOSE) for hint in kind_of(name).exercise.hints)

    def test_feedback_teaches(self, course):
        """The witness, the misconception, and the note on the answer that counts."""
        half = (course.folder / f"feedback/half/{LESSON}/{LESSON}.html").read_text(encoding="utf-8")
        assert "Your policy also allows" in half
        assert "and still more than its data" in half
        panels = (course.folder / f"feedback/panels/{LESSON}/{LESSON}.html").read_text(encoding="utf-8")
        assert "the better one counts" in panels

    def test_grading_again_is_the_same(self, course):
        """A second run, in this process, changes no score."""
        course.config.Autograde.force = True
        course.grade()
        assert {student: course.scores(student) for student in SUBMISSIONS} == {
            one: expected(one) for one in SUBMISSIONS
        }
