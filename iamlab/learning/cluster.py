"""A Dask cluster as the place where a class is graded.

Submissions are read here, within bounds, and only the answers are sent: so the workers need not share a file system
with this machine, and no stranger's file reaches them. They need this version of iamlab, with the same exercises.

A worker that dies is Dask's business: its tasks go to another one. A task that takes three workers with it is given up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from itertools import islice
from typing import Any
from uuid import uuid4

from iamlab.learning.owners import Piece
from iamlab.learning.student_grading import Graded, OtherExercises, Plan, grade_submission
from iamlab.learning.submissions import Submission, read_submission
from iamlab.learning.time_limit import TimeUp, within
from iamlab.learning.workers import Outcome, Task

__all__ = ["Cluster", "ClusterError"]

distributed: Any = import_module("distributed")
CONNECT_SECONDS = 20
PATIENCE_SECONDS = 60.0
"""How long no worker may be there before grading is given up; what is done by then is kept."""
AHEAD = 2


class ClusterError(Exception):
    """The cluster cannot be used; the message is a sentence that says why."""


class Cluster:
    """The workers of a Dask scheduler."""

    def __init__(self, address: str, patience: float = PATIENCE_SECONDS) -> None:
        try:
            self._client = distributed.Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
        except (OSError, ValueError, TypeError) as error:
            raise ClusterError(f"No Dask scheduler answers at {address}: {str(error)[:200]}.") from error
        self._patience = patience

    def close(self) -> None:
        """Leave the cluster as it was."""
        self._client.close()

    def run(self, tasks: Iterable[Task], plan: Plan) -> Iterator[Outcome]:
        """Grade students; yield each as soon as it is done, in any order.

        Raises:
            ClusterError: where there are no workers any more, or none with these exercises.
        """
        left, waiting = iter(tasks), dict[Any, str]()
        while True:
            for student, pieces in islice(left, max(0, self._room() - len(waiting))):
                waiting[self._sent(student, pieces, plan)] = student
            if not waiting:
                return
            for future in self._done(waiting):
                yield waiting.pop(future), self._result(future)

    def _room(self) -> int:
        threads: dict[str, int] = self._client.nthreads()
        return max(sum(threads.values()), 1) * AHEAD

    def _sent(self, student: str, pieces: list[Piece], plan: Plan) -> Any:
        try:
            with within(plan.seconds):
                submission = read_submission(pieces)
        except TimeUp:
            submission = Submission(notes=[f"Reading it took longer than {plan.seconds:g} seconds."])
        key = f"iamlab-grade-{uuid4().hex}"
        return self._client.submit(
            grade_submission, student, submission, plan, handed_in=bool(pieces), key=key, pure=False
        )

    def _done(self, waiting: dict[Any, str]) -> list[Any]:
        """Return what is done, as soon as something is."""
        while True:
            try:
                with self._client.as_current():
                    found = distributed.wait(list(waiting), timeout=self._patience, return_when="FIRST_COMPLETED")
                return list(found.done)
            except TimeoutError:
                if not self._client.nthreads():
                    why = f"No worker has been there for {self._patience:g} seconds"
                    raise ClusterError(f"{why}; what is graded so far is kept.") from None

    def _result(self, future: Any) -> Graded | str:
        try:
            graded: Graded = future.result()
            return graded
        except OtherExercises as error:
            raise ClusterError(f"A worker cannot be used: {error}. Install the same iamlab there.") from error
        except Exception as error:  # one submission must not stop a class
            return f"This could not be graded: {type(error).__name__}, {str(error)[:200]}."
        finally:
            future.release()
