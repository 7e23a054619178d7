"""The instructor's overview and a student's page in a real browser: no fault by axe, light and dark, wide and narrow."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.reporting.test_class_page import pages

pytestmark = pytest.mark.browser
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.mark.parametrize("which", ["class", "student"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 800])
def test_pages(chromium: Browser, tmp_path: Path, screenshots: Path, which: str, scheme: str, width: int) -> None:
    """With every part unfolded; the page is no wider than the window."""
    (tmp_path / "page.html").write_text(pages()[which], encoding="utf-8")
    page = chromium.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page.goto((tmp_path / "page.html").as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    faults = Axe().run(page, options=RULES).response["violations"]
    assert [(fault["id"], node["target"]) for fault in faults for node in fault["nodes"]] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.screenshot(path=screenshots / f"{which}-page-{width}-{scheme}.png", full_page=True)
    page.close()


def test_the_keyboard_unfolds_a_mistake(chromium: Browser, tmp_path: Path) -> None:
    """Tab goes from one to the next, Enter opens; the first is open from the start."""
    (tmp_path / "page.html").write_text(pages()["class"], encoding="utf-8")
    page = chromium.new_page()
    page.goto((tmp_path / "page.html").as_uri())
    folds = page.locator("details")
    expect(folds.nth(0)).to_have_attribute("open", "")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(folds.nth(1).locator("summary")).to_be_focused()
    page.keyboard.press("Enter")
    expect(folds.nth(1)).to_have_attribute("open", "")
    page.close()
