"""What stands around an answer: the exercise's scenario, or policies that leave the decision to the answer alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from iamlab.comparison import Comparison, Witness, compare
from iamlab.evaluation import Explanation, Policies, Request, explain
from iamlab.evaluation.policies import FULL_ACCESS, in_place, label_in_place
from iamlab.policy import Policy

__all__ = ["ROLE", "Surroundings"]

ROLE = "arn:aws:iam::111122223333:role/TrainingRole"


@dataclass(frozen=True)
class Surroundings:
    """The place of an answer of some kind among the policies of a scenario, where there is one."""

    kind: str
    scenario: Mapping[str, Any] = field(default_factory=dict)

    @property
    def own(self) -> str:
        """The label of the answer among the policies."""
        return label_in_place(self.kind, self._given)

    @property
    def _given(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.scenario.get("policies", {})
        return found

    def compare(self, first: Policy, second: Policy) -> Comparison:
        """Compare two policies in the answer's place, over what AWS may be asked; else it is undecided."""
        try:
            return self._compared(first, second)
        except ValueError as error:
            return Comparison("undecided", undecided=(f"This policy could not be compared with the task: {error}",))

    def _compared(self, first: Policy, second: Policy) -> Comparison:
        if not self.scenario:
            return compare(first, second, kind=self.kind, only_plausible=True)
        return compare(
            in_place(first, self.kind, self._given),
            in_place(second, self.kind, self._given),
            principal=self.scenario.get("principal", ROLE),
            resource_account=self.scenario.get("resource_account"),
            management_account=self.management_account,
            only_plausible=True,
        )

    @property
    def management_account(self) -> bool:
        """Whether the principal is in the organization's management account."""
        return bool(self.scenario.get("management_account", False))

    def explained(self, witness: Witness, policy: Policy, others: Sequence[Policy] = ()) -> list[Explanation]:
        """Return how a witness is decided with a policy in place, and with each of some others in the same place.

        Nothing is returned where the surroundings in which the witness was found are not known here.
        """
        for given in self.may_be_given():
            first = self._explain(witness, policy, given)
            if first.decision.decision == witness.first:
                return [first, *(self._explain(witness, other, given) for other in others)]
        return []

    def may_be_given(self) -> Iterator[Mapping[str, Any]]:
        """Yield what may stand around: without a scenario, what leaves the decision to the answer."""
        if self.scenario:
            yield self._given
        elif self.kind == "identity":
            yield {}
        else:
            yield from ({}, {"identity": [FULL_ACCESS]}) if self.kind == "resource" else ({"identity": [FULL_ACCESS]},)

    def _explain(self, witness: Witness, policy: Policy, given: Mapping[str, Any]) -> Explanation:
        policies = in_place(policy, self.kind, given)
        if witness.resource_policy:
            policies = replace(policies, resource=Policies.of(resource=witness.resource_policy).resource)
        account = witness.resource_account or self.scenario.get("resource_account") or self._owner
        asked = (witness.action, witness.resource, dict(witness.context), account)
        return explain(Request.of(witness.principal, *asked), policies, management_account=self.management_account)

    @property
    def _owner(self) -> str | None:
        """The account that owns what a resource's policy is attached to, where no scenario says so."""
        return None if self.scenario or self.kind in {"identity", "session"} else ROLE.split(":")[4]
