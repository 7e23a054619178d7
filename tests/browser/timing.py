"""Measuring in the page: from the key's event to the frame in which its effect is on the screen."""

from __future__ import annotations

from tests.browser.notebook import Editor

# Starts a clock at the next key, and stops it in the first frame that follows the awaited change.
CLOCK = """(root, awaited) => {
    globalThis.measured = new Promise((done) => {
        const target = awaited === "verdict" ? root.querySelector(".iam-row .iam-d") : document.body;
        const there = () => awaited === "verdict" || document.querySelector(".iam-layer .cm-tooltip-autocomplete li");
        document.addEventListener("keydown", () => {
            const start = performance.now();
            const observer = new MutationObserver(() => {
                if (!there()) return;
                observer.disconnect();
                requestAnimationFrame(() => done(performance.now() - start));
            });
            observer.observe(target, { childList: true, subtree: true, characterData: true });
        }, { once: true, capture: true });
    });
}"""


def verdict_times(editor: Editor, times: int) -> list[float]:
    """Milliseconds from a key that turns the first row's verdict to the turned word; the text is as before after it."""
    editor.caret(7, 22)
    measured = []
    for turn in range(times):
        editor.root.evaluate(CLOCK, "verdict")
        editor.page.keyboard.press("Backspace" if turn % 2 else "X")
        measured.append(float(editor.page.evaluate("globalThis.measured")))
        editor.page.keyboard.press("Escape")
    editor.reset()
    return measured


def completion_times(editor: Editor, times: int) -> list[float]:
    """Milliseconds from a typed letter of an action to the list."""
    measured = []
    for _ in range(times):
        editor.caret(7, 41)
        editor.root.evaluate(CLOCK, "list")
        editor.page.keyboard.press("O")
        measured.append(float(editor.page.evaluate("globalThis.measured")))
        editor.page.keyboard.press("Escape")
        editor.page.keyboard.press("Backspace")
        editor.page.keyboard.press("Escape")
    editor.reset()
    return measured


def round_trips(editor: Editor, times: int) -> list[float]:
    """Milliseconds of an empty request to the kernel and its answer, from the same page."""
    script = """async () => {
        const { kernel } = jupyterapp.shell.currentWidget.sessionContext.session;
        const start = performance.now();
        await kernel.requestExecute({ code: "", silent: true }).done;
        return performance.now() - start;
    }"""
    return [float(editor.page.evaluate(script)) for _ in range(times)]
