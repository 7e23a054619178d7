"""How long a person who types waits, in a real JupyterLab and a real Chromium."""

import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks.registry import Figure, benchmark
from tests.browser.cells import SETUP, opening
from tests.browser.chromium import new_page, running_chromium
from tests.browser.lab import start, write_notebook
from tests.browser.notebook import Editor, Notebook
from tests.browser.timing import completion_times, round_trips, verdict_times
from tests.conftest import browser_found


@benchmark
def typing() -> Iterator[Figure]:
    """From a key to the changed verdict, and to the list of completions, beside an empty request to the kernel."""
    if (path := browser_found()) is None:
        return
    with editor_in(path) as editor:
        empty = statistics.median(round_trips(editor, 30))
        verdicts = statistics.median(verdict_times(editor, 60))
        completions = statistics.median(completion_times(editor, 30))
    yield Figure("keystroke to verdict", verdicts, "ms", "empty request to the kernel", empty)
    yield Figure("keystroke to completions", completions, "ms", "empty request to the kernel", empty)


@contextmanager
def editor_in(browser: str) -> Iterator[Editor]:
    """An editor in a notebook of its own, with the browser and the server that it needs."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "notebooks"
        folder.mkdir()
        write_notebook(folder / "typing.ipynb", [SETUP, opening("typing")])
        lab = start(folder, Path(scratch))
        try:
            with running_chromium(browser) as chromium:
                book = Notebook(new_page(chromium), lab.address("typing.ipynb"))
                book.run_all()
                yield book.editor()
        finally:
            lab.stop()
