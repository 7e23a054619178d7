"""What the lessons say is what the evaluator decides: each editor at the start, and after each edit in the text."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

import iamlab
from iamlab.reporting.editor import editor_report

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
LESSONS = ("00-start-here.ipynb", "04-policy-elements.ipynb")
ALLOWED, IMPLICIT, EXPLICIT = "allowed", "implicitDeny", "explicitDeny"

ROLE = "arn:aws:iam::111122223333:role/TrainingRole"
NO_EDIT = ()
"""Edits are pairs: a part of the starting policy, and what stands there after the edit."""


def second(statement):
    """The edit that adds a statement at the end of a policy's list."""
    return ("\n  }]\n}", "\n  }, " + statement + "]\n}")


CLAIMS = [
    # editor, edits, decisions in the order of the requests
    ("00-first", NO_EDIT, [ALLOWED]),
    ("00-second", NO_EDIT, [IMPLICIT]),
    ("00-second", [('*/"', '*/*"')], [ALLOWED]),
    ("00-second", [('*/"', '*/*"'), ("Allow", "Deny")], [EXPLICIT]),
    # Version
    ("04-version", NO_EDIT, [IMPLICIT, ALLOWED]),
    ("04-version", [('{\n  "Statement"', '{\n  "Version": "2012-10-17",\n  "Statement"')], [ALLOWED, IMPLICIT]),
    # Statement
    ("04-statement", NO_EDIT, [ALLOWED, IMPLICIT, IMPLICIT, ALLOWED]),
    (
        "04-statement",
        [
            ('"s3:GetObject",', '["s3:GetObject", "s3:PutObject"],'),
            ('"arn:aws:s3:::ml-training-data-bucket/*"}', '["arn:aws:s3:::ml-training-data-bucket/*"'),
            ('\n    {"Effect": "Allow", "Action": "s3:PutObject",\n     "Resource":', ""),
            ('"arn:aws:s3:::ml-models/*"}', '"arn:aws:s3:::ml-models/*"]}'),
        ],
        [ALLOWED, ALLOWED, ALLOWED, ALLOWED],
    ),
    # Effect: not decided at first
    ("04-effect", NO_EDIT, []),
    ("04-effect", [("allow", "Allow")], [ALLOWED, IMPLICIT]),
    ("04-effect", [("allow", "Deny")], [EXPLICIT, IMPLICIT]),
    # Action, NotAction
    ("04-action", NO_EDIT, [ALLOWED, ALLOWED, ALLOWED, ALLOWED]),
    (
        "04-action",
        [("s3:Get*", "s3:GetObject"), ("sagemaker:*Model", "sagemaker:DescribeModel")],
        [ALLOWED, IMPLICIT, ALLOWED, IMPLICIT],
    ),
    ("04-notaction", NO_EDIT, [ALLOWED, ALLOWED, IMPLICIT]),
    (
        "04-notaction",
        [second('{"Effect": "Allow", "Action": "iam:CreateUser", "Resource": "*"}')],
        [ALLOWED, ALLOWED, ALLOWED],
    ),
    # Resource, NotResource
    ("04-resource", NO_EDIT, [ALLOWED, IMPLICIT]),
    ("04-resource", [('bucket"\n', 'bucket/*"\n')], [IMPLICIT, ALLOWED]),
    (
        "04-resource",
        [
            (
                '"arn:aws:s3:::ml-training-data-bucket"',
                '["arn:aws:s3:::ml-training-data-bucket", "arn:aws:s3:::ml-training-data-bucket/*"]',
            )
        ],
        [ALLOWED, ALLOWED],
    ),
    ("04-slash", NO_EDIT, [ALLOWED, ALLOWED, IMPLICIT]),
    ("04-slash", [("/*/", "/????/")], [ALLOWED, IMPLICIT, IMPLICIT]),
    ("04-notresource", NO_EDIT, [ALLOWED, IMPLICIT]),
    (
        "04-notresource",
        [second('{"Effect": "Allow", "Action": "sagemaker:DeleteModel", "Resource": "*"}')],
        [ALLOWED, ALLOWED],
    ),
    (
        "04-notresource",
        [
            second(
                '{"Effect": "Allow", "Action": "sagemaker:DeleteModel", "Resource": "*"}, '
                '{"Effect": "Deny", "Action": "sagemaker:DeleteModel",'
                ' "Resource": "arn:aws:sagemaker:*:*:model/prod-*"}'
            )
        ],
        [ALLOWED, EXPLICIT],
    ),
    # Principal, NotPrincipal
    ("04-principal", NO_EDIT, [ALLOWED, IMPLICIT, IMPLICIT]),
    (
        "04-principal",
        [('.com"}', '.com", "AWS": "arn:aws:iam::111122223333:user/arnav"}')],
        [ALLOWED, IMPLICIT, ALLOWED],
    ),
    (
        "04-principal",
        [('.com"}', '.com", "AWS": "arn:aws:iam::111122223333:root"}')],
        [ALLOWED, IMPLICIT, IMPLICIT],
    ),
    ("04-notprincipal", NO_EDIT, [EXPLICIT]),
    (
        "04-notprincipal",
        [
            (f'"NotPrincipal": {{\n      "AWS": "{ROLE}"}}', '"Principal": "*"'),
            ('bucket/*"\n', f'bucket/*", "Condition": {{"ArnNotEquals": {{"aws:PrincipalArn": "{ROLE}"}}}}\n'),
        ],
        [ALLOWED],
    ),
    # Condition
    ("04-condition", NO_EDIT, [ALLOWED, IMPLICIT, IMPLICIT]),
    (
        "04-condition",
        [('"203.0.113.0/24"', '["203.0.113.0/24", "198.51.100.24"]')],
        [ALLOWED, ALLOWED, IMPLICIT],
    ),
    ("04-missing-key", NO_EDIT, [ALLOWED, EXPLICIT, EXPLICIT]),
    (
        "04-missing-key",
        [('"203.0.113.0/24"}', '"203.0.113.0/24"}, "Null": {"aws:SourceIp": "false"}')],
        [ALLOWED, EXPLICIT, ALLOWED],
    ),
    ("04-and-or", NO_EDIT, [ALLOWED, IMPLICIT, ALLOWED, IMPLICIT, IMPLICIT, IMPLICIT]),
    (
        "04-and-or",
        [('"eu-west-1"', '["eu-west-1", "us-east-1"]')],
        [ALLOWED, ALLOWED, ALLOWED, ALLOWED, IMPLICIT, IMPLICIT],
    ),
    ("04-star", NO_EDIT, [IMPLICIT, ALLOWED]),
    ("04-star", [("StringEquals", "StringLike")], [ALLOWED, ALLOWED]),
    # worked examples: C4.11, C4.12, C4.13, each with the edit that breaks it
    ("04-one-bucket", NO_EDIT, [ALLOWED, ALLOWED, IMPLICIT, IMPLICIT]),
    ("04-one-bucket", [("/*", "")], [IMPLICIT, IMPLICIT, IMPLICIT, IMPLICIT]),
    (
        "04-one-bucket",
        [second('{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::ml-training-data-bucket"}')],
        [ALLOWED, ALLOWED, IMPLICIT, ALLOWED],
    ),
    ("04-administrator", NO_EDIT, [ALLOWED, ALLOWED, IMPLICIT]),
    (
        "04-administrator",
        [('"Resource": "*"', '"Resource": "arn:aws:sagemaker:*:111122223333:*"')],
        [ALLOWED, IMPLICIT, IMPLICIT],
    ),
    ("04-nobody-deletes", NO_EDIT, [ALLOWED, EXPLICIT, ALLOWED]),
    ("04-nobody-deletes", [("DeleteModel", "DeleteModels")], [ALLOWED, ALLOWED, ALLOWED]),
    (
        "04-nobody-deletes",
        [second('{"Effect": "Deny", "Action": "s3:DeleteObject", "Resource": "arn:aws:s3:::ml-models/*"}')],
        [ALLOWED, EXPLICIT, EXPLICIT],
    ),
]


