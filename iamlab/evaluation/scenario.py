"""The scenario file: one JSON object that holds a request, its policies and what is expected.

A file holds one scenario, a list of them, or, as JSON Lines, one a line. The format's JSON Schema is
`scenario.schema.json` beside this file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from iamlab.evaluation.decision import Decision, Match
from iamlab.evaluation.order import STEPS, decide
from iamlab.evaluation.policies import Attached, Level, Policies, document_policy, document_text
from iamlab.evaluation.request import Request
from iamlab.evaluation.scope import is_assumption
from iamlab.policy import KINDS, Policy, PolicyError, Problem, Source, Span
from iamlab.policy.names import near_names, or_list
from iamlab.policy.reader import MAX_CHARACTERS, read_json

__all__ = [
    "DECISIONS",
    "Scenario",
    "ScenarioError",
    "error_result",
    "read_scenario",
    "result_of",
    "run",
    "run_lines",
    "scenarios_in",
]

DECISIONS = ("allowed", "explicitDeny", "implicitDeny")
REQUEST_FIELDS = ("principal", "action", "resource", "context", "resource_account", "management_account")
FIELDS = ("id", *REQUEST_FIELDS, "policies", "expect", "expect_step", "rule", "misses", "why", "source")
LISTS, SINGLES, LEVELS = (
    ("identity", "session"),
    ("permissions_boundary", "vpc_endpoint", "resource"),
    ("scp", "rcp"),
)
MAX_DOCUMENTS = 1_000


class ScenarioError(ValueError):
    """A scenario that could not be read: what is wrong, and in which of its fields.

    `where` is the path of the field (`policies.identity[0]`), `source` the text in which `problem` has its span: the
    policy document's, or the scenario's own.
    """

    def __init__(self, problem: Problem, source: Source, where: str = "", id: object = None) -> None:
        self.problem, self.source, self.where, self.id = problem, source, where, id
        super().__init__(problem.message)


@dataclass(frozen=True, slots=True)
class Scenario:
    """One request with everything that is known about it."""

    id: object
    request: Request
    policies: Policies
    management_account: bool = False
    expect: str | None = None
    expect_step: str | None = None

    def decide(self) -> Decision:
        """Decide the request."""
        return decide(self.request, self.policies, management_account=self.management_account)


def scenarios_in(text: str) -> list[Any]:
    """Return the scenarios of a JSON text, one or a list, as plain objects.

    Raises:
        ScenarioError: where the text is no JSON, or an object holds a key twice.
    """
    loaded = _load(text)
    return loaded if isinstance(loaded, list) else [loaded]


class _RepeatedKey(Exception):
    pass


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise _RepeatedKey
    return members


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


def _load(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except (ValueError, RecursionError, _RepeatedKey) as error:
        raise _unreadable(text, error) from None


def _unreadable(text: str, error: Exception) -> ScenarioError:
    """Find the exact place of a mistake with the policy language's own reader."""
    source = Source(text, "scenario")
    _, problems = read_json(text) if len(text) <= MAX_CHARACTERS else (None, ())
    if problems:
        return ScenarioError(problems[0], source)
    at = error.pos if isinstance(error, json.JSONDecodeError) else 0
    why = {RecursionError: "brackets are nested too deep", _RepeatedKey: "a key stands twice"}.get(
        type(error), str(error)
    )
    return ScenarioError(Problem("unreadable", Span(at, at), f"This scenario could not be read: {why}."), source)


def read_scenario(data: Any) -> Scenario:
    """Make a scenario of a plain object.

    Raises:
        ScenarioError: where a field is missing, unknown or wrong, or a document is no policy of its kind.
    """
    if not isinstance(data, Mapping):
        raise _wrong(
            None,
            "",
            "wrong-type",
            "A scenario is an object: `{…}`.",
            "It has `principal`, `action` and `resource`.",
        )
    id = data.get("id")
    for name in data:
        if name not in FIELDS:
            near = near_names(str(name), FIELDS, 1)
            help = f"Perhaps `{near[0]}` is meant." if near else f"The fields are {or_list(sorted(FIELDS))}."
            raise _wrong(id, str(name), "unknown-field", f"`{str(name)[:60]}` is no field of a scenario.", help)
    for name in ("principal", "action", "resource"):
        if name not in data:
            raise _wrong(id, name, "missing-field", f"The scenario has no `{name}`.", "A scenario has one request.")
    request = _read_request(id, data)
    management, expect = data.get("management_account", False), data.get("expect")
    if not isinstance(management, bool):
        raise _wrong(id, "management_account", "wrong-type", "`management_account` is `true` or `false`.")
    if expect is not None and expect not in DECISIONS:
        raise _wrong(
            id,
            "expect",
            "unknown-decision",
            f"`{str(expect)[:60]}` is no decision.",
            f"Write {or_list(DECISIONS)}.",
        )
    step = data.get("expect_step")
    if step is not None and step not in {one.name for one in STEPS}:
        raise _wrong(id, "expect_step", "unknown-step", f"`{str(step)[:60]}` is no step of the evaluation order.")
    return Scenario(id, request, _read_policies(id, data.get("policies"), request), management, expect, step)


def _wrong(id: object, where: str, code: str, message: str, help: str = "") -> ScenarioError:
    return ScenarioError(Problem(code, Span(0, 0), message, help), Source("", "scenario"), where, id)


