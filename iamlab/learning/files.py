"""How a learner's files are read and written: whole or not at all, and what cannot be read is never deleted."""

from __future__ import annotations

import contextlib
import errno
import os
import time
from datetime import datetime
from pathlib import Path
from secrets import token_hex

__all__ = ["put", "read_whole", "reason", "set_aside", "sweep"]

STALE_SECONDS = 60

REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EROFS: "the folder is read-only",
    errno.EACCES: "the folder is read-only",
    errno.EPERM: "the folder is read-only",
}


def put(path: Path, content: bytes) -> None:
    """Write a file in one step: at every moment, a crash included, the old bytes or the new are there, whole.

    Raises:
        OSError: it could not be written; the file is as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    waiting = path.with_name(f".{path.name}.{token_hex(4)}.part")
    try:
        with waiting.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        waiting.replace(path)
    finally:
        with contextlib.suppress(OSError):
            waiting.unlink(missing_ok=True)


def reason(error: OSError) -> str:
    """Say in a clause why a file could not be written.

    >>> reason(OSError(errno.ENOSPC, "No space left on device"))
    'the disk is full'
    """
    return REASONS.get(error.errno or 0, (error.strerror or "the file system failed").lower())


def read_whole(path: Path, most: int) -> bytes | None:
    """Return a file's bytes; None where there is no file.

    Raises:
        OSError: it cannot be read.
        ValueError: it has more than `most` bytes.
    """
    try:
        with path.open("rb") as file:
            content = file.read(most + 1)
    except FileNotFoundError:
        return None
    if len(content) > most:
        raise ValueError(f"more than {most:,} bytes")
    return content


def set_aside(path: Path) -> str:
    """Move a file that cannot be read out of the way, under a name of its own; returns a clause that says so."""
    aside = path.with_name(f"{path.stem}.unreadable-{datetime.now():%Y%m%d-%H%M%S-%f}.json")
    try:
        path.rename(aside)
    except OSError as error:
        return f"what was kept for it cannot be read, nor set aside: {reason(error)}"
    return f"what was kept for it cannot be read; it was set aside as `{aside.name}`"


def sweep(path: Path) -> None:
    """Remove what a killed process left half written of a file: the file from before is whole."""
    with contextlib.suppress(OSError):
        for half in path.parent.glob(f".{path.name}.*.part"):
            if time.time() - half.stat().st_mtime > STALE_SECONDS:
                half.unlink()
