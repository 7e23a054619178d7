"""The checks' pages as Markdown files: `python -m iamlab.lint.pages docs/lint` writes them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from iamlab.lint.check import Check, all_checks
from iamlab.policy.kinds import KINDS
from iamlab.policy.problem import SEVERITIES

__all__ = ["pages", "write_pages"]

CLASSES = {
    "error": ("Errors", "A part of the policy does not work."),
    "security_warning": ("Security warnings", "The policy allows more than is safe."),
    "warning": ("Warnings", "A part of the policy probably does not do what was meant."),
    "suggestion": ("Suggestions", "The policy could say the same more plainly."),
}
OPENING = """# What lint finds

`iamlab lint` and the editor check a policy before it runs. Each finding has a code, which is the name that AWS's IAM
Access Analyzer gives it where it has one, and a page here: what is found, why it matters, a policy that has it, and a
better one. The classes are Access Analyzer's, the gravest first.

These pages are made from the checks themselves: `python -m iamlab.lint.pages docs/lint`.
"""


def pages() -> dict[str, str]:
    """Return every page by the name of its file."""
    return {"README.md": _index(), **{f"{check.code}.md": _page(check) for check in all_checks()}}


def write_pages(folder: Path) -> list[Path]:
    """Write the pages into a folder, remove pages of checks that are no more, and return what was written."""
    folder.mkdir(parents=True, exist_ok=True)
    made = pages()
    for old in folder.glob("*.md"):
        if old.name not in made:
            old.unlink()
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in made]


def _index() -> str:
    return "\n".join([OPENING, *(line for severity in SEVERITIES for line in _class(severity))])


def _class(severity: str) -> Iterator[str]:
    title, meaning = CLASSES[severity]
    found = [check for check in all_checks() if check.severity == severity]
    yield f"## {title}\n\n{meaning}\n"
    for heading, rows in (
        ("", [check for check in found if not check.is_reading]),
        ("While the document is read", [check for check in found if check.is_reading]),
    ):
        if rows:
            yield f"### {heading}\n" if heading else ""
            yield "| code | what |\n| --- | --- |"
            yield from (f"| [`{check.code}`]({check.code}.md) | {check.title} |" for check in rows)
            yield ""


def _page(check: Check) -> str:
    title, _, body = check.page.partition("\n")
    kinds = "every kind of policy" if len(check.kinds) == len(KINDS) else ", ".join(_labels(check))
    about = f"Class: {check.severity.replace('_', ' ')}. Looked for in: {kinds}."
    return f"# {check.code}\n\n{title}\n\n{about}\n{body}\n"


def _labels(check: Check) -> Iterator[str]:
    return (kind.label for kind in KINDS.values() if kind.name in check.kinds)


if __name__ == "__main__":
    write_pages(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/lint"))
