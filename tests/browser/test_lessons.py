"""The lessons as a learner meets them: opened, run from top to bottom, their editors typed into."""

from __future__ import annotations

import re

import nbformat
import pytest
from playwright.sync_api import Page, expect

from tests.browser.lab import Lab
from tests.browser.notebook import Notebook

pytestmark = pytest.mark.browser

LESSONS = ["00-start-here.ipynb", "04-policy-elements.ipynb"]


@pytest.mark.parametrize("name", LESSONS)
def test_lesson(lab: Lab, page: Page, screenshots, name: str) -> None:  # type: ignore[no-untyped-def]
    """Every cell runs without an error; each editor has verdicts; breaking and mending the JSON shows and heals."""
    book = Notebook(page, lab.address(name))
    book.run_all()
    editor = book.editor()
    assert page.locator(".jp-RenderedText[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    for number in range(page.locator(".iam").count()):
        other = book.editor(number)
        expect(other.rows.first.locator(".iam-d")).not_to_be_empty()
        expect(other.root.locator(".iam-notice")).to_be_empty()

    fine, verdicts = editor.text(), editor.verdicts()
    editor.caret(1, 2)
    page.keyboard.type(",")
    expect(editor.problems.first).to_be_visible()
    expect(editor.rows.first).to_contain_text("Not decided")
    page.screenshot(path=screenshots / f"{name.removesuffix('.ipynb')}-broken.png")
    page.keyboard.press("Backspace")
    expect(editor.problems).to_have_count(0)
    assert (editor.text(), editor.verdicts()) == (fine, verdicts)
    editor.root.evaluate("root => root.scrollIntoView({block: 'center'})")
    page.screenshot(path=screenshots / f"{name.removesuffix('.ipynb')}.png")
    assert book.faults == []


OPENS = re.compile(r"^(?:stepper|exercise|policy_editor)\(", re.MULTILINE)


@pytest.mark.parametrize("name", ["05-evaluation-order.ipynb", "08-exam-scenarios.ipynb"])
def test_lesson_of_many_widgets(lab: Lab, page: Page, screenshots, name: str) -> None:  # type: ignore[no-untyped-def]
    """Every cell runs without an error, and each that opens a widget shows one."""
    cells = nbformat.read(lab.folder / name, as_version=4).cells
    opened = sum(len(OPENS.findall(cell.source)) for cell in cells if cell.cell_type == "code")
    book = Notebook(page, lab.address(name))
    book.run_all()
    expect(page.locator(".iam")).to_have_count(opened)
    assert page.locator(".jp-RenderedText[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    first = page.locator(".iam").first
    first.evaluate("root => root.scrollIntoView({block: 'start'})")
    first.get_by_role("button", name="Reset").focus()
    page.screenshot(path=screenshots / f"{name.removesuffix('.ipynb')}.png")
    assert book.faults == []
