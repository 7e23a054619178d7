"""`iamlab progress`: text, JSON and CSV; a broken setting is a sentence."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from iamlab.cli.progress import progress
from iamlab.learning.files import put
from iamlab.learning.saved import Event, Saved, written

RIGHT = Event("2026-11-14T12:00:00+00:00", "check", "{}", "right", 4.0, 4.0)


def folder_with(path: Path) -> Path:
    put(path / "answers" / "s3-read-write.json", written(Saved("s3-read-write", "{}", "", events=(RIGHT,))))
    return path


def test_text(tmp_path: Path) -> None:
    found = CliRunner().invoke(progress, [str(folder_with(tmp_path))])
    assert found.exit_code == 0
    assert "04 Policy elements" in found.output
    assert "4 of" in found.output


def test_json_and_csv(tmp_path: Path) -> None:
    data = json.loads(CliRunner().invoke(progress, [str(folder_with(tmp_path)), "--format", "json"]).output)
    assert (data["points"], data["right"]) == (4.0, 1)
    lines = CliRunner().invoke(progress, [str(tmp_path), "--format", "csv"]).output.splitlines()
    assert lines[0].startswith("lesson,exercise,title,kind,topics,points,of,status")
    assert len(lines) == data["exercises"] + 1


def test_nothing_yet(tmp_path: Path) -> None:
    found = CliRunner().invoke(progress, [str(tmp_path)])
    assert found.exit_code == 0
    assert found.output.startswith("Nothing yet.")


def test_a_setting_that_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "iamlab.toml").write_text("answer = 1")
    found = CliRunner().invoke(progress, [str(tmp_path)])
    assert found.exit_code != 0
    assert "there is no setting `answer`" in found.output
