"""Many requests at once: the same decisions as one by one, distinct ones decided once."""

import time
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iamlab.evaluation import Policies, Request, decide
from iamlab.evaluation.many import decide_frame, decide_many
from tests.evaluation.worlds import asked, prepared, worlds

MAYA = "arn:aws:iam::111122223333:user/maya"
OFFICE = {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}
POLICIES = Policies.of(
    identity={
        "Statement": {"Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::b/*", "Condition": OFFICE}
    }
)


@given(worlds(), st.data())
@settings(max_examples=100)
def test_one_by_one_or_many(world: dict[str, Any], data: st.DataObject) -> None:
    """An iterable and a DataFrame get the decisions that single requests get."""
    _, policies, management = prepared(world)
    rows = [
        {k: v for k, v in each.items() if k not in {"policies", "management_account"}}
        for each in [world, *data.draw(st.lists(asked(world), max_size=4))]
    ]
    single = [decide(Request.of(**row), policies, management_account=management) for row in rows]
    assert list(decide_many(rows, policies, management_account=management)) == single
    table = decide_many(pd.DataFrame(rows), policies, management_account=management)
    assert list(table["decision"]) == [decision.decision for decision in single]
    assert list(table["step"]) == [decision.step for decision in single]


def test_a_frame_of_requests() -> None:
    """Columns named as context keys are keys; a missing value is a missing key; the index stays."""
    frame = pd.DataFrame(
        {
            "principal": MAYA,
            "action": "s3:GetObject",
            "resource": "arn:aws:s3:::b/x",
            "aws:SourceIp": ["203.0.113.7", None, "198.51.100.1", "203.0.113.7"],
        },
        index=[10, 20, 30, 40],
    )
    table = decide_frame(frame, POLICIES)
    assert table["decision"].to_dict() == {10: "allowed", 20: "implicitDeny", 30: "implicitDeny", 40: "allowed"}
    assert table.loc[10, ["policy", "statement"]].tolist() == ["identity[0]", 0]
    assert pd.isna(table.loc[20, "statement"])


def test_contexts_as_objects() -> None:
    """A column of objects holds whole contexts; equal ones are decided once."""
    contexts = [{"aws:SourceIp": "203.0.113.7"}, {"aws:SourceIp": "203.0.113.7"}, {}, None]
    frame = pd.DataFrame(
        {"principal": MAYA, "action": "s3:GetObject", "resource": "arn:aws:s3:::b/x", "context": contexts}
    )
    assert list(decide_frame(frame, POLICIES)["decision"]) == ["allowed", "allowed", "implicitDeny", "implicitDeny"]


def test_what_is_no_frame_of_requests() -> None:
    """A missing column, a missing field and a row that is no request are refused in a sentence; no rows are no work."""
    with pytest.raises(ValueError, match="no column `resource`"):
        decide_frame(pd.DataFrame({"principal": [], "action": []}), POLICIES)
    with pytest.raises(ValueError, match="no action"):
        list(decide_many([(MAYA, "s3", "*")], POLICIES))
    empty = decide_frame(pd.DataFrame({"principal": [], "action": [], "resource": []}), POLICIES)
    assert list(empty.columns) == ["decision", "step", "policy", "statement"]
    assert len(empty) == 0


def test_a_bar_appears_where_it_takes_long(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Past two seconds a bar shows; before, nothing is printed."""
    frame = pd.DataFrame(
        {"principal": MAYA, "action": "s3:GetObject", "resource": [f"arn:aws:s3:::b/{i}" for i in range(600)]}
    )
    assert len(decide_frame(frame, POLICIES)) == 600
    assert capsys.readouterr().out == ""
    monkeypatch.setattr("iamlab.evaluation.many.PATIENCE", -1.0)
    assert len(decide_frame(frame, POLICIES)) == 600
    assert "Deciding" in capsys.readouterr().out


def test_rows_are_cheap() -> None:
    """Two hundred thousand rows with a hundred distinct requests are not decided one by one: ten seconds of this process's time are plenty."""
    frame = pd.DataFrame(
        {"principal": MAYA, "action": "s3:GetObject", "resource": [f"arn:aws:s3:::b/{i % 100}" for i in range(200_000)]}
    )
    began = time.process_time()
    decide_frame(frame, POLICIES)
    assert time.process_time() - began < 10
