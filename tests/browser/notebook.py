"""A notebook in a page, and an editor in it, as a person finds them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from playwright.sync_api import Error, Locator, Page, WebSocket, expect

IDLE = "window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'"
RUNNING = "jupyterapp.shell.currentWidget.content.widgets.some(cell => cell.promptNode?.textContent.includes('*'))"
SCRIPTS = {
    "run all": "jupyterapp.commands.execute('notebook:run-all-cells')",
    "restart": "jupyterapp.shell.currentWidget.sessionContext.restartKernel()",
    "save": "jupyterapp.shell.currentWidget.context.save()",
}


class Notebook:
    """A notebook that is open in JupyterLab or in Notebook 7."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.codes_sent = 0
        self.faults: list[str] = []
        page.on("websocket", self._listen)
        page.on("pageerror", self._note_fault)
        page.goto(address)
        page.wait_for_selector(".jp-Notebook .jp-Cell")
        self.wait_idle()

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._count_code)

    def _note_fault(self, error: Error) -> None:
        """Errors of our own code, which is imported from a blob; the hosts have some of theirs."""
        if "blob:" in (error.stack or ""):
            self.faults.append(f"{error.message}\n{error.stack}")

    def _count_code(self, frame: str | bytes) -> None:
        content = frame if isinstance(frame, bytes) else frame.encode()
        self.codes_sent += b"/* iamlab, built from" in content and len(content) > 100_000

    def wait_idle(self) -> None:
        """Wait until the kernel has nothing to do."""
        self.page.wait_for_function(IDLE, timeout=60_000)

    def run_all(self) -> None:
        """Run all cells and wait until they have run."""
        self.page.evaluate(SCRIPTS["run all"])
        self.wait_idle()
        self.page.wait_for_function(f"!({RUNNING})", timeout=60_000)

    def restart(self) -> None:
        """Restart the kernel."""
        self.page.evaluate(SCRIPTS["restart"])
        self.wait_idle()

    def save(self) -> None:
        """Save the notebook."""
        self.page.evaluate(SCRIPTS["save"])

    def kernel(self, code: str) -> None:
        """Run code in the kernel, outside any cell, and wait for its end."""
        script = """code => jupyterapp.shell.currentWidget.sessionContext.session.kernel
            .requestExecute({code, silent: false, store_history: false}).done.then(reply => reply.content.status)"""
        assert self.page.evaluate(script, code) == "ok", code

    def cells(self) -> int:
        """How many cells the notebook has."""
        return int(self.page.evaluate("jupyterapp.shell.currentWidget.content.widgets.length"))

    def mode(self) -> str:
        """The notebook's mode: `command` or `edit`."""
        return str(self.page.evaluate("jupyterapp.shell.currentWidget.content.mode"))

    def prompt(self, number: int) -> Locator:
        """The prompt of a cell, which holds its execution count."""
        return self.page.locator(".jp-Cell").nth(number).locator(".jp-InputPrompt")

    def theme(self, name: str) -> None:
        """Switch JupyterLab's theme: `Light` or `Dark`."""
        self.page.evaluate(f"jupyterapp.commands.execute('apputils:change-theme', {{theme: 'JupyterLab {name}'}})")
        light = json.dumps(str(name == "Light").lower())
        self.page.wait_for_function(f"document.body.dataset.jpThemeLight === {light}")

    def editor(self, number: int = 0) -> Editor:
        """The editor with this number in the notebook, once it is there."""
        root = self.page.locator(".iam").nth(number)
        expect(root.locator(".cm-content").first).to_be_visible(timeout=30_000)
        return Editor(self.page, root)


@dataclass
class Editor:
    """One policy editor."""

    page: Page
    root: Locator

    @property
    def content(self) -> Locator:
        """The text field."""
        return self.root.get_by_role("textbox", name="Policy, JSON")

    @property
    def rows(self) -> Locator:
        """The rows of the requests."""
        return self.root.locator(".iam-row")

    @property
    def counts(self) -> Locator:
        """The line that counts the decisions."""
        return self.root.locator(".iam-requests-head .num")

    @property
    def problems(self) -> Locator:
        """The problem lines."""
        return self.root.locator(".iam-problems li")

    @property
    def state(self) -> Locator:
        """The state in the bar."""
        return self.root.locator(".iam-bar .meta")

    @property
    def completions(self) -> Locator:
        """The open list of completions."""
        return self.page.locator(".iam-layer .cm-tooltip-autocomplete")

    def text(self) -> str:
        """The text as it stands in the editor."""
        return str(self.content.evaluate("content => content.cmTile.view.state.doc.toString()"))

    def row(self, action: str) -> Locator:
        """The first row that asks about an action."""
        return self.rows.filter(has=self.page.locator(".act").get_by_text(re.compile(f"^{re.escape(action)}$"))).first

    def verdicts(self) -> list[str]:
        """The decisions, in the order of the rows."""
        return [words.strip() for words in self.rows.locator(".iam-d").all_text_contents()]

    def caret(self, line: int, column: int) -> None:
        """Put the caret in a line, at a column counted from 1 in UTF-16 units, as a click and keys do."""
        self.content.evaluate(
            """(content, [line, column]) => {
                const { view } = content.cmTile;
                view.dispatch({ selection: { anchor: view.state.doc.line(line).from + column - 1 } });
                view.focus();
            }""",
            [line, column],
        )

    def line_end(self, line: int) -> None:
        """Put the caret at the end of a line."""
        self.content.evaluate(
            """(content, line) => {
                const { view } = content.cmTile;
                view.dispatch({ selection: { anchor: view.state.doc.line(line).to } });
                view.focus();
            }""",
            line,
        )

    def write(self, text: str) -> None:
        """Replace the whole text, as a paste does."""
        self.content.focus()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text)

    def reset(self) -> None:
        """Go back to the starting policy."""
        button = self.root.get_by_role("button", name="Reset")
        if button.get_attribute("aria-disabled") != "true":
            button.click()
