"""What lint finds, in the editor: marks, sentences, fixes by pointer and by keys. One notebook, put back after each test."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, expect

from tests.browser.notebook import Editor, Notebook
from tests.browser.test_looks import SIDEBAR, SIZES, serious

pytestmark = pytest.mark.browser

COUNTS = "2 allowed, 2 implicitly denied, 1 explicitly denied"
POLICY = """{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": ["s3:GetObject", "s3:getobject"],
      "Resource": "arn:aws:s3:::ml-training-data-bucket"
    },
    {
      "Effect": "Allow",
      "Action": "iam:PassRole",
      "Resource": "*",
      "Condition": {"StringEquals": {"iam:PassedToService": "*.amazonaws.com"}}
    }
  ]
}"""
BUCKET = '"arn:aws:s3:::ml-training-data-bucket"'


@pytest.fixture
def editor(shared: Notebook) -> Iterator[Editor]:
    """The editor, with its starting policy."""
    editor = shared.editor()
    expect(editor.counts).to_have_text(COUNTS)
    expect(editor.problems).to_have_count(0)
    yield editor
    shared.page.keyboard.press("Escape")
    editor.reset()
    expect(editor.counts).to_have_text(COUNTS)
    expect(editor.problems).to_have_count(0)


@pytest.fixture
def linted(editor: Editor) -> Editor:
    """The editor with a policy that lint has something to say of."""
    editor.write(POLICY)
    expect(editor.problems).to_have_count(4)
    return editor


def problem(editor: Editor, words: str) -> Locator:
    return editor.problems.filter(has_text=words)


def wave(editor: Editor, kind: str, text: str) -> Locator:
    return editor.root.locator(f".cm-lintRange-{kind}").filter(has_text=re.compile(f"^{re.escape(text)}$"))


def test_marks_and_lines(linted: Editor) -> None:
    """Each finding has a wave, a sign, a line with its class in words; the gravest first; the decisions stand."""
    expect(linted.state).to_have_text("3 warnings1 suggestion")
    names = [icon.get_attribute("aria-label") for icon in linted.problems.locator("svg").all()]
    assert names == ["Security warning", "Warning", "Warning", "Suggestion"]
    expect(wave(linted, "warning", BUCKET)).to_have_count(1)
    expect(wave(linted, "info", '"s3:getobject"')).to_have_count(1)
    signs = linted.root.locator(".cm-gutterElement.sign-warning")
    assert signs.all_text_contents() == ["7", "12", "13"]
    expect(linted.root.locator(".cm-gutterElement.sign-advice")).to_have_text("6")
    assert linted.verdicts() == ["Implicit deny"] * 5


def test_tooltip(linted: Editor) -> None:
    """The mark says its class and sentence, links to AWS's page, and offers the fix with what it changes."""
    wave(linted, "warning", BUCKET).hover()
    tooltip = linted.page.locator(".iam-layer .cm-diagnostic")
    expect(tooltip).to_contain_text("works on objects")
    expect(tooltip.get_by_role("img", name="Warning")).to_be_visible()
    expect(tooltip.get_by_role("link", name="AWS page")).to_have_attribute(
        "href", re.compile("^https://docs.aws.amazon.com/")
    )
    tooltip.get_by_role("button", name="Write arn:aws:s3:::ml-training-data-bucket/*, changes access").click()
    expect(problem(linted, "works on objects")).to_have_count(0)
    assert '"arn:aws:s3:::ml-training-data-bucket/*"' in linted.text()
    expect(linted.row("s3:GetObject").locator(".iam-d")).to_have_text("Allowed")


def test_fix_by_click_is_one_undo_step(linted: Editor) -> None:
    """The button mends exactly what was found; undo brings text and finding back; no access changed, none is said to."""
    line = problem(linted, "is covered by")
    expect(line).not_to_contain_text("changes access")
    line.get_by_role("button", name="Remove s3:getobject").click()
    expect(problem(linted, "is covered by")).to_have_count(0)
    expect(linted.problems).to_have_count(3)
    assert linted.text() == POLICY.replace(', "s3:getobject"', "")
    expect(linted.content).to_be_focused()
    linted.page.keyboard.press("Control+z")
    assert linted.text() == POLICY
    expect(linted.problems).to_have_count(4)


def test_fix_that_changes_access_says_so(linted: Editor) -> None:
    """Beside the button, and in its name; a long title gives way to a short label."""
    line = problem(linted, "works on objects")
    expect(line.locator(".fix .muted")).to_have_text("changes access")
    button = line.get_by_role("button", name="Fix it: Write arn:aws:s3:::ml-training-data-bucket/*, changes access")
    expect(button).to_have_text("Fix it")


def test_fix_by_keyboard(linted: Editor) -> None:
    """F8 goes to a finding, shows and says it; Ctrl-. mends it, and is no key of the notebook's."""
    linted.caret(1, 1)
    linted.page.keyboard.press("F8")
    linted.page.wait_for_function("getSelection().toString() === '\"s3:getobject\"'")
    expect(linted.page.locator(".iam-layer .cm-diagnostic")).to_contain_text("is covered by")
    status = linted.root.locator(".sr[role=status]")
    expect(status).to_contain_text("Suggestion: s3:getobject is covered by s3:GetObject.")
    expect(status).to_contain_text("Control and full stop: Remove s3:getobject.")
    linted.page.keyboard.press("Control+.")
    expect(problem(linted, "is covered by")).to_have_count(0)
    assert linted.text() == POLICY.replace(', "s3:getobject"', "")
    expect(linted.page.locator(".iam-layer .cm-diagnostic")).to_have_count(0)


