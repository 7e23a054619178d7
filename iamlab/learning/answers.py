"""Keeping answers: as they are typed, whole, and never over what another window has written since.

Each answer is one file, `answers/EXERCISE.json` beside the notebooks. A file is written under a lock, and only where
it is as this keeper left it or found it; where it is not, the learner says which answer stays. The other one goes into
the history.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from secrets import token_hex

from iamlab.learning.files import put, reason
from iamlab.learning.locking import locked
from iamlab.learning.result import Result
from iamlab.learning.saved import (
    CHECK,
    REPLACED,
    AnswersError,
    Event,
    Saved,
    load_answer,
    merged,
    moment,
    written,
)
from iamlab.learning.window_keeper import Outcome, Telling, WindowKeeper

__all__ = ["AnswerKeeper", "AnswersError", "Event", "Outcome", "Saved", "load_answer", "save_check"]

PATIENCE_SECONDS = 5.0
CONFLICT = "this answer was changed in another window since"
TELLING = Telling(
    conflict=CONFLICT,
    ask="Another window has changed this answer since. Yours is still here; say which one to keep.",
    moved="This exercise has been opened again elsewhere. Your answer went along; go on there.",
    here="Your answer is still here.",
)


class AnswerKeeper(WindowKeeper[Saved]):
    """Keeps one learner's answer to one exercise while it is open.

    Args:
        exercise: its name.
        start: the answer as it stands before anyone has touched it.
        told: is called with each new outcome, from a thread of its own.
        folder: where answers lie.
        seed: whose variant it is.

    A file that cannot be read is set aside; `told` then says so, and the answer begins anew.
    """

    telling, failure = TELLING, AnswersError

    def __init__(
        self, exercise: str, start: str, told: Callable[[Outcome], None], *, folder: Path, seed: str | None = None
    ) -> None:
        self._folder = folder
        super().__init__(folder / f"{exercise}.json", told, self._write)
        found, problem = _opened(exercise, folder)
        self._saved = _resumed(found, start, seed) if found else Saved(exercise, start, start, seed)
        self._base = self._saved
        """What the file holds, as far as this keeper knows."""
        if problem:
            told(Outcome("failed", f"The answer begins anew: {problem}."))

    @property
    def saved(self) -> Saved:
        """The answer and its history, as they are now."""
        return self._saved

    def keep(self, text: str) -> None:
        """Keep an answer as it is being typed."""
        with self._lock:
            if text != self._saved.answer:
                self._put(replace(self._saved, answer=text))

    def record(self, what: str, result: Result | None = None, *, sure: int | None = None) -> Saved:
        """Note what happened to the answer, and return it with its history.

        Args:
            what: `check`, `hint`, `solution` or `reset`.
            result: what checking said.
            sure: how many predictions were sure, and wrong.
        """
        with self._lock:
            self._put(self._saved.having(event_of(what, self._saved.answer, result, sure)))
            return self._saved

    def keep_mine(self) -> None:
        """End a conflict: this answer stays, the other one goes into the history."""
        with self._lock:
            if (theirs := _opened(self._saved.exercise, self._folder)[0]) is not None:
                self._settle(theirs, self._saved.answer, theirs.answer)

    def take_theirs(self) -> str:
        """End a conflict: the other answer stays and is returned, this one goes into the history."""
        with self._lock:
            if (theirs := _opened(self._saved.exercise, self._folder)[0]) is not None:
                self._settle(theirs, theirs.answer, self._saved.answer)
            return self._saved.answer

    def again(self) -> None:
        """Write once more what could not be written."""
        with self._lock:
            self._put(self._saved)

    def _put(self, saved: Saved) -> None:
        self._saved = saved
        self._send(saved)

    def _settle(self, theirs: Saved, stays: str, goes: str) -> None:
        events = merged(self._saved.events, theirs.events)
        self._base = theirs
        settled = replace(self._saved, answer=stays, events=events)
        self._put(settled.having(event_of(REPLACED, goes)) if stays != goes else settled)

    def _write(self, saved: Saved) -> None:
        """Write the file where nobody else has; heard in the keeper's thread."""
        with _locked(self._path):
            theirs, _ = _opened(saved.exercise, self._folder)
            if theirs is not None and theirs.stamp != self._base.stamp:
                saved = self._beside(theirs, saved)
            self._base = _store(self._path, saved)

    def _beside(self, theirs: Saved, saved: Saved) -> Saved:
        """Return what to write where the file was written by another since: both histories, where no answer is lost."""
        if theirs.answer not in (self._base.answer, saved.answer):
            raise AnswersError(CONFLICT)
        with self._lock:
            self._saved = replace(self._saved, events=merged(self._saved.events, theirs.events))
        return replace(saved, events=merged(saved.events, theirs.events))


def _resumed(found: Saved, start: str, seed: str | None) -> Saved:
    """Go on with an answer; one that was left as the exercise gave it begins as the exercise gives it now."""
    answer = start if found.answer == found.start else found.answer
    return replace(found, answer=answer, start=start, seed=seed)


def event_of(what: str, answer: str, result: Result | None = None, sure: int | None = None) -> Event:
    """Return an event of this moment."""
    if result is None:
        return Event(moment(), what, answer, sure=sure)
    told = (result.status, result.score, result.max_score, result.misconceptions)
    return Event(moment(), what, answer, *told, sure)


def save_check(
    exercise: str, answer: str, result: Result, *, start: str, folder: Path, seed: str | None = None
) -> None:
    """Save an answer that was checked outside of a panel; one that it takes the place of goes into the history.

    Raises:
        AnswersError: it could not be saved.
    """
    path = folder / f"{exercise}.json"
    with _locked(path):
        found, _ = _opened(exercise, folder)
        saved = found or Saved(exercise, start, start, seed)
        if saved.answer not in (answer, start):
            saved = saved.having(event_of(REPLACED, saved.answer))
        _store(path, replace(saved, answer=answer, start=start, seed=seed).having(event_of(CHECK, answer, result)))


def _store(path: Path, saved: Saved) -> Saved:
    stamped = replace(saved, stamp=token_hex(8), saved=moment())
    content = written(stamped)
    try:
        put(path, content)
    except OSError as error:
        raise AnswersError(reason(error)) from error
    return stamped


def _opened(exercise: str, folder: Path) -> tuple[Saved | None, str]:
    """Return what is saved, and why it could not be read."""
    try:
        return load_answer(exercise, folder), ""
    except AnswersError as error:
        return None, str(error)


def _locked(path: Path) -> AbstractContextManager[None]:
    return locked(path, AnswersError, PATIENCE_SECONDS)
