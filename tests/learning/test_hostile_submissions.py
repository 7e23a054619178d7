"""Submissions made to harm: each costs bounded time and memory, gets a clear row, and the rest of the class is graded."""

import io
import json
import os
import re
import struct
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from iamlab.learning.owners import Piece
from iamlab.learning.student_grading import Graded, Plan, grade_pieces
from tests.learning.classes import CHOOSE, CHOSEN, POLICY, RIGHT, WRONG, cell, lay, notebook, packed, saved

MEGA = 1024 * 1024


def graded(folder: Path, names: tuple[str, ...] = (POLICY,)) -> Graded:
    """Grade one student's folder."""
    return grade_pieces("maya", [Piece(str(folder))], Plan(names))


def zeros(size: int) -> bytes:
    """A ZIP with one notebook of nothing but spaces."""
    return packed({"04.ipynb": b" " * size})


def forged_size() -> bytes:
    """A ZIP whose list says that a large file is small."""
    content = bytearray(zeros(60 * MEGA))
    at = content.rindex(b"PK\x01\x02")
    content[at + 24 : at + 28] = struct.pack("<I", 1_000)
    return bytes(content)


def many_files() -> bytes:
    return packed({f"{number}.ipynb": "{}" for number in range(5_000)})


def long_list() -> bytes:
    """A ZIP whose end says that its list is a gigabyte long."""
    content = bytearray(packed({"04.ipynb": "{}"}))
    at = content.rindex(b"PK\x05\x06")
    content[at + 12 : at + 16] = struct.pack("<I", 1024 * MEGA)
    return bytes(content)


def nested() -> bytes:
    content = zeros(30 * MEGA)
    for _ in range(5):
        content = packed({f"{number}.zip": content for number in range(3)})
    return content


def linked() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        info = zipfile.ZipInfo("04.ipynb")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    return content.getvalue()


def escaping() -> bytes:
    return packed({name: notebook({POLICY: RIGHT}) for name in ("../../maya.ipynb", "/etc/x.ipynb", "C:\\x.ipynb")})


def encrypted() -> bytes:
    content = bytearray(packed({"04.ipynb": notebook({POLICY: RIGHT})}, zipfile.ZIP_STORED))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + offset] |= 1
    return bytes(content)


