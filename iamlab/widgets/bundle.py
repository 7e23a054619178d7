"""The browser's code, as built: what a widget carries, and what it fetches once a page."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

__all__ = ["HERE", "code", "source_digest", "loader"]

HERE = Path(__file__).parent


def loader() -> str:
    """Return the few lines that every widget carries as its `_esm`."""
    return (HERE / "static" / "loader.js").read_text(encoding="utf-8")


@cache
def code() -> str:
    """Return the code that the loader asks for."""
    return (HERE / "static" / "code.js").read_text(encoding="utf-8")


def source_digest() -> str:
    """Return the digest of the sources, as `build.mjs` writes it into what it builds."""
    names = ["build.mjs", "package-lock.json", "package.json"]
    names += [f"{folder}/{file.name}" for folder in ("css", "js") for file in (HERE / folder).iterdir()]
    digest = hashlib.sha256()
    for name in sorted(names):
        digest.update(name.encode() + b"\0" + (HERE / name).read_bytes() + b"\0")
    return digest.hexdigest()[:16]
