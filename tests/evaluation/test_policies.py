"""A policy in its place among others, and the label under which it stands there."""

from typing import Any

import pytest

from iamlab.evaluation.policies import FULL_ACCESS, FULL_ACCESS_RCP, in_place, label_in_place
from iamlab.policy import KINDS, parse_policy

TRUST = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"}]}'
EMPTY = '{"Version": "2012-10-17", "Statement": []}'
OTHERS: list[tuple[str, dict[str, Any]]] = [
    ("alone", {}),
    ("none given", {"identity": None, "scp": None}),
    (
        "beside others",
        {"identity": FULL_ACCESS, "session": [FULL_ACCESS], "scp": [[FULL_ACCESS]], "rcp": [[FULL_ACCESS_RCP]]},
    ),
]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("others", [given for _, given in OTHERS], ids=[name for name, _ in OTHERS])
def test_stands_under_its_label(kind: str, others: dict[str, Any]) -> None:
    """Under the label that `label_in_place` tells stands the very policy, and all the others are there still."""
    policy = parse_policy(TRUST if kind == "trust" else EMPTY, kind)
    found = {attached.label: attached.policy for attached in in_place(policy, kind, others)}
    assert found[label_in_place(kind, others)] is policy
    given = [value for value in others.values() if value]
    assert len(found) == 1 + len(given) + (kind == "rcp")  # beside an RCP stands RCPFullAWSAccess
