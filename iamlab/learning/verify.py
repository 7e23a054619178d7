"""Proving exercises: that the solution is right, that what is wrong is refused, and that the key is so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from iamlab.learning.exercise import Exercise, load_exercise
from iamlab.learning.exercise_file import ExerciseError
from iamlab.learning.incidents import incident_problems
from iamlab.learning.kinds import Kind, kinds
from iamlab.learning.kinds.policy import PolicyExercise
from iamlab.learning.misconceptions import misconceptions
from iamlab.learning.result import NOT_ATTEMPTED, RIGHT, Result
from iamlab.policy import parse_policy

__all__ = ["Verdict", "make_kind", "verify"]

LEAST_WRONG = 3
"""How many wrong answers a policy exercise lists at least."""
LONGEST_HINT = 60
"""How many words a hint may have."""


@dataclass
class Verdict:
    """What verifying one exercise found: sentences for its author, and how many mutants were refused of how many."""

    name: str
    problems: list[str] = field(default_factory=list)
    refused: int = 0
    mutants: int = 0
    equal: int = 0
    """Mutants that mean the same as the solution, or lie within the task's bounds."""

    @property
    def score(self) -> float:
        """The mutation score: 1.0 where every mutant that means something else is refused."""
        return self.refused / self.mutants if self.mutants else 1.0


def make_kind(exercise: Exercise) -> Kind:
    """Return an exercise as its kind reads it.

    Raises:
        ExerciseError: where the file lacks what the kind needs.
    """
    return kinds()[exercise.kind](exercise)


def verify(path: Path, seeds: int = 0) -> Verdict:
    """Prove an exercise file.

    Args:
        path: the file.
        seeds: for how many seeds, besides the first values of its variables; each must have a right solution.
    """
    verdict = Verdict(path.stem)
    try:
        exercise = load_exercise(path)
        kind = make_kind(exercise)
        verdict.problems += [*_solution(kind), *_start(kind), *_wrong(kind), *_texts(exercise)]
        verdict.problems += incident_problems(kind) if isinstance(kind, PolicyExercise) else ()
        _mutants(kind, verdict)
        verdict.problems += _variants(path, exercise, seeds)
    except ExerciseError as error:
        verdict.problems.append(str(error))
    return verdict


def _solution(kind: Kind, when: str = "") -> Iterator[str]:
    result = kind.check(kind.solved())
    if result.status != RIGHT:
        yield f"{when}the solution is `{result.status}`: {_said(result)}"


def _variants(path: Path, exercise: Exercise, seeds: int) -> Iterator[str]:
    """Prove the variants that some seeds draw, each once."""
    seen = [exercise.values]
    for seed in range(seeds if exercise.values else 0):
        variant = load_exercise(path, str(seed))
        if variant.values not in seen:
            seen.append(variant.values)
            yield from _solution(make_kind(variant), f"with the seed {seed}, ")


def _start(kind: Kind) -> Iterator[str]:
    if kind.check(kind.start).status != NOT_ATTEMPTED:
        yield "the start is not told apart from an answer"
    if kind.judge(kind.start).status == RIGHT:
        yield "the start is right already"


def _wrong(kind: Kind) -> Iterator[str]:
    wrong = kind.exercise.solution.wrong
    if isinstance(kind, PolicyExercise) and len(wrong) < LEAST_WRONG:
        yield f"only {len(wrong)} wrong answers are listed; people write at least {LEAST_WRONG}"
    for number, one in enumerate(wrong, 1):
        result = kind.check(str(one["answer"]))
        if result.status in {RIGHT, NOT_ATTEMPTED}:
            yield f"the wrong answer {number} is `{result.status}`"
        elif str(one["say"]) not in [feedback.text for feedback in result.feedback]:
            yield f"the wrong answer {number} gets other feedback than it promises: {_said(result)}"
    yield from (f"there is no misconception `{slug}`" for slug in _slugs(kind) if slug not in misconceptions())


def _slugs(kind: Kind) -> Iterator[str]:
    body = kind.exercise.body
    options = [*body.get("options", []), *(one for q in body.get("questions", []) for one in q["options"])]
    for one in (*kind.exercise.solution.wrong, *options):
        if "misconception" in one:
            yield str(one["misconception"])
    yield from body.get("misconceptions", [])


def _texts(exercise: Exercise) -> Iterator[str]:
    for number, hint in enumerate(exercise.hints, 1):
        if len(hint.split()) > LONGEST_HINT:
            yield f"hint {number} has more than {LONGEST_HINT} words"
    if not exercise.hints:
        yield "there is no hint"


def _mutants(kind: Kind, verdict: Verdict) -> None:
    solution = kind.solved()
    for change, mutant in kind.mutants(solution):
        if _means_the_same(kind, mutant, solution):
            verdict.equal += 1
            continue
        verdict.mutants += 1
        if kind.check(mutant).status == RIGHT:
            verdict.problems.append(f"the mutant is right: {change}")
        else:
            verdict.refused += 1


def _means_the_same(kind: Kind, mutant: str, solution: str) -> bool:
    """Whether a mutant gives the same access on every request that AWS makes, or the task leaves room for it."""
    if not isinstance(kind, PolicyExercise):
        return kind.same(mutant, solution)
    try:
        one, two = parse_policy(mutant, kind.kind), parse_policy(solution, kind.kind)
    except ValueError:
        return False
    return kind.against(one, two).relation == "equal" or kind.is_within(one)


def _said(result: Result) -> str:
    return " ".join(one.text for one in result.feedback[:3]) or "nothing is said"
