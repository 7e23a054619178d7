"""Random pairs of small policies over small alphabets, and every request over them, to hold comparison against."""

from collections.abc import Iterator
from itertools import product
from typing import Any

from hypothesis import strategies as st

ROLE = "arn:aws:iam::111122223333:role/TrainingRole"
ACTIONS = ["s3:GetObject", "s3:PutObject", "sagemaker:ListModels", "s3:GetUnheardOf"]
RESOURCES = [
    "*",
    "arn:aws:s3:::b",
    "arn:aws:s3:::b/x",
    "arn:aws:s3:::b/maya",
    "arn:aws:s3:::b/maya/x",
    "arn:aws:s3:::b/maya/m/x",
    "arn:aws:s3:::b/ml/x",
    "arn:aws:sagemaker:us-east-1:111122223333:model/m",
]
ACTION_PATTERNS = [*ACTIONS, "*", "s3:*", "s3:Get*", "S3:?utObject", "s3:*Object", "s3:G*t*", "*:List*", "s3:getobjec?"]
RESOURCE_PATTERNS = [
    *RESOURCES[1:],
    "*",
    "arn:aws:s3:::*",
    "arn:aws:s3:::b*",
    "arn:aws:s3:::b/*",
    "arn:aws:s3:::*/x",
    "arn:aws:s3:::b/m*",
    "arn:aws:s3:::b/????",
    "arn:aws:s3:::b/*/x",
    "arn:aws:sagemaker:*:111122223333:model/*",
    "arn:aws:sagemaker:us-*:*:*",
    "arn:aws:s3",
]
VARIABLE_PATTERNS = [
    "arn:aws:s3:::b/${aws:username}",
    "arn:aws:s3:::b/${aws:username}/*",
    "arn:aws:s3:::b/${aws:username}/m/*",
    "arn:aws:s3:::b/${AWS:Username}*",
    "arn:aws:s3:::b/${k:t, 'ml'}/x",
]
TEXTS = ["a", "ab", "A", "b", "", "${aws:username}"]
VALUES: dict[str, list[Any]] = {
    "k:t": [None, "a", "ab", "A", "b", "", "maya"],
    "k:s": [None, "a", "ab", "", ["a", "b"], ["ab", "b", "x"], ["", "a"], []],
    "k:n": [None, "1", "1.5", "2", "3", "-1", "n"],
    "k:d": [None, "2026-01-01T00:00:00Z", "2026-01-01T12:00:00+00:00", "2027", "1767225600", "never"],
    "k:ip": [None, "203.0.113.7", "203.0.113.200", "198.51.100.1", "2001:db8::1", "here"],
    "k:b": [None, "true", "false", "TRUE", "yes"],
    "k:x": [None, "YQ==", "Yg==", "%"],
    "k:a": [None, "arn:aws:iam::111122223333:role/r", "arn:aws:iam::111122223333:role/a:b", "arn:aws:s3:::b", "role/r"],
    "aws:TagKeys": [None, "a", ["a", "b"], ["b", "ab"], [], [""]],
    "aws:username": [None, "maya", "x", "ml"],
}
"""What each key's values are, missing first."""


def operators(*names: str) -> list[str]:
    return [f"{name}{suffix}" for name in names for suffix in ("", "IfExists")]


