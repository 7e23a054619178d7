"""The stepper: the evaluation order as a picture, gone through step by step with policies of one's own."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from iamlab.evaluation.fields import ScenarioError
from iamlab.evaluation.organization import Organization
from iamlab.learning.drafts import Draft, check_name, path_of
from iamlab.policy import Policy, PolicyError
from iamlab.reporting.editor import problem_mark
from iamlab.reporting.stepper import KEPT_BY_AWS, picture_data, picture_lines
from iamlab.reporting.words import WORDS
from iamlab.widgets.answers import answer
from iamlab.widgets.asked import read_requests
from iamlab.widgets.drafted import DraftedText
from iamlab.widgets.predicting import masked
from iamlab.widgets.shuffling import shuffled
from iamlab.widgets.stage import Asked, Stage, Staged

__all__ = ["EvaluationStepper", "stepper"]

SHUFFLED = "The statements stand in another order, and nothing moves: {}. Order decides nothing."
NOTHING_TO_SHUFFLE = "No policy here has two statements."
UNREADABLE = "The picture is of before this change: {}, line {} cannot be read."
KEPT = {"state": "kept", "message": ""}
LONGEST = 1_000_000


class EvaluationStepper(DraftedText):
    """The evaluation order of one request after the other. Make one with `stepper`.

    The browser writes `document`: its text is an object of what differs from the start: `request`, `context` (null for
    a key that is absent), `policies` (texts by key), and `said`, what was predicted. Python writes `report`, with the
    picture.
    """

    def __init__(self, stage: Stage, setup: dict[str, Any]) -> None:
        self._stage, self._random = stage, Random()
        self._last: dict[str, Any] = {}
        saved, text = KEPT, setup["start"]
        if setup["kept"]:
            kept = self.open_draft(path_of(f"stepper.{setup['kept']}"), setup["start"])
            saved, text = kept.saved, kept.text
        super().__init__(setup=setup, document={"revision": 0, "text": text}, saved=saved)
        self.judge()
        self.observe(self._on_document, "document")

    def __str__(self) -> str:
        """Return the picture in words, a line a step."""
        return "\n".join(picture_lines(self._last["picture"]))

    def judged(self) -> dict[str, Any]:
        """Return the picture of the evaluation as it is now; what cannot be evaluated is said in words."""
        changed, revision = _changed(self.text), self.document["revision"]
        asked = _asked(self.setup["requests"], changed)
        fields = {name: asked.get(name) for name in ("principal", "action", "resource")}
        report = {"revision": revision, "readable": True, "failure": "", "request": fields, "problems": {}}
        try:
            staged = self._stage.staged(asked, _texts(changed))
        except (ScenarioError, ValueError) as error:
            return {**self._last, **report, "readable": False, "summary": _sentence(error)}
        said = changed.get("said") if self.setup["predict"] else None
        self._last = self._told(staged, said if isinstance(said, list) else [])
        problems = {label: _problems(error) for label, error in staged.broken.items()}
        summary = _broken(self._last["policies"], problems)
        return {**self._last, **report, "readable": not problems, "problems": problems, "summary": summary}

    def answered(self, question: Mapping[str, Any]) -> dict[str, Any] | None:
        """Return the answer to a browser's message: the statements in another order, or what every widget answers."""
        if question.get("type") == "shuffle":
            return {"type": "shuffle", "id": question.get("id"), "answer": self._shuffled()}
        return answer(question, str(question.get("kind", "identity")))

    def _told(self, staged: Staged, said: Sequence[Any]) -> dict[str, Any]:
        picture = picture_data(staged.explanation, staged.origins)
        whole = masked(picture, said) if self.setup["predict"] else picture
        sources = {one.attached.label: one.attached.policy for one in staged.explanation.policies}
        policies = [_policy(one, staged, sources[one["label"]]) for one in picture["policies"]]
        return {"picture": whole, "policies": policies, "context": staged.rows}

    def _shuffled(self) -> dict[str, Any]:
        changed = _changed(self.text)
        staged = self._stage.staged(_asked(self.setup["requests"], changed), _texts(changed))
        texts = {
            staged.keys[one.attached.label]: shuffled(one.attached.policy, self._random)
            for one in staged.explanation.policies
            if len(one.attached.policy.statements) > 1 and one.attached.label not in staged.broken
        }
        decision = WORDS[staged.explanation.decision.decision]
        is_open = self.setup["predict"] and self._last["picture"]["deciding"] is None
        said = SHUFFLED.format("the decision stays" if is_open else f"the decision stays {decision.lower()}")
        return {"policies": texts, "said": said if texts else NOTHING_TO_SHUFFLE}

    def _on_document(self, _change: object) -> None:
        self.judge()
        self.keep(Draft(self.text, self.setup["start"]))


