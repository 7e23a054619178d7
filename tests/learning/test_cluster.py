"""Grading on a Dask cluster: a real one of two processes, of which one is killed in the middle."""

import os
import signal
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from iamlab.cli.grade import grade
from iamlab.learning.class_grading import grade_class, grade_frame, plan_for
from iamlab.learning.cluster import Cluster, ClusterError
from iamlab.learning.journal import Journal
from iamlab.learning.owners import find_submissions
from iamlab.learning.roster import Student
from tests.learning.classes import CHOOSE, CHOSEN, POLICY, RIGHT, WRONG, lay, notebook, saved

distributed = pytest.importorskip("distributed")
pytestmark = pytest.mark.slow
IDS = [f"student{number:03}" for number in range(60)]


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """The address of a cluster of two processes."""
    options = {"dashboard_address": ":0", "worker_dashboard_address": None, "silence_logs": 50}
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, **options) as cluster:
        yield cluster.scheduler_address


@pytest.fixture(scope="module")
def submissions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class, one submission of which is broken."""
    folder = tmp_path_factory.mktemp("class")
    for number, id in enumerate(IDS):
        lay(folder / id, {"04.ipynb": notebook({POLICY: f"{' ' * number}{WRONG if number % 3 else RIGHT}"})})
        lay(folder / id, {f"answers/{CHOOSE}.json": saved(CHOOSE, CHOSEN)})
    lay(folder / IDS[5], {"04.ipynb": "broken"})
    return folder


def test_a_worker_that_is_killed_loses_nothing(scheduler: str, submissions: Path, tmp_path: Path) -> None:
    """Each student comes once, with the same rows as without a cluster."""
    students = [Student(id) for id in IDS]
    found = find_submissions([submissions], students)
    plan = plan_for([POLICY, CHOOSE], students, variants=False, seconds=60)
    journal, seen = Journal(tmp_path / "notes"), Counter[str]()
    cluster = Cluster(scheduler)
    with distributed.Client(scheduler, set_as_default=False) as client:
        pids = list(client.run(os.getpid).values())
        for student in grade_class(found.pieces, plan, journal, cluster):
            seen[student] += 1
            if seen.total() == 10:
                os.kill(pids[0], signal.SIGKILL)
    cluster.close()
    assert seen == Counter(IDS)
    here = grade_frame(submissions, IDS, [POLICY, CHOOSE], jobs=0)
    assert Counter(here["status"]) == {"right": 80, "partly": 39, "unreadable": 1}
    scores = [row.score for id in IDS for row in sorted(journal.of(id).rows, key=lambda row: row.exercise)]
    frame = here[here["status"] != "unreadable"].sort_values(["student", "exercise"])
    assert scores == list(frame["score"])


def test_on_the_command_line(scheduler: str, submissions: Path, tmp_path: Path) -> None:
    """`--scheduler` gives the same file as this machine alone."""
    lay(tmp_path, {"roster.csv": "id\n" + "\n".join(IDS)})
    options = [str(submissions), "--roster", str(tmp_path / "roster.csv"), "--exercise", POLICY]
    for more in (["--scheduler", scheduler, "--out", "one.csv"], ["--jobs", "0", "--out", "two.csv"]):
        more[-1] = str(tmp_path / more[-1])
        result = CliRunner().invoke(grade, [*options, *more])
        assert result.exit_code == 0, result.output
    assert (tmp_path / "one.csv").read_text() == (tmp_path / "two.csv").read_text()


def test_other_exercises_are_refused(scheduler: str, submissions: Path, tmp_path: Path) -> None:
    """A worker with another version of the exercises would grade otherwise."""
    students = [Student(id) for id in IDS[:3]]
    plan = plan_for([POLICY], students, variants=False, seconds=60)._replace(version="other")
    cluster = Cluster(scheduler)
    with pytest.raises(ClusterError, match="A worker cannot be used: the exercises"):
        list(grade_class(find_submissions([submissions], students).pieces, plan, Journal(tmp_path / "n"), cluster))
    cluster.close()


def test_no_scheduler(monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence, and not after minutes."""
    monkeypatch.setattr("iamlab.learning.cluster.CONNECT_SECONDS", 1)
    begun = time.monotonic()
    with pytest.raises(ClusterError, match=r"No Dask scheduler answers at tcp://127.0.0.1:9"):
        Cluster("tcp://127.0.0.1:9")
    assert time.monotonic() - begun < 20


def test_a_cluster_without_workers_is_given_up(tmp_path: Path, submissions: Path) -> None:
    """What is graded by then is kept in the journal."""
    with distributed.LocalCluster(n_workers=0, dashboard_address=":0", silence_logs=50) as empty:
        cluster, students = Cluster(empty.scheduler_address, patience=0.3), [Student(IDS[0])]
        plan, pieces = (
            plan_for([POLICY], students, variants=False, seconds=60),
            find_submissions([submissions], students),
        )
        with pytest.raises(ClusterError, match=r"No worker has been there for 0\.3 seconds"):
            list(grade_class(pieces.pieces, plan, Journal(tmp_path / "n"), cluster))
        cluster.close()
