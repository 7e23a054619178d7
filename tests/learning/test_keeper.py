"""Keeping in the background: the newest state is on the disk in the end, and whoever types never waits."""

from __future__ import annotations

import errno
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from iamlab.learning import drafts
from iamlab.learning.drafts import Draft, DraftError, load, save
from iamlab.learning.keeper import Keeper

DRAFT = Draft('{"Version": "2012-10-17"}', "{}", ())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return drafts.path_of("test", tmp_path)


def keeper_of(path: Path, told: Callable[[str | None], None]) -> Keeper[Draft]:
    return Keeper(partial(save, path), told, DraftError)


def _no_space(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_keeper_keeps_the_newest(path: Path) -> None:
    """Of many drafts in a row, the last one is on the disk in the end, and no news is told of success."""
    told: list[str | None] = []
    keeper = keeper_of(path, told.append)
    for number in range(200):
        keeper.keep(Draft(str(number), "", ()))
    assert keeper.flush()
    assert load(path) == Draft("199", "", ())
    assert told == []


def test_keeper_does_not_wait_for_the_disk(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the disk takes its time, whoever types goes on; what came last is kept in the end."""
    held = threading.Event()
    real = drafts.put
    monkeypatch.setattr(drafts, "put", lambda *args: (held.wait(10), real(*args))[1])
    keeper = keeper_of(path, lambda reason: None)
    keeper.keep(Draft("first", "", ()))
    keeper.keep(Draft("last", "", ()))
    assert not keeper.flush(0.05)
    held.set()
    assert keeper.flush()
    assert load(path) == Draft("last", "", ())


def test_keeper_tells_failure_and_recovery_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk is told once, and that it is well again; then the newest draft is there."""
    told: list[str | None] = []
    keeper = keeper_of(path, told.append)
    monkeypatch.setattr(drafts, "put", _no_space)
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
    keeper = keeper_of(path, lambda reason: None)
    keeper.keep(DRAFT)
    keeper.end()
    assert load(path) == DRAFT
    for thread in threading.enumerate():
        if thread.name == "iamlab keeper" and thread is keeper._thread:
            thread.join(5)
    assert threading.active_count() <= before


def test_nobody_left_to_tell(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A widget that is gone cannot be told; what is typed elsewhere is kept all the same."""
    keeper = keeper_of(path, _raise)
    monkeypatch.setattr(drafts, "put", _no_space)
    keeper.keep(DRAFT)
    assert keeper.flush()
    monkeypatch.undo()
    keeper.keep(DRAFT)
    assert keeper.flush()
    assert load(path) == DRAFT


def test_keeper_outlives_the_unexpected(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistake of ours in saving is told like any other reason, and the next draft is kept."""
    told: list[str | None] = []
    keeper = keeper_of(path, told.append)
    monkeypatch.setattr(drafts, "put", _raise)
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
from functools import partial
from pathlib import Path
from iamlab.learning.drafts import Draft, DraftError, save
from iamlab.learning.keeper import Keeper
keeper = Keeper(partial(save, Path(sys.argv[1])), print, DraftError)
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


def test_kept_at_the_end_of_the_process(path: Path) -> None:
    """A kernel that ends properly ends after the last draft is kept."""
    code = WRITER.replace("1_000_000", "40")
    subprocess.run([sys.executable, "-c", code, str(path)], check=True, timeout=30)
    draft = load(path)
    assert draft is not None
    assert draft.text.startswith("39 ")
