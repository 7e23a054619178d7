"""What every kind of exercise can do."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from iamlab.evaluation.scenario import Scenario, read_scenario
from iamlab.learning.exercise import Exercise
from iamlab.learning.exercise_file import ExerciseError, line_of
from iamlab.learning.reading import filled_in, read_answer
from iamlab.learning.result import INVALID, NOT_ATTEMPTED, Feedback, Result

__all__ = ["JsonKind", "Kind"]

MAX_ANSWER = 262_144


class Kind(ABC):
    """An exercise as its kind reads it: what the answer begins as, and how an answer is judged.

    An answer is a text: a policy, or JSON of a form that the kind fixes.
    """

    name: ClassVar[str]

    def __init__(self, exercise: Exercise) -> None:
        self.exercise = exercise
        self.prepare()

    @abstractmethod
    def prepare(self) -> None:
        """Read from the file what is this kind's.

        Raises:
            ExerciseError: where something is missing or cannot be used.
        """

    @property
    @abstractmethod
    def start(self) -> str:
        """The answer as it stands before anyone has touched it."""

    @property
    def template(self) -> str:
        """What stands in an answer cell before anyone has touched it: it says no more than the start."""
        return self.start.strip()

    @abstractmethod
    def shown(self) -> dict[str, Any]:
        """Return what a learner sees of the exercise besides its task: plain data for JSON, without the key."""

    @abstractmethod
    def judge(self, answer: str) -> Result:
        """Check an answer that was attempted. What cannot be read is `invalid`."""

    @abstractmethod
    def solved(self) -> str:
        """Return a right answer.

        Raises:
            ExerciseError: where it stands in a solution file that is missing or cannot be used.
        """

    @abstractmethod
    def mutants(self, solution: str) -> Iterator[tuple[str, str]]:
        """Yield answers that are nearly the solution, each with what was changed."""

    def marks(self, answer: str) -> list[dict[str, Any]]:
        """Return what can be said of each thing in a checked answer: `id`, `right`, `text`, perhaps `misconception`.

        Nothing is said of what the answer leaves out, so that no mark tells the key.
        """
        return []

    def solved_in_words(self) -> list[str]:
        """Return the solution as lines that a person reads; empty where `solved` is such a text."""
        return []

    def check(self, answer: str) -> Result:
        """Check an answer, whatever it is."""
        if len(answer) > MAX_ANSWER:
            return self.invalid(f"The answer has {len(answer):,} characters; at most {MAX_ANSWER:,} are read.")
        if self.untouched(answer):
            note = Feedback("note", "This is not tried yet: the answer is still as the exercise gave it.")
            return Result(self.exercise.name, NOT_ATTEMPTED, 0.0, float(self.exercise.points), (note,))
        return self.judge(answer)

    def untouched(self, answer: str) -> bool:
        """Return whether an answer says nothing but what it began as."""
        return not answer.strip() or _squeezed(answer) in (_squeezed(self.start), _squeezed(self.template))

    def invalid(self, *sentences: str) -> Result:
        """Return the result of an answer that cannot be read."""
        feedback = tuple(Feedback("problem", one) for one in sentences)
        return Result(self.exercise.name, INVALID, 0.0, float(self.exercise.points), feedback)

    def error(self, message: str, field: str) -> ExerciseError:
        """Return the error for a field of this exercise's file."""
        text = self.exercise.path.read_text(encoding="utf-8")
        return ExerciseError(self.exercise.path, message, line_of(text, field.split(".")), field)

    def scenario(self, request: Mapping[str, Any], field: str, what: str) -> Scenario:
        """Return a request within the exercise's scenario.

        Args:
            request: a scenario's fields, which go before those of the exercise's scenario.
            field: where in the exercise's file it stands.
            what: what cannot be done where it cannot be read; what is wrong with a scenario is the author's to mend.
        """
        try:
            return read_scenario({**self.exercise.body.get("scenario", {}), **request})
        except Exception as error:
            raise self.error(f"{what}: {error}", field) from error

    def need(self, field: str) -> Any:
        """Return a field of the exercise's file that this kind must have."""
        if field not in self.exercise.body:
            raise self.error(f"An exercise of the kind `{self.name}` needs `{field}`.", field)
        return self.exercise.body[field]

    def written_wrong(self, answer: str) -> Feedback | None:
        """Return what the solution file says of this very answer, where it lists it as a wrong one."""
        try:
            listed = self.exercise.solution.wrong
        except ExerciseError:
            return None
        for wrong in listed:
            if self.same(answer, str(wrong["answer"])):
                return Feedback("misconception", str(wrong["say"]), misconception=wrong.get("misconception"))
        return None

    def same(self, answer: str, other: str) -> bool:
        """Return whether two answers say the same."""
        return _squeezed(answer) == _squeezed(other)


class JsonKind(Kind):
    """A kind whose answer is JSON of one form: an object or a list, empty to begin with."""

    form: ClassVar[type]

    @property
    def start(self) -> str:
        """Nothing is said yet."""
        return json.dumps(self.form())

    def judge(self, answer: str) -> Result:
        """Read an answer and check what it says; what is left empty is not given."""
        said, problem = read_answer(answer, self.form)
        return self.invalid(problem) if problem else self.judge_said(filled_in(said), answer)

    def untouched(self, answer: str) -> bool:
        """Return whether an answer says nothing: it is as it began, or all of it is left empty."""
        if super().untouched(answer):
            return True
        said, problem = read_answer(answer, self.form)
        return not problem and not filled_in(said)

    @abstractmethod
    def judge_said(self, said: Any, answer: str) -> Result:
        """Check an answer of the right form.

        Args:
            said: its content.
            answer: its text.
        """


def _squeezed(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return "".join(text.split())
