"""Drafts: whatever happens to the disk, the kernel or the file, what a learner typed is not lost."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iamlab.learning import drafts
from iamlab.learning.drafts import Draft, DraftError, check_name, load, path_of, save

DRAFT = Draft("{}", '{"Version": "2012-10-17"}', ({"id": "own 1", "action": "s3:GetObject"},))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return path_of("04-version", tmp_path)


def test_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A draft lies under the working directory, beside the notebooks."""
    monkeypatch.chdir(tmp_path)
    assert path_of("00-first") == tmp_path / ".iamlab" / "drafts" / "00-first.json"


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../x", "a/b", "a\\b", "/etc/passwd", ".hidden", "a b", "a\0", "é", "x" * 81, None]
)
def test_names_that_could_leave_the_folder(name: str) -> None:
    """A name is a plain file name, or it is refused."""
    with pytest.raises(ValueError, match="cannot name an editor"):
        check_name(name)


def test_nothing_kept(path: Path) -> None:
    """No file: nothing was typed."""
    assert load(path) is None


@settings(max_examples=100)
@given(text=st.text(st.characters(), max_size=200))
def test_comes_back_as_typed(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """Every text comes back character by character, odd ones and lone surrogates too."""
    path = path_of("any", tmp_path_factory.mktemp("drafts"))
    save(path, Draft(text, "", ()))
    assert load(path) == Draft(text, "", ())


def test_own_requests_come_back(path: Path) -> None:
    """The learner's own requests are kept with the text."""
    save(path, DRAFT)
    assert load(path) == DRAFT


BROKEN = {
    "empty": b"",
    "cut off": b'{"format": 1, "text": "abc',
    "not UTF-8": b"\xff\xfe\x00",
    "no object": b"[1, 2]",
    "another format": b'{"format": 99, "text": "", "start": "", "own": []}',
    "text is no text": b'{"format": 1, "text": 1, "start": "", "own": []}',
    "own is no list of requests": b'{"format": 1, "text": "", "start": "", "own": [1]}',
    "deep": b"[" * 100_000,
    "too long": b" " * (drafts.LONGEST_FILE + 1),
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_broken_draft_is_set_aside(path: Path, content: bytes) -> None:
    """A file that is no draft is renamed, not destroyed, and does not stand in the way of the next one."""
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    with pytest.raises(DraftError, match=r"set aside as `04-version\.unreadable-"):
        load(path)
    (aside,) = path.parent.glob("04-version.unreadable-*.json")
    assert aside.read_bytes() == content
    assert load(path) is None
    save(path, DRAFT)
    assert load(path) == DRAFT


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EROFS, "read-only"),
        (errno.EACCES, "read-only"),
        (errno.EIO, "input/output"),
    ],
)
@pytest.mark.parametrize("step", ["write", "fsync", "replace"])
def test_failing_disk_keeps_the_draft_from_before(
    path: Path, monkeypatch: pytest.MonkeyPatch, number: int, reason: str, step: str
) -> None:
    """Whichever step fails, the reason is told, the old draft is whole, and nothing is left lying about."""
    save(path, DRAFT)
    _fail(monkeypatch, step, OSError(number, os.strerror(number)))
    with pytest.raises(DraftError, match=reason):
        save(path, Draft("new", "", ()))
    monkeypatch.undo()
    assert load(path) == DRAFT
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def _fail(monkeypatch: pytest.MonkeyPatch, step: str, error: OSError) -> None:
    def failing(*_: object, **__: object) -> None:
        raise error

    target = {"write": (Path, "open"), "fsync": (os, "fsync"), "replace": (Path, "replace")}[step]
    monkeypatch.setattr(*target, failing)


def test_folder_that_cannot_be_made(tmp_path: Path) -> None:
    """Where a file stands in the folder's place, that is told as a reason too."""
    (tmp_path / ".iamlab").write_text("")
    with pytest.raises(DraftError, match=r"file exists|not a directory"):
        save(path_of("x", tmp_path), DRAFT)


def test_longest_text(path: Path) -> None:
    """A draft's size is bounded; the text before stays kept."""
    save(path, DRAFT)
    with pytest.raises(DraftError, match="longer than a million characters"):
        save(path, Draft("x" * (drafts.LONGEST_TEXT + 1), "", ()))
    assert load(path) == DRAFT


def test_halves_are_swept(path: Path) -> None:
    """What a killed kernel left half written goes when the draft is read again, unless someone may still be at it."""
    save(path, DRAFT)
    old, new = (path.with_name(f".{path.name}.{number}.part") for number in (1, 2))
    for half in (old, new):
        half.write_text("{")
    os.utime(old, (0, 0))
    load(path)
    assert (old.exists(), new.exists()) == (False, True)


def test_file_is_plain_json(path: Path) -> None:
    """The file can be read by anything that reads JSON, and says its name and format."""
    save(path, DRAFT)
    kept = json.loads(path.read_bytes())
    assert (kept["format"], kept["name"], kept["text"]) == (1, "04-version", "{}")
