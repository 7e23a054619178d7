"""What an exam shows of a question before it is handed in: all but the key, in an order that only its seed knows."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from iamlab.learning.bank import Question
from iamlab.learning.exam import rows_of
from iamlab.learning.shown import shuffled

__all__ = ["LETTERS", "shown_in"]

LETTERS = "abcde"
"""The keys of options."""

Shown = dict[str, Any]


def shown_in(seed: str, one: Question) -> Shown:
    """Return a question as an exam shows it: plain data for JSON, without the key.

    Args:
        seed: the exam's, which chooses in which order options stand.
        one: the question.
    """
    about, order = one.exercise, f"{seed}/{one.name}"
    shown = SHUFFLES.get(about.kind, _as_it_is)(one.kind.shown(), order, one)
    head = {"name": one.name, "kind": about.kind, "task": about.task, "rows": rows_of(one)}
    found: Shown = json.loads(json.dumps({**shown, **head}))
    return found


def _as_it_is(shown: Shown, _order: str, _one: Question) -> Shown:
    return shown


def _choose(shown: Shown, order: str, _one: Question) -> Shown:
    return {**shown, "options": shuffled(shown["options"], order)}


def _diagnose(shown: Shown, order: str, _one: Question) -> Shown:
    questions = [{**one, "options": shuffled(one["options"], f"{order}/{one['id']}")} for one in shown["questions"]]
    return {**shown, "questions": questions}


def _match(shown: Shown, order: str, _one: Question) -> Shown:
    return {**shown, "choices": shuffled(shown["choices"], order)}


def _order(shown: Shown, order: str, one: Question) -> Shown:
    return {**shown, "steps": shuffled(sorted(shown["steps"]), order, unlike=one.kind.key)}  # type: ignore[attr-defined]


SHUFFLES: Mapping[str, Callable[[Shown, str, Question], Shown]] = {
    "choose": _choose,
    "diagnose": _diagnose,
    "match": _match,
    "order": _order,
}
