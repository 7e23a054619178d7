"""Trying a policy while it is written: how it decides the requests of the task, among the policies of the task."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from iamlab.learning.kinds.policy import PolicyExercise
from iamlab.policy import Policy
from iamlab.reporting.editor import Advice, editor_report
from iamlab.widgets.checked import Checked

__all__ = ["Trying"]


class Trying:
    """What an exercise panel shows beside a policy.

    Args:
        kind: the exercise.
        later: refers to what is called when the checks know more, as `Checked` takes it.
    """

    def __init__(self, kind: PolicyExercise, later: Callable[[], Callable[[], None] | None]) -> None:
        self._kind = kind
        self._checked = Checked(later)
        self._requests: list[dict[str, Any]] = []

    def find_requests(self) -> list[dict[str, Any]]:
        """Find the requests of the task, which may take a second; return them as rows for the browser."""
        self._requests = self._kind.requests
        usual = self._kind.about()["principal"]
        return [_row(request, usual) for request in self._requests]

    def report(self, text: str, revision: int) -> dict[str, Any]:
        """Return what an editor shows of a text."""
        kind = self._kind
        return editor_report(
            text,
            self._requests,
            kind=kind.kind,
            principal=kind.about()["principal"],
            others=kind.others,
            management_account=kind.around.management_account,
            revision=revision,
            advise=self._advice,
        )

    def _advice(self, policy: Policy) -> Advice | None:
        """What lint says, but for what the task itself would have so, and what it is about."""
        said = self._checked.advice(policy)
        if said is None:
            return None
        return Advice(tuple(one for one in said.problems if one.code not in self._kind.withheld), said.failure)


def _row(request: Mapping[str, Any], usual: object) -> dict[str, Any]:
    """A request as a row shows it: who asks is said where it is not who asks everywhere."""
    row = {key: request.get(key) for key in ("id", "action", "resource", "context")}
    asker = request.get("principal", usual)
    if asker != usual:
        row["asks"] = str(asker) if isinstance(asker, str) else ", ".join(str(one) for one in asker.values())
    return row
