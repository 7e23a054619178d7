"""Exercises in which a policy is written or mended: right exactly when its access lies between two bounds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from typing import Any

from iamlab.comparison import Comparison, Witness
from iamlab.evaluation.decision import ALLOWED
from iamlab.evaluation.explanation import StatementTrace
from iamlab.evaluation.policies import Policies, document_policy
from iamlab.learning.advice import advice
from iamlab.learning.examples import example_requests
from iamlab.learning.exercise_file import ExerciseError
from iamlab.learning.kinds.kind import Kind
from iamlab.learning.misconceptions import misconceptions
from iamlab.learning.mutants import mutants
from iamlab.learning.result import Feedback, Part, Result, scored
from iamlab.learning.shown import shown_policies, shown_request
from iamlab.learning.style import style_findings
from iamlab.learning.surroundings import ROLE, Surroundings
from iamlab.lint import lint
from iamlab.policy import Policy, PolicyError, Problem, Source, parse_policy
from iamlab.policy.problem import SECURITY_WARNING
from iamlab.reporting.witness import deciding_statement, too_little, too_much, witness_data

__all__ = ["PolicyExercise"]

EMPTY = '{"Version": "2012-10-17", "Statement": []}'
NOTHING_BESIDES = "Allows nothing besides"
UNDECIDED = "Nothing is claimed of what was not settled; the same policy, written more plainly, can be decided."
MAX_ADVICE, MAX_REMARKS = 2, 3
"""How much advice a right answer gets at most, and how many remarks one that is not."""
MAX_TOLD = 1
"""How many witnesses of one direction are told: one, the plainest."""


class PolicyExercise(Kind):
    """Write a policy that gives at least one access and at most another, inside a scenario."""

    name = "policy"

    def prepare(self) -> None:
        """Read the bounds and the scenario; each bound must be a policy of the kind asked for."""
        body = self.exercise.body
        self.kind = str(body.get("policy_kind", "identity"))
        self.around = Surroundings(self.kind, body.get("scenario", {}))
        self.wanted: list[Mapping[str, Any]] = list(body.get("wanted", []))
        if not self.wanted and not {"at_least", "exactly"} & set(body):
            raise self.error("Say what is wanted, in `[[wanted]]`, `exactly` or `at_least`.", "wanted")
        self.least = self._bound("at_least", self.wanted)
        self.most = self._bound("at_most", [*self.wanted, *body.get("tolerated", [])])
        self.parts = [
            (str(one.get("say") or _named(one)), document_policy(policy_of([one], self.kind), self.kind), weight)
            for one, weight in ((one, float(one.get("weight", 1))) for one in self.wanted)
        ]

    @property
    def start(self) -> str:
        """The policy to begin with."""
        return str(self.exercise.body.get("start", EMPTY))

    def shown(self) -> dict[str, Any]:
        """Return what `about` does, and requests to try a policy with."""
        return {**self.about(), "requests": self.requests}

    def about(self) -> dict[str, Any]:
        """Return the kind of policy, who asks, and the policies that stand around it: all that needs no search."""
        given = self.exercise.body.get("scenario", {})
        return {
            "policy_kind": self.kind,
            "principal": given.get("principal", ROLE),
            "policies": shown_policies(Policies.of(**given.get("policies", {}))),
        }

    @cached_property
    def others(self) -> Mapping[str, Any]:
        """The policies around an answer that is being tried, by type.

        Without a scenario they leave the decision to the answer: one that only denies stands beside an Allow.
        """
        *_, last = given = list(self.around.may_be_given())
        allows = any(statement.effect == "Allow" for statement in self.most.statements)
        return given[0] if allows else last

    @cached_property
    def requests(self) -> list[dict[str, Any]]:
        """Requests to try an answer with: those of the exercise, otherwise plain ones of what is asked for."""
        listed, given = self.exercise.body.get("requests", []), self.exercise.body.get("scenario", {})
        if not listed:
            asked = [bound for _, bound, _ in self.parts] or [self.least]
            return example_requests(self.around, asked, self.most)
        return [shown_request(one, given, str(number)) for number, one in enumerate(listed, 1)]

    def judge(self, answer: str) -> Result:
        """Compare the answer with both bounds, over every request."""
        try:
            policy = parse_policy(answer, self.kind)
        except PolicyError as error:
            return self._unreadable(error, answer)
        upper = self.against(policy, self.most)
        lower = upper if self._is_exact else self.against(policy, self.least)
        parts, feedback = self._parts(policy, lower, upper), list[Feedback]()
        told = (*upper.only_first[:MAX_TOLD], *lower.only_second[:MAX_TOLD])
        feedback += [self._witness(one, policy) for one in told]
        styles = style_findings(policy, self.exercise.body.get("style", {}), self._readable_start)
        parts += [Part(finding.name, finding.holds) for finding in styles]
        feedback += [Feedback("style", finding.sentence) for finding in styles if not finding.holds]
        if undecided := list(dict.fromkeys((*lower.undecided, *upper.undecided))):
            feedback += [Feedback("note", sentence) for sentence in (*undecided[:1], *([] if told else [UNDECIDED]))]
        found = self._lint(policy)
        if all(part.holds for part in parts):
            harmless = [problem for problem in found if problem.severity != SECURITY_WARNING]
            feedback += _told(policy, harmless, MAX_ADVICE)
        else:
            known = self._listed(policy, (*upper.only_first, *lower.only_second)) or advice(found)
            feedback += [known] if known else _told(policy, found, MAX_REMARKS - len(feedback))
        return scored(self.exercise.name, self.exercise.points, parts, feedback)

    def _listed(self, policy: Policy, witnesses: Sequence[Witness]) -> Feedback | None:
        """Return what the solution file says of a wrong policy, where it lists this one, in whatever way it is written.

        It has to be made of the same words: of two policies that allow the same, each can have its own mistake.
        """
        said = _words(policy)
        for other, wrong in sorted(self._wrong, key=lambda one: one[0].statements != policy.statements):
            if said != _words(other) or not self._may_be_same(other, policy, witnesses):
                continue
            if self.against(policy, other).relation == "equal":
                return Feedback("misconception", str(wrong["say"]), misconception=wrong.get("misconception"))
        return None

    @cached_property
    def _wrong(self) -> list[tuple[Policy, Mapping[str, Any]]]:
        """The wrong policies that the solution file lists, as far as they can be read."""
        found = list[tuple[Policy, Mapping[str, Any]]]()
        with suppress(ExerciseError):
            for wrong in self.exercise.solution.wrong:
                with suppress(PolicyError):
                    found.append((parse_policy(str(wrong["answer"]), self.kind), wrong))
        return found

    def _may_be_same(self, other: Policy, policy: Policy, witnesses: Sequence[Witness]) -> bool:
        """Return whether another policy decides witnesses alike; this is much quicker than comparing both."""
        for witness in witnesses:
            decided = [one.decision.allowed for one in self.around.explained(witness, policy, [other])]
            if len(set(decided)) > 1:
                return False
        return True

    def _lint(self, policy: Policy) -> list[Problem]:
        """Return what lint finds in a policy, and not in what the task asks for."""
        problems = lint(policy)
        return [problem for problem in problems if problem.code not in self.accepted] if problems else []

    @cached_property
    def accepted(self) -> set[str]:
        """What lint finds in the bounds and the solution: the task would have it so."""
        policies = [self.least, self.most]
        with suppress(ExerciseError, PolicyError):
            policies.append(parse_policy(self.solved(), self.kind))
        return {problem.code for policy in policies for problem in lint(policy)}

    @cached_property
    def withheld(self) -> set[str]:
        """What lint finds and is not said of a policy in the making: what is accepted, and what the task is about."""
        slugs = {
            *self.exercise.body.get("misconceptions", ()),
            *(wrong.get("misconception") for _, wrong in self._wrong),
        }
        known = misconceptions()
        return self.accepted | {code for slug in slugs if slug in known for code in known[slug].lint}

    def solved(self) -> str:
        """Return the solution file's policy."""
        return self.exercise.solution.answer

    def mutants(self, solution: str) -> Iterator[tuple[str, str]]:
        """Yield the solution with one thing dropped, widened, narrowed or flipped."""
        yield from mutants(solution)

    def same(self, answer: str, other: str) -> bool:
        """Return whether two policies give the same access."""
        if super().same(answer, other):
            return True
        try:
            one, two = (parse_policy(text, self.kind) for text in (answer, other))
        except PolicyError:
            return False
        return self.against(one, two).relation == "equal"

    @cached_property
    def _readable_start(self) -> Policy:
        """The starting policy, or one without statements where it is broken for the learner to mend."""
        try:
            return parse_policy(self.start, self.kind)
        except PolicyError:
            return parse_policy(EMPTY, self.kind)

    @cached_property
    def _is_exact(self) -> bool:
        """Whether both bounds are the same, so that one comparison says it all."""
        return self.least.source.text == self.most.source.text

    def _bound(self, field: str, patterns: Sequence[Mapping[str, Any]]) -> Policy:
        """Read a bound: `exactly` is both of them, and patterns are a bound where no policy is given."""
        field = field if field in self.exercise.body else "exactly"
        text = self.exercise.body.get(field)
        try:
            if text is not None:
                return parse_policy(str(text), self.kind)
            return document_policy(policy_of(patterns, self.kind), self.kind)
        except PolicyError as error:
            raise self.error(f"This bound cannot be read: {error}", field if text is not None else "wanted") from None

    def is_within(self, policy: Policy) -> bool:
        """Return whether the task leaves room for a policy between two bounds that are not the same."""
        if self._is_exact or self.against(self.least, self.most).relation == "equal":
            return False
        lower, upper = self.against(policy, self.least), self.against(policy, self.most)
        return lower.relation in {"equal", "wider"} and upper.relation in {"equal", "narrower"}

    def against(self, policy: Policy, bound: Policy) -> Comparison:
        """Compare a policy with another in its place."""
        return self.around.compare(policy, bound)

    def _parts(self, policy: Policy, lower: Comparison, upper: Comparison) -> list[Part]:
        """The parts of the task. Allowing nothing besides is worth as much as all that is wanted, if some of it is."""
        whole = lower.relation in {"equal", "wider"}
        alone = len(self.parts) < 2
        parts = [
            Part(name, whole or (not alone and self._gives(policy, bound, lower.only_second)), weight)
            for name, bound, weight in self.parts
        ] or [Part("Allows what the task asks for", whole)]
        bounded = upper.relation in {"equal", "narrower"} and any(part.holds for part in parts)
        return [*parts, Part(NOTHING_BESIDES, bounded, sum(part.weight for part in parts))]

    def _gives(self, policy: Policy, bound: Policy, missing: Sequence[Witness]) -> bool:
        """Return whether a policy gives what a bound does; where a missing request is of the bound, it does not."""
        if not self._may_be_same(bound, policy, missing):
            return False
        return self.against(policy, bound).relation in {"equal", "wider"}

    def _witness(self, witness: Witness, policy: Policy) -> Feedback:
        """Tell a witness: the request, which statement of the answer decided it or comes closest, and where."""
        explanation = next(iter(self.around.explained(witness, policy)), None)
        tell = too_much if witness.first == ALLOWED else too_little
        sentence = tell(witness, explanation, self.around.own, self.kind)
        trace = deciding_statement(explanation, self.around.own)
        return Feedback("witness", sentence, witness_data(witness), place=_place(policy, trace))

    def _unreadable(self, error: PolicyError, answer: str) -> Result:
        result = self.invalid(*(_placed(error.source, problem) for problem in error.problems[:MAX_REMARKS]))
        known = self.written_wrong(answer) or advice(error.problems)
        return replace(result, feedback=(*result.feedback, known)) if known else result


