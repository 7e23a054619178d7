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
    """Titles of lessons by their names, as in `04-policy-elements`, and of topics by their numbers, as in `C4.2`.

    `taught` has the lesson of a topic, or of a group of topics, as `C4`; `parts` the titles of these groups.
    """

    lessons: Mapping[str, str]
    topics: Mapping[str, str]
    taught: Mapping[str, str]
    parts: Mapping[str, str]

    def lesson(self, name: str) -> str:
        """Return a lesson's number and title.

        >>> course().lesson("04-policy-elements")
        '04 Policy elements'
        """
        return f"{name[:2]} {self.lessons.get(name, name[3:])}"

    def lesson_of(self, topic: str) -> str:
        """Return the name of the lesson that teaches a topic.

        >>> course().lesson_of("C4.2"), course().lesson_of("C4.9")
        ('04-policy-elements', '05-evaluation-order')
        """
        return self.taught.get(topic) or self.taught[topic.partition(".")[0]]


@cache
def course() -> Course:
    """Return the course."""
    content = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return Course(content["lessons"], content["topics"], content["taught"], content["parts"])