def _read_request(id: object, data: Mapping[str, Any]) -> Request:
    context, owner = data.get("context") or {}, data.get("resource_account")
    if not isinstance(context, Mapping):
        raise _wrong(id, "context", "wrong-type", "`context` is an object of keys and values.")
    if owner is not None and not isinstance(owner, str):
        raise _wrong(id, "resource_account", "wrong-type", "`resource_account` is a string of twelve digits.")
    try:
        return Request.of(data["principal"], data["action"], data["resource"], context, owner)
    except ValueError as error:
        raise _wrong(id, "request", "invalid-request", str(error)) from None


def _read_policies(id: object, data: Any, request: Request) -> Policies:
    if data is None:
        return Policies()
    known = (*LISTS, *SINGLES, *LEVELS)
    if not isinstance(data, Mapping):
        raise _wrong(id, "policies", "wrong-type", f"`policies` is an object with {or_list(known)}.")
    for name in data:
        if name not in known:
            near = near_names(str(name), known, 1)
            help = f"Perhaps `{near[0]}` is meant." if near else f"The types are {or_list(known)}."
            raise _wrong(id, f"policies.{name}", "unknown-field", f"`{str(name)[:60]}` is no type of policy.", help)
    read = _DocumentReader(id, "trust" if is_assumption(request) else "resource")
    found: dict[str, Any] = {name: read.several(name, name, data.get(name)) for name in LISTS}
    found |= {name: read.one(name, name, data.get(name)) for name in SINGLES}
    found |= {name: read.levels(name, data.get(name)) for name in LEVELS}
    return Policies(**found)


@dataclass(frozen=True, slots=True)
class _DocumentReader:
    """Reads the documents of one scenario, and says of a bad one where it stands."""

    id: object
    resource_kind: str

    def one(self, label: str, type: str, document: Any) -> Attached | None:
        """Read one document."""
        if document is None:
            return None
        kind = self.resource_kind if type == "resource" else type
        if not isinstance(document, str | Mapping | Policy):
            message = f"A policy document is an object or a string of JSON, not {_a(document)}."
            raise _wrong(self.id, f"policies.{label}", "wrong-type", message)
        try:
            return Attached(label, document_policy(document, kind))
        except PolicyError as error:
            where = f"policies.{label}"
            raise ScenarioError(
                error.problems[0], Source(document_text(document), KINDS[kind].label), where, self.id
            ) from None

    def several(self, label: str, type: str, documents: Any) -> Level:
        """Read a list of documents, or a single one."""
        if documents is None:
            return ()
        listed = documents if isinstance(documents, list | tuple) else (documents,)
        if len(listed) > MAX_DOCUMENTS:
            message = f"`{label}` has {len(listed):,} documents; at most {MAX_DOCUMENTS:,} are read."
            raise _wrong(self.id, f"policies.{label}", "document-too-large", message)
        read = (self.one(f"{label}[{i}]", type, document) for i, document in enumerate(listed))
        return tuple(attached for attached in read if attached)

    def levels(self, type: str, levels: Any) -> tuple[Level, ...] | None:
        """Read levels of documents, from the organization's root to the account."""
        if levels is None:
            return None
        if not isinstance(levels, list | tuple):
            message = f"`{type}` is a list of levels, the root first, each a list of documents."
            raise _wrong(self.id, f"policies.{type}", "wrong-type", message)
        return tuple(self.several(f"{type}[{i}]", type, level) for i, level in enumerate(levels))


def _a(value: Any) -> str:
    names = {bool: "a Boolean", int: "a number", float: "a number", list: "a list", str: "a string"}
    return names.get(type(value), "this")


def result_of(scenario: Scenario, decision: Decision) -> dict[str, Any]:
    """Return the result of a scenario as the command line prints it."""
    result: dict[str, Any] = {} if scenario.id is None else {"id": scenario.id}
    result |= {"decision": decision.decision, "step": decision.step}
    result["statement"] = _statement(decision.match) if decision.match else None
    result["matched_statements"] = [_statement(match) for match in decision.matches]
    if scenario.expect is not None:
        step_met = scenario.expect_step in (None, decision.step)
        result["as_expected"] = scenario.expect == decision.decision and step_met
    return result


def _statement(match: Match) -> dict[str, Any]:
    place, statement = match.place, match.statement
    return {
        "policy": match.attached.label,
        "index": statement.index,
        "sid": statement.sid,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
    }


def error_result(error: ScenarioError) -> dict[str, Any]:
    """Return the error line of a scenario that could not be read."""
    place, problem = error.source.place(error.problem.span), error.problem
    report: dict[str, Any] = {
        "code": problem.code,
        "message": problem.message,
        "help": problem.help,
        "where": error.where,
    }
    report |= {
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
    }
    return ({} if error.id is None else {"id": error.id}) | {"error": report}


def run(data: Any) -> dict[str, Any]:
    """Return the result of one scenario, given as a plain object; an error becomes an error result.

    >>> run({"principal": "anonymous", "action": "s3:GetObject", "resource": "arn:aws:s3:::bucket/x"})["decision"]
    'implicitDeny'
    """
    try:
        scenario = read_scenario(data)
        return result_of(scenario, scenario.decide())
    except ScenarioError as error:
        return error_result(error)


def run_lines(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Yield one result for each line of a JSON Lines stream that is not blank, in order."""
    for line in lines:
        if line.strip():
            try:
                loaded = _load(line)
            except ScenarioError as error:
                yield error_result(error)
            else:
                yield run(loaded)
