"""A small bank of questions, one of each kind at least, in a course of its own: the real one may change."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import iamlab.learning.bank
import iamlab.learning.exam
from iamlab.learning.exam import Exam
from tests.learning.bodies import BODIES

TOPICS = {"choose": "C4.3", "diagnose": "C7.1", "predict": "C4.7", "match": "C2.3", "order": "C4.2", "items": "C3.2"}
SEVERAL: dict[str, Any] = {
    "kind": "choose",
    "several": True,
    "options": [
        {"id": "user", "text": "A user", "right": True, "why": "A user signs in and asks."},
        {"id": "role", "text": "A role's session", "right": True, "why": "A session asks with temporary credentials."},
        {"id": "group", "text": "A group", "why": "A group never makes a request."},
        {"id": "policy", "text": "A policy", "why": "A policy is what a request is held against."},
    ],
}


def toml(value: Any) -> str:
    """Write a value as TOML, on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{json.dumps(key)} = {toml(one)}" for key, one in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(toml, value)) + "]"
    return json.dumps(value)


def write_question(root: Path, name: str, topic: str, body: Mapping[str, Any]) -> None:
    """Write a question into a course."""
    about = {
        "title": f"About {name}",
        "topics": [topic],
        "points": 1,
        "task": f"What holds of {name}?",
        "difficulty": 2,
    }
    path = root / "questions" / topic.partition(".")[0].lower() / f"{name}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = {**about, "why": f"The reason of {name}.", **body, "points": len(body.get("requests", "x")) * 2}
    path.write_text("".join(f"{key} = {toml(one)}\n" for key, one in lines.items()), encoding="utf-8")


def write_bank(root: Path, more: int = 0) -> Path:
    """Write a bank of seven questions and some more into a course, and return the course's root."""
    for kind, topic in TOPICS.items():
        write_question(root, f"{kind}-one", topic, BODIES[kind])
    write_question(root, "several", "C1.1", SEVERAL)
    for number in range(more):
        write_question(root, f"more-{number:02}", f"C{number % 8 + 1}.1", SEVERAL)
    return root


def use_bank(root: Path) -> None:
    """Let exams of this process ask the questions of a course."""
    for module in (iamlab.learning.bank, iamlab.learning.exam):
        vars(module)["course_root"] = lambda: root


KEYS = {
    "choose-one": ["no"],
    "diagnose-one": {"policy_type": "identity", "fix": "allow"},
    "predict-one": {
        "create": {"decision": "allowed", "step": "identity-based policies"},
        "delete": {"decision": "explicitDeny", "step": "deny evaluation"},
        "read": {"decision": "implicitDeny", "step": "identity-based policies"},
    },
    "items-one": ["Draft it", "Check it", "Attach it"],
    "several": ["user", "role"],
}
"""Right answers, where they do not depend on letters or on the steps' names."""


def small_bank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put the small bank, with twenty questions more, in the place of the real one, for one test."""
    for module in (iamlab.learning.bank, iamlab.learning.exam):
        monkeypatch.setattr(module, "course_root", module.course_root)  # put back afterwards
    root = write_bank(tmp_path / "course", more=20)
    use_bank(root)
    return root


def whole(**more: Any) -> Exam:
    """An exam with a question of each kind."""
    names = (*(f"{kind}-one" for kind in TOPICS), "several")
    return Exam(names, 30.0, "seed", started="2026-11-25T10:00:00+00:00", asked=len(names), **more)


def answered(exam: Exam, *names: str) -> Exam:
    for name in names:
        exam = exam.answered(name, json.dumps(KEYS[name]))
    return exam
