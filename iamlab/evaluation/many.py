"""Many requests at once: an iterable, or a pandas DataFrame of them."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, cast

from iamlab.evaluation.decision import Decision
from iamlab.evaluation.evaluator import Evaluator
from iamlab.evaluation.policies import Policies

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

__all__ = ["decide_frame", "decide_many"]

FIELDS = ("principal", "action", "resource", "context", "resource_account")
PATIENCE = 2.0
"""Seconds after which a progress bar appears."""

Item = TypeVar("Item")


Asking = Iterable[Mapping[str, Any] | Sequence[Any]]


def decide_many(requests: Asking | pd.DataFrame, policies: Policies, *, management_account: bool = False) -> Any:
    """Return the decision on each request, in order.

    Args:
        requests: objects with `principal`, `action`, `resource` and perhaps `context` and `resource_account`; or
            sequences of these in this order; or a DataFrame, as `decide_frame` takes it.
        policies: every policy that can have a say, the same for all.
        management_account: whether the principals are in the organization's management account.

    Returns:
        An iterator of `Decision`; for a DataFrame what `decide_frame` returns.

    Raises:
        ValueError: where one of them is no request.

    >>> policies = Policies.of(identity={"Statement": {"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}})
    >>> maya = "arn:aws:iam::111122223333:user/maya"
    >>> asked = [(maya, "s3:GetObject", "arn:aws:s3:::b/x"), (maya, "s3:PutObject", "arn:aws:s3:::b/x")]
    >>> [decision.decision for decision in decide_many(asked, policies)]
    ['allowed', 'implicitDeny']
    """
    if hasattr(requests, "iloc"):
        return decide_frame(cast("pd.DataFrame", requests), policies, management_account=management_account)
    decide = Evaluator(policies, management_account=management_account).decide
    return (decide(*_parts(request)) for request in requests)


def _parts(request: Mapping[str, Any] | Sequence[Any]) -> Sequence[Any]:
    if isinstance(request, Mapping):
        return [request[name] if name in FIELDS[:3] else request.get(name) for name in FIELDS]
    return request


def decide_frame(
    frame: pd.DataFrame, policies: Policies, *, management_account: bool = False, progress: bool = True
) -> pd.DataFrame:
    """Return the decisions on a DataFrame of requests, a row each, with the frame's index.

    Args:
        frame: columns `principal`, `action`, `resource`; perhaps `resource_account`, `context` (an object of keys and
            values a row), and columns named as context keys (`aws:SourceIp`), in which a missing value is a missing
            key. Rows that ask the same are decided once.
        policies: every policy that can have a say, the same for all.
        management_account: whether the principals are in the organization's management account.
        progress: whether a bar shows how far it is, once that takes more than two seconds.

    Returns:
        Columns `decision` and `step` (categories), `policy` and `statement` (the label and index of the statement
        that decided, missing where none did).

    Raises:
        ValueError: where a column is missing, or a row is no request.
    """
    import pandas as pd

    if missing := [name for name in FIELDS[:3] if name not in frame.columns]:
        raise ValueError(f"The frame has no column `{missing[0]}`.")
    columns = [name for name in frame.columns if name in FIELDS or ":" in str(name)]
    codes, first = _distinct([_coded(frame[name]) for name in columns], len(frame))
    distinct = frame.iloc[first][columns].to_dict("records")
    evaluator = Evaluator(policies, management_account=management_account)
    decisions = [_decide_row(evaluator, row) for row in _patiently(distinct, progress)]
    table = pd.DataFrame(
        [_as_row(decision) for decision in decisions], columns=["decision", "step", "policy", "statement"]
    )
    table = table.astype({"decision": "category", "step": "category", "policy": "category", "statement": "Int64"})
    return table.take(codes).set_axis(frame.index)


def _coded(column: pd.Series[Any]) -> np.ndarray[Any, Any]:
    """Return a number for each row of a column: the same for the same value."""
    import pandas as pd

    if column.dtype == object and column.map(lambda value: isinstance(value, dict | list)).any():
        column = _as_texts(column)
    return pd.factorize(column, use_na_sentinel=True)[0]


def _as_texts(column: pd.Series[Any]) -> pd.Series[Any]:
    """Return objects and lists as texts; one that stands in many rows is written once."""
    texts: dict[int, str] = {}
    for value in column:
        if id(value) not in texts:
            texts[id(value)] = json.dumps(value, sort_keys=True, default=str)
    return column.map(lambda value: texts[id(value)])


def _distinct(columns: list[np.ndarray[Any, Any]], rows: int) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Return for each row the number of its distinct request, and where each of these stands first."""
    import numpy as np
    import pandas as pd

    combined = np.zeros(rows, dtype=np.int64)
    for codes in columns:
        combined = pd.factorize(combined * (int(codes.max(initial=0)) + 2) + codes + 1)[0]
    first = np.full(int(combined.max(initial=-1)) + 1, -1, dtype=np.int64)
    first[combined[::-1]] = np.arange(rows - 1, -1, -1)
    return combined, first


def _decide_row(evaluator: Evaluator, row: Mapping[Any, Any]) -> Decision:
    given = row.get("context")
    context = dict(given) if isinstance(given, Mapping) else {}
    context |= {key: value for key, value in row.items() if ":" in str(key) and not _is_missing(value)}
    owner = row.get("resource_account")
    return evaluator.decide(
        row["principal"], row["action"], row["resource"], context, None if _is_missing(owner) else str(owner)
    )


def _is_missing(value: object) -> bool:
    """Whether a cell is empty: None, or one of the values that equal nothing, not even themselves."""
    return value is None or value != value or str(value) == "<NA>"


def _as_row(decision: Decision) -> tuple[str, str, str | None, int | None]:
    match = decision.match
    return (
        decision.decision,
        decision.step,
        match.attached.label if match else None,
        match.statement.index if match else None,
    )


def _patiently(items: Sequence[Item], progress: bool) -> Iterator[Item]:
    """Yield the items; when that has taken a while, show how far it is."""
    began = time.monotonic()
    for number, item in enumerate(items):
        if progress and number % 256 == 255 and time.monotonic() - began > PATIENCE:
            from rich.progress import track

            rest = items[number:]
            yield from track(rest, description="Deciding", total=len(rest))
            return
        yield item
