"""The scenario file: one JSON object that holds a request, its policies and what is expected.

A file holds one scenario, a list of them, or, as JSON Lines, one a line. The format's JSON Schema is
`scenario.schema.json` beside this file, its description docs/scenarios.md.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from iamlab.evaluation.decision import Decision, Match
from iamlab.evaluation.explanation import Explanation, explain
from iamlab.evaluation.fields import Field, ScenarioError
from iamlab.evaluation.gathering import Gathered, gather
from iamlab.evaluation.order import STEPS, decide
from iamlab.evaluation.organization import ModelError
from iamlab.evaluation.organization_scenario import read_organization
from iamlab.evaluation.policies import Attached, Level, Policies
from iamlab.evaluation.principal import federated_by, principal_of
from iamlab.evaluation.request import Request
from iamlab.evaluation.scope import is_assumption
from iamlab.policy import Problem, Source, Span
from iamlab.policy.names import or_list
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
REQUEST_FIELDS = ("principal", "action", "resource", "context", "resource_account")
FIRST_FORM = ("policies", "management_account", "federated_by")
"""What a scenario says where it has no `organization`, from which it would follow."""
NOTES = ("rule", "misses", "why", "source")
FIELDS = ("id", *REQUEST_FIELDS, *FIRST_FORM, "organization", "expect", "expect_step", *NOTES)
LISTS, SINGLES, LEVELS = (
    ("identity", "session"),
    ("permissions_boundary", "vpc_endpoint", "resource"),
    ("scp", "rcp"),
)
MAX_DOCUMENTS = 1_000


@dataclass(frozen=True, slots=True)
class Scenario:
    """One request with everything that is known about it.

    `origins` says of a policy's label where it stands in the scenario's `organization`.
    """

    id: object
    request: Request
    policies: Policies
    management_account: bool = False
    expect: str | None = None
    expect_step: str | None = None
    origins: Mapping[str, str] = field(default_factory=dict)

    def decide(self) -> Decision:
        """Decide the request."""
        return decide(self.request, self.policies, management_account=self.management_account)

    def explain(self) -> Explanation:
        """Decide the request and keep the trace."""
        return explain(self.request, self.policies, management_account=self.management_account)


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


NO_SCENARIO = Problem("empty-document", Span(0, 0), "There is no scenario here yet.", "A scenario is an object: `{…}`.")

UNREADABLE = {
    RecursionError: "brackets are nested too deep",
    _RepeatedKey: "a key stands twice",
    ValueError: "it holds `NaN` or `Infinity`, or a number with thousands of digits",
}


def _unreadable(text: str, error: Exception) -> ScenarioError:
    """Find the exact place of a mistake with the policy language's own reader."""
    source = Source(text, "scenario")
    _, problems = read_json(text) if len(text) <= MAX_CHARACTERS else (None, ())
    if problems:
        first = problems[0]
        if first.code == "duplicate-key":  # a policy may put both values into one list, a scenario not
            first = replace(first, help="Keep one of the two.")
        return ScenarioError(NO_SCENARIO if first.code == NO_SCENARIO.code else first, source)
    at = error.pos if isinstance(error, json.JSONDecodeError) else 0
    why = UNREADABLE.get(type(error), str(error))
    return ScenarioError(Problem("unreadable", Span(at, at), f"This scenario could not be read: {why}."), source)


def read_scenario(data: Any) -> Scenario:
    """Make a scenario of a plain object.

    Raises:
        ScenarioError: where a field is missing, unknown or wrong, or a document is no policy of its kind.
    """
    id = data.get("id") if isinstance(data, Mapping) else None
    root = Field(id)
    root.object(data, "a scenario", FIELDS)
    for name in ("principal", "action", "resource"):
        if name not in data:
            raise root.of(name).wrong("missing-field", f"The scenario has no `{name}`.", "A scenario has one request.")
    management, expect = data.get("management_account", False), data.get("expect")
    if not isinstance(management, bool):
        raise root.of("management_account").wrong("wrong-type", "`management_account` is `true` or `false`.")
    if expect is not None and expect not in DECISIONS:
        message = f"`{str(expect)[:60]}` is no decision."
        raise root.of("expect").wrong("unknown-decision", message, f"Write {or_list(DECISIONS)}.")
    step = data.get("expect_step")
    if step is not None and step not in [one.name for one in STEPS]:
        raise root.of("expect_step").wrong("unknown-step", f"`{str(step)[:60]}` is no step of the evaluation order.")
    if data.get("organization") is not None:
        found = _gathered(root, data)
        return Scenario(id, found.request, found.policies, found.management_account, expect, step, found.origins)
    request = _read_request(root, data)
    return Scenario(id, request, _read_policies(root.of("policies"), data, request), management, expect, step)


