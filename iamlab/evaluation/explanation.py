"""The full trace of a decision: every step's answer, and for every statement which element matched.

The trace is not woven into the matchers. `explain` asks the same questions as `decide` and keeps the answers.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from iamlab.evaluation.case import Case
from iamlab.evaluation.conditions import holds
from iamlab.evaluation.decision import Decision
from iamlab.evaluation.matching import ELEMENTS, Situation
from iamlab.evaluation.order import STEPS, Answer, Step, ended, granted
from iamlab.evaluation.policies import Attached, Policies
from iamlab.evaluation.request import Request
from iamlab.policy import Span, Statement
from iamlab.policy.statement import ConditionTest

__all__ = [
    "ElementTrace",
    "Explanation",
    "PolicyTrace",
    "StatementTrace",
    "StepTrace",
    "TestTrace",
    "examine",
    "explain",
]


@dataclass(frozen=True, slots=True)
class TestTrace:
    """One operator over one key of a condition: whether it held, and the request's values (None: missing)."""

    __test__ = False  # no test class, whatever its name

    test: ConditionTest
    held: bool
    values: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class ElementTrace:
    """One element of a statement. `matched` is None where the statement has no such element."""

    name: str
    matched: bool | None
    span: Span | None
    tests: tuple[TestTrace, ...] = ()


@dataclass(frozen=True, slots=True)
class StatementTrace:
    """One statement held against the request."""

    attached: Attached
    statement: Statement
    elements: tuple[ElementTrace, ...]

    @property
    def applies(self) -> bool:
        """Whether every element matched."""
        return all(element.matched is not False for element in self.elements)

    @property
    def failed(self) -> tuple[ElementTrace, ...]:
        """The elements that did not match."""
        return tuple(element for element in self.elements if element.matched is False)


@dataclass(frozen=True, slots=True)
class PolicyTrace:
    """One policy; `binds` is false where it does not concern this request at all (a management account's SCP …)."""

    attached: Attached
    binds: bool
    statements: tuple[StatementTrace, ...]


@dataclass(frozen=True, slots=True)
class StepTrace:
    """One step of the order; `answer` is None where an earlier step had ended the evaluation."""

    step: Step
    answer: Answer | None = None
    outcome: str | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """A decision with everything that led to it.

    `policies` has the traces in the order of the steps; `given` and `management_account` are what `explain` was given.
    """

    request: Request
    decision: Decision
    steps: tuple[StepTrace, ...]
    policies: tuple[PolicyTrace, ...]
    given: Policies = field(repr=False)
    management_account: bool = False

    def statements(self, effect: str, label: str = "") -> tuple[StatementTrace, ...]:
        """Return the traces of the statements of one effect, in the policies whose label begins so."""
        return tuple(
            trace
            for policy in self.policies
            if policy.binds and policy.attached.label.startswith(label)
            for trace in policy.statements
            if trace.statement.effect == effect
        )

    def nearest(self, label: str = "") -> StatementTrace | None:
        """Return the Allow that comes closest to applying: the fewest elements fail, and the action does not."""
        allows = self.statements("Allow", label)
        return min(allows, key=_distance, default=None)


def _distance(trace: StatementTrace) -> tuple[int, bool]:
    return len(trace.failed), any(element.name == "Action" for element in trace.failed)


def explain(request: Request, policies: Policies, *, management_account: bool = False) -> Explanation:
    """Decide a request and keep the trace. Takes what `decide` takes, and decides the same."""
    case = Case.of(request, policies, management_account=management_account)
    steps = list[StepTrace]()
    decision: Decision | None = None
    for step in STEPS:
        if decision is not None:
            steps.append(StepTrace(step))
            continue
        answer = step.ask(case)
        outcome = step.outcome(answer)
        steps.append(StepTrace(step, answer, outcome))
        decision = ended(outcome, step, answer) if outcome else None
    traces = _policy_traces(case)
    return Explanation(request, decision or granted(case), tuple(steps), traces, policies, management_account)


def _policy_traces(case: Case) -> tuple[PolicyTrace, ...]:
    binding = {attached.label for attached in case.policies}
    return tuple(
        PolicyTrace(
            attached,
            attached.label in binding,
            tuple(examine(attached, statement, case.situation(attached)) for statement in attached.policy.statements),
        )
        for attached in case.given
    )


def examine(attached: Attached, statement: Statement, situation: Situation) -> StatementTrace:
    """Hold every element of a statement against a request."""
    elements = tuple(_element(name, statement, situation) for name in ("Principal", "Action", "Resource", "Condition"))
    return StatementTrace(attached, statement, elements)


def _element(name: str, statement: Statement, situation: Situation) -> ElementTrace:
    if name == "Condition":
        return _condition(statement, situation)
    element = {"Principal": statement.principal, "Action": statement.action, "Resource": statement.resource}[name]
    if element is None:
        return ElementTrace(name, None, None)
    return ElementTrace(element.name, ELEMENTS[name](statement, situation), element.span)


def _condition(statement: Statement, situation: Situation) -> ElementTrace:
    place = statement.places.get("Condition")
    if place is None:
        return ElementTrace("Condition", None, None)
    context = situation.request.context
    tests = tuple(TestTrace(test, holds(test, context), context.values(test.key)) for test in statement.condition)
    return ElementTrace("Condition", all(trace.held for trace in tests), place.value, tests)
