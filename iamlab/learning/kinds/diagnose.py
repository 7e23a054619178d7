"""Exercises in which a refusal is diagnosed: which policy, which statement, which fix."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from iamlab.diagnosis import explain_denial
from iamlab.learning.kinds.kind import JsonKind
from iamlab.learning.questions import Question, option_mark, read_question
from iamlab.learning.reading import read_answer, rows
from iamlab.learning.result import Feedback, Part, Result, scored
from iamlab.learning.shown import shown_question

__all__ = ["DiagnoseExercise"]

POLICY_TYPE = "policy_type"
"""The question of which the right option follows from the message."""


class DiagnoseExercise(JsonKind):
    """Read a denial message or a CloudTrail record, and say what refused and what mends it.

    An answer is JSON: by a question's id the id of the option chosen. Scenarios under `proof`, each with `option` and
    `expect`, prove what the fixes do.
    """

    name, form = "diagnose", dict

    def prepare(self) -> None:
        """Read the questions; what the message tells is taken from it."""
        body = self.exercise.body
        self.message = str(body.get("message") or body.get("record") or "")
        if not self.message:
            raise self.error("An exercise of the kind `diagnose` needs `message` or `record`.", "message")
        self.questions: list[Question] = [self._question(one) for one in self.need("questions")]
        self._prove(body.get("proof", []))

    def _question(self, body: Mapping[str, Any]) -> Question:
        right = None
        if body["id"] == POLICY_TYPE:
            told = explain_denial(self.message).policy_type
            right = frozenset({told})
            if told not in {one["id"] for one in body["options"]}:
                raise self.error(f"The message tells `{told}`, and no option has this id.", "questions")
        question = read_question(body, right)
        if len(question.key) != 1:
            raise self.error(f"Of the question `{question.id}` exactly one option is right.", "questions")
        return question

    def _prove(self, scenarios: list[Mapping[str, Any]]) -> None:
        """Run the scenarios that prove the key: with the fix of a right option the request is allowed, else not."""
        options = {option.id: option for question in self.questions for option in question.options}
        for scenario in scenarios:
            if "expect" not in scenario:
                raise self.error("A proof needs `expect`.", "proof")
            given = {key: value for key, value in scenario.items() if key not in {"option", "expect"}}
            decision = self.scenario(given, "proof", "A proof cannot be decided").decide().decision
            option = options.get(str(scenario.get("option")))
            if decision != scenario["expect"] or (option and option.right != (decision == "allowed")):
                raise self.error(f"A proof of `{scenario.get('option')}` is decided `{decision}`.", "proof")

    @property
    def template(self) -> str:
        """Each question with no option chosen."""
        return rows({question.id: "" for question in self.questions})

    def shown(self) -> dict[str, Any]:
        """Return the message and the questions with their options."""
        return {
            "message": self.message.strip(),
            "questions": [shown_question(question, self.exercise.name) for question in self.questions],
        }

    def judge_said(self, said: dict[str, Any], answer: str) -> Result:
        """Hold the answers against the key, question by question."""
        if unknown := [one for question in self.questions if (one := _unknown(question, said))]:
            return self.invalid(*unknown)
        parts, feedback = list[Part](), list[Feedback]()
        for question in self.questions:
            chosen = [said[question.id]] if question.id in said else []
            parts.append(question.part(chosen, question.text))
            feedback += question.feedback(chosen)
        if left := sum(question.id not in said for question in self.questions):
            feedback.append(
                Feedback("note", f"{'One question is' if left == 1 else f'{left} questions are'} open still.")
            )
        return scored(self.exercise.name, self.exercise.points, parts, feedback)

    def marks(self, answer: str) -> list[dict[str, Any]]:
        """Return for each answered question whether the answer is right, and why (not)."""
        said = read_answer(answer, self.form)[0]
        return [
            {**option_mark(option), "question": question.id}
            for question in self.questions
            for option in question.options
            if option.id == said.get(question.id)
        ]

    def solved_in_words(self) -> list[str]:
        """Return each question with its right option."""
        return [f"{one.text} {option.text}" for one in self.questions for option in one.options if option.right]

    def solved(self) -> str:
        """Return the key as an answer."""
        return json.dumps({question.id: question.key[0] for question in self.questions})

    def mutants(self, solution: str) -> Iterator[tuple[str, str]]:
        """Yield the key with one question answered otherwise, or not at all."""
        key = json.loads(self.solved())
        for question in self.questions:
            rest = {name: value for name, value in key.items() if name != question.id}
            yield f"{question.id} left open", json.dumps(rest)
            for option in question.options:
                if not option.right:
                    yield f"{question.id}: {option.id}", json.dumps({**rest, question.id: option.id})


def _unknown(question: Question, said: Mapping[str, Any]) -> str:
    """Return what is wrong with the answer to a question: that it is none of its options; empty where it is one."""
    if question.id not in said or said[question.id] in [option.id for option in question.options]:
        return ""
    return f"The question `{question.id}` has no option `{str(said[question.id])[:60]}`."
