"""Misconceptions: what learners believe that is not so, each with its smallest case and one kind sentence.

The slug of one is the name by which exercises, advice, the exam and the progress page speak of it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["Misconception", "misconceptions"]

FILE = Path(__file__).with_name("misconceptions.toml")


@dataclass(frozen=True, slots=True)
class Misconception:
    """What is believed, and what is so.

    `topic` is the course's item, `believes` what is thought, `true` what is so, `say` the sentence for who shows it,
    `lesson` the notebook that teaches it (empty where none does yet), `lint` the codes of the checks that find it,
    `reference` AWS's page. `cases` are scenarios whose `expect` shows what is so; `texts` are policies that are no
    policies, by the code of the problem. `outside` says why no request shows it, where none does.
    """

    slug: str
    topic: str
    believes: str
    true: str
    say: str
    lesson: str = ""
    lint: tuple[str, ...] = ()
    reference: str = ""
    cases: tuple[Mapping[str, Any], ...] = ()
    texts: tuple[Mapping[str, Any], ...] = ()
    outside: str = ""


@cache
def misconceptions() -> dict[str, Misconception]:
    """Return all misconceptions by slug."""
    content = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {slug: _read(slug, entry) for slug, entry in content.items()}


def _read(slug: str, entry: Mapping[str, Any]) -> Misconception:
    lists: dict[str, Any] = {name: tuple(entry.get(name, ())) for name in ("lint", "cases", "texts")}
    texts = ("topic", "believes", "true", "say", "lesson", "reference", "outside")
    fields: dict[str, Any] = {name: str(entry.get(name, "")) for name in texts}
    return Misconception(slug, **lists, **fields)
