"""How long one answer takes to check: every exercise's solution, the wrong answers it lists, and all mutants."""

import contextlib
import time
from collections.abc import Iterator
from statistics import median, quantiles

from iamlab.learning.exercise import exercise_files, load_exercise
from iamlab.learning.kinds import Kind
from iamlab.learning.verify import make_kind
from iamlab.policy import PolicyError, parse_policy
from tests.benchmarks.registry import Figure, benchmark


@benchmark
def checking() -> Iterator[Figure]:
    """Check each answer once, in a process that has checked nothing before; beside it, only reading the policies."""
    answers = [
        (kind, answer)
        for kind in map(make_kind, map(load_exercise, exercise_files().values()))
        for answer in tried(kind)
    ]
    checks = [seconds(kind.check, answer) for kind, answer in answers]
    reads = [seconds(read, answer) for kind, answer in answers if kind.name == "policy"]
    what = f"check an answer ({len(answers):,} of {len(exercise_files())} exercises)"
    for name, of in (("median", median), ("95th percentile", lambda times: quantiles(times, n=20)[-1])):
        yield Figure(f"{what}, {name}", of(checks) * 1e3, "ms", "read a policy", of(reads) * 1e3)


def tried(kind: Kind) -> Iterator[str]:
    """Yield a right answer, wrong ones, and those that are nearly right."""
    yield kind.solved()
    yield from (str(wrong["answer"]) for wrong in kind.exercise.solution.wrong)
    yield from (mutant for _, mutant in kind.mutants(kind.solved()))


def read(answer: str) -> None:
    with contextlib.suppress(PolicyError):
        parse_policy(answer)


def seconds(function: object, answer: str) -> float:
    begun = time.perf_counter()
    function(answer)  # type: ignore[operator]
    return time.perf_counter() - begun
