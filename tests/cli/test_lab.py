"""`iamlab lab`: the lessons are laid, and JupyterLab opens at the first one."""

import json
import re
import signal
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest
from click.testing import CliRunner, Result

from iamlab.cli import lab as command
from iamlab.cli.main import main
from iamlab.learning.lessons import FIRST
from tests.learning.course import write, write_course


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A small course, as the wheel carries it."""
    return write_course(tmp_path / "site-packages" / "_course")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The learner's folder, not yet there."""
    return tmp_path / "my lessons"


@pytest.fixture
def opened(course, monkeypatch) -> list[tuple]:
    """Runs the command without its server; holds what would have been served."""
    calls: list[tuple] = []
    monkeypatch.setattr(command, "course_root", lambda: course)
    monkeypatch.setattr(command, "serve", lambda *options: calls.append(options))
    monkeypatch.setenv("DISPLAY", ":0")
    for name in ("SSH_CONNECTION", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    return calls


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["lab", *arguments])


class TestCommand:
    def test_default_folder(self, opened, tmp_path, monkeypatch):
        """Without a name the lessons go to `iamlab-lessons` here, and the first one opens."""
        monkeypatch.chdir(tmp_path)
        result = run()
        assert (result.exit_code, opened) == (0, [(Path("iamlab-lessons"), FIRST, True, None)])
        assert result.output == (
            f"New in `iamlab-lessons`: `{FIRST}`, `04-policy-elements.ipynb`, `exercises/04-elements/first.ipynb`.\n"
        )

    @pytest.mark.parametrize(
        ("arguments", "environment"),
        [
            (["--no-browser"], {}),
            ([], {"DISPLAY": ""}),
            ([], {"SSH_CONNECTION": "203.0.113.7 50000 203.0.113.9 22"}),
        ],
        ids=["asked", "no screen", "over SSH"],
    )
    def test_no_browser(self, opened, folder, monkeypatch, arguments, environment):
        """No browser opens where it was asked so, or where nobody would see it."""
        monkeypatch.setattr(sys, "platform", "linux")
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        run(str(folder), *arguments)
        assert opened == [(folder, FIRST, False, None)]

    def test_kept_lesson_is_told(self, opened, course, folder):
        """A newer version that was held back is said in one sentence, with the way to it."""
        run(str(folder))
        write(folder / FIRST, "mine")
        write(course / "notebooks" / FIRST, "second edition")
        result = run(str(folder))
        assert result.output == (f"Newer, but left as you changed it: `{FIRST}`. To get the newer one, rename yours.\n")

    def test_trouble_is_one_sentence_and_status_2(self, opened, folder):
        """No traceback: one line on standard error, and nothing is opened."""
        folder.write_text("mine")
        result = run(str(folder))
        assert result.exit_code == 2
        assert result.stderr == f"Error: `{folder}` is a file: name a folder for the lessons.\n"
        assert opened == []

    @pytest.mark.parametrize("port", ["0", "65536", "x"])
    def test_impossible_port(self, opened, folder, port):
        assert run(str(folder), "--port", port).exit_code == 2
        assert opened == []
        assert not folder.exists()


SERVE = """
import sys, threading
from pathlib import Path
from iamlab.cli.lab import serve

threading.Thread(target=threading.Event().wait).start()  # stands for a request that is still under way
serve(Path(sys.argv[1]), sys.argv[2], False, None)
"""


@pytest.mark.slow
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "terminated"])
def test_server_answers_at_the_first_lesson(tmp_path, end):
    """The printed address opens JupyterLab at the first lesson, and one Ctrl-C ends it, even with work under way."""
    folder = tmp_path / "my lessons"
    write(folder / FIRST, json.dumps({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
    server = subprocess.Popen([sys.executable, "-c", SERVE, folder, FIRST], stdout=subprocess.PIPE, text=True)
    try:
        url = next(found[0] for line in server.stdout if (found := re.search(r"http://\S+", line)))
        assert f"/lab/tree/{FIRST}?token=" in url
        page = urlopen(url, timeout=30).read().decode()
        assert "JupyterLab" in page
        assert '"news": {"disabled": true}' in page
        server.send_signal(end)
        assert server.wait(timeout=20) == 0
    finally:
        server.kill()
