"""A text whose draft is kept on the disk as it is typed, and comes back when its cell runs again."""

from __future__ import annotations

import weakref
from functools import partial
from pathlib import Path

from iamlab.learning.drafts import Draft, DraftError, save
from iamlab.learning.keeper import Keeper
from iamlab.widgets.judged import JudgedText
from iamlab.widgets.kept import MOVED, Opening, not_saved, open_kept

__all__ = ["DraftedText"]

_open: weakref.WeakValueDictionary[str, DraftedText] = weakref.WeakValueDictionary()
"""The widget that keeps each draft of this kernel: the one opened last."""


class DraftedText(JudgedText):
    """A judged text with a draft: `open_draft` before anything else, `keep` whenever something has changed."""

    _keeper: Keeper[Draft] | None = None

    def open_draft(self, path: Path, start: str) -> Opening:
        """Take over the draft at a path; a widget from before lets go of it first. Returns what was kept."""
        before = _open.get(str(path))
        if before is not None:
            before.hand_over()
        kept = open_kept(path, start)
        self._keeper = Keeper(partial(save, path), self._outcome, DraftError)
        _open[str(path)] = self
        return kept

    def keep(self, draft: Draft) -> None:
        """Keep what stands in the widget now."""
        if self._keeper is not None:
            self._keeper.keep(draft)

    def hand_over(self) -> None:
        """Keep what was typed, and nothing that is typed from now on: another widget has the name."""
        keeper, self._keeper = self._keeper, None
        if keeper is not None:
            keeper.end()
            self.saved = MOVED

    def _outcome(self, reason: str | None) -> None:
        """Heard in the keeper's thread, from which a trait may be set as from any other."""
        self.saved = not_saved(reason)
