"""Ending what takes too long, in whichever thread it runs, and on every system.

One thread of a process watches over all that is limited in it. Where the time is up, `TimeUp` is raised in the thread
that is late, between two of its steps. It is no `Exception`, so that what deals with those does not swallow it.
"""

from __future__ import annotations

import ctypes
import threading
import time
from types import TracebackType

__all__ = ["TimeUp", "within"]

STEP_SECONDS = 0.05

_deadlines: dict[int, float] = {}
_lock = threading.Lock()
_watcher: threading.Thread | None = None


class TimeUp(BaseException):
    """The time for something is up."""


class within:
    """A block that raises `TimeUp` where it takes longer than some seconds. Blocks cannot be nested.

    >>> with within(5):
    ...     done = sum(range(10))
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    def __enter__(self) -> None:
        with _lock:
            _deadlines[threading.get_ident()] = time.monotonic() + self.seconds
        _watching()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        me = threading.get_ident()
        with _lock:
            late = _deadlines.pop(me, None) is None
        if late and kind is not TimeUp:  # raised, and not yet arrived: let it arrive nowhere else
            ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(me), None)
            raise TimeUp


def _watching() -> None:
    global _watcher
    if _watcher is None or not _watcher.is_alive():  # a forked process has none
        _watcher = threading.Thread(target=_watch, name="iamlab-time-limit", daemon=True)
        _watcher.start()


def _watch() -> None:
    while True:
        time.sleep(STEP_SECONDS)
        now = time.monotonic()
        with _lock:
            for thread in [thread for thread, deadline in _deadlines.items() if now > deadline]:
                del _deadlines[thread]
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(TimeUp))
