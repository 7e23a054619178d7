"""Fixtures: one JupyterLab and one Chromium for all browser tests, a notebook of its own for whoever needs one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.cells import SETUP, opening
from tests.browser.chromium import new_page, running_chromium
from tests.browser.lab import REPOSITORY, Lab, end_kernels, start, write_notebook
from tests.browser.notebook import Notebook


@pytest.fixture(scope="package")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A server over a copy of the lessons."""
    scratch = tmp_path_factory.mktemp("jupyter")
    folder = scratch / "notebooks"
    shutil.copytree(REPOSITORY / "notebooks", folder, ignore=shutil.ignore_patterns(".*"))
    running = start(folder, scratch)
    yield running
    running.stop()


@pytest.fixture(scope="package")
def chromium(browser_path: str) -> Iterator[Browser]:
    """A browser. It ends with the package: its loop would stand in the way of other tests' loops."""
    with running_chromium(browser_path) as browser:
        yield browser


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page of its own."""
    page = new_page(chromium)
    yield page
    page.close()


@pytest.fixture(scope="module")
def shared_page(chromium: Browser) -> Iterator[Page]:
    """A page that the tests of a file share."""
    page = new_page(chromium)
    yield page
    page.close()


@pytest.fixture
def opened(lab: Lab, page: Page, request: pytest.FixtureRequest) -> Iterator[Callable[..., Notebook]]:
    """Opens a notebook with these cells; its kernel ends with the test."""
    books: list[Notebook] = []

    def open_cells(*cells: str, app: str = "lab") -> Notebook:
        name = f"{request.node.name.replace('[', '-').strip(']')}.ipynb"
        write_notebook(lab.folder / name, cells)
        books.append(Notebook(page, lab.address(name, app)))
        return books[-1]

    yield open_cells
    end_kernels(lab)
    assert [fault for book in books for fault in book.faults] == []


@pytest.fixture(scope="module")
def shared(lab: Lab, shared_page: Page, request: pytest.FixtureRequest) -> Iterator[Notebook]:
    """One notebook with one editor, run, for the tests of a file that leave it as they found it."""
    name = request.module.__name__.rpartition(".")[2]
    write_notebook(lab.folder / f"{name}.ipynb", [SETUP, opening(name.replace("_", "-"))])
    book = Notebook(shared_page, lab.address(f"{name}.ipynb"))
    book.run_all()
    yield book
    end_kernels(lab)
    assert book.faults == []


@pytest.fixture(scope="session")
def screenshots() -> Path:
    """Where the pictures go: they are kept, to be looked at."""
    folder = Path(os.environ.get("IAMLAB_SCREENSHOTS") or REPOSITORY / "test-output" / "screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder
