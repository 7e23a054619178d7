"""An exercise panel without a browser, and what a browser does to it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

from iamlab.widgets import ExercisePanel, exercise

BUCKET = "arn:aws:s3:::ml-training-data-bucket"
QUICK = {
    "predict": "allow-deny-silence",
    "order": "a-role-in-an-organization",
    "diagnose": "whose-request-is-it",
    "choose": "who-can-be-named",
    "match": "four-words",
}
"""An exercise of each kind whose key is computed."""


def policy(action: object, resource: str = f"{BUCKET}/*") -> str:
    statement = {"Effect": "Allow", "Action": action, "Resource": resource}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def until(holds: Callable[[], Any], seconds: float = 10.0) -> None:
    """Wait for what a thread does."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "It did not come."
        time.sleep(0.005)


def opened(name: str, **more: Any) -> ExercisePanel:
    """Open a panel, and wait until it stands as it was left."""
    panel = exercise(name, **more)
    if panel._trying is not None:
        until(lambda: panel.requests)
    saved = panel._keeper.saved
    until(lambda: panel.progress["result"] or not saved.attempts)
    return panel


def answers(panel: ExercisePanel, text: str) -> None:
    """Do what the browser does when someone types or chooses."""
    panel.set_state({"document": {"revision": panel.document["revision"] + 1, "text": text}})


def asks(panel: ExercisePanel, type: str, **more: Any) -> Any:
    """Send a message as a browser does, and return the answer."""
    sent: list[dict[str, Any]] = []
    panel.send = sent.append  # type: ignore[method-assign]
    panel._on_message(panel, {"type": type, "id": "1", "text": panel.text, **more}, None)
    return sent[-1].get("answer") if sent else None


def checked(panel: ExercisePanel, text: str) -> dict[str, Any]:
    """Give an answer and check it; return what the panel then shows."""
    answers(panel, text)
    before = panel.progress["result"]
    assert asks(panel, "check") is True
    until(lambda: not panel.progress["checking"] and panel.progress["result"] is not before)
    return dict(panel.progress["result"])


def kept(panel: ExercisePanel) -> dict[str, Any]:
    """Wait until all is on the disk, and return what is there."""
    assert panel._keeper.flush()
    file = panel._settings.answers / f"{panel.kind.exercise.name}.json"
    return dict(json.loads(file.read_text(encoding="utf-8")))
