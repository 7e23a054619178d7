"""Lint and texts that nobody means well: bounded in time, never a crash, and open about what was not looked at.

A text of up to 262,144 characters is read (`iamlab.policy`). What is checked of it is held within 6,000 entries; the
cases here come near that, or aim at what grows faster than the text.
"""

import json
import time
from typing import Any

import pytest

from iamlab.lint import lint
from iamlab.lint.checks.too_much_to_check import MOST_ENTRIES, MOST_MARKS, MOST_SERVICE_PATTERNS
from iamlab.lint.mending import mend
from iamlab.lint.subject import names_of

BUCKET = "arn:aws:s3:::b"
SECONDS = 10
"""Far more than any case takes; what grows with the square of the text takes minutes."""


def allow(action: Any, resource: Any = "*", condition: Any = None, effect: str = "Allow") -> dict[str, Any]:
    """A statement."""
    statement = {"Effect": effect, "Action": action, "Resource": resource}
    return statement | ({"Condition": condition} if condition else {})


def like(key: str, one: Any, other: Any) -> dict[str, Any]:
    """Two tests of one key, by patterns."""
    return {"StringLike": {key: one}, "StringNotLike": {key: other}}


STATEMENTS: dict[str, Any] = {
    "as many actions as are checked": allow([f"s3:Get{n}" for n in range(MOST_ENTRIES - 1)]),
    "patterns of actions": allow([f"s3:*{n}*" for n in range(2_000)]),
    "question marks": allow([f"ec2:*{'?' * 30}*{n}*" for n in range(MOST_MARKS // 30)]),
    "services that are none": allow([f"svc{n}:Get" for n in range(1_500)]),
    "statements": [allow("s3:GetObject", f"{BUCKET}{n}/*") for n in range(2_000)],
    "the same statement": [allow("s3:GetObject", f"{BUCKET}/*") for _ in range(2_000)],
    "everything, again and again": [allow("*") for _ in range(1_000)],
    "forty that leave something out": [
        {"Effect": "Allow", "NotAction": f"s3:Get{n}*", "Resource": "*"} for n in range(40)
    ],
    "forty with many resources": [
        allow(["s3:*", "iam:*", "sagemaker:*"], [f"{BUCKET}{n}-{m}*x*/*" for m in range(50)]) for n in range(40)
    ],
    "forty patterns that overlap": [allow("s3:Get*", f"{BUCKET}*{n}*/*") for n in range(40)],
    "forty denies under conditions": [
        allow("*"),
        *(
            allow("s3:*", f"{BUCKET}*{n}*", {"StringNotLike": {"aws:PrincipalArn": f"*{n}*"}}, "Deny")
            for n in range(39)
        ),
    ],
    "sets of tags": [
        allow("s3:*", "*", {"ForAnyValue:StringLike": {"aws:TagKeys": [f"*{n}*", f"{n}?"]}}) for n in range(40)
    ],
    "many values": allow("s3:*", "*", like("aws:PrincipalTag/a", [f"*v{n}*" for n in range(2_500)], "v1*")),
    "long values": allow("s3:*", "*", like("aws:PrincipalTag/a", "*a" * 20_000, "a*" * 20_000)),
    "long action": allow("s3:" + "*a" * 50_000),
    "long resources": [allow("s3:GetObject", f"{BUCKET}/{'*a' * 20_000}"), allow("s3:Get*", f"{BUCKET}/{'*b' * 20_000}")],
    "as many resources as are checked": allow("s3:*", [f"{BUCKET}{n}/*" for n in range(MOST_ENTRIES - 1)]),
    "patterns one below the other": allow("s3:Get*", [f"{BUCKET}/{'x' * n}*" for n in range(600, 0, -1)]),
    "variables": allow("s3:GetObject", BUCKET + "/" + "${aws:usename}" * 15_000),
    "open variables": allow("s3:GetObject", BUCKET + "/" + "${" * 50_000),
    "huge numbers": allow("s3:ListBucket", BUCKET, {"NumericLessThan": {"s3:max-keys": "1e99999"}, "NumericGreaterThan": {"s3:max-keys": "9" * 5_000}}),
    "no number": allow("s3:ListBucket", BUCKET, {"NumericLessThan": {"s3:max-keys": "nan"}, "NumericGreaterThan": {"s3:max-keys": "inf"}}),
    "other digits": allow("s3:ListBucket", BUCKET, {"NumericEquals": {"s3:max-keys": "\u0661"}, "DateLessThan": {"aws:CurrentTime": "\u0662026-01-01"}}),
    "letters that change their number": [allow("\u0130:\u0130"), allow("\u00df:\u1e9e"), allow("s3:GetObj\ufb01ct")],
    "half characters": allow("s3:Get\ud800", f"{BUCKET}/\udfff", {"StringEquals": {"aws:PrincipalTag/\ud83d": "\ude00"}}),
    "no characters": allow("s3:Get\u0000", "\u0000"),
}  # fmt: skip
TEXTS = {name: json.dumps({"Version": "2012-10-17", "Statement": one}) for name, one in STATEMENTS.items()} | {
    "ten million characters": " " * 10_000_000 + "{}",
    "deep": "[" * 200_000 + "]" * 200_000,
    "half a character as it is": '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:\ud800"}}',
}


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("kind", ["identity", "scp"])
def test_bounded_and_no_crash(name: str, kind: str) -> None:
    """However odd a text is, there is an answer in seconds, and every finding lies within the text."""
    text, begun = TEXTS[name], time.process_time()
    problems = lint(text, kind)
    assert time.process_time() - begun < SECONDS
    assert all(0 <= problem.span.start <= problem.span.end <= len(text) for problem in problems)


TOO_MUCH = {
    "entries": (allow([f"s3:Get{n}" for n in range(MOST_ENTRIES)]), f"{MOST_ENTRIES + 1:,} entries"),
    "patterns of services": (
        allow([f"s{n}*:Get" for n in range(MOST_SERVICE_PATTERNS + 1)]),
        f"{MOST_SERVICE_PATTERNS + 1} patterns of services",
    ),
    "question marks": (allow([f"ec2:*{'?' * n}" for n in range(50)]), "1,225 question marks in actions"),
}


@pytest.mark.parametrize("name", TOO_MUCH)
def test_what_is_not_looked_at_is_said(name: str) -> None:
    """A policy that would take minutes has one finding, which says so; it is not passed over in silence."""
    statement, said = TOO_MUCH[name]
    text = json.dumps({"Version": "2012-10-17", "Statement": statement})
    (problem,) = lint(text)
    assert problem.code == "too-much-to-check"
    assert said in problem.message
    assert mend(text).text == text


def test_patterns_that_cover_very_much(monkeypatch: pytest.MonkeyPatch) -> None:
    """Actions are counted again for each different pattern that covers them."""
    text = json.dumps({"Version": "2012-10-17", "Statement": allow(["ec2:*", "ec2:**", "ec2:***", "ec2:*"])})
    assert "too-much-to-check" not in {problem.code for problem in lint(text)}
    monkeypatch.setattr("iamlab.lint.checks.too_much_to_check.MOST_ACTIONS", 2 * len(names_of("ec2:*")))
    assert [problem.code for problem in lint(text)] == ["too-much-to-check"]
