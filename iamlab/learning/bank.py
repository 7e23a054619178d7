"""The exam's questions: data files like exercises, each with the reason for its key.

A question is an exercise file under `questions/GROUP/`, where a group is a part of the course, such as `c4`. It needs
no solution file: its key is proved by a scenario, or said by its options, and `why` says why.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from iamlab.learning.exercise import Exercise, load_exercise
from iamlab.learning.kinds import Kind
from iamlab.learning.lessons import course_root
from iamlab.learning.verify import make_kind

__all__ = ["Question", "question", "question_files"]

FOLDER = "questions"


@dataclass(frozen=True)
class Question:
    """One question of the bank, as its kind reads it."""

    kind: Kind

    @property
    def exercise(self) -> Exercise:
        """What its file says."""
        return self.kind.exercise

    @property
    def name(self) -> str:
        """Its name, that of its file."""
        return self.exercise.name

    @property
    def topic(self) -> str:
        """The topic that it is counted under, the first of its topics."""
        return self.exercise.topics[0]

    @property
    def group(self) -> str:
        """The part of the course, as `C4`."""
        return self.topic.partition(".")[0]

    @property
    def difficulty(self) -> int:
        """1, 2 or 3."""
        return int(self.exercise.body.get("difficulty", 2))

    @property
    def why(self) -> str:
        """Why the key is so, in Markdown."""
        return str(self.exercise.body.get("why", "")).strip()

    @property
    def checked(self) -> date | None:
        """When facts that age were last checked; None where nothing in it ages."""
        told = self.exercise.body.get("checked")
        return date.fromisoformat(told) if told else None

    @property
    def source(self) -> str:
        """The page on which it rests, where it names one."""
        return str(self.exercise.body.get("source", ""))


def question_files(root: Path | None = None) -> Mapping[str, Path]:
    """Return every question's file by its name, in the order of groups and names."""
    folder = (root or course_root()) / FOLDER
    return {path.stem: path for path in sorted(folder.glob("*/*.toml"))}


@cache
def question(path: Path) -> Question:
    """Read a question.

    Raises:
        ExerciseError: its file cannot be used.
    """
    return Question(make_kind(load_exercise(path)))
