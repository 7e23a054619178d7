"""What students hand in, for tests of grading a class: notebooks, saved answers, and ZIP files of them."""

import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from iamlab.learning.answer_cells import answer_cell
from iamlab.learning.exercise import find_exercise
from iamlab.learning.student_grading import grade_pieces
from iamlab.learning.verify import make_kind

POLICY, CHOOSE = "s3-read-write", "the-action-behind-the-call"
RIGHT = find_exercise(POLICY).solution.answer.strip()
WRONG = RIGHT.replace('"s3:PutObject"', '"s3:*"')
"""It also allows `s3:DeleteObject`, and so gets half of the points."""
CHOSEN = make_kind(find_exercise(CHOOSE)).solved()
grade = grade_pieces


def cell(source: str, kind: str = "code", **more: object) -> dict[str, object]:
    """A cell of a notebook."""
    outputs = {"outputs": [], "execution_count": None} if kind == "code" else {}
    return {"cell_type": kind, "source": source, "metadata": {}, **outputs, **more}


def notebook(answers: Mapping[str, str] | Iterable[tuple[str, str]], *others: dict[str, object], **more: object) -> str:
    """A notebook with answer cells, and other cells below."""
    pairs = answers.items() if isinstance(answers, Mapping) else answers
    cells = [cell("%load_ext iamlab"), *(cell(answer_cell(name, text)) for name, text in pairs), *others]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5, **more})


def saved(exercise: str, answer: str, **more: object) -> str:
    """An answer file, as an exercise panel saves it."""
    base = {"format": 1, "exercise": exercise, "seed": None, "start": "", "answer": answer, "saved": "", "stamp": ""}
    return json.dumps({**base, "events": [], **more})


def lay(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files into a folder, and return it."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def packed(files: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP file's content."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return content.getvalue()