def policy_of(patterns: Sequence[Mapping[str, Any]], kind: str) -> dict[str, Any]:
    """Return the policy that allows some patterns of requests."""
    statements = []
    for pattern in patterns:
        statement: dict[str, Any] = {"Effect": "Allow", "Action": pattern["action"]}
        if kind in {"resource", "trust", "vpc_endpoint", "rcp"}:
            statement["Principal"] = pattern.get("principal", "*")
        if kind != "trust":
            statement["Resource"] = pattern.get("resource", "*")
        if "condition" in pattern:
            statement["Condition"] = pattern["condition"]
        statements.append(statement)
    return {"Version": "2012-10-17", "Statement": statements}


def _named(pattern: Mapping[str, Any]) -> str:
    action = pattern["action"]
    listed = [action] if isinstance(action, str) else action
    return f"Allows {', '.join(listed)}"


def _words(policy: Policy) -> frozenset[tuple[str, ...]]:
    """Return the actions, resources, principals and tests that a policy names."""
    found = set[tuple[str, ...]]()
    for one in policy.statements:
        found |= {(one.effect, one.action.name, entry.text.lower()) for entry in one.action.entries}
        for element in (one.resource, one.principal):
            found |= {(one.effect, element.name, entry.text) for entry in element.entries} if element else set()
        found |= {(test.operator, test.key.lower(), value.text) for test in one.condition for value in test.values}
    return frozenset(found)


def _told(policy: Policy, problems: Sequence[Problem], most: int) -> list[Feedback]:
    """Return advice on the first few problems, one of a code."""
    found = {problem.code: problem for problem in reversed(problems)}
    first = sorted(found.values(), key=lambda one: one.span)[: max(most, 0)]
    return [Feedback("advice", _placed(policy.source, problem, column=False)) for problem in first]


def _placed(source: Source, problem: Problem, *, column: bool = True) -> str:
    line, at = source.position(problem.span.start)
    where = f"Line {line}, column {at}" if column else f"Line {line}"
    return f"{where}: {problem.message} {problem.help}".strip()


def _place(policy: Policy, trace: StatementTrace | None) -> dict[str, int] | None:
    if trace is None:
        return None
    line, column = policy.source.position(trace.statement.span.start)
    return {"line": line, "column": column}