@pytest.fixture(scope="module")
def editors():
    """What each editor of the lessons was called with, by its name."""
    found = {}

    def record(policy, requests, *, name, title=None, **options):
        found[name] = (policy, [as_object(number, request) for number, request in enumerate(requests)], options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(iamlab, "policy_editor", record, raising=False)
        for lesson in LESSONS:
            scope = {}
            for cell in nbformat.read(NOTEBOOKS / lesson, as_version=4).cells:
                if cell.cell_type == "code":
                    exec(compile(cell.source, f"{lesson}#{cell.id}", "exec"), scope)
    return found


def as_object(number, request):
    """A request as the report takes it."""
    fields = (
        request if isinstance(request, dict) else dict(zip(("action", "resource", "context"), request, strict=False))
    )
    return {"id": str(number), **fields}


def edited(text, edits):
    """The text after the edits; each must find its place once."""
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize(("name", "edits", "decisions"), CLAIMS)
def test_claim(editors, name, edits, decisions):
    """The requests beside an editor are decided as the lesson says, before and after the edit that it proposes."""
    policy, requests, options = editors[name]
    report = editor_report(edited(policy, edits), requests, **options)
    assert [verdict["decision"] for verdict in report["verdicts"]] == decisions
    assert report["readable"] is bool(decisions)


def test_every_editor_has_claims(editors):
    """No editor stands in a lesson without a row in the table."""
    assert set(editors) == {name for name, _, _ in CLAIMS}


def test_own_requests(editors):
    """Lesson 00: `s3:*` lets the job delete its data; `s3:GetObject` in its place lets it read only."""
    policy, requests, options = editors["00-first"]
    deletion = {"id": "own", "action": "s3:DeleteObject", "resource": requests[0]["resource"]}
    for text, decisions in (
        (policy, [ALLOWED, ALLOWED]),
        (policy.replace("s3:*", "s3:GetObject"), [ALLOWED, IMPLICIT]),
    ):
        verdicts = editor_report(text, [*requests, deletion], **options)["verdicts"]
        assert [verdict["decision"] for verdict in verdicts] == decisions


def test_swapped_statements(editors):
    """The order of statements means nothing (M20)."""
    policy, requests, options = editors["04-statement"]
    one, two = policy.split('    {"Effect"')[1:]
    two = two.removesuffix("\n  ]\n}")
    swapped = policy.replace(one, two + ",\n", 1).replace(two + "\n  ]", one.rstrip(",\n") + "\n  ]", 1)
    before = editor_report(policy, requests, **options)
    after = editor_report(swapped, requests, **options)
    assert after["readable"]
    assert swapped != policy
    assert [v["decision"] for v in after["verdicts"]] == [v["decision"] for v in before["verdicts"]]


def test_offered_correction(editors):
    """Lesson 04, Effect: the correction that is offered mends the policy."""
    policy, requests, options = editors["04-effect"]
    fix = editor_report(policy, requests, **options)["problems"][0]["fix"]
    mended = policy[: fix["from"]] + fix["insert"] + policy[fix["to"] :]
    assert editor_report(mended, requests, **options)["readable"]


def test_power_user_access():
    """`PowerUserAccess` begins as lesson 04 says."""
    text = iamlab.managed_policy("PowerUserAccess").source.text
    assert '"NotAction": ["iam:*", "organizations:*", "account:*"]' in text.partition("}")[0]
