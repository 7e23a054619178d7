"""From a key to the verdict, and from a key to the list, as a person waits for them."""

from __future__ import annotations

import statistics

import pytest

from tests.browser.notebook import Notebook
from tests.browser.timing import completion_times, verdict_times

pytestmark = pytest.mark.browser


def test_keystroke_to_verdict(shared: Notebook) -> None:
    """The median from a key that changes a verdict to the changed word on the screen is under 100 ms."""
    times = verdict_times(shared.editor(), 30)
    assert statistics.median(times) < 100, times


def test_keystroke_to_completions(shared: Notebook) -> None:
    """A typed prefix has its list in under 100 ms, in the median."""
    times = completion_times(shared.editor(), 15)
    assert statistics.median(times) < 100, times
