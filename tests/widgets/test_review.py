"""`review()`: the panels of exercises worth doing next, each with why."""

from __future__ import annotations

from pathlib import Path

import pytest

from iamlab.learning.files import put
from iamlab.learning.saved import Event, Saved, written
from iamlab.widgets import ExercisePanel, review

WRONG = Event("2026-11-14T12:00:00+00:00", "check", "{}", "wrong", 0.0, 5.0, sure=1)


def test_review_opens_panels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    saved = Saved("letter-by-letter", "{}", "", events=(WRONG,))
    put(tmp_path / "answers" / "letter-by-letter.json", written(saved))
    shown = review(2).children
    panels = [one for one in shown if isinstance(one, ExercisePanel)]
    assert len(panels) == 2
    assert panels[0].kind.exercise.name == "letter-by-letter"
    assert "You were sure, and it is not so." in shown[0].value
