"""Typing into the editor: marks, verdicts, completion, the what-if form. One notebook, put back after each test."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.notebook import Editor, Notebook

pytestmark = pytest.mark.browser

FINE = ["Allowed", "Allowed", "Implicit deny", "Implicit deny", "Explicit deny"]
COUNTS = "2 allowed, 2 implicitly denied, 1 explicitly denied"


@pytest.fixture
def editor(shared: Notebook) -> Iterator[Editor]:
    """The editor, with its starting policy."""
    editor = shared.editor()
    expect(editor.counts).to_have_text(COUNTS)
    yield editor
    shared.page.keyboard.press("Escape")
    editor.reset()
    expect(editor.counts).to_have_text(COUNTS)


def heights(editor: Editor) -> list[int]:
    return editor.rows.evaluate_all("rows => rows.map(row => row.offsetHeight)")  # type: ignore[no-any-return]


def test_opens_with_verdicts(editor: Editor) -> None:
    """Every request has its decision in word and icon, and the line that decided."""
    assert editor.verdicts() == FINE
    expect(editor.state).to_have_text("Readable, 2 statements")
    assert editor.rows.locator(".iam-d svg").count() == len(FINE)
    expect(editor.row("sagemaker:DeleteModel").locator(".by")).to_have_text("line 10")


def test_typing_changes_verdicts_in_place(editor: Editor) -> None:
    """Another action in the policy turns its row, and no row moves."""
    before = heights(editor)
    editor.caret(7, 22)
    for _ in range(3):
        editor.page.keyboard.press("Delete")
    editor.page.keyboard.type("Delete")
    expect(editor.row("s3:DeleteObject").locator(".iam-d")).to_have_text("Allowed")
    expect(editor.row("s3:GetObject").locator(".iam-d")).to_have_text("Implicit deny")
    assert heights(editor) == before


def test_broken_then_mended(editor: Editor) -> None:
    """A missing comma is marked where it is missed; the rows say what they said before, and keep their place."""
    before = heights(editor)
    editor.line_end(7)
    editor.page.keyboard.press("Backspace")
    expect(editor.problems).to_have_count(1)
    expect(editor.problems.locator("p")).to_contain_text('A comma is missing between "Action" and "Resource".')
    expect(editor.root.locator(".cm-lintRange-error")).to_have_text('"Resource"')
    expect(editor.root.locator(".cm-gutterElement.sign-error")).to_have_text("8")
    expect(editor.state).to_have_text("1 error")
    assert editor.verdicts() == ["Not decided"] * 5
    expect(editor.row("s3:GetObject").locator(".by")).to_have_text("was allowed")
    assert heights(editor) == before
    editor.page.keyboard.type(",")
    expect(editor.counts).to_have_text(COUNTS)
    expect(editor.problems).to_have_count(0)
    assert editor.verdicts() == FINE


def test_short_breakage_is_not_shown(editor: Editor) -> None:
    """A text that is broken for less than 400 ms keeps its verdicts on the screen."""
    editor.root.evaluate(
        """root => {
            globalThis.seen = new Set();
            const look = () => root.querySelectorAll(".iam-row .iam-d").forEach(d => globalThis.seen.add(d.textContent));
            new MutationObserver(look).observe(root, { subtree: true, childList: true, characterData: true });
        }"""
    )
    editor.line_end(7)
    editor.page.keyboard.press("Backspace")
    editor.page.keyboard.type(",")
    editor.caret(7, 22)
    editor.page.keyboard.type("X")
    expect(editor.row("s3:GetObject").locator(".iam-d")).to_have_text("Implicit deny")
    assert "Not decided" not in editor.page.evaluate("[...globalThis.seen]")


def test_fix_button_is_one_undo_step(editor: Editor) -> None:
    """The button beside the sentence mends the text; one undo takes that back."""
    whole = editor.text()
    editor.line_end(7)
    editor.page.keyboard.press("Backspace")
    broken = editor.text()
    editor.problems.get_by_role("button", name="Add the comma").click()
    expect(editor.problems).to_have_count(0)
    assert editor.text() == whole
    editor.page.keyboard.press("Control+z")
    assert editor.text() == broken


def test_f8_and_place_button_go_to_the_problem(editor: Editor) -> None:
    """Both select what is marked."""
    editor.line_end(7)
    editor.page.keyboard.press("Backspace")
    expect(editor.problems).to_have_count(1)
    selected = "getSelection().toString()"
    editor.page.keyboard.press("F8")
    editor.page.wait_for_function(f"{selected} === '\"Resource\"'")
    editor.caret(1, 1)
    editor.problems.get_by_role("button", name="go to line 8, column 7").click()
    editor.page.wait_for_function(f"{selected} === '\"Resource\"'")


def test_sentence_on_hover(editor: Editor) -> None:
    """The mark says its sentence where the pointer rests, in the page's layer, in the kit's font."""
    editor.line_end(7)
    editor.page.keyboard.press("Backspace")
    editor.root.locator(".cm-lintRange-error").hover()
    tooltip = editor.page.locator(".iam-layer .cm-diagnostic")
    expect(tooltip).to_contain_text("A comma is missing")
    assert tooltip.locator("code").count() > 0


def test_mark_after_emoji(editor: Editor) -> None:
    """Python counts code points, the browser UTF-16 units: a mark behind an emoji is still where it belongs."""
    editor.write('{"Version": "2012-10-17", "Statement": [{"Sid": "😀👩‍🔬", "Resorce": "*"}]}')
    expect(editor.root.locator(".cm-lintRange-error", has_text='"Resorce"')).to_have_text('"Resorce"')


def test_hostile_text(editor: Editor) -> None:
    """NUL and halves of surrogate pairs are answered like any other text."""
    editor.content.evaluate(
        """content => {
            const { view } = content.cmTile;
            view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: '{"\\ud800": "\\u0000"}' } });
        }"""
    )
    expect(editor.state).to_contain_text("error")
    expect(editor.root.locator(".iam-notice")).to_be_empty()


def test_older_report_is_ignored(editor: Editor, shared: Notebook) -> None:
    """A report on an earlier revision than the one shown changes nothing."""
    editor.line_end(2)
    editor.page.keyboard.type(" ")
    shared.kernel("editor.report = {**editor.report, 'revision': editor.report['revision'] - 1, 'counts': 'too late'}")
    shared.kernel("editor.saved = {'state': 'kept', 'message': 'seen'}")
    expect(editor.root.locator(".iam-notice")).to_have_text("seen")
    expect(editor.counts).to_have_text(COUNTS)
    shared.kernel("editor.saved = {'state': 'kept', 'message': ''}")


def test_failure_is_a_sentence(editor: Editor, shared: Notebook) -> None:
    """What fails inside, or could not be saved, is said in the widget."""
    shared.kernel("from iamlab.widgets.kept import not_saved; editor.saved = not_saved('the disk is full')")
    notice = editor.root.locator(".iam-notice")
    expect(notice).to_have_text("Not saved: the disk is full. Your text is still here.")
    shared.kernel("editor.saved = not_saved(None)")
    expect(notice).to_be_empty()


def test_chosen_row_lights_the_statement(editor: Editor) -> None:
    """The deciding statement gets its decision's color; the reason opens under the row."""
    row = editor.row("sagemaker:DeleteModel")
    row.click()
    expect(row).to_have_attribute("aria-expanded", "true")
    lit = editor.root.locator(".cm-line.w-explicitDeny")
    expect(lit).to_have_count(6)
    expect(editor.root.locator(".cm-gutterElement.sign-explicitDeny")).to_have_text("10")
    expect(editor.root.get_by_role("region", name="Why sagemaker:DeleteModel")).to_contain_text("NobodyDeletesModels")
    expect(editor.root.locator(".iam-status")).to_contain_text("Statement 2, lines 10 to 15")
    row.click()
    expect(lit).to_have_count(0)


