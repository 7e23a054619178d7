"""How long a class takes: 1,000 submissions of 40 answers each, on all cores, and how much memory; nbgrader beside it.

Every student spells their answers differently: in the space between tokens and in the order of keys. Of four answers
about one and a half are right, one is a wrong answer that people really write, one a mutant of the solution, and the
rest are untouched. nbgrader grades some of the same folders, one after the other, as it does.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import nbformat
from click.testing import CliRunner

from iamlab.cli.build import build
from iamlab.learning.answer_cells import answer_cell, read_answer_cell
from iamlab.learning.exercise import exercise_files, load_exercise
from iamlab.learning.verify import make_kind
from tests.benchmarks.registry import Figure, benchmark

STUDENTS = int(os.environ.get("IAMLAB_BENCH_STUDENTS", "1000"))
FEWER, SAMPLE, ANSWERS = STUDENTS // 4, 2, 40
SHARES = (("right", 0.38), ("listed", 0.25), ("mutant", 0.25), ("untouched", 0.12))
RUN = """
import json, resource, sys, time
from click.testing import CliRunner
from iamlab.cli.grade import grade
if __name__ == "__main__":
    begun = time.perf_counter()
    result = CliRunner().invoke(grade, sys.argv[1:])
    assert result.exit_code == 0, result.output
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    peaks = [resource.getrusage(one).ru_maxrss / 1024 for one in who]
    print(json.dumps([time.perf_counter() - begun, *peaks]))
"""


@benchmark
def grading() -> Iterator[Figure]:
    """Grade a class, a quarter of it, and some of it with nbgrader."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lay_course(folder)
        for number in range(STUDENTS):
            hand_in(folder, f"student{number:04}")
        few, many = run(folder, FEWER), run(folder, STUDENTS)
        theirs = nbgraders(folder) * STUDENTS
    what = f"grade {STUDENTS:,} submissions of {ANSWERS} answers"
    yield Figure(what, many[0], "s", f"nbgrader, reckoned from {SAMPLE} of them", theirs)
    yield Figure(f"{what}, a submission", many[0] / STUDENTS * 1e3, "ms", f"of {FEWER:,}", few[0] / FEWER * 1e3)
    for which, one, other in zip(("the command", "a worker"), many[1:], few[1:], strict=True):
        yield Figure(f"{what}, peak of {which}", one, "MB", f"of {FEWER:,}", other)


@cache
def chosen() -> dict[str, list[str]]:
    """The exercises that are graded, by lesson."""
    found = dict[str, list[str]]()
    for name, path in list(exercise_files().items())[:ANSWERS]:
        found.setdefault(path.parent.name, []).append(name)
    return found


@cache
def texts(name: str) -> dict[str, list[str]]:
    """What may be answered to an exercise."""
    kind = make_kind(load_exercise(exercise_files()[name]))
    mutants = [text for _, text in kind.mutants(kind.solved())]
    listed = [str(one["answer"]) for one in kind.exercise.solution.wrong]
    return {"right": [kind.solved()], "listed": listed or mutants, "mutant": mutants, "untouched": [""]}


def lay_course(folder: Path) -> None:
    """Lay a course for nbgrader, with every lesson released; what students hand in are those notebooks."""
    done = CliRunner().invoke(build, ["--course", str(folder), *chosen()], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    for lesson in chosen():
        nbgrader(folder, "generate_assignment", lesson)


@cache
def released(folder: Path, lesson: str) -> str:
    """The notebook that students get."""
    return (folder / "release" / lesson / f"{lesson}.ipynb").read_text(encoding="utf-8")


def hand_in(folder: Path, student: str) -> None:
    """Answer every exercise, in a way of one's own."""
    chance = random.Random(student)
    for lesson, names in chosen().items():
        notebook = json.loads(released(folder, lesson))
        for cell in notebook["cells"]:
            found = read_answer_cell("".join(cell["source"])) if cell["cell_type"] == "code" else None
            if found and found.name in names and (text := answered(found.name, chance)):
                cell["source"] = answer_cell(found.name, text)
        place = folder / "submitted" / student / lesson / f"{lesson}.ipynb"
        place.parent.mkdir(parents=True)
        place.write_text(nbformat.writes(nbformat.from_dict(notebook)), encoding="utf-8")


def answered(name: str, chance: random.Random) -> str:
    """Return an answer, spelt by chance; empty where it is left as it was."""
    way = chance.choices([one for one, _ in SHARES], [share for _, share in SHARES])[0]
    text = chance.choice(texts(name)[way])
    try:
        content = json.loads(text)
    except ValueError:
        return text
    return json.dumps(shuffled(content, chance), indent=chance.choice([None, 1, 2, 3, 4, "\t"]))


def shuffled(content: object, chance: random.Random) -> object:
    """Return the same, with the keys of objects in any order."""
    if isinstance(content, dict):
        pairs = [(key, shuffled(value, chance)) for key, value in content.items()]
        return dict(chance.sample(pairs, len(pairs)))
    return [shuffled(value, chance) for value in content] if isinstance(content, list) else content


def run(folder: Path, count: int) -> list[float]:
    """Grade so many of the class; return seconds, and the peaks of memory of the command and of a worker, in MB."""
    students = sorted(path.name for path in (folder / "submitted").iterdir())[:count]
    roster, script = folder / f"roster-{count}.csv", folder / "run.py"
    roster.write_text("id\n" + "\n".join(students))
    script.write_text(RUN)
    paths = [str(folder / "submitted" / student) for student in students]
    names = [part for names in chosen().values() for name in names for part in ("--exercise", name)]
    out, overview = folder / f"{count}.csv", folder / f"{count}.html"
    options = ["--roster", str(roster), "--out", str(out), "--overview", str(overview), *names]
    done = subprocess.run([sys.executable, str(script), *paths, *options], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    with out.open() as file:
        assert sum(1 for _ in file) == 1 + count * ANSWERS
    found: list[float] = json.loads(done.stdout)
    return found


def nbgraders(folder: Path) -> float:
    """Return how long nbgrader takes for a submission: all its notebooks, without starting the program."""
    starting = timed(lambda: nbgrader(folder, "--version"))
    taken = 0.0
    for lesson in chosen():
        for number in range(SAMPLE):
            student = f"student{number:04}"
            taken += timed(lambda s=student, a=lesson: nbgrader(folder, "autograde", a, "--student", s)) - starting
    return taken / SAMPLE


def nbgrader(folder: Path, *arguments: str) -> str:
    """Run nbgrader's command; it is loaded for this benchmark alone."""
    from tests.classroom import courses

    return courses.nbgrader(folder, *arguments)


def timed(function: object) -> float:
    """Return how long a call takes."""
    begun = time.perf_counter()
    function()  # type: ignore[operator]
    return time.perf_counter() - begun
