"""The picture of the evaluation order as data: what the stepper draws in a notebook, and `plot_evaluation` on paper.

Its nodes are the steps that `evaluation/order.py` lists, with what each answered, so that no picture can drift from
what is decided. In one account they stand on one rail; across accounts each side has its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from iamlab.evaluation.case import Case
from iamlab.evaluation.cross_account import explain_side
from iamlab.evaluation.decision import ALLOWED, EXPLICIT_DENY, Match
from iamlab.evaluation.explanation import Explanation, StepTrace
from iamlab.reporting.changes import NO_CHANGE_HELPS, change_lines
from iamlab.reporting.denial import denial_sentence
from iamlab.reporting.explanation import applicability_note
from iamlab.reporting.reasons import policy_name, reason
from iamlab.reporting.step_policies import asked_by, best_first, policy_at, refusing_level
from iamlab.reporting.step_words import NONE, origin_words, policies_said, step_title, step_words
from iamlab.reporting.words import UNDECIDED, WORDS

__all__ = ["GOES_ON", "KEPT_BY_AWS", "picture_data", "picture_lines"]

GOES_ON = "on"
"""What a step does that does not end the evaluation."""
KEPT_BY_AWS = ("FullAWSAccess", "RCPFullAWSAccess")
"""Where a model of accounts names a policy that is AWS's own, which nobody can edit."""
SIDES = (("principal", "Principal's account"), ("resource", "Resource's account"))
GRANTING = {
    "": "identity-based policies",
    "principal": "identity-based policies",
    "resource": "resource-based policies",
}
"""By side, the step after which a request is allowed unless a later one bounds it."""
NOT_ALLOWING = {False: "no policy asked here allows it", True: "one level does not allow it"}
"""What an implicit deny means, by whether levels of an organization are asked."""
STATES = {"passed": "passed", "absent": "nothing to ask", "open": "not asked"}
Data = dict[str, Any]


def picture_data(explanation: Explanation, origins: Mapping[str, str] | None = None) -> Data:
    """Return the picture of an evaluation as plain data, ready for JSON.

    Args:
        explanation: the decision with its trace.
        origins: where in a model of accounts each policy stands, by its label.

    Returns:
        `decision`, `word`, `step`, `reason`, `denial` (AWS's own sentence) and `note`; `accounts`, whether one or two
        take part; `rails`, one or two, each with its `nodes` in order, numbered through; `deciding`, the number of the
        node at which the evaluation ends; `policies`; `changes`, what would let the request through.
    """
    drawing = _Drawing(explanation, origins or {})
    rails = drawing.rails()
    nodes = [node for rail in rails for node in rail["nodes"]]
    decision = explanation.decision
    return {
        "decision": decision.decision,
        "word": WORDS[decision.decision],
        "step": decision.step,
        "reason": reason(explanation),
        "denial": denial_sentence(explanation),
        "note": applicability_note(explanation.request),
        "accounts": "across accounts" if explanation.request.is_cross_account else "same account",
        "rails": rails,
        "deciding": _deciding(nodes, explanation),
        "policies": [drawing.policy(trace.attached.label) for trace in explanation.policies],
        "changes": _changes(explanation),
    }


def _deciding(nodes: Sequence[Data], explanation: Explanation) -> int:
    """Return the number of the node where the decision falls: the last one, where every step lets through."""
    decision = explanation.decision
    ends = [n for n in nodes if n["outcome"] == decision.decision and n["name"] == decision.step]
    return int((ends or [n for n in nodes if n["answer"] == decision.decision] or nodes)[-1]["number"])


def _changes(explanation: Explanation) -> list[Data]:
    lines = change_lines(explanation)
    if lines is None:
        return [{"text": NO_CHANGE_HELPS, "statement": ""}]
    return [{"text": line.text, "statement": line.statement} for line in lines]


@dataclass(frozen=True, slots=True)
class _Drawing:
    """An explanation that is being drawn."""

    explanation: Explanation
    origins: Mapping[str, str]

    def rails(self) -> list[Data]:
        """Return one rail, or, across accounts, one for each side, as far as the sides together decide the request."""
        request, decision = self.explanation.request, self.explanation.decision
        one = [self._rail("", "", "", self.explanation.steps, 1)]
        if not request.is_cross_account:
            return one
        case = Case.of(request, self.explanation.given, management_account=self.explanation.management_account)
        accounts = {"principal": request.principal.account, "resource": request.resource_account}
        rails = list[Data]()
        for side, title in SIDES:
            first = 1 + sum(len(rail["nodes"]) for rail in rails)
            rails.append(self._rail(side, title, accounts[side], explain_side(case, side), first))
        return rails if decision.allowed == all(rail["decision"] == ALLOWED for rail in rails) else one

    def _rail(self, side: str, title: str, account: str, steps: Sequence[StepTrace], first: int) -> Data:
        outcome = next((trace.outcome for trace in steps if trace.outcome), ALLOWED)
        teller = _Teller(self, side, outcome, steps)
        nodes = [teller.node(number, trace) for number, trace in enumerate(steps, first)]
        said = "This side allows" if outcome == ALLOWED else "This side does not"
        word = said if side else WORDS[outcome]
        return {"side": side, "title": title, "account": account, "nodes": nodes, "decision": outcome, "word": word}

    def policy(self, label: str) -> Data:
        """Return what a policy is called, and where it hangs."""
        attached = next(one.attached for one in self.explanation.policies if one.attached.label == label)
        name, origin = policy_name(label, attached.policy.kind), self.origins.get(label, "")
        where = origin_words(origin)
        if origin in KEPT_BY_AWS:
            name, where = origin, f"level {_level(label)}"
        return {"label": label, "name": name[:1].upper() + name[1:], "where": where, "kind": attached.policy.kind}


