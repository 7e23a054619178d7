"""Assignment notebooks: the answers that their cells gave, and the points for them.

nbgrader takes the last value of a test cell for its score, where it is a plain float within 0 and the points; anything
on stderr counts as a failure. So `points` returns such a float, whatever happens, and says on stdout what it found.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
import warnings
from pathlib import Path

from iamlab.learning.best import Answer, Best, best_answer, counting
from iamlab.learning.exercise import find_exercise
from iamlab.learning.exercise_file import ExerciseError
from iamlab.learning.kinds import Kind
from iamlab.learning.saved import AnswersError, load_answer
from iamlab.learning.settings import ANSWERS, SettingsError, settings
from iamlab.learning.verify import make_kind
from iamlab.reporting.result import result_text

__all__ = ["answers_to", "counted", "graded", "points", "remember"]

NBGRADER = "NBGRADER_EXECUTION"
"""Set by nbgrader where it runs a notebook."""
IN_CELL, SAVED = "the answer cell", "the saved answer"
NOTHING = 0.0

_given: dict[str, list[str]] = {}
"""What the answer cells of this kernel said, by exercise."""


def graded() -> bool:
    """Return whether nbgrader runs this notebook."""
    return bool(os.environ.get(NBGRADER))


def remember(name: str, text: str) -> None:
    """Note what an answer cell says.

    Where a person works, the cell that ran last counts; where nbgrader runs each cell once, all are noted, and the last
    that was changed counts, as it does where the file is read.
    """
    _given[name] = [*_given.get(name, []), text] if graded() else [text]


def points(name: str) -> float:
    """Return the points for an exercise: of the best among the answer cell and the saved answer beside the notebook.

    What holds and what does not is printed.

    Args:
        name: the exercise's name.
    """
    said, score = "", NOTHING
    with warnings.catch_warnings(), contextlib.redirect_stderr(io.StringIO()):
        warnings.simplefilter("ignore")
        try:
            said, score = _points(name)
        except ExerciseError as error:
            said = error.message
        except SettingsError as error:
            said = str(error)
        except Exception as error:
            said = f"No points could be counted: {type(error).__name__}, {str(error)[:200]}."
    sys.stdout.write(f"{said}\n")
    return score


def _points(name: str) -> tuple[str, float]:
    kind = make_kind(find_exercise(str(name), settings().seed))
    best = best_answer(kind, answers_to(name, counting(kind, _given.get(name, [])), Path.cwd() / ANSWERS))
    return counted(kind, best)


def counted(kind: Kind, best: Best) -> tuple[str, float]:
    """Return what is said of the best answer, and its points: a plain float within 0 and the exercise's points."""
    text = result_text(kind.exercise.title, best.result.as_dict())
    return f"{text}\n{best.note}".strip(), min(max(float(best.result.score), NOTHING), float(kind.exercise.points))


def answers_to(name: str, texts: list[str], folder: Path) -> list[Answer]:
    """Return the answers to an exercise.

    Args:
        name: the exercise's name.
        texts: what answer cells say.
        folder: where saved answers lie.
    """
    found = [Answer(name, text, IN_CELL) for text in texts]
    with contextlib.suppress(AnswersError):
        if (saved := load_answer(name, folder)) is not None:
            found.append(Answer(name, saved.answer, SAVED))
    return found
