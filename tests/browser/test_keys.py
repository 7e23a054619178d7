"""Keys between the widget and its hosts, in JupyterLab and in Notebook 7."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.cells import SETUP, opening
from tests.browser.notebook import Notebook

pytestmark = pytest.mark.browser

Open = Callable[..., Notebook]
apps = pytest.mark.parametrize("app", ["lab", "notebook"])
COMMANDS = ["a", "b", "c", "x", "v", "z", "j", "k", "m", "y", "r", "1", "Shift+M", "ArrowLeft", "ArrowRight", "d", "d"]


@apps
def test_run_keys_and_command_keys(opened: Open, screenshots: Path, app: str) -> None:
    """Shift-Enter and Ctrl-Enter in the editor run the cell; command mode's keys in rows do nothing to the notebook."""
    book = opened(SETUP, opening(f"keys-{app}"), "after = 1", app=app)
    book.run_all()
    editor = book.editor()
    book.page.screenshot(path=screenshots / f"editor-in-{app}.png")
    _shift_enter_runs(book)
    editor = book.editor()
    editor.line_end(2)
    book.page.keyboard.press("Control+Enter")
    expect(book.prompt(1)).to_have_text("[5]:")
    assert editor.text().count("\n") == 16

    editor = book.editor()
    _command_keys_do_nothing(book)
    editor.rows.first.focus()
    book.page.keyboard.press("Control+Enter")
    expect(book.prompt(1)).to_have_text("[6]:")


def _shift_enter_runs(book: Notebook) -> None:
    editor = book.editor()
    editor.line_end(2)
    expect(book.prompt(1)).to_have_text("[2]:")
    book.page.keyboard.press("Shift+Enter")
    expect(book.prompt(1)).to_have_text("[4]:")
    assert book.editor().text().count("\n") == 16


def _command_keys_do_nothing(book: Notebook) -> None:
    editor = book.editor()
    for place in (editor.rows.first, editor.root.get_by_role("button", name="Format")):
        place.focus()
        for key in COMMANDS:
            book.page.keyboard.press(key)
        assert book.cells() == 3
        expect(place).to_be_focused()
    assert book.mode() == "command"


@apps
def test_typing_and_leaving(opened: Open, app: str) -> None:
    """Letters are typed, undo stays in the editor, Tab indents, Escape then Tab leaves it."""
    book = opened("x = 1", SETUP, opening(f"leaving-{app}"), app=app)
    book.run_all()
    editor = book.editor()
    start = editor.text()
    editor.line_end(2)
    book.page.keyboard.type("ab")
    book.page.keyboard.press("Escape")
    assert editor.text() == start.replace('"2012-10-17",', '"2012-10-17",ab')
    for _ in range(5):
        book.page.keyboard.press("Control+z")
    assert editor.text() == start
    assert book.page.evaluate("jupyterapp.shell.currentWidget.content.widgets[0].model.sharedModel.source") == "x = 1"
    editor.caret(3, 1)
    book.page.keyboard.press("Tab")
    assert editor.text() != start
    expect(editor.content).to_be_focused()
    book.page.keyboard.press("Escape")
    book.page.keyboard.press("Tab")
    expect(editor.content).not_to_be_focused()
    assert editor.root.evaluate("root => root.contains(document.activeElement)")


def test_run_from_a_field_of_the_form(opened: Open) -> None:
    """Shift-Enter in a field of the what-if form runs the cell too."""
    book = opened(SETUP, opening("field"))
    book.run_all()
    editor = book.editor()
    editor.root.get_by_role("button", name="Ask about another request").click()
    editor.root.get_by_label("Resource").press("Shift+Enter")
    expect(book.prompt(1)).to_have_text("[3]:")
