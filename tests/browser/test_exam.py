"""A mock exam as people take it: by keyboard alone, with a kernel that is killed in the middle, in both themes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.browser.lab import Lab, end_kernels, write_notebook
from tests.browser.notebook import Notebook
from tests.browser.test_exercise import tab_to
from tests.browser.test_looks import SIDEBAR, SIZES, serious
from tests.learning.exam_bank import write_bank

pytestmark = pytest.mark.browser

BANK = """
from pathlib import Path
from tests.learning.exam_bank import use_bank
use_bank(Path({root!r}))
from iamlab import exam
"""
LETTERS = {"choose-one": ["Explicit deny"], "several": ["A user", "A role's session"]}
"""What is chosen by letters."""


@pytest.fixture(scope="module")
def book(lab: Lab, shared_page: Page, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Notebook]:
    """A notebook with an exam of all the small bank's questions, which the tests of this file share in their order."""
    root = write_bank(tmp_path_factory.mktemp("bank"))
    setup = BANK.format(root=str(root))
    write_notebook(lab.folder / "exam.ipynb", [setup, 'exam(8, 35, seed="browser")'])
    book = Notebook(shared_page, lab.address("exam.ipynb"))
    shared_page.evaluate(SIDEBAR)
    book.run_all()
    yield book
    end_kernels(lab)
    assert book.faults == []


@pytest.fixture
def root(book: Notebook) -> Locator:
    """The exam in its page."""
    found = book.page.locator('.iam[aria-label="Mock exam"]')
    expect(found).to_have_attribute("data-face", re.compile("."), timeout=30_000)
    return found


def title(root: Locator) -> Locator:
    return root.locator(".iam-bar h3")


def asked(root: Locator) -> str:
    """The name of the question that is shown."""
    return root.locator(".iam-task").inner_text().removeprefix("What holds of ").removesuffix("?")