def test_implicit_deny_lights_the_nearest(editor: Editor) -> None:
    """Nothing decided, so the statement that comes closest is lit, with the elements that do not match."""
    row = editor.row("s3:ListBucket")
    row.click()
    expect(editor.root.locator(".cm-line.w-implicitDeny")).to_have_count(6)
    expect(editor.root.locator(".m-miss").first).to_contain_text("s3:GetObject")
    row.click()


def test_rows_by_keyboard(editor: Editor) -> None:
    """Up and Down move between rows, Enter and Space open."""
    editor.rows.first.focus()
    editor.page.keyboard.press("ArrowDown")
    expect(editor.rows.nth(1)).to_be_focused()
    editor.page.keyboard.press("Enter")
    expect(editor.rows.nth(1)).to_have_attribute("aria-expanded", "true")
    editor.page.keyboard.press("Space")
    expect(editor.rows.nth(1)).to_have_attribute("aria-expanded", "false")
    editor.page.keyboard.press("ArrowUp")
    expect(editor.rows.first).to_be_focused()


def test_completion_is_on_top_and_themed(editor: Editor) -> None:
    """The list hangs on the page: whole inside the window, nothing over it, in the kit's colors; Tab takes."""
    editor.caret(7, 41)
    editor.page.keyboard.press("Control+Space")
    expect(editor.completions.get_by_role("option", selected=True)).to_contain_text("s3:Put")
    place = editor.completions.evaluate(
        """list => {
            const box = list.getBoundingClientRect();
            const top = document.elementFromPoint(box.right - 20, box.top + 12);
            const inside = box.top >= 0 && box.left >= 0 && box.bottom <= innerHeight && box.right <= innerWidth;
            const style = getComputedStyle(list);
            const surface = getComputedStyle(document.body).getPropertyValue("--jp-layout-color1");
            return { inside, onTop: list.contains(top), position: style.position, background: style.backgroundColor, surface };
        }"""
    )
    assert place["inside"]
    assert place["onTop"]
    assert place["position"] == "fixed"
    assert place["background"] == "rgb(255, 255, 255)"


