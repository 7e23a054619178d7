"""Assignment notebooks: what stands in them, that the committed ones are current, and that they run."""

import json
import re
import socket
from pathlib import Path

import nbformat
import pytest
from IPython.core.interactiveshell import InteractiveShell

from iamlab.learning.answer_cells import BEGIN_SOLUTION, read_answer_cell
from iamlab.learning.assignment import points, remember
from iamlab.learning.exercise import exercise_files, find_exercise
from iamlab.learning.exercise_file import ExerciseError
from iamlab.learning.kinds import Kind
from iamlab.learning.lessons import course_root
from iamlab.learning.notebooks import TEST, assignment_notebook, build_notebooks, build_variants, notebook_bytes
from iamlab.learning.result import NOT_ATTEMPTED, RIGHT
from iamlab.learning.verify import make_kind

ROOT = course_root()
LESSONS = sorted({path.parent.name for path in exercise_files().values()})
NAMES = list(exercise_files())
BUCKETS = ("ml-dashboards", "ml-training-data-bucket")


def committed(lesson: str, folder: str = "exercises") -> nbformat.NotebookNode:
    return nbformat.read(ROOT / folder / lesson / f"{lesson}.ipynb", as_version=nbformat.NO_CONVERT)


def kinds_of(lesson: str) -> list[Kind]:
    return [make_kind(find_exercise(name)) for name, path in exercise_files().items() if path.parent.name == lesson]


def answers(notebook: nbformat.NotebookNode) -> dict[str, str]:
    said = (read_answer_cell(cell.source) for cell in notebook.cells if cell.cell_type == "code")
    return {one.name: one.text for one in said if one}


def test_committed_notebooks_are_current():
    """Every notebook is as `iamlab build` makes it now: byte for byte, so that building is the same at each call."""
    built = build_notebooks(ROOT)
    assert [path.name for path in built.stale] == []
    there = {*ROOT.glob("exercises/*/*.ipynb"), *ROOT.glob("solutions/*/*.ipynb")}
    assert there == set(built.content)


@pytest.mark.parametrize("lesson", LESSONS)
class TestCommitted:
    @pytest.mark.parametrize("folder", ["exercises", "solutions"])
    def test_format(self, lesson, folder):
        """Valid in the newest format, without outputs; nbgrader's IDs are unique, and made from the exercises' names."""
        notebook = committed(lesson, folder)
        nbformat.validate(notebook)
        assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
        assert [cell for cell in notebook.cells if cell.get("outputs") or cell.get("execution_count")] == []
        marks = [cell.metadata.nbgrader for cell in notebook.cells if "nbgrader" in cell.metadata]
        names = [one.name for one in (kind.exercise for kind in kinds_of(lesson))]
        ids = [name for exercise in names for name in (f"task-{exercise}", exercise, f"{TEST}{exercise}")]
        assert [one.grade_id for one in marks] == ["load-iamlab", *ids]
        assert {one.schema_version for one in marks} == {3}

    def test_student(self, lesson):
        """Each answer cell holds what is not tried yet; nothing of the solution stands anywhere."""
        notebook = committed(lesson)
        said = answers(notebook)
        text = json.dumps(notebook)
        for kind in kinds_of(lesson):
            assert said[kind.exercise.name] == kind.template
            assert kind.check(kind.template).status == NOT_ATTEMPTED
            assert not any(hint in text for hint in kind.exercise.hints)
            assert kind.exercise.solution.why.strip() not in text
        assert BEGIN_SOLUTION not in text

    def test_instructor(self, lesson):
        """Each answer cell holds the solution, between marks; its test cell counts the exercise's points."""
        notebook = committed(lesson, "solutions")
        said = answers(notebook)
        by_id = {cell.metadata.nbgrader.grade_id: cell for cell in notebook.cells if "nbgrader" in cell.metadata}
        for kind in kinds_of(lesson):
            name = kind.exercise.name
            assert kind.check(said[name]).status == RIGHT
            assert BEGIN_SOLUTION in by_id[name].source
            test = by_id[f"{TEST}{name}"]
            assert test.source.splitlines()[-1] == f'points("{name}")'
            assert test.metadata.nbgrader.points == kind.exercise.points

    def test_tasks(self, lesson):
        """A task's cell tells title, points, topics and task, every request's and option's word, and no hint."""
        notebook = committed(lesson)
        by_id = {cell.id: cell.source for cell in notebook.cells}
        for kind in kinds_of(lesson):
            exercise, text = kind.exercise, by_id[f"task-{kind.exercise.name}"[:64]]
            assert text.startswith(f"## {exercise.title}\n")
            assert exercise.task in text
            assert all(topic in text for topic in exercise.topics)
            if exercise.kind != "policy":
                words = re.findall(r'"(?:id|text)": "((?:[^"\\]|\\.)*)"', json.dumps(kind.shown(), ensure_ascii=False))
                assert [word for word in words if word != "1" and json.loads(f'"{word}"').strip() not in text] == [], (
                    text
                )


@pytest.mark.parametrize("name", NAMES)
def test_template(name):
    """What stands in an answer cell at first is not attempted, and is not right; nor is what is left empty of it."""
    kind = make_kind(find_exercise(name))
    assert kind.check(kind.template).status == NOT_ATTEMPTED
    assert kind.check(f"\n {kind.template} \n").status == NOT_ATTEMPTED
    assert kind.judge(kind.template).status != RIGHT


