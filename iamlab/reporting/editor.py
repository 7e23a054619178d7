"""What the policy editor shows: problems as marks, and every request's verdict with its reason.

Offsets are UTF-16 units, as the browser's editor counts; lines and columns count from 1, columns in code points.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, NamedTuple

from iamlab.evaluation import Explanation, Policies, Request, explain
from iamlab.evaluation.decision import ALLOWED, Match
from iamlab.evaluation.explanation import StatementTrace
from iamlab.evaluation.policies import in_place, label_in_place
from iamlab.lint import all_checks, lint
from iamlab.policy import Policy, PolicyError, Problem, Source, parse_policy
from iamlab.policy.problem import SEVERITIES, Fix
from iamlab.reporting.lint import CHANGES_ACCESS, count_findings
from iamlab.reporting.marks import element_marks, span_mark, statement_mark
from iamlab.reporting.reasons import nearest_trace, reason
from iamlab.reporting.words import UNDECIDED, WORDS, count_decisions, plural

__all__ = ["DEFAULT_PRINCIPAL", "Advice", "advice", "editor_report", "problem_mark"]

DEFAULT_PRINCIPAL = "arn:aws:iam::111122223333:role/TrainingRole"
ELSEWHERE = {
    "identity": "another policy",
    "resource": "resource policy",
    "trust": "trust policy",
    "permissions_boundary": "boundary",
    "session": "session policy",
    "scp": "an SCP",
    "rcp": "an RCP",
    "vpc_endpoint": "endpoint policy",
}
"""Where a statement stands that is not in the edited policy, as short as a row of requests has room for."""

MOST_MARKS = 100
"""Problems that are sent; more help nobody, and would slow down the editor."""


class Advice(NamedTuple):
    """What lint says of a readable policy, or why it could say nothing."""

    problems: tuple[Problem, ...] = ()
    failure: str = ""


def advice(policy: Policy) -> Advice:
    """Return what lint says of a policy. Never raises: a mistake in a check takes nobody's decisions away."""
    try:
        return Advice(lint(policy))
    except Exception as error:
        what = f"{type(error).__name__}: {error}"
        return Advice(failure=f"The policy could not be checked (`{what[:200]}`). The decisions stand all the same.")


def editor_report(
    text: str,
    requests: Sequence[Mapping[str, Any]],
    *,
    kind: str = "identity",
    principal: object = DEFAULT_PRINCIPAL,
    others: Mapping[str, Any] | None = None,
    management_account: bool = False,
    revision: int = 0,
    advise: Callable[[Policy], Advice | None] = advice,
) -> dict[str, Any]:
    """Return what an editor shows for a policy's text.

    Args:
        text: the policy as typed.
        requests: objects with `id`, `action` and `resource`, perhaps `context`, `principal`, `resource_account`,
            `own`, and `resource_policy`, which then stands in the place of the resource's policy.
        kind: the kind of policy that is edited.
        principal: who asks, where a request does not say.
        others: the other policies that take part, by type, as in a scenario's `policies`.
        management_account: whether the principals are in the organization's management account.
        revision: the number of the text's version; it comes back in the report.
        advise: what lint says of the policy; None where that is not known yet, and the report says so by `linted`.
    """
    source = Source(text)
    try:
        policy = parse_policy(text, kind)
    except PolicyError as error:
        return _unreadable(error, revision)
    others = others or {}
    label = label_in_place(kind, others)
    bench = _Bench(policy, source, in_place(policy, kind, others), label, principal, management_account)
    verdicts = [bench.verdict(request) for request in requests]
    readable = f"Readable, {plural(len(policy.statements), 'statement')}"
    said = advise(policy)
    problems, failure = said or Advice()
    found = count_findings(_once(problems))
    return {
        "revision": revision,
        "readable": True,
        "linted": said is not None,
        "summary": f"{readable} · {found}" if found else readable,
        **_marks(problems, source, _why() if problems else None),
        "counts": count_decisions(verdict["decision"] for verdict in verdicts),
        "verdicts": verdicts,
        "failure": failure,
    }


def _unreadable(error: PolicyError, revision: int) -> dict[str, Any]:
    line, _ = error.source.position(error.problems[0].span.start)
    return {
        "revision": revision,
        "readable": False,
        "linted": True,
        "summary": count_findings(error.problems),
        **_marks(error.problems, error.source),
        "counts": f"waiting for line {line}",
        "verdicts": [],
        "failure": "",
    }


