"""A file's lock: between reading and writing it, nobody else writes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from iamlab.learning.files import reason

__all__ = ["PATIENCE_SECONDS", "locked"]

PATIENCE_SECONDS = 5.0


@contextmanager
def locked(path: Path, failure: type[Exception], patience: float = PATIENCE_SECONDS) -> Iterator[None]:
    """Hold a file's lock; its folder is made where there is none.

    Args:
        path: the file.
        failure: what is raised where it cannot be had; its message is a clause that says why.
        patience: how many seconds to wait for whoever holds it.
    """
    from filelock import FileLock, Timeout

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock: Any = FileLock(path.with_name(f".{path.name}.lock"), timeout=patience)
        lock.acquire()
    except Timeout:
        raise failure("another window is writing it") from None
    except NotImplementedError:  # a file system that knows no locks
        lock = nullcontext()
    except OSError as error:
        raise failure(reason(error)) from error
    try:
        yield
    finally:
        if hasattr(lock, "release"):
            lock.release()