def _level(label: str) -> int:
    """Return the number of a policy's level, counted from 1."""
    return int(label.split("[")[1].rstrip("]")) + 1


@dataclass(frozen=True, slots=True)
class _Teller:
    """Tells the nodes of one rail."""

    drawing: _Drawing
    side: str
    outcome: str
    steps: Sequence[StepTrace]

    def node(self, number: int, trace: StepTrace) -> Data:
        """Return one node."""
        step, words = trace.step, step_words(trace.step)
        asked = asked_by(trace, self.drawing.explanation, self.side)
        rows = [policy_at(trace, one, self.drawing.explanation) for one in asked]
        level = refusing_level(trace, asked)
        first = best_first(rows, level)
        binding = [one.attached.label for one in asked if one.binds]
        levels = len({label.rpartition("[")[0] for label in binding if label.count("[") == 2 and step.side != "both"})
        state = _state(trace)
        answer = trace.answer
        return {
            "number": number,
            "name": step.name,
            "title": step_title(step),
            "question": step.question,
            "help": words.help,
            "rule": step.rule,
            "state": state,
            "outcome": trace.outcome,
            "spoken": f"decides: {WORDS[trace.outcome].lower()}" if trace.outcome else STATES[state],
            "said": self._said(trace),
            "asked": policies_said(
                step, answer, [self.drawing.policy(one)["where"] for one in binding], levels, len(asked)
            ),
            "running": self._running(trace),
            "policies": rows,
            "first": first["label"] if first else None,
            "choices": self._choices(trace),
            "answer": None if answer is None else self._answer(trace),
        }

    def _asked(self, trace: StepTrace) -> list[str]:
        return [one.attached.label for one in asked_by(trace, self.drawing.explanation, self.side)]

    def _said(self, trace: StepTrace) -> str:
        if trace.answer is None:
            return "not asked"
        if trace.answer.note:
            return ""
        words = step_words(trace.step)
        return words.yes if trace.answer.yes else words.no

    def _is_last(self, trace: StepTrace) -> bool:
        return trace is self.steps[-1]

    def _answer(self, trace: StepTrace) -> str:
        """Return what happens at a step: the decision that it ends with; past the last one a request is allowed."""
        return trace.outcome or (ALLOWED if self._is_last(trace) else GOES_ON)

    def _choices(self, trace: StepTrace) -> list[str]:
        """Return what could happen at a step, whatever the policies say."""
        ends = [one for one in (trace.step.yes, trace.step.no) if one]
        return list(dict.fromkeys([ALLOWED if self._is_last(trace) else GOES_ON, *ends]))

    def _running(self, trace: StepTrace) -> Data:
        """Return the answer so far, once this step has answered."""
        if trace.answer is None:
            ender = next(one for one in self.steps if one.outcome)
            return _running(self.outcome, f"since the step {step_title(ender.step)}: this one is not asked")
        if trace.outcome or self._is_last(trace):
            return _running(self._answer(trace), self._why(trace))
        if self._granted(trace):
            return _running(ALLOWED, self._why(trace), "Allowed, unless a later step bounds it")
        return _running(UNDECIDED, "nothing has refused it so far, and nothing has allowed it")

    def _granted(self, trace: StepTrace) -> bool:
        reached = self.steps[: self.steps.index(trace) + 1]
        return any(one.step.name == GRANTING[self.side] for one in reached)

    def _why(self, trace: StepTrace) -> str:
        """Return what made it so: the statement, or what a step missed."""
        if trace.answer and trace.answer.matches and trace.outcome in (ALLOWED, EXPLICIT_DENY):
            return f"by {self._statement(trace.answer.matches[0])}"
        if trace.outcome:
            note = trace.answer.note if trace.answer else ""
            return note or NOT_ALLOWING[any(one.count("[") == 2 for one in self._asked(trace))]
        granting = next((one for one in self.steps if one.step.name == GRANTING[self.side] and one.answer), None)
        if granting is None or granting.answer is None:
            return "every step lets it through"
        matches = granting.answer.matches
        return f"by {self._statement(matches[0])}" if matches else granting.answer.note

    def _statement(self, match: Match) -> str:
        policy = self.drawing.policy(match.attached.label)
        where = f", {policy['where']}" if policy["where"] else ""
        return f"statement {match.statement.index + 1} of the {policy['name'][:1].lower()}{policy['name'][1:]}{where}"


def _state(trace: StepTrace) -> str:
    if trace.answer is None:
        return "open"
    if trace.outcome:
        return "decided"
    return "absent" if trace.answer.note == NONE else "passed"


def _running(decision: str, text: str, word: str = "") -> Data:
    return {"decision": decision, "word": word or WORDS[decision], "text": text}


def picture_lines(picture: Mapping[str, Any]) -> list[str]:
    """Return the picture in words, a line a step: what someone hears who does not see it."""
    lines = list[str]()
    for rail in picture["rails"]:
        lines += [f"{rail['title']}, {rail['account']}"] if rail["title"] else []
        lines += [
            ", ".join(filter(None, [f"{node['number']} {node['title']}", node["asked"], node["said"], node["spoken"]]))
            for node in rail["nodes"]
        ]
        lines += [rail["word"]] if rail["title"] else []
    return [*lines, f"{picture['word']}. {picture['reason']}".rstrip()]
