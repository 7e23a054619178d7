"""Exercises in which things are put in order, and those that do not belong are left out.

They are the steps of the evaluation, or items that the exercise lists.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from iamlab.evaluation.case import Case
from iamlab.evaluation.order import STEP_NAMES
from iamlab.evaluation.policies import Policies
from iamlab.learning.kinds.kind import JsonKind
from iamlab.learning.reading import read_answer, rows
from iamlab.learning.result import Feedback, Part, Result, scored
from iamlab.learning.shown import shown_policies, shown_request, shuffled

__all__ = ["OrderExercise"]

ALWAYS = frozenset({"deny evaluation", "identity-based policies"})
FIELDS = {
    "Organizations RCPs": "rcp",
    "Organizations SCPs": "scp",
    "VPC endpoint policy": "vpc_endpoint",
    "resource-based policies": "resource",
    "permissions boundary": "permissions_boundary",
    "session policies": "session",
}
"""The field of `Policies` that a step asks."""


class OrderExercise(JsonKind):
    """Order the steps that a request meets; the key follows from the scenario and the order of the evaluation.

    With `items` their order is the key, and each of `decoys` has a sentence that says why it is none of them. An answer
    is JSON: the list of the steps' names, or of the items' texts.
    """

    name, form = "order", list

    def prepare(self) -> None:
        """Read the items, or the scenario; one request says who asks whom for what."""
        body = self.exercise.body
        self._decoys: dict[str, str] = {one["text"]: one["why"] for one in body.get("decoys", [])}
        if "items" in body:
            self.key = tuple(body["items"])
            self.names = (*self.key, *self._decoys)
        else:
            self._prepare_steps()
            self.names = STEP_NAMES
        if len(set(self.names)) < len(self.names):
            raise self.error("Two of the things to be ordered are the same.", "items")

    def _prepare_steps(self) -> None:
        scenario = self.scenario(next(iter(self.need("requests")), {}), "scenario", "The scenario cannot be read")
        self._policies = scenario.policies
        case = Case.of(scenario.request, scenario.policies, management_account=scenario.management_account)
        self.key = tuple(name for name in STEP_NAMES if name in ALWAYS or _asked(case.policies, FIELDS[name]))

    @property
    def template(self) -> str:
        """All of them, in an order that is not the right one: to be moved, and some of them dropped."""
        return rows(self.shown()["steps"])

    def shown(self) -> dict[str, Any]:
        """Return all steps or items in an order that is not the right one, with the request where there is one."""
        body, steps = self.exercise.body, shuffled(self.names, self.exercise.name, unlike=self.key)
        if "items" in body:
            return {"steps": steps}
        request = shown_request(body["requests"][0], body.get("scenario", {}))
        return {"request": request, "policies": shown_policies(self._policies), "steps": steps}

    def judge_said(self, said: list[Any], answer: str) -> Result:
        """Hold the order against the right one."""
        names = [str(one) for one in said][: 2 * len(self.names)]
        places = [place < len(names) and names[place] == name for place, name in enumerate(self.key)]
        parts = [Part(f"Place {i}", right) for i, right in enumerate(places, 1)]
        extra = [name for name in names if name not in self.key]
        feedback = list[Feedback]()
        if not all(places):
            feedback.append(Feedback("explanation", _so_far(places.index(False), len(names))))
        if extra:
            feedback.append(Feedback("explanation", self.why_not(extra[0])))
        if (known := self.written_wrong(answer)) is not None:
            feedback.append(known)
        parts.append(Part("Leaves out what does not belong", not extra and len(names) <= len(self.key) and any(places)))
        return scored(self.exercise.name, self.exercise.points, parts, feedback)

    def why_not(self, name: str) -> str:
        """Return why something does not belong into the order."""
        if name not in self.names:
            return f"`{name[:60]}` is none of what is to be put in order."
        why = "is not asked here: there is no such policy, or none that binds this request."
        return self._decoys.get(name) or f"`{name}` {why}"

    def marks(self, answer: str) -> list[dict[str, Any]]:
        """Return the steps that stand in their place from the first on, and the first that does not."""
        names = [str(one) for one in read_answer(answer, self.form)[0]]
        right = next((i for i, (one, key) in enumerate(zip(names, self.key, strict=False)) if one != key), None)
        told = names[: len(self.key) if right is None else right + 1]
        return [{"id": name, "right": place != right, "text": ""} for place, name in enumerate(told)]

    def solved_in_words(self) -> list[str]:
        """Return the steps in order."""
        return list(self.key)

    def solved(self) -> str:
        """Return the key as an answer."""
        return json.dumps(list(self.key))

    def mutants(self, solution: str) -> Iterator[tuple[str, str]]:
        """Yield the key with two neighbors exchanged, one step left out, or one too many."""
        key = list(self.key)
        for i in range(len(key) - 1):
            yield f"{key[i]} after {key[i + 1]}", json.dumps([*key[:i], key[i + 1], key[i], *key[i + 2 :]])
        for i, name in enumerate(key):
            yield f"without {name}", json.dumps([*key[:i], *key[i + 1 :]])
        for name in (one for one in self.names if one not in key):
            yield f"with {name}", json.dumps([*key, name])


def _asked(policies: Policies, field: str) -> bool:
    value = getattr(policies, field)
    return value is not None and value != ()


def _so_far(right: int, given: int) -> str:
    """How far an order is right: only the first place that is not is told."""
    look = f"look at place {right + 1}." if given > right else "more steps follow."
    return f"Up to place {right} all is in order; {look}" if right else look.capitalize()