HALF = [
    ("a decision alone", "letter-by-letter", {"small": {"decision": "allowed", "step": ""}}, 0.5),
    ("a step alone", "letter-by-letter", {"small": {"decision": "", "step": "identity-based policies"}}, 0.0),
    ("one question", "whose-request-is-it", {"caller": "role", "policy_type": "", "fix": " "}, 1.0),
]


@pytest.mark.parametrize(("name", "said", "score"), [case[1:] for case in HALF], ids=[case[0] for case in HALF])
def test_a_template_filled_in_part(name, said, score):
    """What is left empty counts as not given: it is no error, and what is given counts."""
    kind = make_kind(find_exercise(name))
    left = json.loads(kind.template)
    result = kind.check(json.dumps({**left, **said}))
    assert result.status in {"partly", "wrong"}
    assert result.score == score
    assert result.score == kind.check(json.dumps(said)).score


def test_variants(tmp_path, monkeypatch):
    """Each seed gets the texts of its own variant, which that seed's settings check; the same at each call."""
    lesson, name = "03-kinds-of-policy", "smaller-than-managed"
    seeds = [next(s for s in map(str, range(50)) if find_exercise(name, s).values["bucket"] == b) for b in BUCKETS]
    built = build_variants(ROOT, [lesson], tmp_path, seeds)
    assert len(built.write()) == 4
    assert build_variants(ROOT, [lesson], tmp_path, seeds).stale == []
    for seed, bucket in zip(seeds, BUCKETS, strict=True):
        folder = tmp_path / seed / lesson
        notebook = nbformat.read(folder / f"{lesson}.ipynb", as_version=4)
        (task,) = [cell.source for cell in notebook.cells if cell.id == f"task-{name}"]
        assert f"`{bucket}`" in task
        monkeypatch.chdir(folder)
        remember(name, make_kind(find_exercise(name, seed)).solved())
        assert points(name) == 5.0


@pytest.mark.parametrize("seed", ["../up", "", ".hidden", "a/b", 'a"b', "n" * 200])
def test_seeds_that_name_no_folder(seed, tmp_path):
    """Nothing is written outside of the folder."""
    with pytest.raises(ExerciseError, match="cannot name a folder"):
        build_variants(ROOT, ["01-key-concepts"], tmp_path, [seed])


def test_same_ids_are_refused():
    """An exercise named as another's test cell would be: an error that says so, and no notebook that nbgrader mixes up."""
    kind = kinds_of("01-key-concepts")[0]
    with pytest.raises(ExerciseError, match="Two cells would have the ID"):
        assignment_notebook("Twice", [kind, kind], solved=True)


def test_unknown_lesson():
    """A lesson that is not there is an error."""
    with pytest.raises(ExerciseError, match="no lesson `99-nothing`"):
        build_notebooks(ROOT, ["99-nothing"])


def test_only_what_differs_is_written(tmp_path):
    """A notebook that somebody has changed is written anew; the others are not touched."""
    for path in (*ROOT.glob("exercises/01-key-concepts/*.toml"), *ROOT.glob("solutions/01-key-concepts/*.toml")):
        target = tmp_path / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    assert len(build_notebooks(tmp_path).write()) == 2
    assert build_notebooks(tmp_path).write() == []
    changed = tmp_path / "exercises/01-key-concepts/01-key-concepts.ipynb"
    changed.write_bytes(changed.read_bytes() + b" ")
    assert build_notebooks(tmp_path).write() == [changed]


def test_bytes_are_a_notebook():
    """A file ends with a line break, and is what nbformat reads."""
    content = notebook_bytes(assignment_notebook("One", kinds_of("01-key-concepts"), solved=False))
    assert content.endswith(b"}\n")
    assert nbformat.reads(content.decode(), as_version=4).cells[0].source.startswith("# One: exercises\n\n2 exercises")


@pytest.fixture
def shell(tmp_path, monkeypatch) -> InteractiveShell:
    """IPython in this process, in a folder of its own, without a network."""

    def refused(*_: object) -> None:
        raise AssertionError("a notebook has asked for the network")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(socket.socket, "connect", refused)
    InteractiveShell.clear_instance()
    return InteractiveShell.instance()


@pytest.mark.parametrize("lesson", LESSONS)
@pytest.mark.parametrize("folder", ["exercises", "solutions"])
def test_notebooks_run(lesson, folder, shell, capsys, tmp_path):
    """From top to bottom, with no error and nothing on stderr: the student's for no points, the instructor's for all."""
    scores = {}
    for cell in committed(lesson, folder).cells:
        if cell.cell_type == "code":
            result = shell.run_cell(cell.source)
            result.raise_error()
            scores |= {cell.metadata.nbgrader.grade_id: result.result} if cell.metadata.nbgrader.grade else {}
    solved = folder == "solutions"
    assert scores == {f"{TEST}{k.exercise.name}": float(k.exercise.points) * solved for k in kinds_of(lesson)}
    assert {type(score) for score in scores.values()} == {float}
    assert capsys.readouterr().err == ""
    saved = sorted(path.stem for path in (tmp_path / "answers").glob("*.json"))
    assert saved == (sorted(kind.exercise.name for kind in kinds_of(lesson)) if solved else [])


def test_wheel_lists_them():
    """The files that a learner's folder gets hold the assignment notebooks."""
    from iamlab.learning.lessons import course_files

    assert {f"exercises/{lesson}/{lesson}.ipynb" for lesson in LESSONS} <= set(course_files(Path(ROOT)))
