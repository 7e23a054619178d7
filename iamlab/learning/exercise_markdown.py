"""An exercise as Markdown, for notebooks: the task, what there is to look at, and how an answer is written."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from iamlab.evaluation import Policies
from iamlab.learning.kinds import Kind
from iamlab.learning.kinds.policy import PolicyExercise
from iamlab.learning.shown import shown_policies
from iamlab.policy import KINDS

__all__ = ["exercise_markdown"]

FENCE = "```"
SURE = 'Where you are sure, add `"sure": true`.'


def exercise_markdown(kind: Kind) -> str:
    """Return an exercise as Markdown: title, points, topics, task, what it shows, and how its answer is written."""
    exercise, shown = kind.exercise, _shown(kind)
    worth = f"{exercise.points} point{'' if exercise.points == 1 else 's'}"
    head = [f"## {exercise.title}", f"*{exercise.kind} · {worth} · {', '.join(exercise.topics)}*", exercise.task]
    return "\n\n".join([*head, *_material(shown), *_answering(shown)])


def _shown(kind: Kind) -> Mapping[str, Any]:
    """What a learner sees; of a policy to write without its requests: the cell decides those, when it is run."""
    if not isinstance(kind, PolicyExercise):
        return kind.shown()
    around = kind.exercise.body.get("scenario", {})
    return {"policy_kind": kind.kind, "policies": shown_policies(Policies.of(**around.get("policies", {})))}


def _material(shown: Mapping[str, Any]) -> Iterator[str]:
    if "message" in shown:
        yield _block(shown["message"], "text")
    if shown.get("policies") and "policy_kind" in shown:
        yield "Beside yours this stands:"
    yield from _policies(shown.get("policies", ()))
    requests = [*shown.get("requests", ()), *([shown["request"]] if "request" in shown else [])]
    if requests:
        yield _requests(requests)
    for request in requests:
        yield from _policies(request.get("policies", ()), f"For `{request['id']}`: ")
    for question in shown.get("questions", ()):
        yield f"**{question['question']}** `{question['id']}` is one of:"
        yield _options(question["options"])
    if "options" in shown:
        yield _options(shown["options"])
    if "choices" in shown:
        yield _options(shown["left"])
        yield "To choose from:"
        yield _options(shown["choices"])


def _answering(shown: Mapping[str, Any]) -> Iterator[str]:
    """How an answer is written: the words there are to choose from."""
    if "policy_kind" in shown:
        kind = KINDS[shown["policy_kind"]]
        yield f"Write it into the cell, as JSON: {kind.article.lower()} {kind.label}."
    elif "decisions" in shown:
        yield f"A decision is one of: {_codes(shown['decisions'])}. {SURE}"
        yield f"A step is one of: {_codes(shown['steps'])}."
    elif "steps" in shown:
        yield "The cell lists all of them. Move the lines into their order, and delete those that do not belong."
    elif "choices" in shown:
        yield "Write between the quotation marks the letter of what goes with each."
    elif "questions" in shown:
        yield "Write between the quotation marks what you choose."
    elif "options" in shown:
        form = '["this", "that"]' if shown.get("several") else '["this"]'
        yield f"Write what you choose between the brackets, as in `{form}`."


def _policies(policies: Iterable[Mapping[str, Any]], before: str = "") -> Iterator[str]:
    for policy in policies:
        yield f"**{before}{policy['name']}**"
        yield _block(policy["text"], "json")


def _requests(requests: Sequence[Mapping[str, Any]]) -> str:
    """A table of requests; what is the same in all of them, or absent, has no column."""
    columns = {
        "Request": [_code(one["id"]) for one in requests] if len(requests) > 1 else [],
        "Principal": [_code(_principal(one.get("principal"))) for one in requests],
        "Action": [_code(one["action"]) for one in requests],
        "Resource": [_code(one["resource"]) for one in requests],
        "Owner of the resource": [_code(one.get("resource_account", "")) for one in requests],
        "Context": ["<br>".join(_context(one.get("context", {}))) for one in requests],
    }
    kept = {name: cells for name, cells in columns.items() if any(cells)}
    lines = [tuple(kept), tuple("---" for _ in kept), *zip(*kept.values(), strict=True)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _principal(principal: object) -> str:
    return principal if isinstance(principal, str) else json.dumps(principal, ensure_ascii=False)


def _context(context: Mapping[str, Any]) -> Iterator[str]:
    for key, value in context.items():
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        yield f"{_code(key)}: {_code(text)}"


def _options(options: Iterable[Mapping[str, Any]]) -> str:
    return "\n".join(f"- {_code(one['id'])}: {one['text']}" for one in options)


def _codes(words: Iterable[str]) -> str:
    return ", ".join(_code(word) for word in words)


def _code(text: object) -> str:
    """A text as code in a table: a bar would end its cell."""
    shown = str(text).replace("|", "\\|").replace("\n", " ")
    return f"`{shown}`" if shown else ""


def _block(text: str, language: str) -> str:
    return f"{FENCE}{language}\n{text.strip()}\n{FENCE}"
