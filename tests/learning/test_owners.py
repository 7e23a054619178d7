"""Whose a submission is, in every layout; nobody gets what might be somebody else's."""

from pathlib import Path

import pytest

from iamlab.learning.owners import Owners, Piece, find_submissions
from iamlab.learning.roster import Student
from tests.learning.classes import lay, packed

CLASS = [
    Student("maya", "Maya Lindqvist", {"canvas_id": "101", "moodle_id": "9001"}),
    Student("maya2", "Maya Chen", {"canvas_id": "102"}),
    Student("b.okafor", "Bo Okafor"),
    Student("chen", "Ana Maria Chen"),
    Student("Erik", "Jo Park"),
    Student("erik", "Jo Park"),
    Student("s12345", "Zoë Åström"),
    Student("07", "Ina Ito"),
]
NAMES = [
    ("maya", "maya"),
    ("MAYA.ipynb", "maya"),
    ("maya.zip", "maya"),
    ("b.okafor", "b.okafor"),
    ("Erik", "Erik"),
    ("erik.zip", "erik"),
    ("ERIK", None),
    ("07", "07"),
    ("Maya Lindqvist.zip", "maya"),
    ("Lindqvist, Maya.ipynb", "maya"),
    ("Jo Park.ipynb", None),
    ("week1_maya.ipynb", "maya"),
    ("week1-maya2-final.ipynb", "maya2"),
    ("hw (s12345).ipynb", "s12345"),
    ("chen and maya.ipynb", None),
    ("mayas.ipynb", None),
    ("08-exam-scenarios.ipynb", None),
    ("04-policy-elements.ipynb", None),
    ("Maya Lindqvist_4711_assignsubmission_file_", "maya"),
    ("Zoë Åström_17_assignsubmission_file", "s12345"),
    ("Participant_9001_assignsubmission_file_", "maya"),
    ("Jo Park_1_assignsubmission_file_", None),
    ("Somebody Else_maya_12_assignsubmission_file_", None),
    ("lindqvistmaya_101_55_04-policy-elements.ipynb", "maya"),
    ("lindqvistmaya_LATE_999_55_week.zip", "maya"),
    ("chenanamaria_7_8_hw-1.ipynb", "chen"),
    ("someoneelse_102_9_hw.ipynb", "maya2"),
    ("lindqvistmaya_101_55_chen.ipynb", "maya"),
    ("nobody_7_8_maya.ipynb", None),
]


@pytest.mark.parametrize(("name", "owner"), NAMES, ids=[case[0] for case in NAMES])
def test_names(name: str, owner: str | None) -> None:
    """Ids and names in the folders and files of nbgrader, Moodle and Canvas, and of people; where unsure, nobody's."""
    assert Owners(CLASS).of(name) == owner


def given(folder: Path) -> dict[str, list[tuple[str, str]]]:
    """What is found in a folder, by student: the places of pieces."""
    found = find_submissions([folder], CLASS)
    return {
        student: [(Path(piece.path).relative_to(folder.resolve()).as_posix(), piece.inside) for piece in pieces]
        for student, pieces in found.pieces.items()
        if pieces
    }


def test_nbgraders_course(tmp_path: Path) -> None:
    """Only what was submitted, not the instructor's copies beside it."""
    names = ("submitted/maya/ps1/p.ipynb", "autograded/maya/ps1/p.ipynb", "source/ps1/p.ipynb", "submitted/chen/x")
    lay(tmp_path, dict.fromkeys(names, "{}"))
    assert given(tmp_path) == {"maya": [("submitted/maya", "")], "chen": [("submitted/chen", "")]}


def test_a_class_in_one_zip(tmp_path: Path) -> None:
    """Folders as of Moodle, files as of Canvas, with folders around them; what is nobody's is told."""
    files = {
        "all/Maya Lindqvist_1_assignsubmission_file_/04.ipynb": "{}",
        "all/Maya Lindqvist_1_assignsubmission_file_/answers/x.json": "{}",
        "all/chenanamaria_7_8_hw.ipynb": "{}",
        "all/stranger.ipynb": "{}",
        "all/readme.txt": "",
        "__MACOSX/all/._stranger.ipynb": "",
        "../maya/evil.ipynb": "{}",
    }
    lay(tmp_path, {"week.zip": packed(files)})
    inside = "all/Maya Lindqvist_1_assignsubmission_file_"
    assert given(tmp_path) == {"maya": [("week.zip", inside)], "chen": [("week.zip", "all/chenanamaria_7_8_hw.ipynb")]}
    left = find_submissions([tmp_path / "week.zip"], CLASS).left
    assert left == [
        "`week.zip/all/stranger.ipynb`: no student of the roster is named in it.",
        "`week.zip/../maya/evil.ipynb`: it would lead out of its folder.",
    ]


def test_a_class_folder_that_carries_an_id(tmp_path: Path) -> None:
    """Its name, among other words, does not make the class one student's; its own name alone does."""
    lay(tmp_path, {"week1-chen/maya/p.ipynb": "{}", "chen/p.ipynb": "{}"})
    assert given(tmp_path / "week1-chen") == {"maya": [("maya", "")]}
    assert given(tmp_path / "chen") == {"chen": [(".", "")]}


def test_single_files_and_several_pieces(tmp_path: Path) -> None:
    """A student's files are put together, wherever they come from."""
    lay(tmp_path, {"a/maya.ipynb": "{}", "b/week2-maya.zip": b"", "other.ipynb": "{}"})
    found = find_submissions([tmp_path / "a", tmp_path / "b/week2-maya.zip", tmp_path / "other.ipynb"], CLASS)
    assert found.pieces["maya"] == [Piece(str(tmp_path / "a/maya.ipynb")), Piece(str(tmp_path / "b/week2-maya.zip"))]
    assert found.left == ["`other.ipynb`: no student of the roster is named in it."]


def test_links_and_broken_zips_are_told(tmp_path: Path) -> None:
    """Neither stops the class."""
    lay(tmp_path, {"secret/p.ipynb": "{}", "in/class.zip": b"no ZIP", "in/chen/p.ipynb": "{}"})
    (tmp_path / "in/maya").symlink_to(tmp_path / "secret")
    found = find_submissions([tmp_path / "in"], CLASS)
    assert [student for student, pieces in found.pieces.items() if pieces] == ["chen"]
    assert found.left == [
        "`class.zip`: it is no ZIP file that can be read: File is not a zip file.",
        "`maya`: it is a link, and links are not followed.",
    ]
