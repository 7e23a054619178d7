"""The clock of an exam: it counts the seconds in which someone was there."""

from __future__ import annotations

import time
from collections.abc import Callable

__all__ = ["GAP_SECONDS", "Clock"]

GAP_SECONDS = 15.0
"""How much of a silence counts: so much a killed kernel or a closed browser costs at most."""


class Clock:
    """Counts the time that has passed here, as far as a browser says that it was open meanwhile.

    Neither alone would do: a kernel hears late what a browser sends while a cell runs, and a browser that was closed
    for a night sends nothing of it.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self.start()

    def start(self) -> None:
        """Begin to count, from now on."""
        self._since, self._counted, self._allowed = self._now(), 0.0, GAP_SECONDS

    def seen(self, open_for: float) -> float:
        """Return the seconds that count now.

        Args:
            open_for: for how many seconds a browser was open since it last said so.
        """
        self._allowed += min(max(open_for, 0.0), 3600.0)
        counted = min(max(self._passed, 0.0), self._allowed)
        self._allowed -= counted
        self._counted += counted
        return counted

    def back(self) -> tuple[float, bool]:
        """Begin anew where a browser comes back; return the seconds that count, and whether it was away for long."""
        away = self._passed
        self.start()
        return min(max(away, 0.0), GAP_SECONDS), away > GAP_SECONDS

    @property
    def _passed(self) -> float:
        """What has passed and was not counted."""
        return self._now() - self._since - self._counted
