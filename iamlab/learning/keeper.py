"""Keeping what someone types in the background: the newest state is written as soon as the disk is free."""

from __future__ import annotations

import atexit
import contextlib
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

__all__ = ["Keeper"]

Kept = TypeVar("Kept")


class Keeper(Generic[Kept]):
    """Keeps the newest state of one thing, in a thread of its own, so that nobody who types waits for the disk.

    `write(state)` keeps a state; the message of what it raises as `failure` is a clause that says why it could not.
    `told(reason)` is called from the background whenever the outcome changes: with why it was not kept, or None.
    """

    def __init__(
        self, write: Callable[[Kept], None], told: Callable[[str | None], None], failure: type[Exception]
    ) -> None:
        self._write, self._told, self._failure = write, told, failure
        self._newest: Kept | None = None
        self._outcome: str | None = None
        self._change = threading.Condition()
        self._thread: threading.Thread | None = None
        self._busy = False
        self._ended = False

    def keep(self, state: Kept) -> None:
        """Keep this state as soon as the disk is free; one that is still waiting is passed over for it."""
        with self._change:
            self._newest = state
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="iamlab keeper", daemon=True)
                self._thread.start()
                atexit.register(self.flush)
            self._change.notify_all()

    def flush(self, seconds: float = 5.0) -> bool:
        """Wait until all is kept or has failed; False where that takes longer."""
        with self._change:
            return self._change.wait_for(lambda: self._newest is None and not self._busy, seconds)

    def end(self) -> None:
        """Keep what is still waiting, then stop."""
        with self._change:
            self._ended = True
            self._change.notify_all()
        self.flush()
        atexit.unregister(self.flush)

    def _run(self) -> None:
        while (state := self._next()) is not None:
            outcome = self._kept(state)
            if outcome != self._outcome:
                self._outcome = outcome
                with contextlib.suppress(Exception):  # a widget that is gone cannot be told, and need not
                    self._told(outcome)
            with self._change:
                self._busy = False
                self._change.notify_all()

    def _next(self) -> Kept | None:
        with self._change:
            self._change.wait_for(lambda: self._newest is not None or self._ended)
            state, self._newest = self._newest, None
            self._busy = state is not None
            return state

    def _kept(self, state: Kept) -> str | None:
        try:
            self._write(state)
        except self._failure as error:
            return str(error)
        except Exception as error:  # whatever it is, the widget says it; it must not end this thread
            return f"{type(error).__name__}, {error}"
        return None
