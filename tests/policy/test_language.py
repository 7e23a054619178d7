"""The smaller parts of the policy language: places, variables, ARNs, operators, names."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iamlab.policy import OPERATORS, Source, Span, parse_arn, read_operator
from iamlab.policy.arn import resource_template
from iamlab.policy.names import near_names, or_list
from iamlab.policy.values import read_address, read_binary, read_bool, read_date, read_network, read_number
from iamlab.policy.variables import Variable, cut

# Places


@given(st.text("ab\n\r😀é", max_size=30))
def test_positions_and_utf16(text: str) -> None:
    """Offsets, lines and columns, and UTF-16 units all name the same place."""
    source = Source(text)
    for offset in range(len(text) + 1):
        before = text[:offset]
        assert source.position(offset) == (before.count("\n") + 1, offset - before.rfind("\n"))
        units = len(before.encode("utf-16-le")) // 2
        assert source.utf16(offset) == units
        assert source.from_utf16(units) == offset


def test_a_span_as_place() -> None:
    """The end column is one past the last character."""
    place = Source("ab\ncd").place(Span(1, 5))
    assert (place.line, place.column, place.end_line, place.end_column) == (1, 2, 2, 3)


# Variables

VARIABLES = [
    ("${aws:username}", (Variable("aws:username"),)),
    ("a/${aws:PrincipalTag/team, 'all'}/b", ("a/", Variable("aws:PrincipalTag/team", "all"), "/b")),
    ("${*}${?}${$}", ("*?$",)),
    ("${aws:username", ("${aws:username",)),
    ("${}", ("${}",)),
    ("${aws:PrincipalTag/team,'all'}", ("${aws:PrincipalTag/team,'all'}",)),  # V8: exactly comma, space, quotes
    ("${aws: username}", ("${aws: username}",)),
]


@pytest.mark.parametrize(("text", "parts"), VARIABLES)
def test_variables_are_cut_out(text: str, parts: tuple[object, ...]) -> None:
    """Variables, defaults and escapes (rules V1, V8, V11); what is malformed is text."""
    assert cut(text, variables=True, wildcards=False).parts == parts
    assert cut(text, variables=False, wildcards=False).parts == (text,)  # V6


@given(st.text("ab*?${}", max_size=12))
def test_a_value_is_put_in_as_it_is(value: str) -> None:
    """A value's own wildcards and dollar signs are literal, and looked at once (rules V12, V13)."""
    template = cut("x/${aws:username}/y", variables=True)
    pattern = template.pattern({"aws:username": value}.get)
    assert pattern is not None
    assert pattern.matches(f"x/{value}/y")
    assert not pattern.matches(f"x/{value}z/y")
    assert template.pattern(lambda _: None) is None


# ARNs


def test_arn_parts() -> None:
    """Six parts, the last of which may hold colons (rule M11)."""
    arn = parse_arn("arn:aws:logs:eu-west-1:111122223333:log-group:a:log-stream:b")
    assert arn is not None
    assert (arn.account, arn.resource, arn.resource_type) == ("111122223333", "log-group:a:log-stream:b", "log-group")
    assert str(arn) == "arn:aws:logs:eu-west-1:111122223333:log-group:a:log-stream:b"


@pytest.mark.parametrize("text", ["", "*", "arn:aws:s3", "arn:aws:s3:::", "aws:arn:s3:::b", "b"])
def test_no_arn(text: str) -> None:
    """What has no six parts is no ARN."""
    assert parse_arn(text) is None


def test_variables_stand_after_the_fifth_colon() -> None:
    """Before it, the text of a variable is text (rule V3)."""
    assert resource_template("arn:aws:s3:::${aws:username}", variables=True).variables
    assert not resource_template("arn:aws:s3:${aws:username}::b", variables=True).variables


# Values


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("10", Decimal(10)),
        ("-1.50", Decimal("-1.5")),
        ("1e3", Decimal(1000)),
        ("ten", None),
        ("", None),
        ("0x1", None),
        ("NaN", None),
        ("１", None),
        ("9" * 100, None),
    ],
)
def test_numbers(text: str, number: Decimal | None) -> None:
    """Integers and decimals (rule O17)."""
    assert read_number(text) == number


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1970-01-01T00:00:00Z", 0),
        ("1970", 0),
        ("1970-01-02", 86_400),
        ("1970-01-01T01:00+01:00", 0),
        ("1970-01-01T00:00:00.25Z", Decimal("0.25")),
        ("1700000000", 1_700_000_000),
        ("2026-13-01", None),
        ("2026-11-24T25:00Z", None),
        ("yesterday", None),
    ],
)
def test_dates(text: str, seconds: Decimal | int | None) -> None:
    """ISO 8601 in W3C's profile, or epoch seconds (rule O19)."""
    assert read_date(text) == seconds


def test_other_values() -> None:
    """Booleans, base64, addresses (rules O22–O25)."""
    assert (read_bool("TRUE"), read_bool("yes")) == (True, None)
    assert (read_binary("QQ=="), read_binary("Q"), read_binary("é")) == (b"A", None, None)
    assert read_address("2001:DB8:0::1") == read_address("2001:db8::1")
    assert (read_address("10.0.0.0/8"), read_network("10.0.0")) == (None, None)
    assert str(read_network("203.0.113.7")) == "203.0.113.7/32"
    assert str(read_network("2001:db8::1")) == "2001:db8::1/128"


# Operators

DOCUMENTED = """StringEquals StringNotEquals StringEqualsIgnoreCase StringNotEqualsIgnoreCase StringLike StringNotLike
NumericEquals NumericNotEquals NumericLessThan NumericLessThanEquals NumericGreaterThan NumericGreaterThanEquals
DateEquals DateNotEquals DateLessThan DateLessThanEquals DateGreaterThan DateGreaterThanEquals Bool BinaryEquals
IpAddress NotIpAddress ArnEquals ArnLike ArnNotEquals ArnNotLike Null"""


def test_every_documented_operator_is_there() -> None:
    """The table holds the operators of the documentation, and no other."""
    assert set(OPERATORS) == set(DOCUMENTED.split())


def test_negated_operators() -> None:
    """Exactly eight are negated (rule O4)."""
    assert {name for name, operator in OPERATORS.items() if operator.negated} == {
        name for name in OPERATORS if "Not" in name
    }


@pytest.mark.parametrize(
    "name", ["stringequals", "StringEqualsIfExist", "NullIfExists", "ForAll:StringLike", "", "IfExists", ":Null"]
)
def test_no_operators(name: str) -> None:
    """Names are exact; `NullIfExists` is none (rules O9, Q2)."""
    assert read_operator(name) is None or name == ":Null"


def test_operators_combine() -> None:
    """A set operator before, `IfExists` behind (rule O32)."""
    use = read_operator("ForAllValues:StringNotLikeIfExists")
    assert use is not None
    assert (use.set_operator, use.operator.name, use.if_exists) == ("ForAllValues", "StringNotLike", True)


# Names


def test_near_names() -> None:
    """What was perhaps meant, best first."""
    assert near_names("resource", ["Resource", "Action"]) == ["Resource"]
    assert near_names("zzz", ["Resource"]) == []
    assert or_list(["a", "b", "c"]) == "`a`, `b` or `c`"