def test_f8_goes_through_all(linted: Editor) -> None:
    """In the order of the text, then from the top again; Escape closes what a mark says, Shift goes back."""
    linted.caret(1, 1)
    places = ['"s3:getobject"', BUCKET, '"*"', '"*.amazonaws.com"', '"s3:getobject"']
    for place in places:
        linted.page.keyboard.press("F8")
        linted.page.wait_for_function("text => getSelection().toString() === text", arg=place)
        expect(linted.page.locator(".iam-layer .cm-diagnostic")).to_have_count(1)
    linted.page.keyboard.press("Escape")
    expect(linted.page.locator(".iam-layer .cm-diagnostic")).to_have_count(0)
    linted.page.keyboard.press("F8")
    linted.page.keyboard.press("Shift+F8")
    linted.page.wait_for_function("text => getSelection().toString() === text", arg='"s3:getobject"')


def test_why_it_matters(linted: Editor) -> None:
    """What an attacker could do opens under the sentence, and stays open while the text changes."""
    line = problem(linted, "on every role")
    button = line.get_by_role("button", name="Why it matters")
    expect(line.locator(".why")).to_be_hidden()
    button.click()
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(line.locator(".why")).to_contain_text("administrator's role")
    linted.line_end(1)
    linted.page.keyboard.type(" ")
    expect(problem(linted, "on every role").locator(".why")).to_be_visible()
    problem(linted, "on every role").get_by_role("button", name="Why it matters").click()
    expect(line.locator(".why")).to_be_hidden()


def test_new_findings_wait_until_typing_rests(editor: Editor) -> None:
    """A name that is being typed is wrong at every key: nothing appears, and nothing moves, before typing rests."""
    editor.root.evaluate(
        """root => {
            globalThis.most = 0;
            const look = () => { globalThis.most = Math.max(globalThis.most, root.querySelectorAll(".iam-problems li").length); };
            new MutationObserver(look).observe(root, { subtree: true, childList: true });
        }"""
    )
    editor.caret(7, 47)
    editor.page.keyboard.press("Backspace")
    editor.page.keyboard.type("tAcl", delay=60)
    expect(editor.row("s3:PutObject").locator(".iam-d")).to_have_text("Implicit deny")
    editor.page.wait_for_timeout(900)
    assert editor.page.evaluate("globalThis.most") == 0
    editor.page.keyboard.type("s")
    expect(editor.problems).to_have_count(1)
    expect(editor.problems).to_contain_text("has no action s3:PutObjectAcls")
    expect(editor.state).to_have_text("1 error")


def test_stale_fix_is_never_applied(linted: Editor, shared: Notebook) -> None:
    """A fix is for the text in which it was found: before the next report it does nothing."""
    shared.kernel("editor._on_document, editor_judges = (lambda change: None), editor._on_document")
    button = problem(linted, "is covered by").get_by_role("button", name="Remove s3:getobject")
    linted.content.evaluate(
        """content => {
            const { view } = content.cmTile;
            view.dispatch({ changes: { from: 0, insert: "\\n\\n\\n" }, userEvent: "input" });
            document.querySelector('.iam-problems button[aria-label="Remove s3:getobject"]').click();
        }"""
    )
    assert linted.text() == "\n\n\n" + POLICY
    expect(problem(linted, "is covered by").locator(".where")).to_have_text("9:34")
    button.click()
    assert linted.text() == "\n\n\n" + POLICY.replace(', "s3:getobject"', "")


def test_checks_that_fail_take_no_decisions_away(editor: Editor, shared: Notebook) -> None:
    """A mistake in a check is said under the editor; the decisions stand."""
    shared.kernel(
        "import iamlab.reporting.editor as reporting; true_lint, reporting.lint = reporting.lint, lambda policy: 1 / 0"
    )
    editor.line_end(1)
    editor.page.keyboard.type(" ")
    expect(editor.root.locator(".iam-notice")).to_contain_text("The decisions stand all the same.")
    expect(editor.counts).to_have_text(COUNTS)
    shared.kernel("reporting.lint = true_lint")
    editor.page.keyboard.type(" ")
    expect(editor.root.locator(".iam-notice")).to_be_empty()


@pytest.mark.parametrize("theme", ["Light", "Dark"])
@pytest.mark.parametrize("state", ["lines", "tooltip", "why"])
def test_looks(linted: Editor, shared: Notebook, screenshots: Path, theme: str, state: str) -> None:
    """Free of serious faults in both themes, and within its cell at both widths; the pictures are kept."""
    shared.page.evaluate(SIDEBAR)
    shared.theme(theme)
    linted.root.evaluate("root => root.scrollIntoView()")
    if state == "why":
        problem(linted, "on every role").get_by_role("button", name="Why it matters").click()
    linted.caret(1, 1)
    if state == "tooltip":
        linted.page.keyboard.press("F8")
        linted.page.keyboard.press("F8")
        expect(linted.page.locator(".iam-layer .cm-diagnostic")).to_be_visible()
    faults = [
        found for root in (".iam", ".iam-layer") for found in serious(Axe().run(shared.page, context=root).response)
    ]
    assert faults == []
    for width, height in SIZES:
        shared.page.set_viewport_size({"width": width, "height": height})
        linted.root.evaluate("root => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        name = screenshots / f"editor-lint-{state}{'' if width == 1280 else f'-{width}'}-{theme.lower()}.png"
        shared.page.screenshot(path=name) if state == "tooltip" else linted.root.screenshot(path=name)
        assert linted.root.evaluate("root => root.scrollWidth <= root.clientWidth")
    shared.page.set_viewport_size({"width": 1280, "height": 1000})
    shared.theme("Light")
    if state == "why":
        problem(linted, "on every role").get_by_role("button", name="Why it matters").click()
