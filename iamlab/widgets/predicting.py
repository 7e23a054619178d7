"""Predicting a step before it answers: what is not yet said by the learner is not shown by the picture."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from iamlab.reporting.stepper import GOES_ON, KEPT_BY_AWS
from iamlab.reporting.words import UNDECIDED, WORDS

__all__ = ["masked"]

SAID = {GOES_ON: "goes on", **{decision: word.lower() for decision, word in WORDS.items()}}
HIDDEN = {
    "state": "open",
    "outcome": None,
    "spoken": "not answered yet",
    "said": "",
    "answer": None,
    "prediction": None,
}
NOT_YET = {"decision": UNDECIDED, "word": WORDS[UNDECIDED], "text": ""}
OPEN = {"decision": UNDECIDED, "word": WORDS[UNDECIDED], "step": "", "reason": "", "denial": None, "deciding": None}
Data = dict[str, Any]


def masked(picture: Data, said: Sequence[Any]) -> Data:
    """Return a picture as far as its steps were predicted; each step that was has the prediction beside its answer.

    Args:
        picture: the whole picture.
        said: the predictions in order: of a step `"on"`, or the decision with which it ends the evaluation.

    Steps that have no policy of their kind go on unasked, but for the last one: there it is told what is decided.

    Returns:
        The picture with `awaits`, the number of the step that is to be predicted next; None where all are.
    """
    left, awaits = list(said), None
    reached: dict[int, Data] = {}
    for node in (node for rail in picture["rails"] for node in rail["nodes"] if node["answer"] is not None):
        if not _is_asked(node):
            reached[node["number"]] = node
        elif left:
            reached[node["number"]] = _predicted(node, left.pop(0))
        else:
            awaits = node["number"]
            break
    aws = {policy["label"] for policy in picture["policies"] if policy["name"] in KEPT_BY_AWS}
    rails = [_rail(rail, reached, awaits, aws) for rail in picture["rails"]]
    whole = {**picture, "rails": rails, "awaits": awaits}
    return whole if awaits is None else {**whole, **OPEN, "changes": []}


def _is_asked(node: Data) -> bool:
    """Return whether a step waits for a prediction: one without a policy does only where it is the last."""
    return bool(node["state"] != "absent" or node["answer"] != GOES_ON)


def _rail(rail: Data, reached: Mapping[int, Data], awaits: int | None, aws: Collection[str]) -> Data:
    """Return a rail; a step that is not asked is known as such once its rail has ended."""
    ended = awaits is None or awaits > rail["nodes"][-1]["number"]
    nodes = [reached.get(node["number"]) or (node if ended else _hidden(node, aws)) for node in rail["nodes"]]
    return {**rail, "nodes": nodes} if ended else {**rail, **_OPEN_RAIL, "nodes": nodes}


_OPEN_RAIL = {"decision": UNDECIDED, "word": WORDS[UNDECIDED]}


def _hidden(node: Data, aws: Collection[str]) -> Data:
    """Return a node without its answer; the policy that stands first is not the one that matters most."""
    policies = [
        {**one, "said": "", "applies": None, "decision": UNDECIDED, "statement": None, "elements": []}
        for one in node["policies"]
    ]
    labels = [one["label"] for one in policies]
    first = next((label for label in labels if label not in aws), labels[0] if labels else None)
    asked = "" if node["state"] == "passed" and not node["said"] else node["asked"]
    return {**node, **HIDDEN, "asked": asked, "running": NOT_YET, "policies": policies, "first": first}


def _predicted(node: Data, said: Any) -> Data:
    right = said == node["answer"]
    given, so = SAID.get(said, "nothing"), SAID[node["answer"]]
    text = f"Your answer, {given}, matches." if right else f"Your answer: {given}. What happens: {so}."
    return {**node, "prediction": {"said": said, "right": right, "text": text}}
