"""The documents that commands read from files or standard input, and that `iamlab lint --fix` writes."""

from __future__ import annotations

import codecs
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from iamlab.learning.files import put, reason

__all__ = ["Document", "Unopened", "document", "documents", "rewrite"]

MAX_BYTES = 64 * 1024 * 1024
"""The longest file that is read; far above every policy."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file's text, under the name by which it was asked for."""

    name: str
    text: str
    marked: bool = False
    """Whether the file begins with a byte order mark, which is no part of the text."""


@dataclass(frozen=True, slots=True)
class Unopened:
    """A file that gave no text, and why."""

    name: str
    code: str
    message: str


def documents(path: str) -> Iterator[Document | Unopened]:
    """Yield the document at a path, or for a folder that of every .json file in it, by name; `-` is standard input."""
    if path != "-" and Path(path).is_dir():
        files = [file for file in sorted(Path(path).rglob("*.json")) if _is_shown(file.relative_to(path))]
        yield from (_opened(str(file), MAX_BYTES) for file in files)
        if not files:
            yield Unopened(path, "no-policies", f"The folder `{path}` holds no .json files.")
    else:
        yield document(path)


def document(path: str, most: int = MAX_BYTES) -> Document | Unopened:
    """Return the one document at a path, `-` for standard input; a folder is none.

    Args:
        path: the file.
        most: how many bytes are read at most; a longer file is not opened.
    """
    if path == "-":
        return _decoded(path, sys.stdin.buffer.read(most + 1), most)
    if Path(path).is_dir():
        return Unopened(path, "unreadable-file", f"`{path}` is a folder. Name one file.")
    return _opened(path, most)


def rewrite(document: Document) -> str | None:
    """Write a document's text into its file, whole or not at all; return what stood in the way, or None."""
    path = Path(document.name).resolve()  # the file itself, where the name is a link
    mark = codecs.BOM_UTF8 if document.marked else b""
    try:
        mode = path.stat().st_mode
        put(path, mark + document.text.encode("utf-8"))
        path.chmod(mode)
    except OSError as error:
        return f"`{document.name}` could not be written: {reason(error)}. It is as it was."
    return None


def _is_shown(path: Path) -> bool:
    return not any(part.startswith(".") for part in path.parts)


def _opened(name: str, most: int) -> Document | Unopened:
    try:
        with Path(name).open("rb") as file:
            return _decoded(name, file.read(most + 1), most)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        return Unopened(name, "unreadable-file", f"`{name}` could not be read: {why}.")


def _decoded(name: str, content: bytes, most: int) -> Document | Unopened:
    shown = "Standard input" if name == "-" else f"`{name}`"
    if len(content) > most:
        return Unopened(name, "file-too-large", f"{shown} is larger than {most:,} bytes.")
    try:
        return Document(name, content.decode("utf-8-sig"), content.startswith(codecs.BOM_UTF8))
    except UnicodeDecodeError:
        return Unopened(name, "not-utf-8", f"{shown} is not text in UTF-8, and JSON is.")
