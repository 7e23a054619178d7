"""Fixtures: one JupyterLab and one Chromium for all browser tests, a notebook of its own for whoever needs one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.lab import REPOSITORY, Lab, start, write_notebook
from tests.browser.notebook import Notebook

CHROMIUM = "/usr/bin/chromium"
SWITCHES = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SETUP = '''
from iamlab import policy_editor

POLICY = """{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "ReadWriteTrainingData",
      "Effect": "Allow",
      "Action": ["s3:GetObject", "s3:PutObject"],
      "Resource": "arn:aws:s3:::ml-training-data-bucket/*"
    },
    {
      "Sid": "NobodyDeletesModels",
      "Effect": "Deny",
      "Action": "sagemaker:DeleteModel",
      "Resource": "*"
    }
  ]
}"""
BUCKET = "arn:aws:s3:::ml-training-data-bucket"
REQUESTS = [
    ("s3:GetObject", f"{BUCKET}/train.csv"),
    ("s3:PutObject", f"{BUCKET}/model.tar.gz"),
    ("s3:ListBucket", BUCKET),
    ("s3:DeleteObject", f"{BUCKET}/train.csv"),
    ("sagemaker:DeleteModel", "arn:aws:sagemaker:eu-west-1:111122223333:model/churn"),
]
'''.strip()


def opening(name: str) -> str:
    """The cell that opens an editor, and keeps it under a Python name too."""
    return f'editor = policy_editor(POLICY, REQUESTS, name="{name}", title="Identity policy of TrainingRole")\neditor'


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
def chromium() -> Iterator[Browser]:
    """A browser. It ends with the package: its loop would stand in the way of other tests' loops."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield browser
        browser.close()


def _new_page(chromium: Browser) -> Page:
    return chromium.new_page(viewport={"width": 1280, "height": 1000}, color_scheme="light")


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page of its own."""
    page = _new_page(chromium)
    yield page
    page.close()


@pytest.fixture(scope="module")
def shared_page(chromium: Browser) -> Iterator[Page]:
    """A page that the tests of a file share."""
    page = _new_page(chromium)
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
    _end_kernels(lab)
    assert [fault for book in books for fault in book.faults] == []


def _end_kernels(lab: Lab) -> None:
    for session in lab.api("sessions"):  # type: ignore[attr-defined]
        lab.api(f"sessions/{session['id']}", "DELETE")


@pytest.fixture(scope="module")
def shared(lab: Lab, shared_page: Page, request: pytest.FixtureRequest) -> Iterator[Notebook]:
    """One notebook with one editor, run, for the tests of a file that leave it as they found it."""
    name = request.module.__name__.rpartition(".")[2]
    write_notebook(lab.folder / f"{name}.ipynb", [SETUP, opening(name.replace("_", "-"))])
    book = Notebook(shared_page, lab.address(f"{name}.ipynb"))
    book.run_all()
    yield book
    _end_kernels(lab)
    assert book.faults == []


@pytest.fixture(scope="session")
def screenshots() -> Path:
    """Where the pictures go: they are kept, to be looked at."""
    folder = Path(os.environ.get("IAMLAB_SCREENSHOTS") or REPOSITORY / "test-output" / "screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder
