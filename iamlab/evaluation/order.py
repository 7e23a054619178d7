"""The evaluation order: AWS's flow chart as one tuple of steps.

Nothing else decides. `decide` walks the steps until one ends the evaluation; `explain` walks the same steps and keeps
every answer; pictures and pages of the course are drawn from the same tuple. Each step asks one question of the
policies of one type, and answers with the statements that made it so.

Source: reference_policies_evaluation-logic_policy-eval-denyallow.html in the IAM User Guide (rules E1–E29). Its chart
leaves out VPC endpoint policies: rule T26 (PrivateLink Guide, vpc-endpoints-access.html) says what they do, and no page
says where they stand; here after the SCPs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from iamlab.evaluation.case import Case
from iamlab.evaluation.decision import ALLOWED, EXPLICIT_DENY, IMPLICIT_DENY, Decision, Match
from iamlab.evaluation.naming import Grant
from iamlab.evaluation.policies import Level, Policies
from iamlab.evaluation.request import Request

__all__ = ["STEPS", "STEP_NAMES", "Answer", "Step", "decide", "decided", "ended", "granted"]


@dataclass(frozen=True, slots=True)
class Answer:
    """A step's answer: yes or no, the statements behind it, and in `note` why where no statement is."""

    yes: bool
    matches: tuple[Match, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its name, its question, the account whose policies it asks, and what a yes or a no ends with.

    Where neither ends the evaluation, the next step is asked.
    """

    name: str
    question: str
    ask: Callable[[Case], Answer]
    rule: str
    side: str
    yes: str | None = None
    no: str | None = None

    def outcome(self, answer: Answer) -> str | None:
        """Return the decision that an answer ends with, or None where the evaluation goes on."""
        return self.yes if answer.yes else self.no


def any_statement_denies(case: Case) -> Answer:
    """Does any statement of any policy deny this? Rule E2."""
    denies = case.matching("Deny", case.policies)
    return Answer(bool(denies), denies)


def every_rcp_level_allows(case: Case) -> Answer:
    """Does every level of the resource's organization allow this? Rule R7."""
    return _every_level(case, case.policies.rcp)


def every_scp_level_allows(case: Case) -> Answer:
    """Does every level of the caller's organization allow this? Rules S5, S6."""
    return _every_level(case, case.policies.scp)


def endpoint_policy_allows(case: Case) -> Answer:
    """Does the endpoint's policy let this through? Rule T26."""
    endpoint = case.policies.vpc_endpoint
    return _bound(case, (endpoint,) if endpoint else ())


def resource_policy_allows_where_it_must(case: Case) -> Answer:
    """Must the resource's own policy allow, and does it? Rules X2, T1, T14."""
    if not case.needs_resource_policy or case.is_ungoverned:
        return Answer(True, note="not required")
    return Answer(case.grant > Grant.NOTHING, case.resource_allows)


def resource_policy_grants_outright(case: Case) -> Answer:
    """Does the resource's policy name the very caller, so that no other Allow is needed? Rules E16–E23."""
    outright = case.grant is Grant.DIRECT and not case.refusal
    return Answer(outright, case.resource_allows, "" if case.policies.resource else "none")


def identity_or_resource_allows(case: Case) -> Answer:
    """Does an identity-based policy allow this, unless the resource's policy names the session's role or user?

    Rules E6, E19, E24.
    """
    if case.is_ungoverned:
        return Answer(True, note="needs no permission")
    if case.is_own_root:
        return Answer(True, note="the account's root user")
    allows = case.matching("Allow", case.policies.identity)
    supplied = case.grant is Grant.AS_ROLE
    return Answer(
        bool(allows) or supplied,
        allows,
        "the resource-based policy names the role or user behind the session" if supplied else "",
    )


def boundary_allows(case: Case) -> Answer:
    """Does the permissions boundary leave room for this? Rule E9."""
    boundary = case.policies.permissions_boundary
    return _bound(case, (boundary,) if boundary else ())


def session_policies_allow(case: Case) -> Answer:
    """Do the session's credentials and policies leave room for this? Rules E10–E13, B13–B15."""
    if case.refusal:
        return Answer(False, note=case.refusal)
    if case.is_ungoverned:
        return Answer(True, note="needs no permission")
    if case.request.principal.type == "FederatedUser" and not case.policies.session:
        return Answer(False, note="a federated user session has no permissions without a session policy")
    return _bound(case, case.policies.session)


STEPS = (
    Step(
        "deny evaluation",
        "Does any statement deny it?",
        any_statement_denies,
        "E2",
        "both",
        yes=EXPLICIT_DENY,
    ),
    Step(
        "Organizations RCPs",
        "Does every RCP level allow it?",
        every_rcp_level_allows,
        "R7",
        "resource",
        no=IMPLICIT_DENY,
    ),
    Step(
        "Organizations SCPs",
        "Does every SCP level allow it?",
        every_scp_level_allows,
        "S5",
        "principal",
        no=IMPLICIT_DENY,
    ),
    Step(
        "VPC endpoint policy",
        "Does the endpoint let it through?",
        endpoint_policy_allows,
        "T26",
        "principal",
        no=IMPLICIT_DENY,
    ),
    Step(
        "resource-based policies",
        "Where the resource's policy must allow, does it?",
        resource_policy_allows_where_it_must,
        "X2",
        "resource",
        no=IMPLICIT_DENY,
    ),
    Step(
        "resource-based policies",
        "Does the resource's policy name the very caller?",
        resource_policy_grants_outright,
        "E5",
        "resource",
        yes=ALLOWED,
    ),
    Step(
        "identity-based policies",
        "Does an identity-based policy allow it?",
        identity_or_resource_allows,
        "E6",
        "principal",
        no=IMPLICIT_DENY,
    ),
    Step(
        "permissions boundary",
        "Does the boundary leave room for it?",
        boundary_allows,
        "E9",
        "principal",
        no=IMPLICIT_DENY,
    ),
    Step(
        "session policies",
        "Do the session policies leave room for it?",
        session_policies_allow,
        "E13",
        "principal",
        no=IMPLICIT_DENY,
    ),
)
"""The order. A request that no step refuses is allowed."""

STEP_NAMES = tuple(dict.fromkeys(step.name for step in STEPS))
"""The names of the steps, in order; one that asks twice has one name."""


def decide(request: Request, policies: Policies, *, management_account: bool = False) -> Decision:
    """Decide a request.

    Args:
        request: who asks for what.
        policies: every policy that can have a say.
        management_account: whether the principal is in the organization's management account.
    """
    return decided(Case.of(request, policies, management_account=management_account))


def decided(case: Case) -> Decision:
    """Decide a case: walk the steps until one ends the evaluation."""
    for step in STEPS:
        answer = step.ask(case)
        if (outcome := step.outcome(answer)) is not None:
            return ended(outcome, step, answer)
    return granted(case)


def ended(outcome: str, step: Step, answer: Answer) -> Decision:
    """Return the decision of a step that ended the evaluation."""
    return Decision(outcome, step.name, () if outcome == IMPLICIT_DENY else answer.matches)


def granted(case: Case) -> Decision:
    """Return the allow of a request that every step let through, credited to the step that granted it."""
    if case.grant is Grant.AS_ROLE:
        return Decision(ALLOWED, "resource-based policies", case.resource_allows)
    return Decision(ALLOWED, "identity-based policies", identity_or_resource_allows(case).matches)


def _every_level(case: Case, levels: tuple[Level, ...] | None) -> Answer:
    if levels is None:
        return Answer(True, note="none")
    matches: tuple[Match, ...] = ()
    for level in levels:
        allows = case.matching("Allow", level)
        if not allows:
            return Answer(False, matches)
        matches += allows
    return Answer(True, matches)


def _bound(case: Case, policies: Level) -> Answer:
    """A bound that is not there leaves room for everything; one that is there must allow."""
    if not policies:
        return Answer(True, note="none")
    allows = case.matching("Allow", policies)
    return Answer(bool(allows), allows)
