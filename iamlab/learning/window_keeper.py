"""Keeping a file from a window: of several windows of one process the one opened last keeps it.

Whoever keeps a file is told how it goes as an `Outcome`: whether it is saved, why not, that another window has written
it since, or that it was opened again elsewhere.
"""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from iamlab.learning.keeper import Keeper

__all__ = ["SAVED", "Outcome", "Telling", "WindowKeeper"]

Kept = TypeVar("Kept")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How keeping went: `saved`, `failed`, `conflict` or `moved`, with a sentence for the learner."""

    state: str
    message: str = ""


SAVED = Outcome("saved")


@dataclass(frozen=True, slots=True)
class Telling:
    """The words for one sort of file: the failure that is a conflict, and the sentences for what can happen to it."""

    conflict: str
    ask: str
    moved: str
    here: str


_open: weakref.WeakValueDictionary[Path, WindowKeeper[object]] = weakref.WeakValueDictionary()
"""Who keeps each file in this process: whoever was opened last."""


class WindowKeeper(Generic[Kept]):
    """Keeps one file in the background, as long as no other window of this process has opened it."""

    telling: Telling
    failure: type[Exception]

    def __init__(self, path: Path, told: Callable[[Outcome], None], write: Callable[[Kept], None]) -> None:
        self._path, self._told = path, told
        self._lock = threading.RLock()
        if (before := _open.get(path)) is not None:
            before.hand_over()
        self._keeper: Keeper[Kept] | None = Keeper(write, self._outcome, self.failure)
        _open[path] = self  # type: ignore[assignment]

    def flush(self, seconds: float = 5.0) -> bool:
        """Wait until all is kept or has failed; False where that takes longer."""
        return self._keeper is None or self._keeper.flush(seconds)

    def end(self) -> None:
        """Keep what is waiting, and nothing from now on."""
        keeper, self._keeper = self._keeper, None
        if keeper is not None:
            keeper.end()

    def hand_over(self) -> None:
        """Keep what is waiting, and nothing from now on: the file was opened again."""
        if self._keeper is not None:
            self.end()
            self._told(Outcome("moved", self.telling.moved))

    def _send(self, state: Kept) -> None:
        if self._keeper is not None:
            self._keeper.keep(state)

    def _outcome(self, failure: str | None) -> None:
        """Heard in the keeper's thread."""
        if failure == self.telling.conflict:
            self._told(Outcome("conflict", self.telling.ask))
        elif failure:
            self._told(Outcome("failed", f"Not saved: {failure}. {self.telling.here}"))
        else:
            self._told(SAVED)
