"""Rosters: what is read of them, and what is wrong with those that cannot be used."""

from pathlib import Path

import pytest

from iamlab.learning.roster import RosterError, Student, load_roster, read_roster

READ = [
    ("commas", "id,name\nmaya,Maya Lindqvist\n", [("maya", "Maya Lindqvist")]),
    ("semicolons", "ID;Name\r\nmaya;Lindqvist, Maya\r\n", [("maya", "Lindqvist, Maya")]),
    ("tabs", "name\tid\nMaya\tmaya\n", [("maya", "Maya")]),
    ("ids alone", "id\nmaya\n\nbo\n", [("maya", ""), ("bo", "")]),
    ("no id in a line", "id,name\n,Nobody\nbo,Bo\n", [("bo", "Bo")]),
    ("short and long lines", "id,name\nmaya\nbo,Bo,x,y\n", [("maya", ""), ("bo", "Bo")]),
    ("quoted", 'id,name\n"maya","Maya ""M"" Lindqvist"\n', [("maya", 'Maya "M" Lindqvist')]),
]


@pytest.mark.parametrize(("text", "students"), [case[1:] for case in READ], ids=[case[0] for case in READ])
def test_reading(text: str, students: list[tuple[str, str]]) -> None:
    """Ids and names, whichever character separates and wherever the columns stand."""
    assert [(one.id, one.name) for one in read_roster(text)] == students


def test_other_columns_are_kept() -> None:
    """Canvas' and Moodle's numbers among them, by their names in lower case."""
    (student,) = read_roster("id,Canvas_ID,Email\nmaya,123,maya@example.edu\n")
    assert student == Student("maya", "", {"id": "maya", "canvas_id": "123", "email": "maya@example.edu"})


REFUSED = [
    ("empty", "", "no column `id`"),
    ("other columns", "student,name\nmaya,Maya\n", "no column `id`"),
    ("twice", "id\nmaya\nmaya\n", "the id `maya` twice; the second time on line 3"),
    ("no CSV", 'id\n"' + "x" * 200_000 + "\n", "no CSV"),
]


@pytest.mark.parametrize(("text", "said"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_refused(text: str, said: str) -> None:
    """One sentence says what is wrong."""
    with pytest.raises(RosterError, match=said):
        read_roster(text)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    """A missing file, and one that is not UTF-8; a byte order mark is no matter."""
    with pytest.raises(RosterError, match="cannot be read"):
        load_roster(tmp_path / "roster.csv")
    (tmp_path / "roster.csv").write_bytes("id,name\nmaya,Zoë".encode("latin-1"))
    with pytest.raises(RosterError, match="not UTF-8"):
        load_roster(tmp_path / "roster.csv")
    (tmp_path / "roster.csv").write_bytes(b"\xef\xbb\xbfid\nmaya\n")
    assert [one.id for one in load_roster(tmp_path / "roster.csv")] == ["maya"]
