"""Drafts: what a learner typed, kept as typed, so that nothing of it is lost.

A draft is one small JSON file beside the notebooks, `.iamlab/drafts/NAME.json` under the kernel's working directory.
It is written to a file of its own first, brought to the disk, then put in place: at every moment the old draft or
the new one is there, whole. What cannot be read is set aside under another name, never deleted.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import re
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from iamlab.learning.files import put, reason

__all__ = ["Draft", "DraftError", "Keeper", "check_name", "load", "path_of", "save"]

FORMAT = 1
LONGEST_TEXT = 1_000_000
LONGEST_FILE = 8 * LONGEST_TEXT
STALE_SECONDS = 60
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
    _sweep(path)
    try:
        with path.open("rb") as file:
            content = file.read(LONGEST_FILE + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise DraftError(reason(error)) from error
    try:
        return _draft(content)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise DraftError(_set_aside(path)) from error


def save(path: Path, draft: Draft) -> None:
    """Keep a draft, in one step. Raises DraftError with the reason; the draft from before is then still there."""
    if len(draft.text) > LONGEST_TEXT:
        raise DraftError("the text is longer than a million characters")
    content = json.dumps({"format": FORMAT, "name": path.stem, **asdict(draft)}, indent=1).encode("ascii")
    try:
        put(path, content)
    except OSError as error:
        raise DraftError(reason(error)) from error


def _sweep(path: Path) -> None:
    """Remove what a killed kernel left half written: its draft from before is whole."""
    with contextlib.suppress(OSError):
        for half in path.parent.glob(f".{path.name}.*"):
            if time.time() - half.stat().st_mtime > STALE_SECONDS:
                half.unlink()


def _draft(content: bytes) -> Draft:
    if len(content) > LONGEST_FILE:
        raise ValueError("too long")
    kept = json.loads(content)
    text, start, own = kept["text"], kept["start"], kept["own"]
    if kept["format"] != FORMAT or not isinstance(text, str) or not isinstance(start, str):
        raise ValueError("not a draft")
    if not isinstance(own, list) or not all(isinstance(request, dict) for request in own):
        raise ValueError("not a draft")
    return Draft(text, start, tuple(own))


def _set_aside(path: Path) -> str:
    aside = path.with_name(f"{path.stem}.unreadable-{datetime.now():%Y%m%d-%H%M%S-%f}.json")
    try:
        path.rename(aside)
    except OSError as error:
        return f"what was kept for it cannot be read, nor set aside: {reason(error)}"
    return f"what was kept for it cannot be read; it was set aside as `{aside.name}`"


class Keeper:
    """Keeps the newest draft of one editor in the background, so that nobody who types waits for the disk.

    `told(reason)` is called from the background whenever the outcome changes: with why it was not kept, or None.
    """

    def __init__(self, path: Path, told: Callable[[str | None], None]) -> None:
        self._path = path
        self._told = told
        self._newest: Draft | None = None
        self._outcome: str | None = None
        self._change = threading.Condition()
        self._thread: threading.Thread | None = None
        self._busy = False
        self._ended = False

    def keep(self, draft: Draft) -> None:
        """Keep this draft as soon as the disk is free; one that is still waiting is passed over for it."""
        with self._change:
            self._newest = draft
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="iamlab drafts", daemon=True)
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
        while (draft := self._next()) is not None:
            outcome = self._kept(draft)
            if outcome != self._outcome:
                self._outcome = outcome
                with contextlib.suppress(Exception):  # a widget that is gone cannot be told, and need not
                    self._told(outcome)
            with self._change:
                self._busy = False
                self._change.notify_all()

    def _next(self) -> Draft | None:
        with self._change:
            self._change.wait_for(lambda: self._newest is not None or self._ended)
            draft, self._newest = self._newest, None
            self._busy = draft is not None
            return draft

    def _kept(self, draft: Draft) -> str | None:
        try:
            save(self._path, draft)
        except DraftError as error:
            return str(error)
        except Exception as error:  # whatever it is, the editor says it; it must not end this thread
            return f"{type(error).__name__}, {error}"
        return None
