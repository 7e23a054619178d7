"""ZIP files from strangers: read in memory and within bounds. Nothing is written, so no path can lead anywhere."""

from __future__ import annotations

import io
import re
import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

__all__ = ["MAX_FILE", "ArchiveError", "content_of", "opened", "place_of", "too_large"]

MAX_FILE = 32 * 1024 * 1024
"""The largest file that is read, in bytes; and the largest ZIP file within another one."""
MAX_DIRECTORY = 16 * 1024 * 1024
"""How long the list of a ZIP's files may be, in bytes: well over a hundred thousand files."""
MAX_RATIO = 200
"""How many times larger than when packed a file may be, once it is over a megabyte. JSON is seldom over 30."""
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
"""The ways of packing that can be unpacked bit by bit, so that what is read can be bounded."""
END, END_64, TAIL = b"PK\x05\x06", b"PK\x06\x07", 65_557
SIZE_AT = slice(12, 16)
BROKEN = (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError, OverflowError, OSError)


class ArchiveError(Exception):
    """A ZIP file, or a file in one, that is not read; the message is a clause that says why."""


@contextmanager
def opened(source: Path | bytes) -> Iterator[zipfile.ZipFile]:
    """Open a ZIP file, given by its path or its content.

    Raises:
        ArchiveError: where it is none, or holds too much.
    """
    try:
        with io.BytesIO(source) if isinstance(source, bytes) else source.open("rb") as file:
            _check_directory(file)
            file.seek(0)
            archive = zipfile.ZipFile(file)
            with archive:
                yield archive
    except BROKEN as error:
        raise ArchiveError(f"is no ZIP file that can be read: {_why(error)}") from None


def _why(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error) or type(error).__name__)[:100].rstrip(".")


def _check_directory(file: io.BufferedReader | io.BytesIO) -> None:
    """Refuse a list of files that would fill the memory, before anything reads it."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - TAIL))
    tail = file.read(TAIL)
    at = tail.rfind(END)
    if at < 0:
        return  # no ZIP file; the library says so
    declared = int.from_bytes(tail[at:][SIZE_AT], "little")
    if declared > MAX_DIRECTORY or tail[max(0, at - 20) : at].startswith(END_64):
        raise ValueError("it lists more files than are looked at")


def place_of(info: zipfile.ZipInfo) -> PurePosixPath:
    """Return a file's place in its ZIP.

    Raises:
        ArchiveError: where it leads out of it.
    """
    name = info.filename.replace("\\", "/")
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or re.match(r"[A-Za-z]:", name):
        raise ArchiveError("would lead out of its folder")
    return path


def content_of(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes:
    """Return a file's content.

    Args:
        archive: the ZIP file.
        info: the file in it.
        most: how many bytes are read at most.

    Raises:
        ArchiveError: where it is too large, packed too tightly, encrypted, a link, or broken.
    """
    most = min(most, MAX_FILE)
    if problem := _problem(info, most):
        raise ArchiveError(problem)
    try:
        with archive.open(info) as file:
            content = file.read(most + 1)
    except Exception as error:  # whatever a broken file makes the library stumble over
        raise ArchiveError(f"is broken: {_why(error)}") from None
    if len(content) > most:
        raise ArchiveError(too_large(most))
    return content


def too_large(most: int) -> str:
    """Return a clause on a file of more bytes than may be read, of it or of what else is there."""
    return f"is larger than {most:,} bytes" if most >= MAX_FILE else "is more than is read of one submission"


def _problem(info: zipfile.ZipInfo, most: int) -> str:
    if stat.S_ISLNK(info.external_attr >> 16):
        return "is a link, and links are not followed"
    if info.flag_bits & 1:
        return "is encrypted"
    if info.compress_type not in METHODS:
        return "is packed in a way that is not read; pack it as usual (deflate)"
    if info.file_size > most:
        return too_large(most)
    if info.file_size > 1_000_000 and info.file_size > MAX_RATIO * max(info.compress_size, 1):
        return "is packed too tightly to be an answer"
    return ""
