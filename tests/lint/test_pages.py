"""The committed pages in `docs/lint` are those of the checks."""

import re
from pathlib import Path

from iamlab.lint import all_checks
from iamlab.lint.pages import pages, write_pages

DOCS = Path(__file__).parents[2] / "docs" / "lint"


def test_committed_pages_are_current() -> None:
    """Run `python -m iamlab.lint.pages docs/lint` where this fails."""
    committed = {file.name: file.read_text(encoding="utf-8") for file in DOCS.glob("*.md")}
    assert sorted(committed) == sorted(pages())
    assert [name for name, text in pages().items() if committed[name] != text] == []


def test_index_names_each_check_once() -> None:
    """The index has a line for every check, with a link to its page."""
    links = re.findall(r"\]\((\S+?)\.md\)", pages()["README.md"])
    assert sorted(links) == [check.code for check in all_checks()]


def test_writing_removes_pages_of_checks_that_are_no_more(tmp_path: Path) -> None:
    """A page whose check is gone goes too; other files stay."""
    (tmp_path / "gone-check.md").write_text("old")
    (tmp_path / "picture.png").write_text("kept")
    write_pages(tmp_path)
    assert not (tmp_path / "gone-check.md").exists()
    assert (tmp_path / "picture.png").exists()
    assert (tmp_path / "README.md").read_text(encoding="utf-8").startswith("# What lint finds")
