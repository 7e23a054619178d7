"""Policies: every element is read with its place, and everything wrong is said with its place."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iamlab.policy import KINDS, PolicyError, format_policy, parse_policy

STATEMENT = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::ml-training-data-bucket/*"}
ROLE = "arn:aws:iam::111122223333:role/TrainingRole"


def policy(*statements: dict[str, Any], **more: Any) -> str:
    return json.dumps({"Version": "2012-10-17", **more, "Statement": list(statements)})


def statement(without: str = "", **more: Any) -> dict[str, Any]:
    return {name: value for name, value in (STATEMENT | more).items() if name != without}


def trust(**more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Principal": {"Service": "sagemaker.amazonaws.com"}, "Action": "sts:AssumeRole"} | more


EVERYTHING = """{
  "Version": "2012-10-17",
  "Id": "Bucket",
  "Statement": {
    "Sid": "Read",
    "Effect": "Allow",
    "Principal": {"AWS": ["111122223333", "arn:aws:iam::111122223333:role/TrainingRole"]},
    "Action": ["s3:GetObject", "s3:List*"],
    "Resource": "arn:aws:s3:::b/${aws:username}/*",
    "Condition": {"NumericLessThan": {"s3:max-keys": 10}, "Bool": {"aws:SecureTransport": true}}
  }
}"""


def test_every_element_knows_its_line_and_column() -> None:
    """From JSON text to objects in which each element, key and value knows its place."""
    read = parse_policy(EVERYTHING, "resource")
    (one,) = read.statements
    assert one.principal is not None
    assert one.resource is not None
    places = {
        "statement": (one.span, (4, 16)),
        "version": (read.places["Version"].value, (2, 14)),
        "effect": (one.places["Effect"].value, (6, 15)),
        "name of an element": (one.places["Action"].name, (8, 5)),
        "principal": (one.principal.span, (7, 18)),
        "second principal": (one.principal.entries[1].span, (7, 43)),
        "second action": (one.action.entries[1].span, (8, 32)),
        "resource": (one.resource.entries[0].span, (9, 17)),
        "condition": (one.places["Condition"].value, (10, 18)),
        "operator": (one.condition[0].operator_span, (10, 19)),
        "key": (one.condition[0].key_span, (10, 39)),
        "value": (one.condition[1].values[0].span, (10, 91)),
    }
    for name, (span, place) in places.items():
        assert read.source.position(span.start) == place, name
    assert (read.id, one.sid, [value.text for value in one.condition[0].values]) == ("Bucket", "Read", ["10"])


def test_single_values_and_lists_are_the_same() -> None:
    """Wherever a list may stand, one value may stand without brackets (rule G21)."""
    single, listed = parse_policy(policy(statement())), parse_policy(policy(statement(Action=["s3:GetObject"])))
    assert single.statements == listed.statements


# kind, document, code, the text at the place, and what the help says
WRONG: list[tuple[str, str, str, str, str]] = [
    ("identity", policy(statement(), Statments=[]), "unknown-element", '"Statments"', "`Statement`"),  # G1
    ("identity", policy(statement("Resource", Resorce="*")), "unknown-element", '"Resorce"', "`Resource`"),  # G1
    ("identity", policy(statement("Action", Actions="s3:*")), "unknown-element", '"Actions"', "`Action`"),  # G1
    ("identity", policy(statement(effect="Allow")), "unknown-element", '"effect"', "`Effect`"),  # Q2
    ("identity", policy(statement(Effect="allow")), "invalid-effect", '"allow"', "`Allow`"),  # G9
    ("identity", policy(statement(Effect="Permit")), "invalid-effect", '"Permit"', "`Allow` or `Deny`"),
    ("identity", policy(statement(Effect=["Allow"])), "data-type-mismatch", '["Allow"]', "`Allow` or `Deny`"),
    ("identity", policy(statement("Effect")), "missing-effect", "{", '"Effect"'),
    ("identity", policy(statement("Action")), "missing-action", "{", '"Action"'),  # G10
    ("identity", policy(statement("Resource")), "missing-resource", "{", '"Resource"'),  # G11
    ("identity", '{"Version": "2012-10-17"}', "missing-statement", "{", '"Statement"'),
    (
        "identity",
        policy(statement(NotAction="s3:*")),
        "unsupported-element-combination",
        '"NotAction"',
        "Remove one",
    ),  # G10
    ("identity", policy(statement(Version="2012-10-17")), "unknown-element", '"Version"', "takes"),
    ("identity", policy(statement(), Version="2012-10-18"), "invalid-version", '"2012-10-18"', "`2012-10-17`"),  # G2
    ("identity", policy(statement(), Version=2012), "invalid-version", "2012", "`2012-10-17`"),
    ("identity", policy(statement(Principal="*")), "unsupported-principal", '"Principal"', "attached"),  # G15
    ("identity", policy(statement(), Id="x"), "element-not-taken", '"Id"', "Sid"),  # G18
    ("identity", policy(statement(Sid="not this")), "unsupported-sid", '"not this"', "A–Z"),  # G19
    ("identity", policy(statement(Sid="A"), statement(Sid="A")), "unique-sids-required", '"A"', "own"),  # G20
    ("identity", policy(statement(Action="GetObject")), "invalid-action", '"GetObject"', "`s3:GetObject`"),  # G26
    ("identity", policy(statement(Action=5)), "data-type-mismatch", "5", "a string"),
    ("identity", policy(statement(Action=["s3:*", None])), "data-type-mismatch", "null", "a string"),
    ("identity", policy(statement(Resource="my-bucket")), "invalid-arn-prefix", '"my-bucket"', "six parts"),
    ("identity", policy(statement(Condition=[])), "data-type-mismatch", "[]", "an object"),
    (
        "identity",
        policy(statement(Condition={"StringEqual": {"a:b": "c"}})),
        "invalid-condition-operator",
        '"StringEqual"',
        "`StringEquals`",
    ),  # G23
    (
        "identity",
        policy(statement(Condition={"NullIfExists": {"a:b": "true"}})),
        "null-with-if-exists",
        '"NullIfExists"',
        "`Null`",
    ),  # O9
    (
        "identity",
        policy(statement(Condition={"ForAnyValues:StringLike": {"a:b": "c"}})),
        "invalid-condition-operator",
        '"ForAnyValues:StringLike"',
        "`ForAnyValue:StringLike`",
    ),
    ("identity", policy(statement(Condition={"Bool": {"a:b": None}})), "data-type-mismatch", "null", "a string"),
    (
        "identity",
        policy(statement(Condition={"Bool": {"SourceIp": "x"}})),
        "invalid-condition-key-format",
        '"SourceIp"',
        "prefix",
    ),
    (
        "identity",
        policy(statement(Condition={"Bool": {"a:B": "x", "A:b": "x"}})),
        "duplicate-keys-with-different-case",
        '"A:b"',
        "one list",
    ),  # G25
    ("identity", policy(statement(Sid="é".encode().decode("latin-1") + "…")), "unsupported-sid", "", "A–Z"),
    ("identity", "[]", "data-type-mismatch", "[]", "an object"),
    ("identity", policy("x"), "data-type-mismatch", '"x"', "an object"),  # type: ignore[arg-type]
    ("trust", policy(trust(Resource="*")), "role-trust-policy-syntax-error-resource", '"Resource"', "the role"),  # G13
    (
        "trust",
        policy(trust(NotPrincipal={"AWS": "111122223333"})),
        "unsupported-element-combination",
        '"NotPrincipal"',
        "Remove",
    ),
    ("trust", policy({"Effect": "Allow", "Action": "sts:AssumeRole"}), "missing-principal", "{", '"Principal"'),  # G14
    ("resource", policy(statement()), "missing-principal", "{", '"Principal"'),  # G14
    ("resource", policy(statement(NotPrincipal="*")), "allow-with-not-principal", '"NotPrincipal"', "`Deny`"),  # G17
    ("resource", policy(statement(Principal=ROLE)), "invalid-principal-format", f'"{ROLE}"', '"AWS"'),  # G27
    (
        "resource",
        policy(statement(Principal="sagemaker.amazonaws.com")),
        "invalid-principal-format",
        '"sagemaker.amazonaws.com"',
        '"Service"',
    ),
    ("resource", policy(statement(Principal={"Aws": "111122223333"})), "invalid-principal-key", '"Aws"', "`AWS`"),
    (
        "resource",
        policy(statement(Principal={"AWS": "arn:aws:iam::111122223333:role/*"})),
        "unsupported-wildcard-in-principal",
        '"arn:aws:iam::111122223333:role/*"',
        "aws:PrincipalArn",
    ),  # P16
    (
        "resource",
        policy(statement(Principal={"AWS": "arn:aws:iam::111122223333:group/ml"})),
        "group-as-principal",
        '"arn:aws:iam::111122223333:group/ml"',
        "role",
    ),  # P7
    ("resource", policy(statement(Principal={"AWS": "maya"})), "invalid-principal-format", '"maya"', "111122223333"),
    ("resource", policy(statement(Principal={"AWS": ""})), "invalid-principal-format", '""', "names nobody yet"),
    ("scp", policy(statement(Principal="*")), "scp-syntax-error-principal", '"Principal"', "aws:PrincipalArn"),  # S10
    ("scp", policy(statement(), Version="2008-10-17"), "invalid-version", '"2008-10-17"', "`2012-10-17`"),  # G5
    ("rcp", policy(statement(Principal="*")), "rcp-syntax-error-allow", '"Allow"', "Deny"),  # R5
    (
        "rcp",
        policy(statement(Effect="Deny", Principal="*", Action="*")),
        "rcp-syntax-error-action",
        '"*"',
        "`s3:*`",
    ),  # R6
    (
        "rcp",
        policy(statement("Action", Effect="Deny", Principal="*", NotAction="s3:*")),
        "rcp-syntax-error-notaction",
        '"NotAction"',
        "Action",
    ),
    (
        "rcp",
        policy(statement(Effect="Deny", Principal={"AWS": "111122223333"})),
        "rcp-syntax-error-principal",
        "{",
        "aws:PrincipalArn",
    ),
    ("permissions_boundary", policy(statement(Principal="*")), "unsupported-principal", '"Principal"', "attached"),
    ("session", policy(statement(), Id="x"), "element-not-taken", '"Id"', "Sid"),
    ("vpc_endpoint", policy(statement()), "missing-principal", "{", '"Principal"'),
]


@pytest.mark.parametrize(
    ("kind", "text", "code", "at", "help"), WRONG, ids=[f"{i}-{row[0]}-{row[2]}" for i, row in enumerate(WRONG)]
)
def test_wrong_policies(kind: str, text: str, code: str, at: str, help: str) -> None:
    """Each mistake has its code, its narrowest place, a sentence, and what would be right."""
    with pytest.raises(PolicyError) as caught:
        parse_policy(text, kind)
    problem = next(problem for problem in caught.value.problems if problem.code == code)
    assert text[problem.span.start : problem.span.end].startswith(at)
    assert problem.message.endswith(".")
    assert help in problem.help or help in problem.message
    assert not problem.reference or problem.reference.startswith("https://docs.aws.amazon.com/")


RIGHT = [
    ("identity", policy()),
    ("identity", policy(statement(Action=[]))),  # G24
    ("identity", policy(statement(Condition={}))),  # Q4
    ("identity", '{"Statement": ' + json.dumps(statement()) + "}"),  # G3, G6
    ("identity", policy(statement(Sid="", Action="*"))),
    ("identity", policy(statement(), Version="2008-10-17")),
    ("identity", policy(statement("Action", NotAction=["iam:*"]))),
    ("resource", policy(statement("Resource", Principal="*"), Id="x")),  # G12
    ("resource", policy(statement("Principal", Effect="Deny", NotPrincipal={"AWS": "111122223333"}))),  # P21
    ("resource", policy(statement(Principal={"AWS": "AROAEXAMPLEEXAMPLE0001"}))),  # P24
    ("resource", policy(statement(Sid="with spaces", Principal="*"))),  # G19
    ("resource", policy(statement(Sid="名前", Principal="*"))),
    ("trust", policy(trust(Condition={}))),
    ("scp", json.dumps({"Statement": [statement()]})),  # Q34
    ("rcp", policy({"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"})),  # R5
    ("rcp", policy(statement(Effect="Deny", Principal="*", Action=["s3:*"]))),  # R6
]


@pytest.mark.parametrize(("kind", "text"), RIGHT)
def test_right_policies(kind: str, text: str) -> None:
    """What the grammar takes is taken."""
    assert parse_policy(text, kind).kind == kind


def test_all_mistakes_are_told_at_once() -> None:
    """Parsing goes on where it can, also past a mistake of JSON."""
    text = '{"Version": "2012-10-17", "Statment": [{"Effect": "allow", "Acton": "s3", "Resource": "*",}]}'
    with pytest.raises(PolicyError) as caught:
        parse_policy(text)
    codes = [problem.code for problem in caught.value.problems]
    assert codes == [
        "unknown-element",
        "invalid-effect",
        "unknown-element",
        "invalid-action",
        "trailing-comma",
    ]


def test_foreign_characters() -> None:
    """IAM's own policies hold U+0020 to U+00FF only (rule G28); a bucket policy may hold others."""
    with pytest.raises(PolicyError) as caught:
        parse_policy(policy(statement(Resource="arn:aws:s3:::b/名")).encode().decode("unicode_escape"))
    assert "invalid-character" in [problem.code for problem in caught.value.problems]


