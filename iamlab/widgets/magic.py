"""The cell magic `%%answer NAME`: the cell holds an answer, and running it shows what checking it found.

`%load_ext iamlab` brings it. The answer is data: it is read, never run.
"""

from __future__ import annotations

import contextlib
import io
import warnings
from collections.abc import Sequence
from typing import Any

from IPython.core.magic import no_var_expand
from IPython.display import display

from iamlab.learning.answer_cells import name_in, read_answer_cell, unmarked
from iamlab.learning.answer_report import shown_result
from iamlab.learning.answers import AnswersError, save_check
from iamlab.learning.assignment import graded, remember
from iamlab.learning.best import checked
from iamlab.learning.exercise import exercise_files, find_exercise
from iamlab.learning.exercise_file import ExerciseError
from iamlab.learning.kinds import Kind
from iamlab.learning.result import NOT_ATTEMPTED, Result
from iamlab.learning.settings import Settings, SettingsError, settings
from iamlab.learning.verify import make_kind
from iamlab.reporting.html import marked
from iamlab.reporting.result import ShownResult
from iamlab.reporting.text import printable

__all__ = ["Said", "answer", "register"]

UNNAMED = "The first line names the exercise: `%%answer NAME`, as in `%%answer {}`."
UNCHECKED = "This answer could not be checked (`{}`). That is our mistake; your text is still here."


def register(shell: Any) -> None:
    """Add the magic to an IPython shell."""
    shell.register_magic_function(answer, "cell", "answer")
    if with_body not in shell.input_transformers_cleanup:
        shell.input_transformers_cleanup.insert(0, with_body)


def with_body(lines: list[str]) -> list[str]:
    r"""Give a cell in which only the first line stands an empty answer; IPython would show an error instead.

    >>> with_body(["%%answer s3-read-write\n"])
    ['%%answer s3-read-write\n', '\n']
    """
    filled = [line for line in lines if line.strip()]
    return [*lines, "\n"] if len(filled) == 1 and read_answer_cell(filled[0]) else lines


class Said:
    """A sentence that shows itself, where there is no result to show."""

    def __init__(self, sentence: str) -> None:
        self.sentence = printable(sentence)

    def __repr__(self) -> str:
        return self.sentence

    def _repr_html_(self) -> str:
        return f"<p>{marked(self.sentence)}</p>"


@no_var_expand
def answer(line: str, cell: str = "") -> None:
    """Check the answer in this cell, and show what was found.

    Args:
        line: the exercise's name.
        cell: the answer.
    """
    with warnings.catch_warnings(), contextlib.redirect_stderr(io.StringIO()):
        warnings.simplefilter("ignore")
        try:
            shown: ShownResult | Said = _shown(name_in(line), unmarked(cell))
        except ExerciseError as error:
            shown = Said(error.message)
        except SettingsError as error:
            shown = Said(str(error))
        except Exception as error:
            shown = Said(UNCHECKED.format(f"{type(error).__name__}: {str(error)[:200]}"))
    display(shown)  # type: ignore[no-untyped-call]


def _shown(name: str, text: str) -> ShownResult | Said:
    if not name:
        return Said(UNNAMED.format(next(iter(exercise_files()), "s3-read-write")))
    remember(name, text)
    found = settings()
    kind = make_kind(find_exercise(name, found.seed))
    result = checked(kind, text)
    return shown_result(kind, text, result, _saved(kind, text, result, found))


def _saved(kind: Kind, text: str, result: Result, found: Settings) -> Sequence[str]:
    """Save an attempted answer where a person works; return what there is to say of that."""
    if graded() or result.status == NOT_ATTEMPTED:
        return ()
    try:
        save_check(kind.exercise.name, text, result, start=kind.start, folder=found.answers, seed=found.seed)
    except AnswersError as error:
        return (f"Not saved: {error}. The answer stays in this cell.",)
    return ()
