"""Answer cells: what the magic sees is what grading reads from the file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iamlab.learning.answer_cells import BEGIN_SOLUTION, END_SOLUTION, answer_cell, answers_in, read_answer_cell

CELLS = [
    ("plain", "%%answer s3-read-write\n{}", ("s3-read-write", "{}")),
    ("empty", "%%answer s3-read-write", ("s3-read-write", "")),
    ("lines above", "\n\n%%answer s3-read-write\n{}\n\n", ("s3-read-write", "{}")),
    ("quoted", "%%answer 's3-read-write'\n[]", ("s3-read-write", "[]")),
    ("a remark behind the name", "%%answer s3-read-write my second try\n[]", ("s3-read-write", "[]")),
    ("Windows' line ends", "%%answer s3-read-write\r\n{\r\n}", ("s3-read-write", "{\r\n}")),
    ("no name", "%%answer\n{}", ("", "{}")),
    ("a solution", f"%%answer a\n{BEGIN_SOLUTION}\n[]\n  {END_SOLUTION}", ("a", "[]")),
    ("marks within a line stay", f'%%answer a\n["{BEGIN_SOLUTION}"]', ("a", f'["{BEGIN_SOLUTION}"]')),
]


@pytest.mark.parametrize(("source", "said"), [case[1:] for case in CELLS], ids=[case[0] for case in CELLS])
def test_an_answer_cell(source, said):
    """Its first line names the exercise; the rest is the answer, without the marks of a solution."""
    assert read_answer_cell(source) == said


@pytest.mark.parametrize(
    "source", ["", "print(1)", "%%answers a\n[]", "x = 1\n%%answer a\n[]", "# %%answer a", "%answer a"]
)
def test_any_other_cell(source):
    """Only the magic on the first line makes an answer cell."""
    assert read_answer_cell(source) is None


@given(st.text())
def test_what_is_written_is_read(text):
    """Any text comes back, but for the space around it and lines that mark a solution."""
    said = read_answer_cell(answer_cell("a-name", text))
    assert said is not None
    assert said.name == "a-name"
    assert said.text == text.strip() or "SOLUTION" in text


def test_of_a_notebook():
    """All answer cells in their order, sources as texts or as lists of lines; what is no cell is passed over."""
    cells = [
        {"cell_type": "code", "source": ["%%answer a\n", "[1]"]},
        {"cell_type": "markdown", "source": "%%answer b\n[2]"},
        {"cell_type": "code", "source": 5},
        {"cell_type": "code", "source": ["%%answer c\n", None]},
        {"cell_type": "code"},
        "no cell",
        {"cell_type": "code", "source": "%%answer a\n[3]"},
    ]
    assert answers_in(cells) == [("a", "[1]"), ("c", ""), ("a", "[3]")]


def test_a_huge_cell():
    """A cell of many megabytes is read in a moment."""
    said = read_answer_cell(f"%%answer {'n' * 1_000_000}\n{'[' * 5_000_000}")
    assert said is not None
    assert len(said.name) < 1_000
    assert len(said.text) == 5_000_000
