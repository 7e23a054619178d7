"""Reading what a student handed in: notebooks, answer files, ZIP files."""

import json
from pathlib import Path

import pytest

from iamlab.learning.owners import Piece
from iamlab.learning.submissions import HandedIn, read_submission
from tests.learning.classes import CHOOSE, CHOSEN, POLICY, RIGHT, cell, lay, notebook, packed, saved

BOTH = {POLICY: RIGHT, CHOOSE: CHOSEN}


def answers(path: Path, inside: str = "") -> list[tuple[str, str]]:
    found = read_submission([Piece(str(path), inside)])
    assert found.notes == []
    return [(one.exercise, one.text) for one in found.answers]


def test_a_notebook(tmp_path: Path) -> None:
    """Each answer with its file and cell."""
    lay(tmp_path, {"04.ipynb": notebook(BOTH)})
    found = read_submission([Piece(str(tmp_path / "04.ipynb"))])
    assert found.answers == [HandedIn(POLICY, RIGHT, "04.ipynb", 2), HandedIn(CHOOSE, CHOSEN, "04.ipynb", 3)]


LAYOUTS = {
    "a folder": {"week-1/04.ipynb": notebook(BOTH)},
    "saved answers": {f"answers/{name}.json": saved(name, text) for name, text in BOTH.items()},
    "an answers folder alone": {f"{name}.json": saved(name, text) for name, text in BOTH.items()},
    "a ZIP": {"hw.zip": packed({"04.ipynb": notebook(BOTH)})},
    "a ZIP of answers": {
        "hw.zip": packed({f"x/answers/{name}.json": saved(name, text) for name, text in BOTH.items()})
    },
    "with a byte order mark": {"04.ipynb": b"\xef\xbb\xbf" + notebook(BOTH).encode()},
    "other files beside it": {
        "04.ipynb": notebook(BOTH),
        "package.json": "{}",
        "data.csv": "a,b",
        "broken.json": "{",
        ".ipynb_checkpoints/04-checkpoint.ipynb": notebook({POLICY: "old"}),
    },
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layouts(tmp_path: Path, layout: str) -> None:
    """The same answers, however they come; nothing is said of what is no answer."""
    assert sorted(answers(lay(tmp_path, LAYOUTS[layout]))) == sorted(BOTH.items())


def test_a_part_of_a_class_zip(tmp_path: Path) -> None:
    """Only what stands below the student's folder; their own ZIP in it is opened."""
    files = {"a/maya/hw.zip": packed({"04.ipynb": notebook(BOTH)}), "a/maya2/04.ipynb": notebook({POLICY: "other"})}
    lay(tmp_path, {"class.zip": packed(files)})
    assert answers(tmp_path / "class.zip", "a/maya") == list(BOTH.items())


def test_old_notebooks(tmp_path: Path) -> None:
    """Of nbformat 3, in which cells lie in worksheets and have an `input`."""
    cells = [{"cell_type": "code", "input": [f"%%answer {CHOOSE}\n", CHOSEN], "language": "python", "outputs": []}]
    text = json.dumps({"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": cells}]})
    assert answers(lay(tmp_path, {"old.ipynb": text})) == [(CHOOSE, CHOSEN)]


def test_only_code_cells_answer(tmp_path: Path) -> None:
    """Not text, raw cells, outputs or attachments."""
    said = f"%%answer {POLICY}\n{RIGHT}"
    output = {"output_type": "stream", "name": "stdout", "text": said}
    cells = [cell(said, "markdown"), cell(said, "raw"), {**cell("1"), "outputs": [output]}]
    assert answers(lay(tmp_path, {"04.ipynb": notebook({}, *cells)})) == []


def test_a_notebook_that_is_cut_off(tmp_path: Path) -> None:
    """The cells before that place are read, and the place is told."""
    text = json.dumps(json.loads(notebook(BOTH)), indent=1)
    lay(tmp_path, {"04.ipynb": text[: text.index(CHOOSE) + 5]})
    found = read_submission([Piece(str(tmp_path))])
    assert [one.exercise for one in found.answers] == [POLICY]
    line = text[: text.index(CHOOSE)].count("\n") + 1
    assert found.notes == [f"`04.ipynb` is cut off or broken at line {line}; 1 answer could be read before that."]


NOTED = {
    "no JSON": (
        {"04.ipynb": "hello"},
        "`04.ipynb` is cut off or broken at line 1; 0 answers could be read before that.",
    ),
    "no notebook": ({"04.ipynb": "[]"}, "`04.ipynb` is no notebook."),
    "no cells": ({"04.ipynb": "{}"}, "`04.ipynb` is no notebook: it has no cells."),
    "not UTF-8": ({"04.ipynb": b'{"a": "\xff"}'}, "`04.ipynb` is not UTF-8, and JSON is."),
    "no ZIP": ({"hw.zip": "PK"}, "`hw.zip` is no ZIP file that can be read: File is not a zip file."),
    "no answer": ({"answers/x.json": "[]"}, "`answers/x.json` is no saved answer."),
    "broken answer": ({"answers/x.json": "{"}, "`answers/x.json` is no JSON that can be read."),
    "renamed answer": (
        {"answers/copy.json": saved(POLICY, RIGHT)},
        f"`answers/copy.json` is named otherwise than its exercise, `{POLICY}`, and does not count.",
    ),
    "no name": (
        {"04.ipynb": notebook({"../x": "1"})},
        "`04.ipynb` has an answer to `../x`, which is no exercise's name.",
    ),
}


@pytest.mark.parametrize(("files", "note"), NOTED.values(), ids=NOTED)
def test_what_cannot_be_read_is_told(tmp_path: Path, files: dict[str, str | bytes], note: str) -> None:
    """In a sentence that names the file."""
    found = read_submission([Piece(str(lay(tmp_path, files)))])
    assert (found.answers, found.notes) == ([], [note])


def test_nothing_there(tmp_path: Path) -> None:
    """What is gone by the time it is read is told, too."""
    assert read_submission([Piece(str(tmp_path / "gone.ipynb"))]).notes == ["`gone.ipynb` No such file or directory."]
    assert read_submission([]).answers == []
