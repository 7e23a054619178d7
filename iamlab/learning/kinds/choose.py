"""Exercises in which one or several answers are chosen."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from iamlab.evaluation.policies import Policies
from iamlab.learning.kinds.kind import JsonKind
from iamlab.learning.questions import Question, option_mark, read_question
from iamlab.learning.reading import read_answer
from iamlab.learning.result import Feedback, Part, Result, scored
from iamlab.learning.shown import shown_policies, shown_question, shown_request

__all__ = ["ChooseExercise"]


class ChooseExercise(JsonKind):
    """Choose among options. Where options name decisions, the right one is what the evaluator says of the request.

    An answer is JSON: the list of the chosen options' ids.
    """

    name, form = "choose", list

    def prepare(self) -> None:
        """Read the options and prove the key where a scenario can."""
        options = self.need("options")
        self.question: Question = read_question({"options": options}, self._decided())
        if not self.question.key:
            raise self.error("No option is right.", "options")
        for option in self.question.options:
            if not option.right and not option.why:
                raise self.error(f"The wrong option `{option.id}` needs its own `why`.", "options")
        if len(self.question.key) > 1 and not self.several:
            raise self.error("Several options are right: say `several = true`.", "options")

    def shown(self) -> dict[str, Any]:
        """Return the options, whether several may be chosen, and the scenario where there is one."""
        body = self.exercise.body
        given = body.get("scenario", {})
        requests = [shown_request(one, given, str(number)) for number, one in enumerate(body.get("requests", []), 1)]
        return {
            "options": shown_question(self.question, self.exercise.name)["options"],
            "several": self.several,
            "policies": shown_policies(Policies.of(**given.get("policies", {}))),
            "requests": requests,
        }

    @property
    def several(self) -> bool:
        """Whether more than one option may be chosen."""
        return bool(self.exercise.body.get("several", False))

    def _decided(self) -> frozenset[str] | None:
        """Return the ids of the options that name the decision, where options name decisions."""
        body = self.exercise.body
        named = {one["decision"]: one["id"] for one in body["options"] if "decision" in one}
        if not named:
            return None
        scenario = self.scenario(next(iter(self.need("requests")), {}), "requests", "The request cannot be decided")
        decision = scenario.decide().decision
        if decision not in named:
            raise self.error(f"The evaluator decides `{decision}`, and no option says so.", "options")
        return frozenset({named[decision]})

    def judge_said(self, said: list[Any], answer: str) -> Result:
        """Hold the choice against the key; each wrong option has its own explanation."""
        chosen = [str(one) for one in said]
        known = {option.id for option in self.question.options}
        if unknown := [one for one in chosen if one not in known]:
            return self.invalid(f"There is no option `{unknown[0][:60]}`.")
        feedback = list(self.question.feedback(chosen))
        if not self.several and len(set(chosen)) > 1:
            feedback.append(Feedback("note", "The task asks for one option."))
        return scored(self.exercise.name, self.exercise.points, self._parts(chosen), feedback)

    def _parts(self, chosen: list[str]) -> list[Part]:
        """One part for the one option; of several, how many were judged rightly, and not which."""
        if not self.several:
            return [self.question.part(chosen, "The right option")]
        judged = sorted(((one.id in chosen) == one.right for one in self.question.options), reverse=True)
        return [Part(f"{i} of {len(judged)} options judged rightly", right) for i, right in enumerate(judged, 1)]

    def marks(self, answer: str) -> list[dict[str, Any]]:
        """Return for each chosen option whether it is right, and why (not)."""
        chosen = read_answer(answer, self.form)[0]
        return [option_mark(option) for option in self.question.options if option.id in chosen]

    def solved_in_words(self) -> list[str]:
        """Return the right options."""
        return [option.text for option in self.question.options if option.right]

    def solved(self) -> str:
        """Return the key as an answer."""
        return json.dumps(list(self.question.key))

    def mutants(self, solution: str) -> Iterator[tuple[str, str]]:
        """Yield every other choice of one or two options."""
        yield from ((f"{', '.join(some)}", json.dumps(some)) for some in self.question.other_answers())
