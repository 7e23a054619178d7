"""Exercises in which one or several answers are chosen."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from iamlab.evaluation.decision import Decision
from iamlab.evaluation.policies import Policies
from iamlab.learning.kinds.kind import JsonKind
from iamlab.learning.questions import Question, option_mark, read_question
from iamlab.learning.reading import read_answer
from iamlab.learning.result import Feedback, Part, Result, scored
from iamlab.learning.shown import shown_policies, shown_question, shown_request

__all__ = ["ChooseExercise"]


class ChooseExercise(JsonKind):
    """Choose among options. Where options name decisions, those are right that the evaluator takes.

    Such an option has `decision`, perhaps `step`, and perhaps `request`, the id of the request that it is about, where
    that is not the first. Where requests have `expect`, options are changes: each may have `policies`, which take the
    place of the scenario's and the request's of their type, and is right if with them every request is decided as
    expected. An answer is JSON: the list of the chosen options' ids.
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
        """Return the options, whether several may be chosen, and the scenario; requests that prove are not told."""
        body = self.exercise.body
        given, asked = body.get("scenario", {}), [] if self._are_changes else body.get("requests", [])
        requests = [shown_request(one, given, str(number)) for number, one in enumerate(asked, 1)]
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

    @property
    def is_proved(self) -> bool:
        """Whether the evaluator says which options are right."""
        return self._are_changes or any("decision" in one for one in self.exercise.body["options"])

    @property
    def _are_changes(self) -> bool:
        return any("expect" in one for one in self.exercise.body.get("requests", []))

    def _decided(self) -> frozenset[str] | None:
        """Return the ids of the options that are right by the evaluator; None where options say themselves."""
        options = self.exercise.body["options"]
        if not self.is_proved:
            return None
        holds = self._mends if self._are_changes else self._says_so
        found = frozenset(one["id"] for one in options if holds(one))
        if not found and not self._are_changes:
            decided = self._decision(self.need("requests")[0]).decision
            raise self.error(f"The evaluator decides `{decided}`, and no option says so.", "options")
        if other := [one["id"] for one in options if one.get("right", one["id"] in found) != (one["id"] in found)]:
            raise self.error(f"What the evaluator decides is not what `right` says of `{other[0]}`.", "options")
        return found

    def _says_so(self, option: Mapping[str, Any]) -> bool:
        """Whether the request that an option is about is decided as it says."""
        requests = self.need("requests")
        named = [one for one in requests if one.get("id") == option.get("request", requests[0].get("id"))]
        if not named:
            raise self.error(f"There is no request `{option['request']}`.", "options")
        decision = self._decision(named[0])
        return (decision.decision, option.get("step", decision.step)) == (option.get("decision"), decision.step)

    def _mends(self, option: Mapping[str, Any]) -> bool:
        """Whether with an option's policies each request is decided as expected."""
        given = self.exercise.body.get("scenario", {}).get("policies", {})
        expected = [one for one in self.exercise.body["requests"] if "expect" in one]
        changed = [{**given, **one.get("policies", {}), **option.get("policies", {})} for one in expected]
        decided = [self._decision({**one, "policies": some}) for one, some in zip(expected, changed, strict=True)]
        return [decision.decision for decision in decided] == [one["expect"] for one in expected]

    def _decision(self, request: Mapping[str, Any]) -> Decision:
        asked = {key: value for key, value in request.items() if key != "expect"}
        return self.scenario(asked, "requests", "The request cannot be decided").decide()

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
