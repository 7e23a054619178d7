"""`iamlab lab`: lays the lessons in a folder and opens JupyterLab there."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from secrets import token_hex
from typing import NoReturn
from urllib.parse import quote

import click

from iamlab.learning.lessons import FIRST, Laying, LessonsError, course_root, lay_lessons, place_in_checkout

__all__ = ["lab"]


class Unready(click.ClickException):
    """The lessons cannot be laid; shown as one sentence."""

    exit_code = 2


@click.command()
@click.argument("folder", default="iamlab-lessons", type=click.Path(path_type=Path))
@click.option("--no-browser", is_flag=True, help="Print the address and open no browser.")
@click.option("--port", type=click.IntRange(1, 65535), help="Listen on this port, or the next free one.")
def lab(folder: Path, no_browser: bool, port: int | None) -> None:
    """Lay the lessons in FOLDER and open JupyterLab there.

    FOLDER is iamlab-lessons unless named. A later run brings new lessons, and newer versions of those that
    you have not changed; the others are left alone. Without a screen, and over SSH, the address is printed
    and no browser opens.
    """
    start = first_lesson(folder)
    browser = not no_browser and has_screen(os.environ, sys.platform)
    serve(folder, start, browser, port)


def first_lesson(folder: Path) -> str:
    """Lay the lessons where that is needed, and return the first one's place in the folder.

    Raises:
        Unready: they cannot be laid.
    """
    root = course_root()
    if start := place_in_checkout(folder, root):
        return start
    try:
        laying = lay_lessons(folder, root)
    except LessonsError as error:
        raise Unready(str(error)) from error
    for sentence in told(folder, laying):
        click.echo(sentence)
    return FIRST


def told(folder: Path, laying: Laying) -> Iterator[str]:
    """Say what was laid, a sentence each; nothing where nothing happened.

    >>> list(told(Path("lessons"), Laying(("00-start-here.ipynb",), (), ())))
    ['New in `lessons`: `00-start-here.ipynb`.']
    """
    if laying.new:
        yield f"New in `{folder}`: {named(laying.new)}."
    if laying.updated:
        yield f"Newer in `{folder}`: {named(laying.updated)}."
    if laying.left:
        yield f"Newer, but left as you changed it: {named(laying.left)}. To get the newer one, rename yours."


def named(names: tuple[str, ...]) -> str:
    """List names, or count them where they are many.

    >>> named(("a.ipynb", "b.ipynb"))
    '`a.ipynb`, `b.ipynb`'
    """
    return ", ".join(f"`{name}`" for name in names) if len(names) < 8 else f"{len(names)} files"


def has_screen(environment: Mapping[str, str], platform: str) -> bool:
    """Whether a browser opened here would be seen by the person who types.

    >>> has_screen({"DISPLAY": ":0"}, "linux"), has_screen({}, "linux"), has_screen({}, "darwin")
    (True, False, True)
    >>> has_screen({"DISPLAY": ":0", "SSH_CONNECTION": "203.0.113.7 …"}, "linux")
    False
    """
    if environment.get("SSH_CONNECTION"):
        return False
    return platform != "linux" or any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def serve(folder: Path, start: str, browser: bool, port: int | None) -> NoReturn:
    """Run JupyterLab in `folder` at the notebook `start` until it is stopped."""
    from jupyterlab.labapp import LabApp

    token = token_hex(24)
    server = LabApp.initialize_server(server_options(folder, start, browser, port, token))
    place = address(server.local_url, token)
    told = f"\nThe lessons are open at\n\n    {place}\n\nCtrl-C here closes them.\n"
    server.io_loop.add_callback(click.echo, told)  # once it listens: that too is one of the loop's callbacks
    server.start()
    # The server has cleaned up. A request still under way keeps its thread, and Python would wait for that forever.
    sys.stdout.flush()
    os._exit(0)


def server_options(folder: Path, start: str, browser: bool, port: int | None, token: str) -> list[str]:
    """Write JupyterLab's command line: it listens on this machine only, so root may run it in a container."""
    return [
        f"--ServerApp.root_dir={folder.resolve()}",
        f"--LabApp.default_url=/lab/tree/{quote(start)}",
        f"--IdentityProvider.token={token}",
        f"--ServerApp.open_browser={browser}",
        "--ServerApp.allow_root=True",
        "--ServerApp.answer_yes=True",  # one Ctrl-C is enough: what was typed is on disk already
        "--LabApp.news_url=None",  # else JupyterLab asks, before the first lesson, about news of itself
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--ServerApp.log_level=ERROR",
        "--LabApp.log_level=ERROR",
        *([f"--ServerApp.port={port}"] if port else []),
    ]


def address(url: str, token: str) -> str:
    """Return the address with the token that the server asks for.

    >>> address("http://127.0.0.1:8888/lab/tree/a.ipynb?token=...", "5e1f")
    'http://127.0.0.1:8888/lab/tree/a.ipynb?token=5e1f'
    """
    return f"{url.partition('?')[0]}?token={token}"
