"""What an editor finds kept under its name when it opens, and what it says about keeping."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from iamlab.learning.drafts import Draft, DraftError, load

__all__ = ["MOVED", "Opening", "not_saved", "open_kept"]

Saved = dict[str, str]
QUIET: Saved = {"state": "kept", "message": ""}
MOVED: Saved = {
    "state": "moved",
    "message": "This editor has been opened again elsewhere. What you typed went along; go on there.",
}


@dataclass(frozen=True, slots=True)
class Opening:
    """What an editor starts with, and what it has to say about it."""

    text: str
    own: tuple[object, ...]
    saved: Saved


def open_kept(path: Path, start: str) -> Opening:
    """Return what was typed before, or the starting policy where nothing was, or where nothing was changed."""
    try:
        draft = load(path)
    except DraftError as error:
        return Opening(start, (), _say(f"The starting policy is shown: {error}."))
    if draft is None:
        return Opening(start, (), QUIET)
    return Opening(*_resumed(draft, start))


def _resumed(draft: Draft, start: str) -> tuple[str, tuple[object, ...], Saved]:
    if draft.text == draft.start:
        return start, draft.own, QUIET
    if draft.start == start:
        return draft.text, draft.own, QUIET
    news = "The starting policy has changed since you typed this. Your text is still here; Reset shows the new one."
    return draft.text, draft.own, _say(news)


def not_saved(reason: str | None) -> Saved:
    """Return what the editor says after an attempt to keep what was typed; None means that it went well."""
    return _say(f"Not saved: {reason}. Your text is still here.") if reason else QUIET


def _say(message: str) -> Saved:
    return {"state": "failed", "message": message}
