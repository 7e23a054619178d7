"""Drafts: what a learner typed, kept as typed, so that nothing of it is lost.

A draft is one small JSON file beside the notebooks, `.iamlab/drafts/NAME.json` under the kernel's working directory.
It is written to a file of its own first, brought to the disk, then put in place: at every moment the old draft or
the new one is there, whole. What cannot be read is set aside under another name, never deleted.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from iamlab.learning.files import put, read_whole, reason, set_aside, sweep

__all__ = ["Draft", "DraftError", "check_name", "load", "path_of", "save"]

FORMAT = 1
LONGEST_TEXT = 1_000_000
LONGEST_FILE = 8 * LONGEST_TEXT
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")


class DraftError(Exception):
    """A draft that could not be kept or read; the message is a clause that says why."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What one editor keeps: the text, the starting policy it was typed over, and the learner's own requests."""

    text: str
    start: str
    own: tuple[Mapping[str, object], ...] = ()


def check_name(name: str) -> str:
    """Return a name that can be a file's name; raises ValueError for any other.

    >>> check_name("04-version")
    '04-version'
    """
    if not isinstance(name, str) or not NAME.fullmatch(name):
        raise ValueError(
            f"{name!r} cannot name an editor: use letters, digits, `-`, `_` and `.`, a letter or digit first, "
            "80 characters at most."
        )
    return name


def path_of(name: str, folder: Path | None = None) -> Path:
    """Return where the draft of an editor is kept; `folder` is the working directory unless given."""
    return (folder or Path.cwd()) / ".iamlab" / "drafts" / f"{check_name(name)}.json"


def load(path: Path) -> Draft | None:
    """Read a draft; None where there is none.

    Raises DraftError for one that is broken, which is set aside first, or that cannot be read.
    """
    sweep(path)
    try:
        content = read_whole(path, LONGEST_FILE)
        return None if content is None else _draft(content)
    except OSError as error:
        raise DraftError(reason(error)) from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise DraftError(set_aside(path)) from error


def save(path: Path, draft: Draft) -> None:
    """Keep a draft, in one step. Raises DraftError with the reason; the draft from before is then still there."""
    if len(draft.text) > LONGEST_TEXT:
        raise DraftError("the text is longer than a million characters")
    content = json.dumps({"format": FORMAT, "name": path.stem, **asdict(draft)}, indent=1).encode("ascii")
    try:
        put(path, content)
    except OSError as error:
        raise DraftError(reason(error)) from error


def _draft(content: bytes) -> Draft:
    kept = json.loads(content)
    text, start, own = kept["text"], kept["start"], kept["own"]
    if kept["format"] != FORMAT or not isinstance(text, str) or not isinstance(start, str):
        raise ValueError("not a draft")
    if not isinstance(own, list) or not all(isinstance(request, dict) for request in own):
        raise ValueError("not a draft")
    return Draft(text, start, tuple(own))
