"""Exercises in which things are matched: to each on the left one on the right."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from iamlab.learning.kinds.kind import JsonKind
from iamlab.learning.reading import read_answer, rows
from iamlab.learning.result import Feedback, Part, Result, scored
from iamlab.learning.shown import shuffled

__all__ = ["MatchExercise"]


class MatchExercise(JsonKind):
    """Match pairs. `spare` are texts on the right that go with nothing.

    An answer is JSON: by the id of each on the left the letter of the one on the right.
    """

    name, form = "match", dict

    def prepare(self) -> None:
        """Read the pairs, and give a letter to each on the right, in an order that tells nothing."""
        self.pairs: list[dict[str, Any]] = self.need("pairs")
        texts = list(dict.fromkeys([*(pair["right"] for pair in self.pairs), *self.exercise.body.get("spare", [])]))
        self.choices = dict(zip("abcdefghijkl", shuffled(texts, self.exercise.name), strict=False))
        letters = {text: letter for letter, text in self.choices.items()}
        if len(letters) < len(texts):
            raise self.error(f"At most {len(self.choices)} can stand on the right.", "pairs")
        self.key = {pair["id"]: letters[pair["right"]] for pair in self.pairs}
        if len(self.key) < len(self.pairs):
            raise self.error("Two pairs have the same id.", "pairs")

    @property
    def template(self) -> str:
        """Each on the left, with nothing matched to it yet."""
        return rows(dict.fromkeys(self.key, ""))

    def shown(self) -> dict[str, Any]:
        """Return what stands left, and the choices for it by their letters."""
        left = [{"id": pair["id"], "text": pair["left"]} for pair in self.pairs]
        return {"left": left, "choices": [{"id": letter, "text": text} for letter, text in self.choices.items()]}

    def judge_said(self, said: dict[str, Any], answer: str) -> Result:
        """Hold each match against the key."""
        feedback, parts = list[Feedback](), list[Part]()
        for pair in self.pairs:
            given = said.get(pair["id"])
            parts.append(Part(pair["left"], given == self.key[pair["id"]]))
            if given is not None and given != self.key[pair["id"]]:
                feedback.append(Feedback("explanation", pair["why"], misconception=pair.get("misconception")))
        if left := sum(name not in said for name in self.key):
            feedback.append(Feedback("note", f"{left} of {len(self.key)} without a match so far."))
        return scored(self.exercise.name, self.exercise.points, parts, feedback)

    def marks(self, answer: str) -> list[dict[str, Any]]:
        """Return for each match whether it is right, and why where it is not."""
        said = read_answer(answer, self.form)[0]
        found = [(pair, said[pair["id"]] == self.key[pair["id"]]) for pair in self.pairs if said.get(pair["id"])]
        return [{"id": pair["id"], "right": right, "text": "" if right else pair["why"]} for pair, right in found]

    def solved_in_words(self) -> list[str]:
        """Return the pairs."""
        return [f"{pair['left']}: {pair['right']}" for pair in self.pairs]

    def solved(self) -> str:
        """Return the key as an answer."""
        return json.dumps(self.key)

    def mutants(self, solution: str) -> Iterator[tuple[str, str]]:
        """Yield the key with one match another, or missing."""
        for name, letter in self.key.items():
            yield f"{name} left open", json.dumps({one: let for one, let in self.key.items() if one != name})
            for other in (one for one in self.choices if one != letter):
                yield f"{name}: {other}", json.dumps({**self.key, name: other})