def _asked(root: Field, data: Mapping[str, Any]) -> tuple[Any, str, str, Mapping[str, Any], str | None]:
    """Return what a request is made of."""
    context, owner = data.get("context") or {}, data.get("resource_account")
    if not isinstance(context, Mapping):
        raise root.of("context").wrong("wrong-type", "`context` is an object of keys and values.")
    if owner is not None and not isinstance(owner, str):
        raise root.of("resource_account").wrong("wrong-type", "`resource_account` is a string of twelve digits.")
    return data["principal"], data["action"], data["resource"], context, owner


def _read_request(root: Field, data: Mapping[str, Any]) -> Request:
    principal, action, resource, context, owner = _asked(root, data)
    try:
        if (maker := data.get("federated_by")) is not None:
            principal = federated_by(principal_of(principal), maker)
        return Request.of(principal, action, resource, context, owner)
    except ValueError as error:
        raise root.of("request").wrong("invalid-request", str(error)) from None


def _gathered(root: Field, data: Mapping[str, Any]) -> Gathered:
    """Gather the policies of a scenario of the second form."""
    for name in FIRST_FORM:
        if data.get(name) is not None:
            message = f"`{name}` does not stand beside `organization`: it follows from there."
            raise root.of(name).wrong("two-forms", message)
    organization = read_organization(root.of("organization"), data["organization"])
    try:
        return gather(organization, *_asked(root, data))
    except ModelError as error:
        raise root.of(error.where).wrong("unknown-name", error.message, error.help) from None
    except ValueError as error:
        raise root.of("request").wrong("invalid-request", str(error)) from None


def _read_policies(root: Field, scenario: Mapping[str, Any], request: Request) -> Policies:
    data = scenario.get("policies")
    if data is None:
        return Policies()
    root.object(data, "`policies`", (*LISTS, *SINGLES, *LEVELS))
    read = _DocumentReader(root, "trust" if is_assumption(request) else "resource")
    found: dict[str, Any] = {name: read.several(name, name, data.get(name)) for name in LISTS}
    found |= {name: read.one(name, name, data.get(name)) for name in SINGLES}
    found |= {name: read.levels(name, data.get(name)) for name in LEVELS}
    return Policies(**found)


@dataclass(frozen=True, slots=True)
class _DocumentReader:
    """Reads the documents of one scenario, and says of a bad one where it stands."""

    root: Field
    resource_kind: str

    def one(self, label: str, type: str, document: Any) -> Attached | None:
        """Read one document."""
        if document is None:
            return None
        kind = self.resource_kind if type == "resource" else type
        return Attached(label, self._field(label).document(document, kind))

    def several(self, label: str, type: str, documents: Any) -> Level:
        """Read a list of documents, or a single one."""
        if documents is None:
            return ()
        listed = documents if isinstance(documents, list | tuple) else (documents,)
        if len(listed) > MAX_DOCUMENTS:
            message = f"`{label}` has {len(listed):,} documents; at most {MAX_DOCUMENTS:,} are read."
            raise self._field(label).wrong("document-too-large", message)
        read = (self.one(f"{label}[{i}]", type, document) for i, document in enumerate(listed))
        return tuple(attached for attached in read if attached)

    def levels(self, type: str, levels: Any) -> tuple[Level, ...] | None:
        """Read levels of documents, from the organization's root to the account."""
        if levels is None:
            return None
        if not isinstance(levels, list | tuple):
            message = f"`{type}` is a list of levels, the root first, each a list of documents."
            raise self._field(type).wrong("wrong-type", message)
        return tuple(self.several(f"{type}[{i}]", type, level) for i, level in enumerate(levels))

    def _field(self, label: str) -> Field:
        return Field(self.root.id, f"{self.root.where}.{label}")


def result_of(scenario: Scenario, decision: Decision) -> dict[str, Any]:
    """Return the result of a scenario as the command line prints it."""
    result: dict[str, Any] = {} if scenario.id is None else {"id": scenario.id}
    result |= {"decision": decision.decision, "step": decision.step}
    result["statement"] = _statement(scenario, decision.match) if decision.match else None
    result["matched_statements"] = [_statement(scenario, match) for match in decision.matches]
    if scenario.expect is not None:
        step_met = scenario.expect_step in (None, decision.step)
        result["as_expected"] = scenario.expect == decision.decision and step_met
    return result


def _statement(scenario: Scenario, match: Match) -> dict[str, Any]:
    place, statement = match.place, match.statement
    origin = scenario.origins.get(match.attached.label)
    return {
        "policy": match.attached.label,
        "index": statement.index,
        "sid": statement.sid,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
        **({"origin": origin} if origin else {}),
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
    report |= {"file": error.file} if error.file else {}
    report |= {"input_line": error.input_line} if error.input_line else {}
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
