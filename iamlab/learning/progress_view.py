"""`progress()`: where a learner stands, shown in a notebook or a terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from iamlab.learning.progress import Progress, progress_of
from iamlab.learning.settings import settings
from iamlab.reporting.progress import progress_html, progress_text

if TYPE_CHECKING:
    from pandas import DataFrame

__all__ = ["ShownProgress", "progress"]


class ShownProgress:
    """Progress that shows itself: as HTML in a notebook, as text elsewhere."""

    def __init__(self, found: Progress, folder: Path) -> None:
        self.progress, self.folder = found, folder

    def __repr__(self) -> str:
        return progress_text(self._data())

    def _repr_html_(self) -> str:
        return progress_html(self._data())

    def _data(self) -> dict[str, Any]:
        here = Path.cwd()
        shown = self.folder.relative_to(here) if self.folder.is_relative_to(here) else self.folder
        return self.progress.data(str(shown))


def progress(*, frame: bool = False) -> ShownProgress | DataFrame:
    """Show what is done by lesson and topic, points by day, mistakes that came back, and what to do next.

    Args:
        frame: whether to return a DataFrame instead, with a row an exercise.

    Raises:
        SettingsError: `iamlab.toml` cannot be used.
    """
    found = progress_of()
    return found.frame() if frame else ShownProgress(found, settings().answers)
