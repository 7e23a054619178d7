"""Exercises: what each asks, in the variant of one learner, and where their files are.

An exercise is one TOML file under `exercises/LESSON/`, its solution the file of the same name under
`solutions/LESSON/`. Texts may hold `{{name}}` for a variable; a seed, such as a student's name, chooses its values.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice, product
from pathlib import Path
from typing import Any

from iamlab.learning.exercise_file import ExerciseError, read_toml
from iamlab.learning.lessons import course_root
from iamlab.policy.names import near_names

__all__ = ["Exercise", "Solution", "exercise_files", "find_exercise", "load_exercise", "variants"]

PLACEHOLDER = re.compile(r"\{\{(\w+)\}\}")
NAME = re.compile(r"[a-z0-9][a-z0-9-]{1,60}")
MAX_VARIANTS = 1_000


@dataclass(frozen=True)
class Solution:
    """The reference answer of an exercise: `answer`, `why`, and the wrong answers that people really write.

    `answer` is empty where the key is computed.

    Each of `wrong` is a table with `answer`, `say` (the sentence the learner should see) and perhaps `misconception`.
    """

    answer: str
    why: str
    wrong: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class Exercise:
    """One exercise, with the values of its variables in place.

    `body` is what the file says; the kinds read from it what is theirs. `values` are the variables' values.
    """

    name: str
    lesson: str
    path: Path
    body: Mapping[str, Any]
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """Its title, a short text."""
        return str(self.body["title"])

    @property
    def kind(self) -> str:
        """`policy`, `predict`, `order`, `match`, `diagnose` or `choose`."""
        return str(self.body["kind"])

    @property
    def topics(self) -> tuple[str, ...]:
        """The course's items that it practises, as in `C4.2`."""
        return tuple(self.body["topics"])

    @property
    def points(self) -> int:
        """What a right answer is worth."""
        return int(self.body["points"])

    @property
    def task(self) -> str:
        """The task, in Markdown."""
        return str(self.body["task"]).strip()

    @property
    def hints(self) -> tuple[str, ...]:
        """Hints, from a question to the page to read."""
        return tuple(self.body.get("hints", ()))

    @cached_property
    def solution(self) -> Solution:
        """Its reference answer.

        Raises:
            ExerciseError: where the solution file is missing or cannot be used.
        """
        path = self.path.parents[2] / "solutions" / self.lesson / self.path.name
        if not path.is_file():
            raise ExerciseError(path, "There is no solution file.")
        body = _filled(read_toml(path, "solution"), self.values)
        return Solution(body.get("answer", ""), body["why"], tuple(body.get("wrong", ())))


def load_exercise(path: Path, seed: str | None = None) -> Exercise:
    """Read an exercise file, in the variant of a seed; without one, the first values of its variables.

    Raises:
        ExerciseError: where the file cannot be used.
    """
    if not NAME.fullmatch(path.stem):
        raise ExerciseError(path, "A file's name is made of lower-case letters, digits and hyphens.")
    body = read_toml(path, "exercise")
    variables: Mapping[str, list[str]] = body.get("variables", {})
    values = {name: some[0] for name, some in variables.items()}
    if seed is not None:
        chance = random.Random(f"{path.stem}/{seed}")
        values = {name: chance.choice(some) for name, some in variables.items()}
    return _exercise(path, body, values)


def variants(path: Path) -> Iterator[Exercise]:
    """Yield an exercise in every variant, at most a thousand."""
    body = read_toml(path, "exercise")
    variables: Mapping[str, list[str]] = body.get("variables", {})
    for way in islice(product(*variables.values()), MAX_VARIANTS):
        yield _exercise(path, body, dict(zip(variables, way, strict=True)))


def _exercise(path: Path, body: Mapping[str, Any], values: Mapping[str, str]) -> Exercise:
    try:
        filled = _filled({key: value for key, value in body.items() if key != "variables"}, values)
    except KeyError as error:
        raise ExerciseError(path, f"`{{{{{error.args[0]}}}}}` is no variable of this exercise.") from None
    return Exercise(path.stem, path.parent.name, path, filled, values)


def _filled(value: Any, values: Mapping[str, str]) -> Any:
    """Put the variables' values in place, in every text of a file's content."""
    if isinstance(value, str):
        return PLACEHOLDER.sub(lambda match: values[match[1]], value)
    if isinstance(value, Mapping):
        return {key: _filled(inner, values) for key, inner in value.items()}
    return [_filled(inner, values) for inner in value] if isinstance(value, list) else value


def exercise_files(root: Path | None = None) -> dict[str, Path]:
    """Return every exercise file by its exercise's name, in the order of lessons and names."""
    folder = (root or course_root()) / "exercises"
    return {path.stem: path for path in sorted(folder.glob("*/*.toml"))}


def find_exercise(name: str, seed: str | None = None, root: Path | None = None) -> Exercise:
    """Return the exercise of a name.

    Raises:
        ExerciseError: where there is none; it tells the nearest names.
    """
    files = exercise_files(root)
    if name not in files:
        near = near_names(name, files, 3)
        help = f" Close: {', '.join(f'`{one}`' for one in near)}." if near else ""
        raise ExerciseError("exercises", f"There is no exercise `{name[:80]}`.{help}")
    return load_exercise(files[name], seed)
