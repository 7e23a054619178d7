"""The exercise panels as people use them: by keyboard alone, in both themes, and again after the kernel was gone."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.browser.lab import Lab, end_kernels, write_notebook
from tests.browser.notebook import Notebook
from tests.browser.test_looks import SIDEBAR, serious
from tests.widgets.exercises import BUCKET, QUICK, policy

pytestmark = pytest.mark.browser

NAMES = ("s3-read-write", *QUICK.values())
SIZES = [(1280, 1000), (800, 1400)]
WRONG = policy("s3:GetObject", BUCKET)


@pytest.fixture(scope="module")
def book(lab: Lab, shared_page: Page) -> Iterator[Notebook]:
    """A notebook with a panel of each kind, which the tests of this file share in their order."""
    cells = ["from iamlab import exercise", *(f'exercise("{name}")' for name in NAMES)]
    write_notebook(lab.folder / "exercises.ipynb", cells)
    book = Notebook(shared_page, lab.address("exercises.ipynb"))
    shared_page.evaluate(SIDEBAR)
    book.run_all()
    yield book
    end_kernels(lab)
    assert book.faults == []


@pytest.fixture
def panel(book: Notebook) -> Callable[[str], Locator]:
    """Brings the panel of an exercise into sight."""

    def find(name: str) -> Locator:
        root = book.page.locator(f'.iam[data-exercise="{name}"]')
        expect(root).to_be_attached(timeout=30_000)
        root.evaluate("root => root.scrollIntoView()")
        root.evaluate("root => root.focus()")
        return root

    return find


def tab_to(page: Page, target: Locator, most: int = 60) -> None:
    """Press Tab until something has the focus; Escape lets Tab leave an editor."""
    for _ in range(most):
        if page.evaluate("document.activeElement.matches('.cm-content:read-write')"):
            page.keyboard.press("Escape")
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError("Tab does not reach it.")


def check_by_key(page: Page, root: Locator) -> Locator:
    """Go on to the button by keys, press it, and return the result."""
    tab_to(page, root.get_by_role("button", name="Check"))
    page.keyboard.press("Enter")
    result = root.get_by_role("region", name="Result")
    expect(result).to_be_visible()
    return result


def announced(root: Locator) -> Locator:
    """What a screen reader is told."""
    return root.locator(":scope > .sr[role=status]")


def test_policy(book: Notebook, panel: Callable[[str], Locator]) -> None:
    """A policy is written and checked by keys; the witness has both decisions, and its statement is lit."""
    page, root = book.page, panel("s3-read-write")
    expect(root.locator(".iam-row")).to_have_count(4)
    tab_to(page, root.get_by_role("textbox", name="Policy, JSON"))
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(WRONG)
    expect(root.locator(".iam-row .iam-d").first).to_have_text("Implicit deny")
    page.keyboard.press("Escape")
    result = check_by_key(page, root)
    expect(result.locator("h4")).to_contain_text("Not yet: the task asks for a request that your policy does not allow")
    expect(result.locator(".iam-versus .iam-d")).to_have_text(["Implicit deny", "Allowed"])
    expect(root.locator(".cm-line.w-implicitDeny")).to_have_count(1)
    lesson = result.get_by_role("link", name="Lesson 04, policy elements")
    expect(lesson).to_have_attribute("href", "/lab/tree/04-policy-elements.ipynb")
    expect(root.locator(".iam-bar")).to_contain_text("1 attempt")
    expect(announced(root)).to_contain_text("s3:GetObject: your policy, Implicit deny; the task, Allowed.")

    tab_to(page, result.get_by_role("button", name="Statement 1"))
    page.keyboard.press("Enter")
    page.keyboard.press("Control+End")
    page.keyboard.type(" ")
    expect(result.locator("h4")).to_contain_text("Before your change: Not yet")
    expect(root.locator(".cm-line.w-implicitDeny")).to_have_count(0)
    expect(root.locator(".iam-bar .state")).to_have_text("Saved")


def test_hints_and_solution(book: Notebook, panel: Callable[[str], Locator]) -> None:
    """A hint opens and stays; the solution is asked for once, stands read-only, and can be taken over."""
    page, root = book.page, panel("s3-read-write")
    tab_to(page, root.get_by_role("button", name="Hint"))
    page.keyboard.press("Enter")
    expect(root.get_by_role("list", name="Hints").locator("li")).to_have_count(1)
    expect(announced(root)).to_contain_text("Hint 1: How many actions")
    tab_to(page, root.get_by_role("button", name="Solution"))
    page.keyboard.press("Enter")
    expect(root.get_by_role("button", name="Show it")).to_be_focused()
    assert root.get_by_role("region", name="Solution").count() == 0
    page.keyboard.press("Enter")
    solution = root.get_by_role("region", name="Solution")
    expect(solution.get_by_role("textbox", name="Solution, read-only")).to_contain_text("s3:PutObject")
    tab_to(page, solution.get_by_role("button", name="Put it into the editor"))
    page.keyboard.press("Enter")
    root.get_by_role("button", name="Check").click()
    expect(root.get_by_role("region", name="Result").locator("h4")).to_contain_text("Right: proven over every")
    expect(root.locator(".iam-bar")).to_contain_text("2 attempts, solution seen")


def test_predict(book: Notebook, panel: Callable[[str], Locator]) -> None:
    """Decision, step and sureness are chosen by keys; no verdict stands before the check, the trace after it."""
    page, root = book.page, panel(QUICK["predict"])
    assert root.locator(".iam-d, .iam-mark > *").count() == 0
    row = root.locator(".iam-pred").nth(1)
    tab_to(page, row.get_by_role("radio", name="Allowed"))
    page.keyboard.press("ArrowRight")
    tab_to(page, row.get_by_role("combobox"))
    page.keyboard.type("identity")
    tab_to(page, row.get_by_role("radio", name="sure").first)
    page.keyboard.press("Space")
    check_by_key(page, root)
    expect(row.locator(".iam-mark")).to_have_text("not so")
    expect(row.locator(".tell")).to_contain_text("No statement allows this, so the default stands.")
    row.get_by_role("button", name="Step by step").press("Enter")
    expect(row.locator(".iam-trace li")).to_have_count(9)
    expect(row.locator(".iam-trace .iam-d")).to_have_text("Implicit deny")


def test_order(book: Notebook, panel: Callable[[str], Locator]) -> None:
    """Space lifts, arrows move past the line, Escape puts back; each move is said; the pointer does the same."""
    page, root = book.page, panel(QUICK["order"])
    steps = root.get_by_role("list", name="Steps, in order").locator("li")
    first = steps.first.locator(".grip").inner_text()
    grip = steps.first.locator(".grip").element_handle()
    tab_to(page, steps.first.locator(".grip"))
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(announced(root)).to_contain_text("place 2 of 8")
    page.keyboard.press("Escape")
    expect(steps.first.locator(".grip")).to_contain_text(first.split(",")[0])
    page.keyboard.press("Space")
    for _ in range(8):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    expect(steps).to_have_count(7)
    expect(announced(root)).to_contain_text("dropped, left out")
    assert grip is not None
    assert grip.evaluate("grip => grip === document.activeElement")
    check_by_key(page, root)
    expect(steps.first.locator(".iam-mark")).to_have_text("not here")

    moved, line = steps.nth(6).bounding_box(), root.locator("h4.line").bounding_box()
    assert moved is not None
    assert line is not None
    page.mouse.move(moved["x"] + 200, moved["y"] + 15)
    page.mouse.down()
    page.mouse.move(line["x"] + 200, line["y"] + 60, steps=5)
    page.mouse.up()
    expect(steps).to_have_count(6)


def test_choices(book: Notebook, panel: Callable[[str], Locator]) -> None:
    """Options and questions are answered by keys; each chosen option is marked in words, and nothing else."""
    page, root = book.page, panel(QUICK["choose"])
    boxes = root.get_by_role("checkbox")
    tab_to(page, boxes.first)
    page.keyboard.press("Space")
    check_by_key(page, root)
    expect(root.locator(".iam-mark:not(:empty)")).to_have_count(1)
    expect(root.locator(".tell:visible")).to_have_count(1)

    root = panel(QUICK["diagnose"])
    for question in ("Who asks?", "Which type of policy does the message name?"):
        tab_to(page, root.get_by_role("group", name=question).get_by_role("radio").first)
        page.keyboard.press("Space")
    result = check_by_key(page, root)
    expect(result).to_contain_text("One question is open still.")
    expect(root.locator(".iam-mark:not(:empty)")).to_have_count(2)


def test_match(book: Notebook, panel: Callable[[str], Locator]) -> None:
    """Each thing gets its match by keys; only those that have one are marked."""
    page, root = book.page, panel(QUICK["match"])
    tab_to(page, root.get_by_role("combobox").first)
    page.keyboard.type("A res")
    check_by_key(page, root)
    expect(root.locator(".iam-mark:not(:empty)")).to_have_text(["not so"])
    expect(root.locator(".tell:visible")).to_have_count(1)


SLOW = """
import time
from iamlab.learning.kinds.policy import PolicyExercise
check = PolicyExercise.check
PolicyExercise.check = lambda kind, answer: (time.sleep(1.5), check(kind, answer))[1]
"""


def test_long_check(book: Notebook, panel: Callable[[str], Locator]) -> None:
    """A check that takes long says so; meanwhile the requests follow what is typed."""
    root = panel("s3-read-write")
    book.kernel(SLOW)
    root.get_by_role("button", name="Check").click()
    expect(root.locator(".working")).to_have_text("Checking …")
    root.get_by_role("button", name="Reset").click()
    expect(root.locator(".iam-requests-head .num")).to_contain_text("waiting for line")
    expect(root.locator(".working")).to_have_text("Checking …")
    expect(root.locator(".working")).to_have_text("")
    expect(root.get_by_role("region", name="Result").locator("h4")).to_contain_text("Before your change: Right")
    book.kernel("PolicyExercise.check = check")


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_looks(book: Notebook, panel: Callable[[str], Locator], screenshots: Path, theme: str) -> None:
    """No panel has a serious fault in either theme, and each fits its cell at both widths."""
    book.theme(theme)
    for name in NAMES:
        root = panel(name)
        found = Axe().run(book.page, context=f'.iam[data-exercise="{name}"]').response
        assert serious(found) == [], name
        for width, height in SIZES:
            book.page.set_viewport_size({"width": width, "height": height})
            root.evaluate("root => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
            size = "" if width == 1280 else f"-{width}"
            root.screenshot(path=screenshots / f"exercise-{name}{size}-{theme.lower()}.png")
            assert root.evaluate("root => root.scrollWidth <= root.clientWidth"), (name, width)
        book.page.set_viewport_size({"width": 1280, "height": 1000})
    book.theme("Light")


def standing(root: Locator) -> list[object]:
    """What stands in the bar, in the result, as marks, and how much is chosen."""
    expect(root.get_by_role("region", name="Result")).to_be_visible(timeout=30_000)
    texts = [root.locator(one).all_inner_texts() for one in (".iam-bar .meta", ".iam-result h4", ".iam-mark")]
    return [*texts, root.locator("input:checked").count()]


def test_comes_back(book: Notebook, panel: Callable[[str], Locator]) -> None:
    """After the page was loaded again, and after the kernel was restarted, every panel stands as it did."""
    before = {name: standing(panel(name)) for name in NAMES}
    book.save()
    book.page.reload()
    book.page.wait_for_selector(".jp-Notebook .jp-Cell")
    book.wait_idle()
    assert {name: standing(panel(name)) for name in NAMES} == before
    book.restart()
    book.run_all()
    assert {name: standing(panel(name)) for name in NAMES} == before


def test_another_window(book: Notebook, panel: Callable[[str], Locator], lab: Lab) -> None:
    """Where another window has changed the answer, both ways out stand in the panel; taking the other one shows it."""
    root = panel(QUICK["choose"])
    file = lab.folder / "answers" / "who-can-be-named.json"
    theirs = {**json.loads(file.read_text(encoding="utf-8")), "answer": '["service"]', "stamp": "another"}
    file.write_text(json.dumps(theirs), encoding="utf-8")
    root.get_by_role("checkbox").nth(2).click()
    expect(root.locator(".iam-bar .state")).to_have_text("Changed elsewhere")
    expect(root.get_by_role("button", name="Keep mine")).to_be_visible()
    root.get_by_role("button", name="Take the other").click()
    expect(root.locator(".iam-opts > li:has(:checked)")).to_have_count(1)
    expect(root.locator(".iam-opts > li:has(:checked)")).to_contain_text("the service")
    expect(root.locator(".iam-bar .state")).to_have_text("Saved")
