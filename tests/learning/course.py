"""A small course and a learner's folder, for tests of laying lessons."""

from pathlib import Path

from iamlab.learning.lessons import FIRST

NAMES = (f"notebooks/{FIRST}", "notebooks/04-policy-elements.ipynb", "exercises/04-elements/first.ipynb")
MANIFEST = Path(".iamlab") / "lessons.json"


def write(path: Path, text: str) -> None:
    """Write a file, and the folders that it needs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def write_course(root: Path) -> Path:
    """Write a course of two lessons and one exercise, as the wheel carries it, and what an author leaves beside them."""
    for name in NAMES:
        write(root / name, f"first edition of {name}")
    write(root / "notebooks/.ipynb_checkpoints/draft.ipynb", "hidden")
    write(root / "notebooks/answers/s3-read-write.json", "{}")
    return root


def files(folder: Path) -> dict[str, str]:
    """Every file of a folder with its text; the manifest aside."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != MANIFEST.name)
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in found}