def stepper(
    scenario: Mapping[str, Any] | Organization,
    *,
    requests: Sequence[Mapping[str, Any] | tuple[Any, ...]] = (),
    predict: bool = False,
    name: str | None = None,
    title: str = "How the request is decided",
) -> EvaluationStepper:
    """Step through the evaluation of a request: a picture of the order, with what each step asks and answers.

    Args:
        scenario: a scenario as a dict, in either form, or an organization. In one with an organization anybody can ask
            for anything; the policies that take part follow.
        requests: requests to choose from, as dicts with `principal`, `action`, `resource` and perhaps `context` and
            `title`, or as tuples `(action, resource)` or `(action, resource, context)`. What one does not say is the
            scenario's. The first is asked first.
        predict: whether each step waits for an answer before it shows its own. Nothing is counted.
        name: under this name edits are kept, beside the notebook, and come back when the cell runs again.
        title: what stands over it.

    Raises:
        ScenarioError: where the scenario cannot be read.
        ValueError: where a request is none, or there is none at all, or the name cannot be a file's.
    """
    stage = Stage(scenario)
    listed = _listed(stage, requests)
    for request in listed:
        stage.staged(request, {})
    start = json.dumps({"of": _digest(scenario, listed)})
    setup = {
        "view": "stepper",
        "name": f"stepper {check_name(name) if name else _digest(start)}",
        "kept": name or "",
        "title": title,
        "predict": bool(predict),
        "start": start,
        "requests": listed,
        "choices": _choices(stage, listed),
    }
    return EvaluationStepper(stage, json.loads(json.dumps(setup)))


def _listed(stage: Stage, requests: Sequence[Mapping[str, Any] | tuple[Any, ...]]) -> list[dict[str, Any]]:
    """Return the requests, each whole; without any, the scenario's own."""
    own, known = stage.own(), stage.principals()
    usual = {"principal": known[0], **own} if known else own
    read = read_requests([_whole(usual, one) for one in requests] or [usual])
    if nobody := next((one for one in read if "principal" not in one), None):
        raise ValueError(f"Nobody asks in the request {nobody['id']!r}: it needs 'principal', or the scenario does.")
    return [{"context": {}, **one, "title": str(one.get("title") or _title(one))} for one in read]


def _whole(usual: Asked, request: Mapping[str, Any] | tuple[Any, ...]) -> dict[str, Any]:
    said = (
        request if isinstance(request, Mapping) else dict(zip(("action", "resource", "context"), request, strict=False))
    )
    return {**usual, **said}


def _title(request: Asked) -> str:
    return f"{request['action']} on {str(request['resource']).rpartition(':')[2]}"


def _digest(*given: object) -> str:
    return hashlib.sha256(repr(given).encode()).hexdigest()[:12]


def _choices(stage: Stage, requests: Sequence[Asked]) -> dict[str, list[Any]]:
    """Return who can ask, for what action, on what: of the model, of the requests, and named in the policies."""
    staged = [stage.staged(request, {}) for request in requests]
    policies = [one.attached.policy for each in staged for one in each.explanation.policies]
    named = [entry.text for policy in policies for one in policy.statements for entry in one.action.entries]
    single = sorted({text for text in named if ":" in text and not {"*", "?"} & set(text)})
    return {
        "principal": _once([*(one["principal"] for one in requests), *stage.principals()]),
        "action": _once([*(one["action"] for one in requests), *single]),
        "resource": _once([*(one["resource"] for one in requests), *stage.resources()]),
    }


def _once(values: Sequence[Any]) -> list[Any]:
    return [value for i, value in enumerate(values) if value not in values[:i]]


# What differs from the start


def _changed(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _object(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _texts(changed: Mapping[str, Any]) -> dict[str, str]:
    policies = _object(changed.get("policies"))
    return {key: text for key, text in policies.items() if isinstance(text, str) and len(text) < LONGEST}


def _asked(requests: Sequence[Asked], changed: Mapping[str, Any]) -> dict[str, Any]:
    """Return the request that is asked: one of the list, with what was chosen or written instead."""
    said = _object(changed.get("request"))
    base = next((one for one in requests if one["id"] == said.get("id")), requests[0])
    fields = {name: said[name] for name in ("principal", "action", "resource") if name in said}
    asked = {**base, **fields}
    if asked["resource"] != base["resource"]:
        asked.pop("resource_account", None)
    context = {**base["context"], **_object(changed.get("context"))}
    return {**asked, "context": {key: value for key, value in context.items() if value is not None}}


# What is told of it


def _policy(named: Mapping[str, Any], staged: Staged, policy: Policy) -> dict[str, Any]:
    """Return a policy with its text; one of AWS's own can only be read."""
    label = named["label"]
    can_change = staged.origins.get(label) not in KEPT_BY_AWS
    return {**named, "key": staged.keys[label], "text": policy.source.text, "editable": can_change}


def _problems(error: PolicyError) -> list[dict[str, Any]]:
    return [problem_mark(problem, error.source) for problem in error.problems]


def _broken(policies: Sequence[Mapping[str, Any]], problems: Mapping[str, Sequence[Mapping[str, Any]]]) -> str:
    """Return what cannot be read, and that the picture is of before."""
    named = {one["label"]: one["name"] for one in policies}
    return " ".join(UNREADABLE.format(named[label], found[0]["line"]) for label, found in problems.items())


def _sentence(error: Exception) -> str:
    if isinstance(error, ScenarioError):
        return f"{error.problem.message} {error.problem.help}".strip()
    return str(error)
