"""What the policy editor shows: the report that goes to the browser."""

import json
from typing import Any

import pytest

from iamlab.reporting.editor import editor_report

POLICY = """{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Read",
      "Effect": "Allow",
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::b/*"
    },
    {"Effect": "Deny", "Action": "s3:DeleteObject", "Resource": "*"}
  ]
}"""
REQUESTS = [
    {"id": "read", "action": "s3:GetObject", "resource": "arn:aws:s3:::b/x"},
    {"id": "list", "action": "s3:ListBucket", "resource": "arn:aws:s3:::b"},
    {"id": "delete", "action": "s3:DeleteObject", "resource": "arn:aws:s3:::b/x", "own": True},
    {"id": "odd", "action": "s3", "resource": "x"},
]
FULL = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}


def test_a_readable_policy() -> None:
    """Every request has its decision in word, its statement with its place, and its reason."""
    report = editor_report(POLICY, REQUESTS, revision=7)
    assert (report["revision"], report["readable"], report["problems"]) == (7, True, [])
    assert report["summary"] == "Readable, 2 statements"
    assert report["counts"] == "1 allowed, 1 implicitly denied, 1 explicitly denied, 1 not decided"
    read, listed, delete, odd = report["verdicts"]
    assert [row["word"] for row in report["verdicts"]] == ["Allowed", "Implicit deny", "Explicit deny", "Not decided"]
    assert (read["where"], read["statement"]["label"]) == ("line 4", "Statement 1, lines 4 to 9")
    assert POLICY[read["statement"]["from"] : read["statement"]["to"]].startswith('{\n      "Sid"')
    assert (listed["statement"], listed["nearest"]["line"]) == (None, 4)
    assert [(e["name"], e["matched"]) for e in listed["elements"]] == [
        ("Effect", True),
        ("Action", False),
        ("Resource", False),
        ("Condition", None),
    ]
    assert (delete["statement"]["label"], delete["own"]) == ("Statement 2, line 10", True)
    assert odd["reason"].startswith("`s3` is no action.")
    json.dumps(report)


def test_an_unreadable_policy() -> None:
    """Every problem is a mark; verdicts wait, and the line they wait for is said."""
    report = editor_report(POLICY.replace('"s3:GetObject",', '"s3:GetObject"').replace("Deny", "deny"), REQUESTS)
    assert (report["readable"], report["verdicts"]) == (False, [])
    assert (report["summary"], report["counts"]) == ("2 errors", "waiting for line 8")
    comma, effect = report["problems"]
    assert (comma["code"], comma["line"], comma["column"]) == ("missing-comma", 8, 7)
    assert comma["fix"] == {
        "title": "Add the comma",
        "from": comma["from"] - 7,
        "to": comma["from"] - 7,
        "insert": ",",
        "note": "",
    }
    assert effect["fix"]["insert"] == '"Deny"'


def test_offsets_are_utf16_units() -> None:
    """A character outside the first plane counts twice in the browser; columns count it once."""
    text = '{"Statement": {"Sid": "😀", "Effect": "allow", "Principal": "*", "Action": "s3:*", "Resource": "*"}}'
    (mark,) = editor_report(text, [], kind="resource")["problems"]
    assert text.encode("utf-16-le")[2 * mark["from"] : 2 * mark["to"]].decode("utf-16-le") == '"allow"'
    assert mark["column"] == text.index('"allow"') + 1


