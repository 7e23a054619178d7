"""What the course is made of: lessons and topics, by name and number."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

__all__ = ["Course", "course"]

FILE = Path(__file__).with_name("course.toml")


@dataclass(frozen=True, slots=True)
class Course:
    """Titles of lessons by their names, as in `04-policy-elements`, and of topics by their numbers, as in `C4.2`."""

    lessons: Mapping[str, str]
    topics: Mapping[str, str]

    def lesson(self, name: str) -> str:
        """Return a lesson's number and title.

        >>> course().lesson("04-policy-elements")
        '04 Policy elements'
        """
        return f"{name[:2]} {self.lessons.get(name, name[3:])}"


@cache
def course() -> Course:
    """Return the course."""
    content = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return Course(content["lessons"], content["topics"])
