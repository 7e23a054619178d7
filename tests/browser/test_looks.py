"""How the widget looks: themes, widths, accessibility. The pictures are kept, to be looked at."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.browser.cells import SETUP, opening
from tests.browser.chromium import new_page
from tests.browser.lab import REPOSITORY, Lab, write_notebook
from tests.browser.notebook import Editor, Notebook

pytestmark = pytest.mark.browser

SIZES = [(1280, 1000), (800, 1400)]
SIDEBAR = "jupyterapp.shell.leftCollapsed || jupyterapp.commands.execute('application:toggle-left-area')"


def fine(editor: Editor) -> None:
    """Nothing is wrong."""
    editor.caret(8, 59)


def broken(editor: Editor) -> None:
    """A comma is missing."""
    editor.line_end(7)
    editor.page.keyboard.press("Backspace")
    expect(editor.problems).to_have_count(1)
    expect(editor.rows.first).to_contain_text("Not decided")


def chosen(editor: Editor) -> None:
    """The denied request is opened."""
    editor.row("sagemaker:DeleteModel").click()


def nearest(editor: Editor) -> None:
    """A request that nothing allows is opened."""
    editor.row("s3:ListBucket").click()


def completing(editor: Editor) -> None:
    """The list of actions is open."""
    editor.caret(7, 46)
    for _ in range(5):
        editor.page.keyboard.press("Backspace")
    editor.page.keyboard.type("b")
    expect(editor.completions.locator(".cm-completionInfo")).to_be_visible()


def asking(editor: Editor) -> None:
    """The what-if form is open and answers."""
    editor.root.get_by_role("button", name="Ask about another request").click()
    editor.root.get_by_role("button", name="Add a context key").click()
    editor.page.keyboard.insert_text("aws:SourceIp")
    editor.root.get_by_label("Value").fill("198.51.100.24")
    expect(editor.root.locator(".answer")).to_contain_text("Allowed")


STATES = [fine, broken, chosen, nearest, completing, asking]


def restore(editor: Editor) -> None:
    """Close whatever a state opened."""
    for opened in editor.root.locator(".iam-row[aria-expanded=true]").all():
        opened.click()
    cancel = editor.root.get_by_role("button", name="Cancel")
    if cancel.count():
        cancel.click()
    editor.page.keyboard.press("Escape")
    editor.reset()
    expect(editor.counts).to_have_text("2 allowed, 2 implicitly denied, 1 explicitly denied")


def serious(page_faults: dict) -> list[str]:  # type: ignore[type-arg]
    """The faults that axe calls serious or critical, in words."""
    return [
        f"{fault['id']}: {node['target']}"
        for fault in page_faults["violations"]
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]


@pytest.mark.parametrize("theme", ["Light", "Dark"])
@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_state(shared: Notebook, screenshots: Path, theme: str, state) -> None:  # type: ignore[no-untyped-def]
    """Every state is free of serious faults in both themes, and fits its cell at both widths."""
    shared.page.evaluate(SIDEBAR)
    shared.theme(theme)
    editor = shared.editor()
    editor.root.evaluate("root => root.scrollIntoView()")
    state(editor)
    faults = [
        found for root in (".iam", ".iam-layer") for found in serious(Axe().run(shared.page, context=root).response)
    ]
    assert faults == []
    for width, height in SIZES:
        shared.page.set_viewport_size({"width": width, "height": height})
        editor.root.evaluate("root => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        name = f"editor-{state.__name__}{'' if width == 1280 else f'-{width}'}-{theme.lower()}.png"
        if state is completing:
            shared.page.screenshot(path=screenshots / name)
        else:
            editor.root.screenshot(path=screenshots / name)
        assert editor.root.evaluate("root => root.scrollWidth <= root.clientWidth")
    shared.page.set_viewport_size({"width": 1280, "height": 1000})
    restore(editor)


def test_dark_follows_at_once(shared: Notebook) -> None:
    """The theme's switch reaches the editor and the list on the page, with nothing run again."""
    editor = shared.editor()
    background = "element => getComputedStyle(element).backgroundColor"
    shared.theme("Light")
    light = editor.root.locator(".iam-ed").evaluate(background)
    completing(editor)
    light_list = editor.completions.evaluate(background)
    shared.theme("Dark")
    assert editor.root.locator(".iam-ed").evaluate(background) != light
    assert editor.completions.evaluate(background) != light_list
    shared.theme("Light")
    restore(editor)


def test_picture_for_the_readme(lab: Lab, chromium: Browser, screenshots: Path) -> None:
    """The README's picture is one of these; IAMLAB_UPDATE_IMAGES=1 puts the new one in its place."""
    write_notebook(lab.folder / "picture.ipynb", [SETUP, opening("picture")])
    page = new_page(chromium, scale=2)
    page.set_viewport_size({"width": 1180, "height": 1100})
    book = Notebook(page, lab.address("picture.ipynb"))
    page.evaluate(SIDEBAR)
    book.theme("Light")
    book.run_all()
    editor = book.editor()
    chosen(editor)
    expect(editor.root.locator(".cm-line.w-explicitDeny")).to_have_count(6)
    page.mouse.move(5, 5)
    editor.root.evaluate("root => root.scrollIntoView({ block: 'center' })")
    picture = screenshots / "policy-editor.png"
    editor.root.screenshot(path=picture)
    page.close()
    kept = REPOSITORY / "docs" / "images" / "policy-editor.png"
    if os.environ.get("IAMLAB_UPDATE_IMAGES"):
        kept.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(picture, kept)
    assert kept.stat().st_size > 10_000
