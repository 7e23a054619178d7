"""An editor without a browser, and what a browser does to it."""

from __future__ import annotations

from typing import Any

from iamlab.widgets import PolicyEditor, policy_editor

START = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}'
DATA = "arn:aws:s3:::ml-training-data-bucket/train.csv"
REQUESTS = [("s3:GetObject", DATA), {"id": "put", "action": "s3:PutObject", "resource": DATA}]


def opened(name: str = "test", policy: Any = START, **more: Any) -> PolicyEditor:
    return policy_editor(policy, REQUESTS, name=name, **more)


def types(editor: PolicyEditor, text: str, revision: int = 1) -> None:
    """Do what the browser does when someone types."""
    editor.set_state({"document": {"revision": revision, "text": text}})


def kept(editor: PolicyEditor) -> None:
    """Wait until what was typed is on the disk."""
    assert editor._keeper is not None
    assert editor._keeper.flush()
