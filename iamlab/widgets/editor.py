"""The policy editor: a policy's text with its problems, and beside it what the policy decides, live."""

from __future__ import annotations

import json
import re
import threading
import weakref
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import traitlets

from iamlab.learning.drafts import Draft, path_of
from iamlab.policy import KINDS, Policy, PolicyError, format_policy
from iamlab.reporting.editor import DEFAULT_PRINCIPAL, Advice, editor_report
from iamlab.widgets.asked import Request, own_requests, read_requests, without_surrogates
from iamlab.widgets.checked import Checked, warm_checks
from iamlab.widgets.drafted import DraftedText

__all__ = ["PolicyEditor", "policy_editor"]

LINE_BREAK = re.compile("\r\n?|\n")
PREVIEW = "preview"


class PolicyEditor(DraftedText):
    """A policy's text, and what it decides. Make one with `policy_editor`.

    The browser also writes `own` (the learner's requests) and `draft` (the request being written).
    """

    own: traitlets.List[Any] = traitlets.List().tag(sync=True)
    draft = traitlets.Dict().tag(sync=True)

    def __init__(self, setup: dict[str, Any], others: Mapping[str, Any] | None = None) -> None:
        kept = self.open_draft(path_of(setup["name"]), setup["start"])
        self._others = others
        self._checked = Checked(weakref.WeakMethod(self.judge))
        text, own = _typed(kept.text), own_requests(kept.own)
        super().__init__(setup=setup, document={"revision": 0, "text": text}, own=own, saved=kept.saved)
        self.judge()
        self.observe(self._on_document, "document")
        self.observe(self._on_requests, ["own", "draft"])

    def _on_document(self, _change: object) -> None:
        self.judge()
        self._keep()

    def _on_requests(self, change: Any) -> None:
        self.judge()
        if change["name"] == "own":
            self._keep()

    def _keep(self) -> None:
        self.keep(Draft(self.text, self.setup["start"], tuple(own_requests(self.own))))

    def judged(self) -> dict[str, Any]:
        """Return the decisions on every request, the findings, and the decision on the request being written."""
        text, revision = self.text, self.document["revision"]
        ask = {"kind": self.setup["policy_kind"], "principal": self.setup["principal"], "others": self._others}
        requests = [*self.setup["requests"], *own_requests(self.own)]
        advise = self._checked.advice if self.setup["lint"] else _no_advice
        report = editor_report(text, requests, revision=revision, advise=advise, **ask)
        draft = own_requests([{**self.draft, "id": PREVIEW}])
        again = draft and report["readable"]
        previews = editor_report(text, draft, advise=_no_advice, **ask)["verdicts"] if again else []
        return {**report, "preview": previews[0] if previews else None}


def policy_editor(
    policy: str | Mapping[str, Any],
    requests: Sequence[Mapping[str, Any] | tuple[Any, ...]],
    *,
    name: str,
    title: str | None = None,
    kind: str = "identity",
    principal: object = DEFAULT_PRINCIPAL,
    others: Mapping[str, Any] | None = None,
    lint: bool = True,
) -> PolicyEditor:
    """Open a policy in an editor that shows at once what it decides for each of some requests.

    Args:
        policy: the starting policy, as JSON text or as a dict.
        requests: dicts with `action` and `resource` (perhaps `context`, `principal`, `resource_account`), or tuples
            `(action, resource)` or `(action, resource, context)`.
        name: under this name what is typed is kept, beside the notebook, and comes back when the cell runs again.
        title: what stands over the editor; whose policy it is, unless given.
        kind: the kind of policy, as in `iamlab.policy.KINDS`.
        principal: who makes the requests that do not say.
        others: the other policies that take part, by kind, as in a scenario's `policies`.
        lint: whether to say what lint finds in a readable policy; not where finding it is the task.

    Raises ValueError or TypeError for a name, a kind or a request that cannot be used, PolicyError for one of `others`
    that cannot be read. The policy itself may be broken: that is what an editor is for.
    """
    if kind not in KINDS:
        raise ValueError(f"{kind!r} is no kind of policy; these are: {', '.join(sorted(KINDS))}.")
    listed = read_requests(requests)
    _warm()
    editor_report(json.dumps(EMPTY), [], kind=kind, principal=principal, others=others, advise=_no_advice)
    setup = {
        "name": name,
        "title": title or f"{_sentence(KINDS[kind].label)} of {_short_name(principal)}",
        "policy_kind": kind,
        "lint": bool(lint),
        "principal": principal,
        "start": _typed(policy if isinstance(policy, str) else _written(policy)),
        "requests": [_with_asker(request, principal) for request in listed],
    }
    return PolicyEditor(json.loads(json.dumps(setup)), others)


@cache
def _warm() -> None:
    """Load the checks and the catalogue in the background, so that the first findings and completions need not."""
    from iamlab.aws.completion import warm

    warm_checks()
    threading.Thread(target=warm, name="iamlab catalogue", daemon=True).start()


EMPTY = {"Version": "2012-10-17", "Statement": []}


def _no_advice(_policy: Policy) -> Advice:
    return Advice()


def _with_asker(request: Request, principal: object) -> Request:
    """Say who asks, where it is not who asks everywhere."""
    asker = request.get("principal", principal)
    return request if asker == principal else {**request, "asks": _short_name(asker)}


def _short_name(principal: object) -> str:
    if isinstance(principal, Mapping):
        return ", ".join(str(value) for value in principal.values())
    return str(principal).rpartition("/")[2]


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _written(policy: Mapping[str, Any]) -> str:
    text = json.dumps(policy, indent=2, ensure_ascii=False)
    try:
        return format_policy(text)
    except PolicyError:
        return text


def _typed(text: str) -> str:
    """A text as the browser's editor would hold it: a line feed ends a line, and what cannot be sent is U+FFFD."""
    return LINE_BREAK.sub("\n", str(without_surrogates(text)))
