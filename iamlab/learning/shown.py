"""What a learner sees of an exercise, as plain data for JSON: the same in panels and in notebooks' texts."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from iamlab.evaluation import Policies
from iamlab.learning.questions import Question
from iamlab.policy import KINDS, format_policy
from iamlab.reporting.reasons import policy_name

__all__ = ["shown_policies", "shown_question", "shown_request", "shuffled"]

T = TypeVar("T")
REQUEST = ("id", "principal", "action", "resource", "resource_account", "context")


def shown_policies(policies: Policies) -> list[dict[str, str]]:
    """Return policies as a learner reads them, each with its name, in the order in which the steps ask them."""
    listed = list(policies)
    many = Counter(one.policy.kind for one in listed)
    return [
        {
            "label": one.label,
            "kind": (kind := one.policy.kind),
            "name": _sentence(policy_name(one.label, kind) if many[kind] > 1 else KINDS[kind].label),
            "text": _laid_out(one.policy.source.text),
        }
        for one in listed
    ]


def shown_request(request: Mapping[str, Any], scenario: Mapping[str, Any], id: str = "1") -> dict[str, Any]:
    """Return a request of an exercise file: who asks for what, and the context that is given.

    Args:
        request: its table.
        scenario: the exercise's scenario, which says who asks where the request does not.
        id: what it is called where it has no id of its own.
    """
    return {"id": id, **{key: value for key, value in {**scenario, **request}.items() if key in REQUEST}}


def shown_question(question: Question, exercise: str) -> dict[str, Any]:
    """Return a question with its options, in an order that tells nothing of the key."""
    options = [{"id": option.id, "text": option.text} for option in question.options]
    return {"id": question.id, "question": question.text, "options": shuffled(options, f"{exercise}/{question.id}")}


def shuffled(items: Iterable[T], seed: str, unlike: Sequence[T] = ()) -> list[T]:
    """Return items in an order that is the same at each call with this seed.

    Args:
        items: what is put in order.
        seed: what chooses the order, such as an exercise's name.
        unlike: those among the items that must not come out in just this order.
    """
    found, chance = list(items), random.Random(seed)
    chance.shuffle(found)
    while len(unlike) > 1 and [one for one in found if one in unlike] == list(unlike):
        chance.shuffle(found)
    return found


def _laid_out(text: str) -> str:
    """A policy as its author laid it out; one that is all on one line is spread over several."""
    return text.strip() if "\n" in text.strip() else format_policy(text)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
