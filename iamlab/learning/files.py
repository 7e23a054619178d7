"""How a learner's files are written: whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
from pathlib import Path
from secrets import token_hex

__all__ = ["put", "reason"]

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
