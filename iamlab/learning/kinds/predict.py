"""Exercises in which decisions are predicted: what is decided, and which step decides."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from iamlab.evaluation.explanation import Explanation
from iamlab.evaluation.order import STEP_NAMES
from iamlab.evaluation.policies import Policies
from iamlab.evaluation.scenario import DECISIONS
from iamlab.learning.kinds.kind import JsonKind
from iamlab.learning.reading import read_answer, rows
from iamlab.learning.result import Feedback, Part, Result, scored
from iamlab.learning.shown import shown_policies, shown_request
from iamlab.reporting.reasons import reason
from iamlab.reporting.words import WORDS, plural

__all__ = ["PredictExercise"]


class PredictExercise(JsonKind):
    """Say of some requests what is decided and where; the key is what the evaluator says.

    An answer is JSON: by a request's id an object with `decision`, `step` and perhaps `sure`.
    """

    name, form = "predict", dict

    def prepare(self) -> None:
        """Read the requests, each with the scenario's policies unless it has its own."""
        self.key: dict[str, Explanation] = {}
        self._shown: list[dict[str, Any]] = []
        for number, request in enumerate(self.need("requests"), 1):
            name = str(request.get("id", number))
            asked = {**{key: value for key, value in request.items() if key != "step"}, "id": name}
            scenario = self.scenario(asked, "requests", f"Request {name} cannot be decided")
            self.key[name] = scenario.explain()
            own = {"policies": shown_policies(scenario.policies)} if "policies" in request else {}
            self._shown.append({**shown_request(request, self.exercise.body.get("scenario", {}), name), **own})

    @property
    def template(self) -> str:
        """Each request with nothing said of it."""
        return rows({name: {"decision": "", "step": ""} for name in self.key})

    def shown(self) -> dict[str, Any]:
        """Return the requests, the policies (a request may have its own), and what there is to choose from."""
        given = self.exercise.body.get("scenario", {}).get("policies", {})
        return {
            "policies": shown_policies(Policies.of(**given)),
            "requests": self._shown,
            "decisions": list(DECISIONS),
            "steps": list(STEP_NAMES),
        }

    def judge_said(self, said: dict[str, Any], answer: str) -> Result:
        """Compare what was predicted with what the evaluator decides."""
        if any(not isinstance(row, dict) for row in said.values()):
            return self.invalid('Each request takes an object, `{"decision": …, "step": …}`.')
        parts, feedback = list[Part](), list[Feedback]()
        for name, explanation in self.key.items():
            decision, row = explanation.decision, said.get(name, {})
            right = (row.get("decision") == decision.decision, row.get("step") == decision.step)
            request = explanation.request
            what = f"`{request.action}` on `{request.resource}`"
            parts += [Part(f"{what}: decision", right[0]), Part(f"{what}: step", all(right))]
            if not all(right) and row:
                step = "" if right[1] else f" The step that decides is `{decision.step}`."
                feedback.append(Feedback("explanation", f"{what}: {reason(explanation)}{step}"))
            if row and not right[0] and row.get("sure") is True:
                feedback.append(Feedback("note", f"{what}: this was sure, and is worth a second look."))
        if left := sum(name not in said for name in self.key):
            feedback.append(Feedback("note", f"{plural(left, 'request')} without a prediction so far."))
        if (known := self.written_wrong(answer)) is not None:
            feedback.append(known)
        return scored(self.exercise.name, self.exercise.points, parts, feedback)

    def marks(self, answer: str) -> list[dict[str, Any]]:
        """Return for each predicted request whether decision and step are right, and what is so."""
        said = read_answer(answer, self.form)[0]
        return [self._mark(name, said[name]) for name in self.key if said.get(name)]

    def _mark(self, name: str, row: Mapping[str, Any]) -> dict[str, Any]:
        decision = self.key[name].decision
        right = row.get("decision") == decision.decision
        step = row.get("step") == decision.step
        told = "" if step else f" The step that decides is `{decision.step}`."
        text = f"{reason(self.key[name])}{told}"
        return {"id": name, "right": right and step, "decision": right, "text": text, "sure": row.get("sure") is True}

    def solved_in_words(self) -> list[str]:
        """Return what is decided of each request, and where."""
        return [
            f"`{one.request.action}` on `{one.request.resource}`: **{WORDS[one.decision.decision]}**, "
            f"at the step *{one.decision.step}*"
            for one in self.key.values()
        ]

    def solved(self) -> str:
        """Return the key as an answer."""
        return json.dumps(
            {name: {"decision": d.decision.decision, "step": d.decision.step} for name, d in self.key.items()}
        )

    def mutants(self, solution: str) -> Iterator[tuple[str, str]]:
        """Yield the key with one decision, or one step, another."""
        key = json.loads(self.solved())
        for name, row in key.items():
            for other in (one for one in DECISIONS if one != row["decision"]):
                yield f"{name}: {other}", json.dumps({**key, name: {**row, "decision": other}})
            for step in (one for one in STEP_NAMES if one != row["step"]):
                yield f"{name}: decided by {step}", json.dumps({**key, name: {**row, "step": step}})