TEXT_TESTS = operators(
    "StringEquals",
    "StringNotEquals",
    "StringLike",
    "StringNotLike",
    "StringEqualsIgnoreCase",
    "StringNotEqualsIgnoreCase",
)
ORDERS = ("Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals")
TESTS: list[tuple[list[str], str, list[str]]] = [
    (TEXT_TESTS, "k:t", ["a", "ab", "A", "b", "a*", "*b", "?", "", "*"]),
    (
        [f"{how}:{name}" for how in ("ForAllValues", "ForAnyValue") for name in TEXT_TESTS],
        "k:s",
        ["a", "ab", "b", "a*"],
    ),
    (operators(*(f"Numeric{order}" for order in ORDERS)), "k:n", ["1", "1.0", "1.5", "2", "n"]),
    (operators(*(f"Date{order}" for order in ORDERS)), "k:d", ["2026-01-01T00:00:00Z", "2026-01-02", "2027"]),
    (operators("IpAddress", "NotIpAddress"), "k:ip", ["203.0.113.0/24", "203.0.113.128/25", "2001:db8::/32", "::/0"]),
    (operators("Bool"), "k:b", ["true", "false", "TRUE"]),
    (operators("BinaryEquals"), "k:x", ["YQ==", "Yg=="]),
    (
        operators("ArnEquals", "ArnNotEquals", "ArnLike", "ArnNotLike"),
        "k:a",
        ["arn:aws:iam::111122223333:role/r", "arn:aws:iam::*:role/*", "arn:*:*:*:*:*", "arn:aws:s3:::?", "*"],
    ),
    (["Null", "ForAnyValue:Null", "ForAllValues:Null"], "k:s", ["true", "false"]),
    (["Null"], "k:n", ["true", "false"]),
    (["Null"], "k:t", ["true", "false"]),
    (
        [f"{how}:String{name}" for how in ("ForAllValues", "ForAnyValue") for name in ("Equals", "NotEquals", "Like")],
        "aws:TagKeys",
        ["a", "b", "ab", "a*"],
    ),
    (TEXT_TESTS, "aws:username", ["maya", "m*", "x"]),
]
VARIABLE_TESTS = [(TEXT_TESTS, "k:t", TEXTS), (operators("ArnLike"), "k:a", ["arn:aws:iam::*:role/${k:t}"])]


def some(values: list[str], most: int = 3) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=most, unique=True)


@st.composite
def conditions(draw: st.DrawFn, tests: list[tuple[list[str], str, list[str]]]) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = {}
    for _ in range(draw(st.integers(1, 2))):
        names, key, values = draw(st.sampled_from(tests))
        found.setdefault(draw(st.sampled_from(names)), {})[key] = draw(some(values, 2))
    return found


Tests = list[tuple[list[str], str, list[str]]]


@st.composite
def statements(draw: st.DrawFn, resources: list[str], tests: Tests) -> dict[str, Any]:
    statement: dict[str, Any] = {"Effect": draw(st.sampled_from(["Allow", "Allow", "Allow", "Deny"]))}
    statement[draw(st.sampled_from(["Action", "Action", "Action", "NotAction"]))] = draw(some(ACTION_PATTERNS, 2))
    statement[draw(st.sampled_from(["Resource", "Resource", "Resource", "NotResource"]))] = draw(some(resources, 2))
    if draw(st.booleans()):
        statement["Condition"] = draw(conditions(tests))
    return statement


def document(statements: list[dict[str, Any]]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": statements}


@st.composite
def pairs(draw: st.DrawFn, *, variables: bool = False) -> tuple[dict[str, Any], dict[str, Any]]:
    """Two documents with tests of two keys, often with statements in common, so that not all are just different."""
    tests = [*TESTS, *(VARIABLE_TESTS * 3 if variables else [])]
    chosen = draw(st.lists(st.sampled_from(tests), min_size=1, max_size=2))
    resources = [*RESOURCE_PATTERNS, *(VARIABLE_PATTERNS * 3 if variables else [])]
    first, second, common = (
        draw(st.lists(statements(resources, chosen), max_size=most, min_size=least))
        for least, most in ((0, 2), (0, 2), (0, 1))
    )
    return document([*first, *common]), document([*common, *second])


def requests(*policies: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every request over the alphabets, with every combination of values of the keys that the policies name."""
    text = str(policies).lower()
    keys = [key for key in VALUES if key in text]
    for values in product(*(VALUES[key] for key in keys)):
        context = {key: value for key, value in zip(keys, values, strict=True) if value is not None}
        for action, resource in product(ACTIONS, RESOURCES):
            yield action, resource, context