# kind of the edited policy, its document, the others, decision, where
KINDS: list[tuple[str, dict[str, Any], dict[str, Any], str, str]] = [
    ("permissions_boundary", FULL, {"identity": [FULL]}, "allowed", "line 3"),
    ("permissions_boundary", {"Statement": []}, {"identity": [FULL]}, "implicitDeny", ""),
    ("session", {"Statement": []}, {"identity": [FULL]}, "implicitDeny", ""),
    ("scp", FULL, {"identity": [FULL], "scp": [[FULL]]}, "allowed", "line 3"),
    ("scp", {"Statement": []}, {"identity": [FULL], "scp": [[FULL]]}, "implicitDeny", ""),
    ("rcp", {"Statement": {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}}, {"identity": [FULL]}, "explicitDeny", "line 2"),
    ("resource", {"Statement": {"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*"}}, {}, "allowed", "line 2"),
    ("vpc_endpoint", {"Statement": {"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*"}}, {"identity": [FULL]}, "allowed", "line 2"),
    ("identity", FULL, {"permissions_boundary": {"Statement": {"Effect": "Deny", "Action": "*", "Resource": "*"}}}, "explicitDeny", "boundary"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "document", "others", "decision", "where"), KINDS, ids=[f"{i}-{row[0]}" for i, row in enumerate(KINDS)]
)
def test_every_kind_can_be_edited(kind: str, document: Any, others: Any, decision: str, where: str) -> None:
    """The edited policy takes its place among the others; a statement is shown only where it is in this text."""
    (row,) = editor_report(json.dumps(document, indent=2), REQUESTS[:1], kind=kind, others=others)["verdicts"]
    assert (row["decision"], row["where"]) == (decision, where)
    assert (row["statement"] is not None) == where.startswith("line")


def test_a_trust_policy() -> None:
    """A trust policy is the resource's policy of the role that is asked for."""
    text = json.dumps(
        {
            "Statement": {
                "Effect": "Allow",
                "Principal": {"Service": "sagemaker.amazonaws.com"},
                "Action": "sts:AssumeRole",
            }
        }
    )
    request = {"id": "1", "action": "sts:AssumeRole", "resource": "arn:aws:iam::111122223333:role/TrainingRole"}
    asked = [request | {"principal": {"Service": name}} for name in ("sagemaker.amazonaws.com", "lambda.amazonaws.com")]
    rows = editor_report(text, asked, kind="trust")["verdicts"]
    assert [row["decision"] for row in rows] == ["allowed", "implicitDeny"]
    assert rows[1]["elements"][1]["text"] == "`sagemaker.amazonaws.com` does not name `lambda.amazonaws.com`"


LINTED = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": ["s3:GetObject", "s3:PutObject", "s3:putobject"],
                "Resource": "arn:aws:s3:::ml-training-data-bucket",
            },
            {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*"},
        ],
    },
    indent=2,
)


def test_findings_are_marks() -> None:
    """The gravest first, with why it matters and what a fix does; what one fix mends at one place is said once."""
    report = editor_report(LINTED, REQUESTS[:1])
    marks = report["problems"]
    assert [mark["severity"] for mark in marks] == ["security_warning", "warning", "suggestion"]
    assert report["tally"] == {"security_warning": 1, "warning": 1, "suggestion": 1}
    assert report["summary"] == "Readable, 2 statements · 1 security warning, 1 warning, 1 suggestion"
    assert (report["linted"], len(report["verdicts"])) == (True, 1)
    assert "administrator's role" in marks[0]["why"]
    assert [mark["fix"] and mark["fix"]["note"] for mark in marks] == [None, "changes access", ""]


def test_many_findings_are_counted_and_not_all_sent() -> None:
    """A long policy's report stays small; the tally knows all."""
    statement = {"Effect": "Allow", "Action": ["s3:GetObjectz"], "Resource": "*"}
    text = json.dumps({"Version": "2012-10-17", "Statement": [statement | {"Sid": f"S{n}"} for n in range(150)]})
    report = editor_report(text, [])
    assert len(report["problems"]) == 100
    assert sum(report["tally"].values()) >= 150


def test_advice_may_come_later() -> None:
    """A report without advice says so, and has its decisions."""
    report = editor_report(LINTED, REQUESTS[:1], advise=lambda _: None)
    assert (report["linted"], report["problems"], report["tally"]) == (False, [], {})
    assert report["summary"] == "Readable, 2 statements"
    assert len(report["verdicts"]) == 1
