"""What would have to change: each change is one that the order asks for, and together they let the request through."""

from typing import Any

import pytest
from hypothesis import given

from iamlab.evaluation import Policies, Request, decide
from iamlab.evaluation.remedy import remedy
from tests.evaluation.worlds import prepared, worlds

MAYA, OBJECT = "arn:aws:iam::111122223333:user/maya", "arn:aws:s3:::b/x"
ALLOW = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": OBJECT}
FULL = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}
NONE: dict[str, Any] = {"Version": "2012-10-17", "Statement": []}
DENY = {"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}}

CASES = [
    ({"identity": [FULL]}, {}, []),
    ({}, {}, [("identity-based policies", ALLOW)]),
    ({"identity": [FULL], "permissions_boundary": NONE}, {}, [("permissions boundary", ALLOW)]),
    ({"permissions_boundary": NONE}, {}, [("identity-based policies", ALLOW), ("permissions boundary", ALLOW)]),
    ({"identity": [FULL], "scp": [[FULL], [NONE]]}, {}, [("Organizations SCPs", ALLOW)]),
    ({"identity": [FULL, DENY]}, {}, [("deny evaluation", "identity[1]")]),
    (
        {"identity": [FULL]},
        {"resource_account": "444455556666"},
        [("resource-based policies", ALLOW | {"Principal": {"AWS": MAYA}})],
    ),
    (
        {"identity": [FULL]},
        {"action": "sts:AssumeRole", "resource": "arn:aws:iam::111122223333:role/R"},
        [("resource-based policies", {"Effect": "Allow", "Principal": {"AWS": MAYA}, "Action": "sts:AssumeRole"})],
    ),
]


@pytest.mark.parametrize(("given", "asked", "expected"), CASES, ids=[str(i) for i in range(len(CASES))])
def test_changes(given: Any, asked: Any, expected: list[Any]) -> None:
    """The narrowest Allow goes where a step misses one; a Deny that matched is named."""
    request = Request.of(**({"principal": MAYA, "action": "s3:GetObject", "resource": OBJECT} | asked))
    changes = remedy(request, Policies.of(**given))
    assert changes is not None
    assert [(c.step, c.deny.attached.label if c.deny else c.allow) for c in changes] == expected


def test_across_partitions_nothing_helps() -> None:
    """No policy grants anything across partitions (rule P25)."""
    request = Request.of(MAYA.replace("arn:aws:", "arn:aws-cn:"), "s3:GetObject", OBJECT)
    assert remedy(request, Policies.of(identity=[FULL])) is None


def test_characters_that_no_policy_can_hold() -> None:
    """A resource's name may have them; the Allow then has a wildcard there (rule G28)."""
    changes = remedy(Request.of(MAYA, "s3:GetObject", "arn:aws:s3:::b/\u20ac\x1b.csv"), Policies())
    assert changes is not None
    assert changes[0].allow == ALLOW | {"Resource": "arn:aws:s3:::b/??.csv"}
    odd = Request.of("arn:aws:iam::111122223333:user/m\u20ac", "s3:GetObject", OBJECT, {}, "444455556666")
    assert remedy(odd, Policies.of(identity=[FULL])) is not None


@given(worlds())
def test_nothing_to_change_exactly_where_it_is_allowed(world: dict[str, Any]) -> None:
    """There are no changes exactly where the request is allowed, and none is made twice."""
    request, policies, management = prepared(world)
    changes = remedy(request, policies, management_account=management)
    assert (changes == ()) == decide(request, policies, management_account=management).allowed
    allows = [change.step for change in changes or () if change.allow]
    assert len(allows) == len(set(allows))
