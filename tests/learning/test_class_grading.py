"""Grading a class: every student once, whatever happens on the way; the better answer counts; variants."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from iamlab.cli.grade import grade
from iamlab.learning.class_grading import assignment_of, completed, grade_class, grade_frame, plan_for
from iamlab.learning.exercise import find_exercise
from iamlab.learning.journal import Journal, mark_of
from iamlab.learning.owners import Piece, find_submissions
from iamlab.learning.roster import Student
from iamlab.learning.student_grading import Graded, Plan, Row, grade_pieces
from iamlab.learning.verify import make_kind
from iamlab.learning.workers import DIED, Here, Processes, Task
from tests.learning.classes import CHOOSE, CHOSEN, POLICY, RIGHT, WRONG, lay, notebook, packed, saved

START = make_kind(find_exercise(POLICY)).start


def row(folder: Path) -> Row:
    (found,) = grade_pieces("maya", [Piece(str(folder))], Plan((POLICY,))).rows
    return found


BETTER = [
    ("cell right, panel wrong", RIGHT, WRONG, "right", "`04.ipynb`, cell 2"),
    ("cell wrong, panel right", WRONG, RIGHT, "right", f"`answers/{POLICY}.json`"),
    ("cell untouched, panel wrong", START, WRONG, "partly", f"`answers/{POLICY}.json`"),
    ("cell wrong, panel untouched", WRONG, START, "partly", "`04.ipynb`, cell 2"),
    ("cell unreadable, panel wrong", "{", WRONG, "partly", f"`answers/{POLICY}.json`"),
]


@pytest.mark.parametrize(
    ("cell", "panel", "status", "source"), [case[1:] for case in BETTER], ids=[c[0] for c in BETTER]
)
def test_the_better_of_cell_and_panel_counts(tmp_path: Path, cell: str, panel: str, status: str, source: str) -> None:
    """And the row says so where both were tried."""
    lay(tmp_path, {"04.ipynb": notebook({POLICY: cell}), f"answers/{POLICY}.json": saved(POLICY, panel)})
    found = row(tmp_path)
    assert (found.status, found.source) == (status, source)
    both = START not in (cell, panel)
    assert found.note == (f"There are different answers; the better one counts: {source}." if both else "")


def test_the_lessons_own_notebook_goes_first(tmp_path: Path) -> None:
    """A copy with another name does not count, unless it alone was worked on."""
    lay(tmp_path, {"04-policy-elements.ipynb": notebook({POLICY: WRONG}), "A copy.ipynb": notebook({POLICY: RIGHT})})
    assert (row(tmp_path).status, row(tmp_path).note) == (
        "partly",
        "It is answered in `A copy.ipynb` too, which does not count.",
    )
    lay(tmp_path, {"04-policy-elements.ipynb": notebook({POLICY: START})})
    assert (row(tmp_path).status, row(tmp_path).note) == ("right", "")
    lay(tmp_path, {"04-policy-elements.ipynb": notebook({POLICY: RIGHT})})
    assert (row(tmp_path).status, row(tmp_path).note) == ("right", "")


def test_a_row_has_what_the_class_page_needs(tmp_path: Path) -> None:
    """The witness, and how the statement that decides it names its actions."""
    found = row(lay(tmp_path, {"04.ipynb": notebook({POLICY: WRONG})}))
    assert found.witness is not None
    assert (found.witness["action"], found.witness["yours"]) == ("s3:DeleteObject", "allowed")
    assert found.spelling == '"Action": ["s3:GetObject", "s3:*"]'
    assert (found.score, found.max_score, found.answer) == (2.0, 4.0, WRONG)


def test_anothers_variant_is_told_to_the_instructor(tmp_path: Path) -> None:
    """By name, in what students do not see; an own variant that is right says nothing."""
    ids = tuple(f"student{number}" for number in range(8))
    values = {id: find_exercise(POLICY, id).values["bucket"] for id in ids}
    mine, other = ids[0], next(id for id in ids if values[id] != values[ids[0]])
    for whose, status in ((mine, "right"), (other, "wrong")):
        text = make_kind(find_exercise(POLICY, whose)).solved()
        folder = lay(tmp_path / whose, {"04.ipynb": notebook({POLICY: text})})
        (found,) = grade_pieces(mine, [Piece(str(folder))], Plan((POLICY,), ids)).rows
        assert found.status == status
        assert found.note == ""
        assert found.private.startswith(f"This answer is right for the variant of `{other}`" if whose == other else "")
        assert bool(found.private) == (whose == other)


def small_class(folder: Path, size: int) -> tuple[dict[str, list[Piece]], list[str]]:
    """A class in which every second answer is right."""
    ids = [f"student{number:02}" for number in range(size)]
    for number, id in enumerate(ids):
        lay(folder / id, {"04.ipynb": notebook({POLICY: WRONG if number % 2 else RIGHT, CHOOSE: CHOSEN})})
    return find_submissions([folder], [Student(id) for id in ids]).pieces, ids


def test_what_is_done_is_not_done_again(tmp_path: Path) -> None:
    """The journal goes on where it was; after a change of the submission or of the plan a student is graded anew."""
    pieces, ids = small_class(tmp_path / "in", 4)
    plan = plan_for([POLICY], [Student(id) for id in ids], variants=False, seconds=60)
    assert set(grade_class(pieces, plan, Journal(tmp_path / "notes"), Here())) == set(ids)
    lines = (tmp_path / "notes").read_bytes()
    (tmp_path / "notes").write_bytes(lines[: lines.rindex(b"{", 0, -200) + 40])
    cut = Journal(tmp_path / "notes")
    assert (tmp_path / "notes").read_bytes().endswith(b"\n")

    counted = Counting()
    assert set(grade_class(pieces, plan, cut, counted)) == set(ids)
    assert counted.students == [ids[3]]
    assert (tmp_path / "notes").read_bytes() == lines
    assert [cut.of(id).rows[0].status for id in ids] == ["right", "partly"] * 2

    lay(tmp_path / "in" / ids[1], {"04.ipynb": notebook({POLICY: RIGHT, CHOOSE: ""})})
    counted = Counting()
    assert set(grade_class(pieces, plan, Journal(tmp_path / "notes"), counted)) == set(ids)
    assert counted.students == [ids[1]]
    assert mark_of(pieces[ids[0]], plan) != mark_of(pieces[ids[0]], plan._replace(exercises=(CHOOSE,)))


class Counting(Here):
    """Notes whose submissions were really graded."""

    def __init__(self) -> None:
        self.students: list[str] = []

    def run(self, tasks, plan):
        for task in tasks:
            self.students.append(task[0])
            yield from super().run([task], plan)


DEADLY = """
import os, signal, time
from iamlab.learning.student_grading import Graded

