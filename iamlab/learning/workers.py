"""Where a class is graded: in this process, or on all cores. A process that dies takes nobody's grade with it."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context
from typing import Any, Protocol

from iamlab.learning.owners import Piece
from iamlab.learning.student_grading import Graded, Plan, grade_pieces

__all__ = ["Here", "Outcome", "Processes", "Task", "Workers"]

Task = tuple[str, list[Piece]]
"""A student's id, and what they handed in."""
Outcome = tuple[str, Graded | str]
"""A student's id, and what grading found, or a sentence on why there is nothing."""
AHEAD = 4
"""How many tasks a process has waiting."""
DIED = "Grading this submission ended its process twice, so it is left out."

Grade = Callable[[str, list[Piece], Plan], Graded]


class Workers(Protocol):
    """Where work is done."""

    def run(self, tasks: Iterable[Task], plan: Plan) -> Iterator[Outcome]:
        """Grade students; yield each as soon as it is done, in any order."""


class Here:
    """This process: one student after the other."""

    def run(self, tasks: Iterable[Task], plan: Plan) -> Iterator[Outcome]:
        """Grade students; yield each as soon as it is done."""
        for student, pieces in tasks:
            yield student, grade_pieces(student, pieces, plan)


class Processes:
    """Processes of this machine.

    Where one dies, all tasks that were under way are lost with the pool. They are done again one by one, each of them
    alone, so that the one which kills its process is known by that, and no other suffers.
    """

    def __init__(self, jobs: int | None = None, grade: Grade = grade_pieces) -> None:
        self.jobs = jobs or os.cpu_count() or 1
        self._grade = grade

    def run(self, tasks: Iterable[Task], plan: Plan) -> Iterator[Outcome]:
        """Grade students; yield each as soon as it is done, in any order."""
        left = iter(tasks)
        while lost := (yield from self._pass(left, plan)):
            yield from self._one_by_one(lost, plan)

    def _pass(self, tasks: Iterator[Task], plan: Plan) -> Generator[Outcome, None, list[Task]]:
        """Work until all is done, or the pool is broken; return what was lost."""
        lost, waiting = list[Task](), dict[Future[Graded], Task]()
        with self._pool(self.jobs) as pool:
            while not lost:
                for task in islice(tasks, self.jobs * AHEAD - len(waiting)):
                    lost += self._submit(pool, task, plan, waiting)
                if not waiting:
                    break
                for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                    yield from _outcome(future, waiting.pop(future), lost)
            pool.shutdown(cancel_futures=True)
            for future, task in waiting.items():
                yield from _outcome(future, task, lost)
        return lost

    def _submit(self, pool: ProcessPoolExecutor, task: Task, plan: Plan, waiting: dict[Any, Task]) -> list[Task]:
        try:
            waiting[pool.submit(self._grade, *task, plan)] = task
        except BrokenProcessPool:
            return [task]
        return []

    def _one_by_one(self, tasks: list[Task], plan: Plan) -> Iterator[Outcome]:
        left = iter(tasks)
        while tasks:
            tasks = []
            with self._pool(1) as pool:
                for task in left:
                    yield from _outcome(pool.submit(self._grade, *task, plan), task, tasks)
                    if tasks:  # this one ended the process again
                        yield task[0], DIED
                        break

    def _pool(self, jobs: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"))


def _outcome(future: Future[Graded], task: Task, lost: list[Task]) -> Iterator[Outcome]:
    if future.cancelled():
        lost.append(task)
        return
    try:
        yield task[0], future.result()
    except BrokenProcessPool:
        lost.append(task)
    except Exception as error:  # one submission must not stop a class
        yield task[0], f"This could not be graded: {type(error).__name__}, {str(error)[:200]}."
