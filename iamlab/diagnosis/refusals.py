"""The refusals in a trail: who was refused, by which step, and what would help: `denials`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from iamlab.diagnosis.denial import Denial, Logged, explain_logged
from iamlab.diagnosis.records import Used
from iamlab.evaluation.gathering import gather
from iamlab.evaluation.order import decide
from iamlab.evaluation.organization import ModelError, Organization
from iamlab.evaluation.policies import Policies
from iamlab.evaluation.remedy import Change, remedy
from iamlab.evaluation.request import Request
from iamlab.policy import PolicyError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["DENIAL_COLUMNS", "denials"]

DENIAL_COLUMNS = (
    "first",
    "last",
    "times",
    "principal",
    "action",
    "resource",
    "operation",
    "kind",
    "step",
    "policy_type",
    "policy_arn",
    "allow_can_help",
    "look_at",
    "draft",
    "draft_kind",
    "decided",
    "fix",
    "error_message",
)
"""The columns of `denials`."""

SAME = ("principal", "service", "operation", "error_code", "error_message")
"""Events that agree in these, and in their requests, are one refusal."""


def denials(frame: pd.DataFrame, policies: Policies | Organization | None = None) -> pd.DataFrame:
    """Return the refusals in a trail, a row for each that differs, the most frequent first.

    Args:
        frame: what `read_trail` returns.
        policies: where given, each refused request is decided with them, too: every policy that can have a say, or a
            model of the accounts from which they are gathered.

    Returns:
        `first`, `last` and `times`; the request; what the message tells (`kind`, `step`, `policy_type`, `policy_arn`,
        `allow_can_help`, `look_at`) and the statement that would allow it (`draft`, for a policy of `draft_kind`).
        With policies also `decided`, their decision, in which case `step` is theirs where the message tells none, and
        `fix`, the changes that together let the request through (missing where none does).
    """
    import pandas as pd

    refused = frame[frame["refused"]]
    events = refused["event_id"].where(refused["event_id"] != "", refused.index.astype(str))
    found: dict[Any, dict[str, Any]] = {}
    for _, rows in refused.groupby(events, sort=False):
        _count(found, rows)
    told = sorted((_row(entry, policies) for entry in found.values()), key=lambda row: -int(row["times"]))
    table = pd.DataFrame(told, columns=list(DENIAL_COLUMNS), dtype=object)  # so that None stays None
    return table.astype({"times": int, "first": frame["time"].dtype, "last": frame["time"].dtype})


def _count(found: dict[Any, dict[str, Any]], rows: pd.DataFrame) -> None:
    """Count an event among those like it."""
    first = rows.iloc[0]
    same = (*(first[name] for name in SAME), *zip(rows["action"], rows["resource"], strict=True))
    entry = found.setdefault(same, {"row": first, "requests": tuple(_used(rows)), "first": first["time"], "times": 0})
    entry["times"] += 1
    entry["last"] = first["time"]


def _used(rows: pd.DataFrame) -> Iterator[Used]:
    names = ("principal", "action", "resource", "context", "resource_account", "logged", "known")
    for values in zip(*(rows[name] for name in names), strict=True):
        yield Used(*values)


def _row(entry: Mapping[str, Any], policies: Policies | Organization | None) -> dict[str, Any]:
    event, requests = entry["row"], entry["requests"]
    logged = Logged(event["error_code"], event["error_message"], event["service"], event["operation"])
    denial = explain_logged(logged, requests)
    row = {name: getattr(denial, name) for name in DENIAL_COLUMNS if hasattr(denial, name)}
    row |= {name: entry[name] for name in ("first", "last", "times")}
    row |= {"error_message": event["error_message"], "decided": None, "fix": None}
    used = next((one for one in requests if one.action == denial.action), requests[0])
    if policies is not None and (decided := _decided(used, denial, policies)):
        row |= decided
        row["step"] = denial.step or decided["step"]
    return row


def _decided(used: Used, denial: Denial, policies: Policies | Organization) -> dict[str, Any] | None:
    """Decide a refused request with policies; None where they do not know who asked."""
    action, resource = denial.action or used.action, denial.resource or used.resource
    owner = used.resource_account or None
    try:
        if isinstance(policies, Organization):
            gathered = gather(policies, used.principal, action, resource, used.context, owner)
            request, given, management = gathered.request, gathered.policies, gathered.management_account
        else:
            request, given, management = _request(used, action, resource, owner), policies, False
        decision = decide(request, given, management_account=management)
        changes = remedy(request, given, management_account=management)
    except (ModelError, PolicyError, ValueError):
        return None
    fix = None if changes is None else [_fix(change) for change in changes]
    return {"decided": decision.decision, "step": decision.step, "fix": fix}


def _request(used: Used, action: str, resource: str, owner: str | None) -> Request:
    principal: object = used.principal
    if used.principal.endswith(".amazonaws.com"):
        principal = {"Service": used.principal}
    return Request.of(principal, action, resource, used.context, owner)


def _fix(change: Change) -> dict[str, Any]:
    """A change as data: an Allow to add, or the place of a Deny to take out."""
    return {"step": change.step, **({"deny": str(change.deny)} if change.deny else {"allow": change.allow})}