def _marks(problems: Iterable[Problem], source: Source, why: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return the gravest problems as marks, in the order of the text within a class, and how many of each class."""
    listed = sorted(_once(problems), key=lambda problem: (SEVERITIES.index(problem.severity), problem.span))
    tally = Counter(problem.severity for problem in listed)
    marks = [problem_mark(problem, source, (why or {}).get(problem.code, "")) for problem in listed[:MOST_MARKS]]
    return {"problems": marks, "tally": dict(tally)}


def _once(problems: Iterable[Problem]) -> Iterable[Problem]:
    """Of problems of one kind at one place that the same fix mends, the first: the others would say the same again."""
    first: dict[tuple[object, ...], Problem] = {}
    for problem in problems:
        first.setdefault((problem.code, problem.span, problem.fix or problem.message), problem)
    return first.values()


def problem_mark(problem: Problem, source: Source, why: str = "") -> dict[str, Any]:
    """Return a problem as a mark in the editor; `why` says why it matters."""
    line, column = source.position(problem.span.start)
    fix = problem.fix
    return {
        "severity": problem.severity,
        "code": problem.code,
        **span_mark(problem.span, source),
        "line": line,
        "column": column,
        "message": problem.message,
        "help": problem.help,
        "reference": problem.reference,
        "why": why,
        "fix": _fix_mark(fix, source) if fix else None,
    }


def _fix_mark(fix: Fix, source: Source) -> dict[str, Any]:
    note = CHANGES_ACCESS if fix.changes_access else ""
    return {"title": fix.title, "note": note, **span_mark(fix.span, source), "insert": fix.text}


@cache
def _why() -> dict[str, str]:
    """Why each check's finding matters, as its page says."""
    return {check.code: " ".join(check.section("Why it matters").split()) for check in all_checks()}


@dataclass(frozen=True, slots=True)
class _Bench:
    """The edited policy among the others, ready to be asked."""

    policy: Policy
    source: Source
    policies: Policies
    label: str
    principal: object
    management_account: bool

    def verdict(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """Return the verdict on one request."""
        row = {
            "id": asked.get("id"),
            "action": asked.get("action", ""),
            "resource": asked.get("resource", ""),
        }
        row |= {"context": asked.get("context") or {}, "own": bool(asked.get("own"))}
        row["principal"] = principal = asked.get("principal") or self.principal
        try:
            context = row["context"]
            request = Request.of(principal, row["action"], row["resource"], context, asked.get("resource_account"))
        except ValueError as error:
            return row | _undecided(str(error))
        policies = self._policies(asked.get("resource_policy"))
        explanation = explain(request, policies, management_account=self.management_account)
        return row | self._decided(explanation)

    def _policies(self, resource_policy: str | None) -> Policies:
        """The policies, with another one at the resource where a request brings it along."""
        if resource_policy is None:
            return self.policies
        return replace(self.policies, resource=Policies.of(resource=resource_policy).resource)

    def _decided(self, explanation: Explanation) -> dict[str, Any]:
        decision = explanation.decision
        trace = self._deciding(explanation)
        nearest = nearest_trace(explanation, self.label) if trace is None else None
        shown = trace or nearest
        return {
            "decision": decision.decision,
            "word": WORDS[decision.decision],
            "step": decision.step,
            "where": self._where(decision.match, trace),
            "statement": statement_mark(trace) if trace else None,
            "nearest": statement_mark(nearest) if nearest else None,
            "reason": reason(explanation, self.label),
            "elements": element_marks(shown, explanation.request) if shown else [],
        }

    def _deciding(self, explanation: Explanation) -> StatementTrace | None:
        """The statement of this policy that decided; for an allow granted elsewhere, the one that agreed."""
        decision = explanation.decision
        deciding = [m.statement.index for m in decision.matches if m.attached.label == self.label]
        if not deciding and decision.decision != ALLOWED:
            return None
        effect = "Allow" if decision.decision == ALLOWED else "Deny"
        traces = explanation.statements(effect, self.label)
        return next((t for t in traces if t.applies and (not deciding or t.statement.index == deciding[0])), None)

    def _where(self, match: Match | None, trace: StatementTrace | None) -> str:
        if trace:
            return f"line {self.source.position(trace.statement.span.start)[0]}"
        return ELSEWHERE[match.attached.policy.kind] if match else ""


def _undecided(sentence: str) -> dict[str, Any]:
    return {
        "decision": UNDECIDED,
        "word": WORDS[UNDECIDED],
        "step": "",
        "where": "",
        "statement": None,
        "nearest": None,
        "reason": sentence,
        "elements": [],
    }