def press(page: Page, root: Locator, keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def letter(group: Locator, text: str) -> str:
    """The letter of an option, as it is shown."""
    option = group.locator(".iam-opt").filter(has_text=re.compile(f"^[a-e]?{re.escape(text)}$"))
    return option.locator(".key").inner_text()


def choose(page: Page, root: Locator, name: str) -> None:
    """Answer by letters what is answered by letters."""
    groups = root.locator(".iam-question")
    if name == "diagnose-one":
        press(page, root, letter(groups.first, "Identity-based"))
        tab_to(page, groups.nth(1).get_by_role("radio").first)
        press(page, root, letter(groups.nth(1), "A Deny less"))
    for text in LETTERS.get(name, []):
        press(page, root, letter(groups.first, text))


def match(page: Page, root: Locator) -> None:
    """Match all by the keys of lists, in which letters choose and do not answer."""
    for number, text in enumerate(["A user", "A role", "A group"]):
        tab_to(page, root.get_by_role("combobox").nth(number))
        page.keyboard.type(text)


def test_begins_when_asked(book: Notebook, root: Locator, screenshots: Path) -> None:
    """The page before it says what it is, and that the bank has fewer questions; Enter begins."""
    expect(root).to_contain_text("8 questions in 35 minutes")
    expect(root).to_contain_text(
        "8 questions were asked for; the bank has 7 questions, and all of them are in this exam."
    )
    look(book, root, screenshots, "exam-start", "Light")
    tab_to(book.page, root.get_by_role("button", name="Begin"))
    book.page.keyboard.press("Enter")
    expect(title(root)).to_have_text("Question 1 of 7")
    expect(root.get_by_role("timer")).to_have_text(re.compile(r"3[45]:\d\d"))


def test_by_keys(book: Notebook, root: Locator) -> None:
    """Letters answer, n and p go, f flags; the notebook hears none of them, and nothing is said of what is right."""
    page, cells = book.page, book.cells()
    for number in range(1, 8):
        expect(title(root)).to_have_text(f"Question {number} of 7")
        name = asked(root)
        choose(page, root, name)
        if name == "match-one":
            match(page, root)
            page.keyboard.press("Tab")
            root.locator(".iam-exam-question").focus()
        if name == "predict-one":
            press(page, root, "f")
        press(page, root, "n")
    expect(root.locator(".iam-exam-aside")).to_contain_text("4 of 7 answered, 1 flagged")
    press(page, root, "pp")
    expect(title(root)).to_have_text("Question 5 of 7")
    expect(root.locator(".iam-nums [aria-current=step]")).to_have_text("5")
    assert root.locator(".iam-mark > *, .tell:visible").count() == 0
    assert (book.cells(), book.mode()) == (cells, "command")
    tab_to(page, root.get_by_role("button", name="Previous"))
    page.keyboard.press("Enter")
    expect(title(root)).to_have_text("Question 4 of 7")
    expect(root.get_by_role("button", name="Previous")).to_be_focused()


def test_pause(book: Notebook, root: Locator) -> None:
    """A pause hides the question and stops the clock."""
    page = book.page
    tab_to(page, root.get_by_role("button", name="Pause"))
    page.keyboard.press("Enter")
    expect(title(root)).to_have_text("Paused")
    expect(root).to_contain_text("The exam stopped at question 4 of 7")
    expect(root).to_contain_text("Your 4 answers and 1 flag are kept.")
    assert root.locator(".iam-task").count() == 0
    before = root.get_by_role("timer").inner_text()
    page.wait_for_timeout(1500)
    assert root.get_by_role("timer").inner_text() == before
    expect(root.get_by_role("button", name="Continue")).to_be_focused()
    page.keyboard.press("Enter")
    expect(title(root)).to_have_text("Question 4 of 7")


def test_a_killed_kernel(book: Notebook, root: Locator) -> None:
    """The exam stands where it stopped, with all that was done before and after the kernel's end; one key goes on."""
    page = book.page
    done = root.locator(".iam-nums .done").all_inner_texts()
    page.evaluate(
        """() => { jupyterapp.shell.currentWidget.sessionContext.session.kernel
        .requestExecute({ code: "import os; os.kill(os.getpid(), 9)" }); }"""
    )
    page.wait_for_function("jupyterapp.shell.currentWidget.sessionContext.session.kernel.status !== 'idle'")
    page.locator(".jp-Dialog").get_by_role("button", name="Ok").click()
    book.wait_idle()
    root.evaluate("root => root.focus()")
    press(page, root, "nf")
    book.run_all()
    expect(title(root)).to_have_text("Paused")
    expect(root).to_contain_text("Your 4 answers and 2 flags are kept.")
    expect(root).to_contain_text(re.compile("The exam stopped at question 5 of 7, with 3[45] minutes and"))
    root.evaluate("root => root.focus()")
    tab_to(page, root.get_by_role("button", name="Continue"))
    page.keyboard.press("Enter")
    expect(title(root)).to_have_text("Question 5 of 7")
    assert root.locator(".iam-nums .done").all_inner_texts() == done
    press(page, root, "f")


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_looks(book: Notebook, root: Locator, screenshots: Path, theme: str) -> None:
    """Neither question, overview nor pause has a serious fault, and each fits its cell at both widths."""
    book.theme(theme)
    for number in range(7):
        root.locator(".iam-nums button").nth(number).click()
        if (name := asked(root)) in ("choose-one", "predict-one"):
            look(book, root, screenshots, f"exam-{name}", theme)
    root.get_by_role("button", name="Hand in").click()
    look(book, root, screenshots, "exam-overview", theme)
    root.get_by_role("button", name="Pause").click()
    look(book, root, screenshots, "exam-paused", theme)
    root.get_by_role("button", name="Continue").click()
    book.theme("Light")


def look(book: Notebook, root: Locator, screenshots: Path, name: str, theme: str) -> None:
    """Hold a face against axe and take its picture, at both widths."""
    for width, height in SIZES:
        book.page.set_viewport_size({"width": width, "height": height})
        root.evaluate("root => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert serious(Axe().run(book.page, context='.iam[aria-label="Mock exam"]').response) == [], (name, width)
        size = "" if width == 1280 else f"-{width}"
        root.screenshot(path=screenshots / f"{name}{size}-{theme.lower()}.png")
        assert root.evaluate("root => root.scrollWidth <= root.clientWidth"), (name, width)
    book.page.set_viewport_size({"width": 1280, "height": 1000})


def test_handing_in(book: Notebook, root: Locator, screenshots: Path) -> None:
    """What is open and flagged is said in one sentence; the result has the number first, and reasons behind lines."""
    page = book.page
    root.evaluate("root => root.focus()")
    tab_to(page, root.get_by_role("button", name="Hand in"))
    page.keyboard.press("Enter")
    expect(title(root)).to_have_text("Overview")
    expect(root).to_contain_text("Three questions are still open")
    expect(root).to_contain_text("One is flagged")
    tab_to(page, root.get_by_role("button", name="Hand in with 3 open"))
    page.keyboard.press("Enter")
    expect(title(root)).to_have_text("Result")
    expect(root.locator(".iam-facts")).to_contain_text("3 of 7, 42 %")
    expect(root.locator(".iam-facts")).to_contain_text("5 of 7 not passed")
    expect(root.get_by_role("heading", name="Four to look at again")).to_be_visible()
    fold = root.locator("summary").filter(has_text="About diagnose-one")
    tab_to(page, fold)
    page.keyboard.press("Enter")
    expect(root.locator("li.chosen").filter(has_text="A Deny less")).to_contain_text("No Deny is at work.")
    expect(root.locator("li.chosen").filter(has_text="A Deny less")).to_contain_text("your answer")
    expect(root.get_by_role("link", name="Lesson 04").first).to_have_attribute("href", re.compile("04-policy-elements"))
    root.locator("summary").filter(has_text="About predict-one").click()
    root.locator("summary").filter(has_text="About items-one").click()
    for theme in ("Light", "Dark"):
        book.theme(theme)
        look(book, root, screenshots, "exam-result", theme)
    book.theme("Light")


def test_another_one(book: Notebook, root: Locator) -> None:
    """A new exam about what was weak; the last result is still there."""
    root.get_by_role("button", name="New exam on the weak topics").click()
    expect(root).to_contain_text("Scenarios (C7)")
    root.get_by_role("button", name="The last result").click()
    expect(root.locator(".iam-facts")).to_contain_text("3 of 7")
