"""What an exam that was handed in shows: how many are right, where, and of each answer what holds and why."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from iamlab.learning.bank import Question
from iamlab.learning.course import course
from iamlab.learning.exam import PASS, Exam, Outcome
from iamlab.learning.exam_sheet import LETTERS, shown_in
from iamlab.learning.questions import Question as Options
from iamlab.learning.reading import filled_in
from iamlab.reporting.reasons import reason
from iamlab.reporting.words import WORDS

__all__ = ["exam_result", "weak_parts"]

RIGHT, WRONG, OPEN = "right", "wrong", "open"
NOTHING = "no answer"
LEFT_OUT = "left out"

Told = dict[str, Any]


def exam_result(exam: Exam) -> Told:
    """Return the result of an exam as plain data for JSON."""
    outcomes = exam.outcomes()
    right = sum(one.is_right for one in outcomes)
    return {
        "date": _day(exam.ended or exam.started),
        "right": right,
        "of": len(outcomes),
        "percent": 100 * right // len(outcomes),
        "needed": exam.needed,
        "passed": right >= exam.needed,
        "used": round(exam.used),
        "minutes": exam.minutes,
        "seed": exam.seed,
        "shortage": exam.shortage,
        "parts": [_part(name, some) for name, some in _by_part(outcomes).items()],
        "weak": list(weak_parts(outcomes)),
        "questions": [_reviewed(number, one, exam.seed) for number, one in enumerate(outcomes, 1)],
    }


def weak_parts(outcomes: Iterable[Outcome]) -> tuple[str, ...]:
    """Return the parts of the course in which fewer answers are right than pass an exam."""
    parts = _by_part(outcomes)
    return tuple(name for name, some in parts.items() if sum(one.is_right for one in some) < PASS * len(some))


def _by_part(outcomes: Iterable[Outcome]) -> dict[str, list[Outcome]]:
    found = dict[str, list[Outcome]]()
    for one in sorted(outcomes, key=lambda one: one.question.group):
        found.setdefault(one.question.group, []).append(one)
    return found


def _part(name: str, some: Sequence[Outcome]) -> Told:
    """A part of the course, with the lesson to read where something in it is not right."""
    lessons = Counter(course().lesson_of(one.question.topic) for one in some if not one.is_right)
    lesson = max(lessons, key=lambda one: lessons[one]) if lessons else ""
    right = sum(one.is_right for one in some)
    return {"name": name, "title": course().parts.get(name, name), "right": right, "of": len(some), "lesson": lesson}


def _day(at: str) -> str:
    try:
        day = datetime.fromisoformat(at).astimezone()
    except ValueError:
        return ""
    return f"{day.day} {day:%B}"


def _reviewed(number: int, outcome: Outcome, seed: str) -> Told:
    """A question with everything that can be said of its answer."""
    one = outcome.question
    return {
        "number": number,
        "name": one.name,
        "title": one.exercise.title,
        "status": OPEN if outcome.is_open else RIGHT if outcome.is_right else WRONG,
        "topic": one.topic,
        "lesson": course().lesson_of(one.topic),
        "why": one.why,
        "blocks": BLOCKS[one.exercise.kind](one, _said(outcome.answer), shown_in(seed, one)),
    }


def _said(answer: str) -> Any:
    """What an answer says; an answer of a form that is none says nothing."""
    try:
        return filled_in(json.loads(answer))
    except (ValueError, TypeError, RecursionError):
        return []


def _fields(said: Any) -> Mapping[str, Any]:
    return said if isinstance(said, dict) else {}


def _names(said: Any) -> list[str]:
    return [str(one) for one in said] if isinstance(said, list) else []


def _options(options: Options, chosen: Sequence[str], shown: Sequence[Mapping[str, Any]]) -> Told:
    """The options of a question, each with its reason, in the order in which they stood."""
    known = {one.id: one for one in options.options}
    rows = [
        {
            "key": LETTERS[place : place + 1],
            "text": one["text"],
            "chosen": one["id"] in chosen,
            "right": known[one["id"]].right,
            "why": known[one["id"]].why,
        }
        for place, one in enumerate(shown)
    ]
    return {"question": options.text, "options": rows}


def _choose(one: Question, said: Any, shown: Told) -> list[Told]:
    return [_options(one.kind.question, _names(said), shown["options"])]  # type: ignore[attr-defined]


def _diagnose(one: Question, said: Any, shown: Told) -> list[Told]:
    asked: Sequence[Options] = one.kind.questions  # type: ignore[attr-defined]
    chosen = _fields(said)
    both = zip(asked, shown["questions"], strict=True)
    return [_options(question, [str(chosen.get(question.id, ""))], told["options"]) for question, told in both]


def _line(label: str, yours: str, holds: str, why: str = "") -> Told:
    return {"label": label, "yours": yours or NOTHING, "holds": holds, "right": yours == holds, "why": why}


def _predict(one: Question, said: Any, _shown: Told) -> list[Told]:
    lines = []
    for name, explanation in one.kind.key.items():  # type: ignore[attr-defined]
        decision, row = explanation.decision, _fields(_fields(said).get(name))
        yours = _predicted(str(row.get("decision", "")), str(row.get("step", "")))
        label = f"`{explanation.request.action}` on `{explanation.request.resource}`"
        lines.append(_line(label, yours, _predicted(decision.decision, decision.step), reason(explanation)))
    return [{"lines": lines}]


def _predicted(decision: str, step: str) -> str:
    return ", ".join(filter(None, [WORDS.get(decision, ""), step]))


def _match(one: Question, said: Any, _shown: Told) -> list[Told]:
    texts, chosen = one.kind.choices, _fields(said)  # type: ignore[attr-defined]
    pairs = one.kind.pairs  # type: ignore[attr-defined]
    lines = [
        _line(pair["left"], texts.get(str(chosen.get(pair["id"])), ""), pair["right"], pair["why"]) for pair in pairs
    ]
    return [{"lines": lines}]


def _order(one: Question, said: Any, _shown: Told) -> list[Told]:
    key, yours = one.kind.key, _names(said)  # type: ignore[attr-defined]
    padded = [*yours, *[""] * (len(key) - len(yours))]
    lines = [_line(f"Place {i}", mine, right) for i, (mine, right) in enumerate(zip(padded, key, strict=False), 1)]
    why = one.kind.why_not  # type: ignore[attr-defined]
    lines += [_line(name, "in the order", LEFT_OUT, why(name)) for name in yours if name not in key]
    return [{"lines": lines}]


BLOCKS: Mapping[str, Callable[[Question, Any, Told], list[Told]]] = {
    "choose": _choose,
    "diagnose": _diagnose,
    "predict": _predict,
    "match": _match,
    "order": _order,
}