def grade(student, pieces, plan):
    if student.startswith("deadly"):
        os.kill(os.getpid(), signal.SIGKILL)
    if student == "unlucky" and not os.path.exists(pieces[0].path):
        open(pieces[0].path, "w").close()
        os.kill(os.getpid(), signal.SIGKILL)
    if student == "failing":
        raise ValueError("no answer")
    time.sleep(0.02)
    return Graded(student)
"""


def test_a_process_that_dies_takes_nobody_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was under way is done again; what kills twice, or raises, gets a reason; each student comes once."""
    lay(tmp_path, {"deadly_grading.py": DEADLY})
    monkeypatch.syspath_prepend(tmp_path)
    deadly = __import__("deadly_grading").grade
    ids = [*map(str, range(12)), "deadly", *map(str, range(12, 20)), "unlucky", "failing", "20"]
    tasks: list[Task] = [(id, [Piece(str(tmp_path / "mark"))]) for id in ids]
    found = list(Processes(2, deadly).run(tasks, Plan()))
    assert Counter(id for id, _ in found) == Counter(ids)
    reasons = {id: outcome for id, outcome in found if not isinstance(outcome, Graded)}
    assert reasons == {"deadly": DIED, "failing": "This could not be graded: ValueError, no answer."}


def test_a_run_that_is_killed_goes_on(tmp_path: Path) -> None:
    """`iamlab grade`, killed in the middle: the second run grades the rest, and writes what an undisturbed one would."""
    _, ids = small_class(tmp_path / "in", 150)
    lay(tmp_path, {"roster.csv": "id\n" + "\n".join(ids)})
    options = [str(tmp_path / "in"), "--roster", str(tmp_path / "roster.csv"), "--exercise", POLICY, "--jobs", "0"]
    command = [sys.executable, "-m", "iamlab", "grade", *options, "--out"]
    notes = tmp_path / ".grades.csv.part"
    with subprocess.Popen([*command, str(tmp_path / "grades.csv")], start_new_session=True) as running:
        until = time.monotonic() + 60
        while not (notes.exists() and notes.stat().st_size) and time.monotonic() < until:
            time.sleep(0.002)
        os.killpg(running.pid, signal.SIGKILL)
    done = notes.read_bytes().count(b"\n")
    assert 0 < done < 150
    assert not (tmp_path / "grades.csv").exists()

    for name in ("grades.csv", "whole.csv"):
        assert CliRunner().invoke(grade, [*options, "--out", str(tmp_path / name)]).exit_code == 0
    assert not notes.exists()
    assert (tmp_path / "grades.csv").read_text() == (tmp_path / "whole.csv").read_text()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["grades.csv", "in", "roster.csv", "whole.csv"]


