"""What an editor keeps: the typed text and the own requests, over re-runs, other editors and full disks."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from iamlab.learning import drafts
from tests.widgets.editors import START, kept, opened, types


def test_typed_text_comes_back() -> None:
    """Running the cell again brings the typed text and the own requests back."""
    editor = opened()
    types(editor, "{broken")
    editor.set_state({"own": [{"id": "own 1", "action": "s3:GetObject", "resource": "*", "context": {}}]})
    kept(editor)
    again = opened()
    assert again.text == "{broken"
    assert [request["id"] for request in again.own] == ["own 1"]
    assert again.setup["start"] == START


def test_last_keys_come_along_at_once() -> None:
    """The new editor waits for what the old one is still writing."""
    editor = opened()
    for number in range(50):
        types(editor, f"{{{number}", number)
    assert opened().text == "{49"


def test_unchanged_text_is_no_draft(folder: Path) -> None:
    """Looking at an editor writes nothing."""
    opened()
    assert not (folder / ".iamlab").exists()


def test_new_starting_policy() -> None:
    """A changed cell shows its new policy to who had changed nothing, and keeps the text of who had."""
    editor = opened()
    types(editor, START + " ")
    types(editor, START)
    kept(editor)
    newer = START.replace("GetObject", "PutObject")
    editor = opened(policy=newer)
    assert editor.text == newer
    types(editor, "{mine")
    kept(editor)
    newest = opened(policy=START)
    assert newest.text == "{mine"
    assert "The starting policy has changed" in newest.saved["message"]


def test_later_editor_takes_over() -> None:
    """Of two editors with one name, the later keeps the draft; the earlier says so and keeps nothing more."""
    first = opened()
    types(first, "{first")
    second = opened()
    assert first.saved["state"] == "moved"
    assert second.text == "{first"
    types(second, "{second")
    kept(second)
    types(first, "{late", 9)
    assert first.report["revision"] == 9
    assert opened().text == "{second"


def test_full_disk_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """A draft that cannot be kept is told in the widget; when it can, that is over."""
    editor = opened()
    real = drafts.put

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(drafts, "put", full)
    types(editor, "{mine")
    kept(editor)
    assert editor.saved == {"state": "failed", "message": "Not saved: the disk is full. Your text is still here."}
    monkeypatch.setattr(drafts, "put", real)
    types(editor, "{mine,", 2)
    kept(editor)
    assert editor.saved == {"state": "kept", "message": ""}


def test_broken_draft_is_said(folder: Path) -> None:
    """A draft that cannot be read is set aside; the editor opens with the starting policy and says so."""
    path = drafts.path_of("test", folder)
    path.parent.mkdir(parents=True)
    path.write_text("{")
    editor = opened()
    assert editor.text == START
    assert "set aside as `test.unreadable-" in editor.saved["message"]
