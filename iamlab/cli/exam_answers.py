"""Questions of an exam in a terminal: what is shown, and how letters and numbers become an answer."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from textwrap import fill
from typing import Any

from iamlab.learning.exam_sheet import LETTERS
from iamlab.reporting.text import printable

__all__ = ["answer_of", "question_text"]

Shown = Mapping[str, Any]

WIDTH = 78
DECISIONS = {"a": "allowed", "e": "explicitDeny", "i": "implicitDeny"}
HOW = {
    "choose": "one letter",
    "several": "letters, as in `ac`",
    "diagnose": "a letter for each question, as in `b a`; `-` leaves one open",
    "match": "for each line the key of what goes with it, as in `b a c`; `-` leaves one open",
    "order": "keys in order, without what does not belong",
    "predict": "for each request a letter (a: allowed, e: explicit deny, i: implicit deny) and the number of the step "
    "that decides, as in `a7 e1`; `-` leaves one open",
}


def question_text(shown: Shown) -> str:
    """Return a question as it stands in a terminal, with how it is answered."""
    how = HOW["several" if shown.get("several") else shown["kind"]]
    return printable(
        "\n".join([shown["task"], "", *_exhibits(shown), *LAYOUTS[shown["kind"]](shown), f"Answer: {how}"])
    )


def _exhibits(shown: Shown) -> Iterator[str]:
    if shown.get("message"):
        yield from (*_indented(shown["message"]), "")
    for policy in shown.get("policies", ()):
        yield from (f"{policy['name']}:", *_indented(policy["text"]), "")
    asked = [shown["request"]] if shown.get("request") else shown.get("requests", [])
    for request in asked if shown["kind"] != "predict" else []:
        yield from (f"Request {request['id']}:" if len(asked) > 1 else "Request:", *_request(request), "")


def _indented(text: str) -> list[str]:
    return [f"    {line}" for line in text.splitlines()]


def _request(request: Shown) -> Iterator[str]:
    yield f"    {_one_line(request.get('principal', ''))}"
    yield f"    {request['action']} on {request['resource']}"
    yield from (f"    {key} = {_one_line(value)}" for key, value in request.get("context", {}).items())


def _one_line(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_one_line(one)}" for key, one in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _keys(count: int) -> Sequence[str]:
    """Letters, where they suffice: f, n, p and s say something else."""
    return LETTERS if count <= len(LETTERS) else [str(i) for i in range(1, count + 1)]


def _listed(texts: Sequence[str]) -> Iterator[str]:
    for key, text in zip(_keys(len(texts)), texts, strict=False):
        yield fill(
            f"  {key:2} {text}", WIDTH, subsequent_indent="     ", break_long_words=False, break_on_hyphens=False
        )
    yield ""


def _choose(shown: Shown) -> Iterator[str]:
    return _listed([one["text"] for one in shown["options"]])


def _diagnose(shown: Shown) -> Iterator[str]:
    for one in shown["questions"]:
        yield one["question"]
        yield from _choose(one)


def _match(shown: Shown) -> Iterator[str]:
    yield from (f"  {number}. {one['text']}" for number, one in enumerate(shown["left"], 1))
    yield "What goes with them:"
    yield from _listed([one["text"] for one in shown["choices"]])


def _order(shown: Shown) -> Iterator[str]:
    return _listed(shown["steps"])


def _predict(shown: Shown) -> Iterator[str]:
    for number, request in enumerate(shown["requests"], 1):
        yield from (f"Request {number}:", *_request(request))
        for policy in request.get("policies", ()):
            yield from (f"    {policy['name']}:", *_indented(policy["text"]))
    yield "Steps:"
    yield from (f"  {number}  {step}" for number, step in enumerate(shown["steps"], 1))
    yield ""


LAYOUTS: Mapping[str, Callable[[Shown], Iterator[str]]] = {
    "choose": _choose,
    "diagnose": _diagnose,
    "match": _match,
    "order": _order,
    "predict": _predict,
}


def answer_of(shown: Shown, line: str) -> str:
    """Return what was typed as an answer in JSON.

    Raises:
        ValueError: it is no answer to this question; the message is a sentence.
    """
    tokens = [token for token in re.split(r"[\s,;]+", line.strip().lower()) if token]
    return json.dumps(READINGS[shown["kind"]](shown, tokens))


def _read_choose(shown: Shown, tokens: list[str]) -> list[str]:
    found = _places(tokens, len(shown["options"]))
    if len(found) > 1 and not shown.get("several"):
        raise ValueError("This question takes one letter.")
    return [shown["options"][place]["id"] for place in found]


def _read_order(shown: Shown, tokens: list[str]) -> list[str]:
    return [shown["steps"][place] for place in _places(tokens, len(shown["steps"]))]


def _read_match(shown: Shown, tokens: list[str]) -> dict[str, str]:
    return _one_each([one["id"] for one in shown["left"]], tokens, lambda _: shown["choices"])


def _read_diagnose(shown: Shown, tokens: list[str]) -> dict[str, str]:
    questions = shown["questions"]
    return _one_each([one["id"] for one in questions], tokens, lambda place: questions[place]["options"])


def _one_each(names: Sequence[str], tokens: list[str], options: Callable[[int], Sequence[Shown]]) -> dict[str, str]:
    """Read one key for each name; `-` leaves one open."""
    keys = _apart(tokens, len(names))
    if len(keys) != len(names):
        raise ValueError(f"This takes {len(names)} keys; {len(keys)} were given.")
    chosen = {place: key for place, key in enumerate(keys) if key != "-"}
    return {names[at]: options(at)[_place(key, len(options(at)))]["id"] for at, key in chosen.items()}


def _read_predict(shown: Shown, tokens: list[str]) -> dict[str, dict[str, str]]:
    requests, steps, found = shown["requests"], shown["steps"], dict[str, dict[str, str]]()
    if len(tokens) != len(requests):
        raise ValueError(f"This takes {len(requests)} predictions; {len(tokens)} were given.")
    for request, token in zip(requests, tokens, strict=True):
        if token == "-":
            continue
        said = re.fullmatch(r"([aei])(\d{1,2})", token)
        if said is None or not 1 <= int(said[2]) <= len(steps):
            raise ValueError(f"`{token[:20]}` is no prediction: a, e or i, then a number from 1 to {len(steps)}.")
        found[request["id"]] = {"decision": DECISIONS[said[1]], "step": steps[int(said[2]) - 1]}
    return found


def _places(tokens: list[str], count: int) -> list[int]:
    return list(dict.fromkeys(_place(key, count) for key in _apart(tokens, 2)))


def _apart(tokens: list[str], wanted: int) -> list[str]:
    """Letters written as one word are several keys."""
    return list(tokens[0]) if wanted > 1 and len(tokens) == 1 and re.fullmatch(r"[a-e-]+", tokens[0]) else tokens


def _place(key: str, count: int) -> int:
    keys = list(_keys(count)[:count])
    if key not in keys:
        raise ValueError(f"`{key[:20]}` is none of {keys[0]} to {keys[-1]}.")
    return keys.index(key)


READINGS: Mapping[str, Callable[[Shown, list[str]], Any]] = {
    "choose": _read_choose,
    "diagnose": _read_diagnose,
    "match": _read_match,
    "order": _read_order,
    "predict": _read_predict,
}
