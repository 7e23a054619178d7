"""What a benchmark is: a function that measures, beside a base on the same machine in the same run, and yields figures."""

import statistics
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

RUNS = 7
LEAST_SECONDS = 0.02


class Figure(NamedTuple):
    """One measured figure beside its base; only their ratio means the same on another machine."""

    name: str
    value: float
    unit: str
    base: str
    base_value: float

    @property
    def ratio(self) -> float:
        """How many times the base."""
        return self.value / self.base_value


Benchmark = Callable[[], Iterator[Figure]]
BENCHMARKS: dict[str, Benchmark] = {}


def benchmark(function: Benchmark) -> Benchmark:
    """Enter a benchmark under its function's name."""
    BENCHMARKS[function.__name__] = function
    return function


def load_benchmarks() -> dict[str, Benchmark]:
    """Find every benchmark: each `bench_….py` beside this file enters its own."""
    for path in sorted(Path(__file__).parent.glob("bench_*.py")):
        import_module(f"tests.benchmarks.{path.stem}")
    return BENCHMARKS


def seconds(function: Callable[[], object]) -> float:
    """Return how long one call takes: the median of several runs, each of as many calls as can be timed well."""
    calls = 1
    while (taken := _timed(function, calls)) < LEAST_SECONDS:
        calls = max(calls * 2, int(calls * LEAST_SECONDS / taken))
    return statistics.median(_timed(function, calls) for _ in range(RUNS)) / calls


def _timed(function: Callable[[], object], calls: int) -> float:
    begun = time.perf_counter()
    for _ in range(calls):
        function()
    return time.perf_counter() - begun