def test_the_assignment_is_what_a_tenth_of_the_class_answers(tmp_path: Path) -> None:
    """A stray answer sets no task for the others; where nothing can be read, it is every exercise."""
    journal = Journal(tmp_path / "notes")
    for number in range(21):
        names = [POLICY, CHOOSE] if number < 2 else [POLICY, "home-folders"] if number < 5 else [POLICY]
        journal.add(Graded(str(number), [Row(str(number), name, 0, 1, "wrong") for name in names]), "")
    journal.add(Graded("absent", handed_in=False), "")
    ids = [*map(str, range(21)), "absent"]
    assert assignment_of(journal, ids) == ["home-folders", POLICY]
    assert len(assignment_of(journal, ["absent"])) > 20


def test_rows_for_what_is_not_there() -> None:
    """Nothing handed in, no answer, unreadable, stopped: each its status and its reason."""
    cases = [
        (None, "missing", "Nothing was handed in."),
        (Graded("maya"), "missing", "There is no answer to it in what was handed in."),
        (Graded("maya", notes=["`x` is broken."]), "unreadable", "There is no answer to it in what was handed in. `x` is broken."),
        (Graded("maya", notes=[DIED], stopped=True), "stopped", DIED),
    ]  # fmt: skip
    for graded, status, note in cases:
        (found,) = completed(graded, "maya", [POLICY])
        assert (found.status, found.note, found.score, found.max_score) == (status, note, 0.0, 4.0)
    whole = Graded("maya", [Row("maya", POLICY, 4, 4, "right")], ["`x` is broken."])
    assert completed(whole, "maya", [POLICY])[0].note == "`x` is broken."


def test_as_a_frame(tmp_path: Path) -> None:
    """The rows of a class laid out as nbgrader does, as a DataFrame; a broken submission does not stop it."""
    lay(
        tmp_path,
        {
            "submitted/maya/04/04.ipynb": notebook({POLICY: RIGHT}),
            "submitted/bo/04/04.ipynb": notebook({POLICY: WRONG}),
            "submitted/chen/04/hw.zip": packed({"04.ipynb": notebook({POLICY: RIGHT})})[:-30],
        },
    )
    frame = grade_frame(tmp_path, ["bo", "chen", "dina", "maya"], [POLICY], jobs=0)
    assert frame.set_index("student")["score"].to_dict() == {"bo": 2.0, "chen": 0.0, "dina": 0.0, "maya": 4.0}
    assert list(frame["status"]) == ["partly", "unreadable", "missing", "right"]
    assert json.loads(frame.to_json(orient="records"))[0]["witness"].startswith("s3:DeleteObject on ")