def test_every_fix_mends_its_problem() -> None:
    """A fix, applied, removes the problem that it belongs to."""
    for kind, text, code, at, _ in WRONG:
        with pytest.raises(PolicyError) as caught:
            parse_policy(text, kind)
        for problem in caught.value.problems:
            if problem.code == code and problem.fix:
                fixed = text[: problem.fix.span.start] + problem.fix.text + text[problem.fix.span.end :]
                assert (code, at) not in [(p.code, fixed[p.span.start : p.span.end]) for p in problems(fixed, kind)]


def problems(text: str, kind: str) -> tuple[Any, ...]:
    try:
        parse_policy(text, kind)
    except PolicyError as error:
        return error.problems
    return ()


def test_unknown_kind() -> None:
    """The kinds of policy are known words."""
    with pytest.raises(ValueError, match="permissions_boundary"):
        parse_policy("{}", "boundary")
    assert len(KINDS) == 8


def test_format_keeps_the_meaning() -> None:
    """Laying out changes white space alone, and is stable."""
    laid_out = format_policy(EVERYTHING)
    assert json.loads(laid_out) == json.loads(EVERYTHING)
    assert format_policy(laid_out) == laid_out
    with pytest.raises(PolicyError):
        format_policy("{")


elements = st.sampled_from(
    ["Version", "Id", "Statement", "Sid", "Effect", "Principal", "Action", "Resource", "Condition", "NotAction", "x"]
)
junk = st.recursive(
    st.sampled_from(["Allow", "*", "s3:Get*", "arn:aws:s3:::b", "2012-10-17", 5, True, None, "StringEquals", "aws:x"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(elements | st.sampled_from(["Bool", "a:b"]), inner, max_size=5)
    ),
    max_leaves=25,
)


@given(junk, st.sampled_from(sorted(KINDS)))
def test_any_json_is_a_policy_or_its_problems(value: object, kind: str) -> None:
    """Whatever the document, the answer is a policy or a list of problems within the text."""
    text = json.dumps(value, indent=1)
    for problem in problems(text, kind):
        assert 0 <= problem.span.start <= problem.span.end <= len(text)
        assert problem.message.endswith(".")
