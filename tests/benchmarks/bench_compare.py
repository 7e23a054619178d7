"""How long an exact comparison takes, beside two solvers of IAM policies on the same pairs, and whether all agree.

The solvers answer by Z3 whether some request is allowed; what to ask so that the answer tells which of two policies
allows more is in `peers/differing.py`. They are installed for this alone, and run as programs.
"""

import json
import os
import statistics
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import Any, NamedTuple

from iamlab import compare, managed_policy, parse_policy
from iamlab.comparison import Comparison
from tests.benchmarks.bench_peers import DRIVERS, FOLDER, call, installed
from tests.benchmarks.pairs import Pair, pairs
from tests.benchmarks.registry import Figure, benchmark, seconds

SOLVERS = {"reach-security": "compare_reach.py", "iamprover": "compare_iamprover.py"}
ONLY_PLAUSIBLE = {"reach-security"}
"""Solvers that leave out requests that AWS does not make, so that `only_plausible` is what they answer."""
LIMIT = float(os.environ.get("IAMLAB_BENCH_LIMIT", "120"))
"""How many seconds a solver gets for one pair."""
BIG = ("AmazonSageMakerFullAccess", "AmazonSageMakerReadOnly")


@benchmark
def comparing() -> Iterator[Figure]:
    """Compare policies of the size of exercises, each parsed anew, and two large ones of AWS's."""
    small, (big,) = list(pairs()), list(managed())
    ours = {pair.name: seconds(lambda pair=pair: compared(pair)) for pair in [*small, big]}
    parsing = statistics.median(seconds(lambda pair=pair: parsed(pair)) for pair in small)
    times = [ours[pair.name] for pair in small]
    yield Figure("compare, median of 40 pairs", statistics.median(times) * 1e3, "ms", "parsing both", parsing * 1e3)
    yield Figure("compare, 95th percentile", percentile(times) * 1e3, "ms", "parsing both", parsing * 1e3)
    alone = seconds(lambda: parsed(big))
    yield Figure(f"compare {BIG[0]} with {BIG[1]}", ours[big.name] * 1e3, "ms", "parsing both", alone * 1e3)


@benchmark
def solvers() -> Iterator[Figure]:
    """The same by each solver; where answers differ, both are printed."""
    small, (big,) = list(pairs()), list(managed())
    ours = {pair.name: seconds(lambda pair=pair: compared(pair)) for pair in [*small, big]}
    for solver, command in programs().items():
        found = answered(command, [*small, big])
        for pair in [*small, big]:
            tell(pair, solver, found[pair.name])
        theirs = {pair.name: found[pair.name].seconds for pair in small}
        name = f"{solver} {found[big.name].version}"
        slower = [pair.name for pair in small if ours[pair.name] > theirs[pair.name]]
        print(f"{solver}: slower than it on {len(slower)} of {len(small)} pairs {slower or ''}", file=sys.stderr)
        for what, figure in (("median", statistics.median), ("95th percentile", percentile)):
            mine = figure([ours[pair.name] for pair in small])
            yield Figure(f"compare, {what} of 40 pairs", mine * 1e3, "ms", name, figure(list(theirs.values())) * 1e3)
        nearest = min(small, key=lambda pair: theirs[pair.name] / ours[pair.name])
        yield Figure("the pair where it is closest", ours[nearest.name] * 1e3, "ms", name, theirs[nearest.name] * 1e3)
        late = ", not done" if found[big.name].found is None else ""
        yield Figure(f"compare {BIG[0]}", ours[big.name] * 1e3, "ms", name + late, found[big.name].seconds * 1e3)


def managed() -> Iterator[Pair]:
    """Yield the two large policies, as documents."""
    first, second = (json.loads(managed_policy(name).source.text) for name in BIG)
    yield Pair(" and ".join(BIG), first, second)


def parsed(pair: Pair) -> list[Any]:
    """Parse both policies."""
    return [parse_policy(json.dumps(document)) for document in (pair.first, pair.second)]


def compared(pair: Pair, **options: Any) -> Comparison:
    """Parse and compare a pair."""
    return compare(*parsed(pair), **options)


def percentile(values: list[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(values, n=20, method="inclusive")[-1]


class Answer(NamedTuple):
    """What a solver said of a pair: which side allows more (None: not decided), or None; and how long it took."""

    version: str
    found: list[bool | None] | str | None
    seconds: float


def programs() -> dict[str, list[str]]:
    """Return how each solver is started; those that are not there yet are installed."""
    installed()
    python = FOLDER / "venv" / "bin" / "python"
    has = subprocess.run([str(python), "-c", "import iamprover"], capture_output=True, check=False)
    if has.returncode:
        call(str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "iamprover")
    return {solver: [str(python), str(DRIVERS / driver)] for solver, driver in SOLVERS.items()}


def answered(command: list[str], asked: list[Pair]) -> dict[str, Answer]:
    """Return a solver's answer to each pair; a solver that takes too long is ended and started anew."""
    found, left = dict[str, Answer](), list(asked)
    while left:
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:
            version = json.loads(program.stdout.readline())["version"]
            while left:
                line = _one(program, left[0])
                if line is None:
                    found[left[0].name] = Answer(version, None, LIMIT)
                    left.pop(0)
                    break
                found[left.pop(0).name] = Answer(version, line["found"], line["seconds"])
            program.kill()
    return found


def _one(program: subprocess.Popen[str], pair: Pair) -> dict[str, Any] | None:
    """Ask one pair; None where no answer came in time."""
    timer = threading.Timer(LIMIT, program.kill)
    timer.start()
    try:
        program.stdin.write(json.dumps(pair._asdict()) + "\n")
        program.stdin.flush()
        line = program.stdout.readline()
    finally:
        timer.cancel()
    return json.loads(line) if line else None


def tell(pair: Pair, solver: str, answer: Answer) -> None:
    """Print where a solver says otherwise, with our proof: a request that the evaluator decides so."""
    comparison = compared(pair, only_plausible=solver in ONLY_PLAUSIBLE)
    if not isinstance(answer.found, list):
        print(f"{pair.name}: {solver}: {answer.found or f'no answer in {LIMIT:.0f} s'}", file=sys.stderr)
        return
    for side, (witnesses, theirs) in enumerate(
        zip((comparison.only_first, comparison.only_second), answer.found, strict=True)
    ):
        if theirs is not bool(witnesses):
            proof = f"{witnesses[0].action} on {witnesses[0].resource} with {witnesses[0].context}" if witnesses else ""
            ours = proof or "nothing"
            print(
                f"{pair.name}: only the {('first', 'second')[side]} allows: ours {ours}; {solver}: {theirs}",
                file=sys.stderr,
            )
