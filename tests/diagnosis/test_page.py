"""The page on refusals is true: its examples run, and give what stands there."""

import doctest
import json
from pathlib import Path

import pytest

from tests.diagnosis.records import READ, REFUSED, TRAIN

PAGE = Path(__file__).parents[2] / "docs" / "why-denied.md"


def test_examples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every example of the page runs in turn, on a small trail."""
    (tmp_path / "trail").mkdir()
    (tmp_path / "trail" / "a.json").write_text(json.dumps({"Records": [READ, TRAIN, REFUSED]}), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    result = doctest.testfile(str(PAGE), module_relative=False)
    assert result.attempted > 15
    assert result.failed == 0
