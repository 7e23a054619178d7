"""Settings of a folder: found upwards, read strictly, told in sentences."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from iamlab.learning.saved import Event, Saved
from iamlab.learning.settings import SettingsError, settings

ONCE = Saved("x", "", "", events=(Event("2026-11-25T10:00:00+00:00", "check"),))
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


def written(folder: Path, text: str) -> Path:
    (folder / "iamlab.toml").write_text(text)
    return folder


def test_without_a_file_answers_lie_beside_the_notebook(tmp_path: Path) -> None:
    found = settings(tmp_path)
    assert (found.answers, found.seed) == (tmp_path / "answers", None)
    assert found.hints.closed(ONCE) == found.solution.closed(ONCE) == ""


@pytest.mark.parametrize(
    ("mark", "answers"),
    [
        (".iamlab/lessons.json", "answers"),
        ("notebooks/00-start-here.ipynb", "notebooks/answers"),
        ("iamlab.toml", "answers"),
    ],
)
def test_exercise_notebooks_and_lessons_share_their_answers(tmp_path: Path, mark: str, answers: str) -> None:
    (tmp_path / mark).parent.mkdir(exist_ok=True)
    (tmp_path / mark).write_text("")
    below = tmp_path / "exercises" / "04-policy-elements"
    below.mkdir(parents=True)
    assert settings(below).answers == tmp_path / answers


def test_what_a_file_says(tmp_path: Path) -> None:
    text = 'answers = "mine/kept"\nseed = "maya"\n[hints]\nopen = false\n[solution]\nafter_attempts = 3'
    found = settings(written(tmp_path, text))
    assert (found.answers, found.seed) == (tmp_path / "mine/kept", "maya")
    assert found.hints.closed(ONCE) == "Hints are not offered here."
    assert found.solution.closed(ONCE) == "The solution opens after 3 attempts; 1 so far."


@pytest.mark.parametrize("value", ["2026-12-02", "2026-12-02T00:00:00Z", "2026-12-02T00:00:00"])
def test_a_solution_that_opens_later(tmp_path: Path, value: str) -> None:
    solution = settings(written(tmp_path, f"[solution]\nfrom = {value}")).solution
    assert solution.closed(ONCE, NOON) == "The solution opens on 02 December 2026, 00:00 UTC."
    assert solution.closed(ONCE, NOON.replace(day=3)) == ""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("answers", "cannot be read"),
        ("answer = 'x'", "there is no setting `answer`"),
        ("seed = 7", "`seed` cannot be `7`"),
        ("[hints]\nafter_attempts = -1", "`after_attempts` cannot be `-1`"),
        ("[hints]\nafter_attempts = true", "`after_attempts` cannot be `True`"),
        ("[solution]\nopen = 'no'", "`open` cannot be `'no'`"),
        ("[solution]\nuntil = 1", "there is no setting `until`"),
    ],
)
def test_what_cannot_be_used_is_told(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        settings(written(tmp_path, text))
