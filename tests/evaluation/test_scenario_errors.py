"""Scenarios that cannot be read: each says what is wrong, in which field, and where in the text."""

import json
from typing import Any

import pytest

from iamlab.evaluation import run, run_lines

GOOD: dict[str, Any] = {
    "id": "x",
    "principal": "arn:aws:iam::111122223333:role/TrainingRole",
    "action": "s3:GetObject",
    "resource": "arn:aws:s3:::b/x",
}
DOCUMENT = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resorce": "*"}]}

WRONG = [
    ([], "wrong-type", ""),
    ({}, "missing-field", "principal"),
    (GOOD | {"acton": "x"}, "unknown-field", "acton"),
    (GOOD | {"action": "s3:*"}, "invalid-request", "request"),
    (GOOD | {"principal": "maya"}, "invalid-request", "request"),
    (GOOD | {"context": ["x"]}, "wrong-type", "context"),
    (GOOD | {"context": {"aws:x": None}}, "invalid-request", "request"),
    (GOOD | {"resource_account": 5}, "wrong-type", "resource_account"),
    (GOOD | {"management_account": "yes"}, "wrong-type", "management_account"),
    (GOOD | {"expect": "denied"}, "unknown-decision", "expect"),
    (GOOD | {"expect_step": "lunch"}, "unknown-step", "expect_step"),
    (GOOD | {"policies": []}, "wrong-type", "policies"),
    (GOOD | {"policies": {"boundary": {}}}, "unknown-field", "policies.boundary"),
    (GOOD | {"policies": {"identity": [5]}}, "wrong-type", "policies.identity[0]"),
    (GOOD | {"policies": {"scp": {}}}, "wrong-type", "policies.scp"),
    (GOOD | {"policies": {"identity": [DOCUMENT]}}, "unknown-element", "policies.identity[0]"),
    (GOOD | {"policies": {"scp": [[], [DOCUMENT]]}}, "unknown-element", "policies.scp[1][0]"),
    (GOOD | {"policies": {"resource": "{"}}, "unclosed", "policies.resource"),
    (GOOD | {"policies": {"identity": ["[" * 100_000]}}, "nesting-too-deep", "policies.identity[0]"),
    (GOOD | {"policies": {"identity": [" " * 300_000]}}, "document-too-large", "policies.identity[0]"),
]


@pytest.mark.parametrize(("data", "code", "where"), WRONG, ids=[f"{i}-{row[1]}" for i, row in enumerate(WRONG)])
def test_wrong_scenarios(data: Any, code: str, where: str) -> None:
    """An error has the field's path, a place and a sentence; the id comes back."""
    result = run(data)
    error = result["error"]
    assert (error["code"], error["where"]) == (code, where)
    assert error["message"].endswith(".")
    assert result.get("id") == (data.get("id") if isinstance(data, dict) else None)


def test_the_place_in_a_document() -> None:
    """Lines and columns are those of the document; an object's text has two spaces a level."""
    error = run(GOOD | {"policies": {"identity": [DOCUMENT]}})["error"]
    place = tuple(error[name] for name in ("line", "column", "end_line", "end_column"))
    assert place == (7, 7, 7, 16)
    assert error["help"] == "Perhaps `Resource` or `NotResource` is meant."


def test_a_document_may_be_text() -> None:
    """A document stands as an object or as a string of JSON text, and decides the same."""
    document = DOCUMENT | {"Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}
    as_object, as_text = (run(GOOD | {"policies": {"identity": d}}) for d in (document, [json.dumps(document)]))
    assert as_object["decision"] == as_text["decision"] == "allowed"
    assert (as_object["statement"]["line"], as_text["statement"]["line"]) == (4, 1)


def test_the_published_example() -> None:
    """A result has the fields that others rely on."""
    document = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}
    statement = {
        "policy": "identity[0]",
        "index": 0,
        "sid": None,
        "line": 4,
        "column": 5,
        "end_line": 8,
        "end_column": 6,
    }
    assert run(GOOD | {"policies": {"identity": [document]}, "expect": "allowed"}) == {
        "id": "x",
        "decision": "allowed",
        "step": "identity-based policies",
        "statement": statement,
        "matched_statements": [statement],
        "as_expected": True,
    }


LINES = ["{", '{"a": 1, "a": 2}', "[" * 50_000, "nonsense", '{"n": NaN}', "5", '"x"', "\ud800", "{}" * 3, "\x00"]


def test_a_bad_line_does_not_end_the_stream() -> None:
    """Every line is answered, in order; blank ones are passed over."""
    good = json.dumps(GOOD)
    results = list(run_lines([good, *LINES, "", "  \n", good]))
    assert len(results) == len(LINES) + 2
    assert all("error" in result for result in results[1:-1])
    assert results[0]["decision"] == results[-1]["decision"] == "implicitDeny"
