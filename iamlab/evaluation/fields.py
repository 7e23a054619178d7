"""The fields of a scenario: each knows its path, and says what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from iamlab.evaluation.policies import document_policy, document_text
from iamlab.policy import KINDS, Policy, PolicyError, Problem, Source, Span
from iamlab.policy.names import near_names, or_list

__all__ = ["Field", "ScenarioError", "path_of", "type_word"]


class ScenarioError(ValueError):
    """A scenario that could not be read: what is wrong, and in which of its fields.

    `where` is the path of the field (`policies.identity[0]`), `source` the text in which `problem` has its span: the
    policy document's, or the scenario's own.
    """

    def __init__(self, problem: Problem, source: Source, where: str = "", id: object = None) -> None:
        self.problem, self.source, self.where, self.id = problem, source, where, id
        self.file, self.input_line = "", 0  # where it was read, if from a file of lines
        super().__init__(problem.message)


def path_of(*names: str) -> str:
    """Return the path of a field; a name with other characters stands in brackets.

    >>> path_of("resources", "arn:aws:s3:::b", "policy")
    'resources["arn:aws:s3:::b"].policy'
    """
    return "".join(f".{name}" if re.fullmatch(r"[\w-]+", name) else f'["{name}"]' for name in names).lstrip(".")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the scenario `id`; the scenario itself has an empty path."""

    id: object
    where: str = ""

    def of(self, name: object) -> Field:
        """Return a member of this field."""
        path = path_of(str(name)[:200])
        return Field(self.id, path if not self.where else f"{self.where}{path if path[0] == '[' else '.' + path}")

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.where.rpartition(".")[2]

    def at(self, number: int) -> Field:
        """Return an item of this field, counted from 0."""
        return Field(self.id, f"{self.where}[{number}]")

    def wrong(self, code: str, message: str, help: str = "") -> ScenarioError:
        """Return the error that says what is wrong here."""
        return ScenarioError(Problem(code, Span(0, 0), message, help), Source("", "scenario"), self.where, self.id)

    def object(self, value: Any, what: str, known: Iterable[str] = ()) -> Mapping[str, Any]:
        """Return an object's members, all of them known ones where there is a list of these.

        Raises:
            ScenarioError: where the value is no object, or has a member that is not known.
        """
        names = sorted(known)
        if not isinstance(value, Mapping):
            message = f"{what[0].upper()}{what[1:]} is an object: `{{…}}`."
            raise self.wrong("wrong-type", message, f"Its fields are {or_list(names)}." if names else "")
        for name in value:
            if names and name not in names:
                near = near_names(str(name), names, 1)
                help = f"Perhaps `{near[0]}` is meant." if near else f"The fields are {or_list(names)}."
                raise self.of(name).wrong("unknown-field", f"`{str(name)[:60]}` is no field of {what}.", help)
        return value

    def document(self, value: Any, kind: str) -> Policy:
        """Return a policy document.

        Raises:
            ScenarioError: where it is no policy of its kind; with the place in the document's text.
        """
        if not isinstance(value, str | Mapping | Policy):
            message = f"A policy document is an object or a string of JSON, not {type_word(value)}."
            raise self.wrong("wrong-type", message)
        try:
            return document_policy(value, kind)
        except PolicyError as error:
            source = Source(document_text(value), KINDS[kind].label)
            raise ScenarioError(error.problems[0], source, self.where, self.id) from None


def type_word(value: Any) -> str:
    """Return what a value of JSON is called in a sentence."""
    names = {bool: "a Boolean", int: "a number", float: "a number", list: "a list", str: "a string", dict: "an object"}
    return names.get(type(value), "this")
