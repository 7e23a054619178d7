"""What is kept, and what is not: the learner's text is, the editor's code in the notebook is not."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.cells import SETUP, opening
from tests.browser.lab import Lab, end_kernels
from tests.browser.notebook import Notebook

pytestmark = pytest.mark.browser

Open = Callable[..., Notebook]


def test_text_comes_back(opened: Open, lab: Lab) -> None:
    """Running the cell again, restarting the kernel and running all: the typed text is there each time."""
    book = opened(SETUP, opening("comes-back"))
    book.run_all()
    editor = book.editor()
    editor.caret(7, 22)
    book.page.keyboard.type("X")
    book.page.keyboard.press("Shift+Enter")
    expect(book.prompt(1)).to_have_text("[3]:")
    editor = book.editor()
    assert "s3:XGetObject" in editor.text()

    editor.caret(7, 22)
    book.page.keyboard.type("Y")
    expect(editor.row("s3:GetObject").locator(".iam-d")).to_have_text("Implicit deny")
    draft = lab.folder / ".iamlab" / "drafts" / "comes-back.json"
    _until(book, lambda: "YXGetObject" in draft.read_text(encoding="utf-8"))
    book.restart()
    book.run_all()
    editor = book.editor()
    assert "s3:YXGetObject" in editor.text()
    editor.reset()
    expect(editor.row("s3:GetObject").locator(".iam-d")).to_have_text("Allowed")


def _until(book: Notebook, holds: Callable[[], bool], tries: int = 100) -> None:
    """Wait for the file, a frame of the page at a time."""
    for _ in range(tries):
        if holds():
            return
        book.page.evaluate("new Promise(done => setTimeout(done, 20))")
    raise AssertionError("It did not come.")


def test_lost_kernel_is_said(opened: Open) -> None:
    """A kernel that is gone is told of in one sentence; typing goes on, and comes along when the cell runs again."""
    book = opened(SETUP, opening("lost"))
    book.run_all()
    editor = book.editor()
    book.restart()
    editor.caret(7, 22)
    book.page.keyboard.type("Z")
    expect(editor.root.locator(".iam-notice")).to_contain_text("The kernel does not answer.")
    assert "s3:ZGetObject" in editor.text()
    book.run_all()
    again = book.editor()
    expect(again.row("s3:GetObject").locator(".iam-d")).to_have_text("Implicit deny")
    assert "s3:ZGetObject" in again.text()
    expect(again.root.locator(".iam-notice")).to_be_empty()


def test_two_views_are_equal(opened: Open) -> None:
    """What is typed in one view stands in the other, with the same verdicts."""
    book = opened(SETUP, opening("views"), "editor")
    book.run_all()
    first, second = book.editor(0), book.editor(1)
    first.caret(7, 22)
    book.page.keyboard.type("X")
    expect(second.row("s3:GetObject").locator(".iam-d")).to_have_text("Implicit deny")
    assert first.text() == second.text()
    second.caret(7, 22)
    book.page.keyboard.press("Delete")
    expect(first.row("s3:GetObject").locator(".iam-d")).to_have_text("Allowed")
    assert first.text() == second.text()


def test_later_editor_takes_over(opened: Open) -> None:
    """Two editors with one name in one kernel: the earlier says that it moved, and is only read."""
    book = opened(SETUP, opening("one-name"))
    book.run_all()
    first = book.editor()
    book.kernel("second = policy_editor(POLICY, REQUESTS, name='one-name')")
    expect(first.root.locator(".iam-notice")).to_contain_text("opened again elsewhere")
    before = first.text()
    first.caret(1, 1)
    book.page.keyboard.type("x")
    assert first.text() == before


def test_code_is_sent_once_and_never_saved(opened: Open, lab: Lab) -> None:
    """Three editors: the code comes in one message. The saved notebook holds the widgets' state, and no code."""
    book = opened(SETUP, *(opening(f"many-{n}") for n in range(3)))
    book.run_all()
    for number in range(3):
        book.editor(number)
    assert book.codes_sent == 1
    book.save()
    saved = _saved(lab.folder, "test_code_is_sent_once_and_never_saved.ipynb")
    states = saved["metadata"]["widgets"]["application/vnd.jupyter.widget-state+json"]["state"]
    editors = [state for state in states.values() if state["model_name"] == "AnyModel"]
    assert len(editors) == 3
    assert all(len(state["state"]["_esm"]) < 3_000 and not state["state"].get("_css") for state in editors)
    assert len(json.dumps(saved)) < 60_000


def test_saved_notebook_without_its_kernel(opened: Open, lab: Lab) -> None:
    """An editor whose kernel is gone says what to do, and does not keep the next one waiting."""
    book = opened(SETUP, opening("left"))
    book.run_all()
    book.editor()
    book.save()
    end_kernels(lab)
    book.page.reload()
    output = book.page.locator(".jp-OutputArea-output").first
    expect(output).to_contain_text("If the kernel is gone, run this cell again", timeout=20_000)
    book.wait_idle()
    book.run_all()
    assert book.editor().verdicts()[0] == "Allowed"


def _saved(folder: Path, name: str) -> dict:  # type: ignore[type-arg]
    return json.loads((folder / name).read_text(encoding="utf-8"))  # type: ignore[no-any-return]
