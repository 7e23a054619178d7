"""Drafts: whatever happens to the disk, the kernel or the file, what a learner typed is not lost."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iamlab.learning import drafts
from iamlab.learning.drafts import Draft, DraftError, Keeper, check_name, load, path_of, save

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


def test_keeper_keeps_the_newest(path: Path) -> None:
    """Of many drafts in a row, the last one is on the disk in the end, and no news is told of success."""
    told: list[str | None] = []
    keeper = Keeper(path, told.append)
    for number in range(200):
        keeper.keep(Draft(str(number), "", ()))
    assert keeper.flush()
    assert load(path) == Draft("199", "", ())
    assert told == []


def test_keeper_does_not_wait_for_the_disk(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the disk takes its time, whoever types goes on; what came last is kept in the end."""
    held = threading.Event()
    real = drafts.save
    monkeypatch.setattr(drafts, "save", lambda *args: (held.wait(10), real(*args))[1])
    keeper = Keeper(path, lambda reason: None)
    keeper.keep(Draft("first", "", ()))
    keeper.keep(Draft("last", "", ()))
    assert not keeper.flush(0.05)
    held.set()
    assert keeper.flush()
    assert load(path) == Draft("last", "", ())


def test_keeper_tells_failure_and_recovery_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk is told once, and that it is well again; then the newest draft is there."""
    told: list[str | None] = []
    keeper = Keeper(path, told.append)
    _fail(monkeypatch, "replace", OSError(errno.ENOSPC, "No space left on device"))
    for text in ("a", "b"):
        keeper.keep(Draft(text, "", ()))
        assert keeper.flush()
    monkeypatch.undo()
    keeper.keep(Draft("c", "", ()))
    assert keeper.flush()
    assert told == ["the disk is full", None]
    assert load(path) == Draft("c", "", ())


def test_keeper_ends(path: Path) -> None:
    """A keeper that is no longer needed keeps what is waiting and leaves no thread behind."""
    before = threading.active_count()
    keeper = Keeper(path, lambda reason: None)
    keeper.keep(DRAFT)
    keeper.end()
    assert load(path) == DRAFT
    for thread in threading.enumerate():
        if thread.name == "iamlab drafts" and thread is keeper._thread:
            thread.join(5)
    assert threading.active_count() <= before


def test_nobody_left_to_tell(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A widget that is gone cannot be told; what is typed elsewhere is kept all the same."""
    keeper = Keeper(path, _raise)
    _fail(monkeypatch, "replace", OSError(errno.ENOSPC, "No space left on device"))
    keeper.keep(DRAFT)
    assert keeper.flush()
    monkeypatch.undo()
    keeper.keep(DRAFT)
    assert keeper.flush()
    assert load(path) == DRAFT


def test_keeper_outlives_the_unexpected(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistake of ours in saving is told like any other reason, and the next draft is kept."""
    told: list[str | None] = []
    keeper = Keeper(path, told.append)
    monkeypatch.setattr(drafts, "save", _raise)
    keeper.keep(DRAFT)
    assert keeper.flush()
    monkeypatch.undo()
    keeper.keep(DRAFT)
    assert keeper.flush()
    assert told == ["ZeroDivisionError, odd", None]
    assert load(path) == DRAFT


def _raise(*_: object) -> None:
    raise ZeroDivisionError("odd")


WRITER = """
import sys
from pathlib import Path
from iamlab.learning.drafts import Draft, Keeper
keeper = Keeper(Path(sys.argv[1]), print)
for number in range(1_000_000):
    keeper.keep(Draft(f"{number} " * 2_000, "", ()))
    if number == 20:
        keeper.flush()
        print("running", flush=True)
"""


@pytest.mark.parametrize("delay", [0.0, 0.02, 0.05])
def test_killed_in_the_middle(path: Path, delay: float) -> None:
    """A kernel killed while it writes leaves a whole draft: an earlier one or a later one, never half of one."""
    with subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"running\n"
        threading.Event().wait(delay)
        process.send_signal(signal.SIGKILL)
    draft = load(path)
    assert draft is not None
    assert set(draft.text.split()) == {draft.text.split()[0]}


def test_halves_are_swept(path: Path) -> None:
    """What a killed kernel left half written goes when the draft is read again, unless someone may still be at it."""
    save(path, DRAFT)
    old, new = (path.with_name(f".{path.name}.{number}") for number in (1, 2))
    for half in (old, new):
        half.write_text("{")
    os.utime(old, (0, 0))
    load(path)
    assert (old.exists(), new.exists()) == (False, True)


def test_kept_at_the_end_of_the_process(path: Path) -> None:
    """A kernel that ends properly ends after the last draft is kept."""
    code = WRITER.replace("1_000_000", "40")
    subprocess.run([sys.executable, "-c", code, str(path)], check=True, timeout=30)
    draft = load(path)
    assert draft is not None
    assert draft.text.startswith("39 ")


def test_file_is_plain_json(path: Path) -> None:
    """The file can be read by anything that reads JSON, and says its name and format."""
    save(path, DRAFT)
    kept = json.loads(path.read_bytes())
    assert (kept["format"], kept["name"], kept["text"]) == (1, "04-version", "{}")