def overlapping() -> bytes:
    """A ZIP in which one packed file is listed a thousand times over."""
    content = bytearray(zeros(20 * MEGA // 10))
    start, end = content.rindex(b"PK\x01\x02"), content.rindex(b"PK\x05\x06")
    entry, tail = bytes(content[start:end]), bytearray(content[end:])
    tail[8:12], tail[12:16] = struct.pack("<HH", 1_000, 1_000), struct.pack("<I", len(entry) * 1_000)
    return bytes(content[:start]) + entry * 1_000 + bytes(tail)


PACKED: dict[str, tuple[Callable[[], bytes], str]] = {
    "ZIP bomb": (lambda: zeros(100 * MEGA), "is larger than 33,554,432 bytes"),
    "ZIP bomb, small enough": (lambda: zeros(30 * MEGA), "is packed too tightly to be an answer"),
    "ZIP bomb that lies": (forged_size, "is broken"),
    "ZIP bombs in ZIPs in ZIPs": (nested, "is a ZIP file in a ZIP file, which is not opened"),
    "ZIP of one file many times": (overlapping, "Overlapped entries|broken|packed too tightly"),
    "ZIP packed with bzip2": (lambda: packed({"04.ipynb": b" " * MEGA}, zipfile.ZIP_BZIP2), "pack it as usual"),
    "ZIP packed with LZMA": (lambda: packed({"04.ipynb": b" " * MEGA}, zipfile.ZIP_LZMA), "pack it as usual"),
    "ZIP of many files": (many_files, "holds 5,000 files; the first 500 are looked at"),
    "ZIP with a long list": (long_list, "it lists more files than are looked at"),
    "ZIP with a link": (linked, "is a link, and links are not followed"),
    "ZIP that leads out": (escaping, "would lead out of its folder"),
    "ZIP that is encrypted": (encrypted, "is encrypted"),
}


@pytest.mark.parametrize(("make", "said"), PACKED.values(), ids=PACKED)
def test_packed(tmp_path: Path, make: Callable[[], bytes], said: str) -> None:
    """Nothing of it is unpacked beyond its bounds, nothing is written, and the note says what is wrong."""
    lay(tmp_path, {"in/hw.zip": make()})
    before = sorted(tmp_path.rglob("*"))
    begun = time.monotonic()
    found = graded(tmp_path / "in")
    assert time.monotonic() - begun < 10
    assert found.rows == []
    assert any(re.search(said, note) for note in found.notes), found.notes
    assert sorted(tmp_path.rglob("*")) == before


DEEP = "[" * 100_000 + "]" * 100_000
TEXTS: dict[str, tuple[Callable[[], str], str]] = {
    "JSON 100,000 deep": (lambda: '{"cells": ' + DEEP + "}", "cut off or broken"),
    "a cell 100,000 deep": (lambda: '{"cells": [{"cell_type": "code", "source": ' + DEEP + "}]}", "cut off or broken"),
    "100 MB in a cell": (lambda: notebook({POLICY: "x" * (100 * MEGA)}), "is larger than 33,554,432 bytes"),
    "20 MB in a cell": (lambda: notebook({POLICY: "x" * (20 * MEGA)}), "of more than 262,144 characters"),
    "millions of lists": (lambda: '{"cells": [' + "[]," * (5 * MEGA) + "1]}", "more parts than are read"),
    "a number of a million digits": (lambda: '{"cells": [' + "1" * MEGA + "]}", "cut off or broken"),
    "thousands of answers": (lambda: notebook([(f"x{n}", "1") for n in range(3_000)]), "more answers than are read"),
    "many long answers": (
        lambda: notebook([(f"x{n}", "1" * 250_000) for n in range(40)]),
        "more answers than are read",
    ),
    "no exercise": (lambda: notebook({"no-such-exercise": RIGHT}), "no exercise `no-such-exercise`"),
}


@pytest.mark.parametrize(("make", "said"), TEXTS.values(), ids=TEXTS)
def test_large_and_deep(tmp_path: Path, make: Callable[[], str], said: str) -> None:
    """Sizes, depths and numbers are bounded before anything is made of them."""
    lay(tmp_path, {"04.ipynb": make()})
    begun = time.monotonic()
    found = graded(tmp_path)
    assert time.monotonic() - begun < 15
    assert found.rows == []
    assert any(said in note for note in found.notes), found.notes


ANSWERS = {
    "deep": DEEP,
    "deep objects": '{"a":' * 30_000 + "1" + "}" * 30_000,
    "a long text": "x" * 262_000,
    "a large number": '{"Version": ' + "9" * 100_000 + "}",
    "lone surrogates": '{"Version": "\\ud800", "Statement": []}',
    "a thousand wildcards": RIGHT.replace("/*", "/" + "*a" * 1_000),
    "many statements": json.dumps({"Version": "2012-10-17", "Statement": json.loads(WRONG)["Statement"] * 2_000}),
    "null bytes": RIGHT.replace("s3:", "s3\x00:"),
    "shell commands": "!rm -rf ~\n%%bash\nrm -rf ~",
    "Python": "__import__('os').system('touch owned')",
}


@pytest.mark.parametrize("name", ANSWERS)
def test_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """An answer can be anything; checking it ends, with a row that is not right."""
    monkeypatch.chdir(tmp_path)
    lay(tmp_path, {"in/04.ipynb": notebook({POLICY: ANSWERS[name], CHOOSE: ANSWERS[name]})})
    begun = time.monotonic()
    found = graded(tmp_path / "in", (POLICY, CHOOSE))
    assert time.monotonic() - begun < 30
    assert [row.exercise for row in found.rows] == [POLICY, CHOOSE]
    assert {row.status for row in found.rows} <= {"invalid", "wrong", "partly", "stopped"}
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


def test_nothing_is_run(tmp_path: Path) -> None:
    """Not magics, not shell lines, not Python around the answer cell."""
    touch = f"open({str(tmp_path / 'owned')!r}, 'w')"
    cells = [cell(source) for source in (touch, f"!touch {tmp_path}/owned", f"%%bash\ntouch {tmp_path}/owned")]
    lay(tmp_path, {"in/04.ipynb": notebook({POLICY: f"!touch {tmp_path}/owned", CHOOSE: CHOSEN}, *cells)})
    found = graded(tmp_path / "in", (POLICY, CHOOSE))
    assert [row.status for row in found.rows] == ["invalid", "right"]
    assert not (tmp_path / "owned").exists()


def test_forged_points_do_not_count(tmp_path: Path) -> None:
    """Points in an answer file, in its history, or in a notebook's metadata are not looked at."""
    best = {"at": "2026-01-01", "what": "check", "answer": RIGHT, "status": "right", "score": 100, "max_score": 100}
    forged = {"score": 100, "max_score": 100, "status": "right", "events": [best]}
    metadata = {"nbgrader": {"grade": True, "points": 100, "score": 100, "grade_id": POLICY}}
    lay(
        tmp_path,
        {
            "04.ipynb": notebook({CHOOSE: '["x"]'}, {**cell("100.0"), "metadata": metadata}, metadata=metadata),
            f"answers/{POLICY}.json": saved(POLICY, WRONG, **forged),
        },
    )
    rows = graded(tmp_path, (POLICY, CHOOSE)).rows
    assert [(row.exercise, row.score, row.max_score) for row in rows] == [(POLICY, 2.0, 4.0), (CHOOSE, 0.0, 2.0)]


def test_every_option_handed_in_is_not_right(tmp_path: Path) -> None:
    """Of many cells and notebooks one counts, so a question cannot be answered by all of its options."""
    options = [f'["{name}"]' for name in ("operation", "action", "both", "neither")]
    right = json.dumps(json.loads(CHOSEN))
    answers = [(CHOOSE, one) for one in (right, *options, '["x"]')]
    lay(tmp_path, {"a.ipynb": notebook(answers), "b.ipynb": notebook({CHOOSE: right}), "x/c.ipynb": notebook(answers)})
    (row,) = graded(tmp_path, (CHOOSE,)).rows
    assert row.status != "right"
    assert "Several cells answer it; the last one counts." in row.note
    assert "`b.ipynb`, `x/c.ipynb` too, which does not count" in row.note


def test_links_in_a_folder_are_not_followed(tmp_path: Path) -> None:
    """To files, to folders, in circles; and what is no ordinary file is not opened."""
    lay(tmp_path, {"secret/04.ipynb": notebook({POLICY: RIGHT}), "in/note.txt": ""})
    folder = tmp_path / "in"
    (folder / "04.ipynb").symlink_to(tmp_path / "secret/04.ipynb")
    (folder / "more").symlink_to(tmp_path / "secret")
    (folder / "circle").symlink_to(folder)
    os.mkfifo(folder / "pipe.ipynb")
    found = graded(folder)
    assert found.rows == []
    assert sorted(found.notes) == [
        "`04.ipynb` is a link, and links are not followed.",
        "`circle` is a link, and links are not followed.",
        "`more` is a link, and links are not followed.",
        "`pipe.ipynb` is no ordinary file.",
    ]


def test_a_check_that_takes_too_long_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It gets its own row; the exercises after it are graded while there is time."""
    monkeypatch.setattr("iamlab.learning.student_grading.CHECK_SECONDS", 0.2)
    monkeypatch.setattr("iamlab.learning.remembering.RememberingPolicy.check", endless)
    lay(tmp_path, {"04.ipynb": notebook({CHOOSE: CHOSEN, POLICY: RIGHT})})
    rows = grade_pieces("maya", [Piece(str(tmp_path))], Plan((POLICY, CHOOSE), seconds=5)).rows
    assert [(row.status, row.note) for row in rows] == [
        ("stopped", "Checking this answer took too long, and was stopped."),
        ("right", ""),
    ]
    rows = grade_pieces("maya", [Piece(str(tmp_path))], Plan((POLICY, POLICY, CHOOSE), seconds=0.3)).rows
    assert [row.status for row in rows] == ["stopped", "stopped", "stopped"]
    assert rows[2].note == "The time was up before it."


def endless(*_: object) -> None:
    while True:
        try:
            time.sleep(0.01)
        except Exception:  # what swallows errors does not swallow the end of the time
            continue


SCRIPT = """
import resource, sys
resource.setrlimit(resource.RLIMIT_DATA, (1536 * 1024 * 1024,) * 2)
resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
from iamlab.learning.owners import Piece
from iamlab.learning.student_grading import Plan, grade_pieces, points_of
points_of("s3-read-write")
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for path in sys.argv[1:]:
    print(grade_pieces("maya", [Piece(path)], Plan(("s3-read-write",))).notes)
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


def test_memory_is_bounded(tmp_path: Path) -> None:
    """The worst of each kind, one after the other, in a process that may use 1.5 GB and 60 s: 400 MB are enough."""
    worst = {
        "bomb.zip": zeros(100 * MEGA),
        "cell.ipynb": notebook({POLICY: "x" * (100 * MEGA)}),
        "wide.ipynb": notebook({POLICY: "?"}).replace("?", "\N{GRINNING FACE}" * (7 * MEGA)),
        "parts.ipynb": '{"cells": [' + "[]," * 1_900_000 + "1]}",
        "deep.ipynb": DEEP,
        "list.zip": long_list(),
    }
    lay(tmp_path, worst)
    command = [sys.executable, "-c", SCRIPT, *(str(tmp_path / name) for name in worst)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr[-500:]
    *notes, growth = result.stdout.splitlines()
    assert len(notes) == len(worst)
    assert all("`" in note for note in notes), notes
    assert int(growth) < 400