def test_completion_takes_the_whole_name(editor: Editor) -> None:
    """The list follows what is typed, shows the typed part, and an option replaces the string's content."""
    editor.write('{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "", "Resource": "*"}]}')
    editor.caret(1, editor.text().index('"Action": "') + 12)
    editor.page.keyboard.type("sagemaker:CreateTrainingJ")
    option = editor.completions.get_by_role("option", selected=True)
    expect(option).to_contain_text("sagemaker:CreateTrainingJob")
    expect(option.locator(".cm-completionMatchedText")).to_have_text("sagemaker:CreateTrainingJ")
    expect(option.locator(".cm-completionDetail")).to_have_text("write")
    expect(editor.completions.locator(".cm-completionInfo")).to_be_visible()
    editor.page.keyboard.press("Tab")
    editor.page.wait_for_function("!document.querySelector('.iam-layer .cm-tooltip-autocomplete')")
    assert '"Action": "sagemaker:CreateTrainingJob"' in editor.text()


def test_format_and_reset(editor: Editor) -> None:
    """Format lays the text out; Reset brings the starting policy back; each is one undo step."""
    start = editor.text()
    editor.write('{"Version":"2012-10-17","Statement":[]}')
    expect(editor.state).to_have_text("Readable, 0 statements")
    editor.root.get_by_role("button", name="Format").click()
    expect(editor.content).to_contain_text('"Statement": []')
    formatted = editor.text()
    assert "\n" in formatted
    editor.reset()
    assert editor.text() == start
    editor.page.keyboard.press("Control+z")
    assert editor.text() == formatted


def test_what_if(editor: Editor) -> None:
    """A request of one's own answers before it is added, is kept as a row, and goes with Delete."""
    editor.root.get_by_role("button", name="Ask about another request").click()
    form = editor.root.get_by_role("form", name="What-if request")
    action = form.get_by_role("textbox", name="Action")
    expect(action).to_be_focused()
    expect(form.locator(".answer")).to_have_text("would beAllowed")
    editor.page.keyboard.type("s3:DeleteObj")  # what was proposed gives way
    editor.completions.get_by_role("option").filter(has_text=re.compile("^s3:DeleteObjectwrite$")).click()
    expect(action).to_have_text("s3:DeleteObject")
    expect(form.locator(".answer")).to_have_text("would beImplicit deny")
    for value in ["ml,research", "churn"]:
        form.get_by_role("button", name=re.compile("Add a context key|Another key")).click()
        editor.page.keyboard.type("aws:TagKeys")
        editor.page.keyboard.press("Escape")
        form.get_by_label("Value").last.fill(value)
    form.get_by_role("button", name="Add to the table").click()
    own = editor.rows.nth(5)
    expect(own).to_be_focused()
    expect(own).to_contain_text("aws:TagKeys = ml,research, churn")
    expect(editor.counts).to_have_text("2 allowed, 3 implicitly denied, 1 explicitly denied")
    editor.page.keyboard.press("Delete")
    expect(editor.rows).to_have_count(5)
    expect(editor.rows.nth(4)).to_be_focused()


def test_what_if_is_canceled_by_escape(editor: Editor) -> None:
    """Escape closes the form, and the focus goes back to the button that opened it."""
    asker = editor.root.get_by_role("button", name="Ask about another request")
    asker.click()
    expect(editor.root.get_by_role("form")).to_be_visible()
    editor.page.keyboard.press("Escape")
    expect(editor.root.get_by_role("form")).to_have_count(0)
    expect(asker).to_be_focused()


def test_status_is_said_once_typing_rests(editor: Editor) -> None:
    """The live region gets one sentence after a burst of keys."""
    status = editor.root.locator(".sr[role=status]")
    status.evaluate(
        """status => {
            globalThis.said = [];
            new MutationObserver(() => globalThis.said.push(status.textContent)).observe(status, { childList: true, subtree: true, characterData: true });
        }"""
    )
    editor.caret(7, 22)
    editor.page.keyboard.type("XYZ", delay=60)
    expect(status).to_have_text(
        "Readable, 2 statements, 1 warning. 1 allowed, 3 implicitly denied, 1 explicitly denied."
    )
    assert len(editor.page.evaluate("globalThis.said")) == 1
