"""Why each side of a comparison decides a witness as it does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol

from iamlab.comparison import Witness
from iamlab.comparison.settings import settings as worlds_of
from iamlab.evaluation.decision import ALLOWED, EXPLICIT_DENY, IMPLICIT_DENY, Decision, Match
from iamlab.evaluation.explanation import Explanation, StatementTrace, explain
from iamlab.evaluation.order import decide
from iamlab.evaluation.policies import Document, Policies
from iamlab.evaluation.request import Request
from iamlab.policy import Span
from iamlab.reporting.elements import element_lines
from iamlab.reporting.reasons import NO_ALLOW, nearest_trace, reason, statement_name

__all__ = ["Reason", "Setting", "reason_of", "request_of", "settings_of"]


class Setting(NamedTuple):
    """Two sets of policies that were compared, and the account that owns the resources."""

    first: Policies
    second: Policies
    owner: str | None = None
    management_account: bool = False

    @property
    def sides(self) -> tuple[Policies, Policies]:
        """Both sets of policies."""
        return self.first, self.second


@dataclass(frozen=True, slots=True)
class Reason:
    """What one side decides, why in a sentence, and where: the statement, or the element that does not match."""

    decision: str
    sentence: str
    place: str = ""


class Sides(Protocol):
    """What of a comparison is needed here: see `Compared`."""

    @property
    def names(self) -> tuple[str, str]:
        """What the sides are called."""

    @property
    def settings(self) -> tuple[Setting, ...]:
        """The sets of policies that were compared."""

    @property
    def own(self) -> str:
        """The label of the documents."""

    @property
    def origins(self) -> tuple[Mapping[str, str], Mapping[str, str]]:
        """Where policies stand in a model of accounts."""


def settings_of(first: Document, second: Document, kind: str) -> tuple[Setting, ...]:
    """Return the sets of policies among which two documents of a kind are compared."""
    found = list[Setting]()
    for world in worlds_of(first, second, kind):
        if world.supposed:
            bare = (replace(one, resource=None) for one in (world.first, world.second))
            found.append(Setting(next(bare), next(bare), world.owner))
        found.append(Setting(world.first, world.second, world.owner))
    return tuple(found)


def request_of(witness: Witness, settings: Iterable[Setting]) -> Request:
    """Return a witness as a request, with the account of the resource that was compared."""
    setting = _setting(witness, settings)
    return _request(witness, setting.owner if setting else None)


def _request(witness: Witness, owner: str | None) -> Request:
    account = witness.resource_account or owner
    return Request.of(witness.principal, witness.action, witness.resource, witness.context, account)


def _setting(witness: Witness, settings: Iterable[Setting]) -> Setting | None:
    """Return the setting in which both sides decide as the witness says."""
    wanted = tuple((one.decision, one.step) for one in witness.decisions)
    for setting in settings:
        request = _request(witness, setting.owner)
        found = (decide(request, one, management_account=setting.management_account) for one in setting.sides)
        if tuple((one.decision, one.step) for one in found) == wanted:
            return setting
    return None


def reason_of(sides: Sides, witness: Witness, side: int) -> Reason:
    """Return why one side decides a witness as it does.

    Args:
        sides: the comparison.
        witness: the request.
        side: 0 for the first, 1 for the second.
    """
    setting = _setting(witness, sides.settings)
    if setting is None:
        return _plain(witness.decisions[side], sides.own)
    request = _request(witness, setting.owner)
    explanation = explain(request, setting.sides[side], management_account=setting.management_account)
    teller = _Teller(sides.names[side], sides.own, sides.origins[side])
    return teller.reason(explanation)


def _plain(decision: Decision, own: str) -> Reason:
    """Return the reason that a decision alone tells."""
    if decision.match:
        return Reason(decision.decision, _said(decision.match, decision.decision, own))
    if decision.decision == IMPLICIT_DENY:
        grant = "An identity-based policy"
        return Reason(IMPLICIT_DENY, NO_ALLOW[decision.step].format(maker="role", grant=grant))
    return Reason(decision.decision, "")


SAID = {ALLOWED: "{} allows this request, and no statement denies it.", EXPLICIT_DENY: "{} denies this request."}


def _said(match: Match | StatementTrace, decision: str, own: str) -> str:
    return SAID[decision].format(statement_name(match, own))


@dataclass(frozen=True, slots=True)
class _Teller:
    """Tells one side's reasons, with places in its file or its policies."""

    name: str
    own: str
    origins: Mapping[str, str]

    def reason(self, explanation: Explanation) -> Reason:
        decision = explanation.decision
        if decision.decision == EXPLICIT_DENY and decision.match:
            return Reason(EXPLICIT_DENY, _said(decision.match, EXPLICIT_DENY, self.own), self.place(decision.match))
        if decision.decision == IMPLICIT_DENY:
            nearest = nearest_trace(explanation, self.own)
            return Reason(IMPLICIT_DENY, reason(explanation, self.own), self.failure(nearest, explanation.request))
        match = self.granting(explanation)
        if match is None:
            return Reason(ALLOWED, reason(explanation, self.own))
        return Reason(ALLOWED, _said(match, ALLOWED, self.own), self.place(match))

    def granting(self, explanation: Explanation) -> Match | StatementTrace | None:
        """Return the statement that allows: the document's own, where documents are compared."""
        if not self.own:
            return explanation.decision.match
        allows = explanation.statements("Allow", self.own)
        return next((trace for trace in allows if trace.applies), None)

    def place(self, match: Match | StatementTrace, span: Span | None = None) -> str:
        line, column = match.attached.policy.source.position((span or match.statement.span).start)
        if self.own:
            return f"{self.name}:{line}:{column}"
        label = match.attached.label
        return f"{self.name}: {self.origins.get(label, label)}:{line}:{column}"

    def failure(self, nearest: StatementTrace | None, request: Request) -> str:
        """Return where the nearest statement first does not match, and why."""
        if nearest is None:
            return ""
        failed = next((line for line in element_lines(nearest, request) if line.matched is False), None)
        if failed is None:
            return self.place(nearest)
        return f"{self.place(nearest, failed.span)}: {failed.text}"
