"""Where the cursor stands in half-typed JSON. In each text `|` is the cursor."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iamlab.aws.cursor import LONGEST, place_at


def split(marked):
    """A text with a mark, as the text and the cursor's offset."""
    offset = marked.index("|")
    return marked[:offset] + marked[offset + 1 :], offset


@pytest.mark.parametrize(
    ("marked", "path", "is_key", "typed"),
    [
        # whole JSON
        ("{|}", "", True, ""),
        ('{"Ver|"}', "", True, "Ver"),
        ('{"Statement": [{"Eff|": "Allow"}]}', "Statement", True, "Eff"),
        ('{"Statement": {"Effect": "Al|low"}}', "Statement/Effect", False, "Al"),
        ('{"Statement": [{"Action": ["a", "s3:|"]}]}', "Statement/Action", False, "s3:"),
        (
            '{"Statement": [{"Condition": {"Bool": {"aws:|": "true"}}}]}',
            "Statement/Condition/Bool",
            True,
            "aws:",
        ),
        ('{"Statement": [{"Condition": {"Bool": {"k": ["|"]}}}]}', "Statement/Condition/Bool/k", False, ""),
        ('{"Statement": [{"Action": "a"}, {"Action": "b|"}]}', "Statement/Action", False, "b"),
        # something is missing
        ('{"Statement": [{"Action": ["s3:GetObject", "s3:Pu|', "Statement/Action", False, "s3:Pu"),
        ('{"Statement": [{"Action": "s3:Pu|\n "Resource": "*"}]}', "Statement/Action", False, "s3:Pu"),
        ('{"Statement": [{"Effect": "Allow"\n "Act|"}]}', "Statement", True, "Act"),
        ('{"Statement": [{"Action": ["s3:GetObject"\n "Res|": "*"}]}', "Statement", True, "Res"),
        ('{"Statement": [{"Effect": |}]}', "Statement/Effect", False, ""),
        ('{"Statement": [{"Effect": All|}]}', "Statement/Effect", False, "All"),
        ('{"Statement": [{"Effect" "Al|"}]}', "Statement/Effect", False, "Al"),
        ('{"Statement": [{"Effect": "Allow", |}]}', "Statement", True, ""),
        ('{"Statement": [{"Action": [{]}, {"Effect": "|"}]}', "Statement/Effect", False, ""),
        ('{"Statement": [{"Condition": {"Bool": {"k": "x"}}, "Sid": "|"', "Statement/Sid", False, ""),
    ],
)
def test_place(marked, path, is_key, typed):
    """The way to the cursor is found in whole JSON, and where quotes, commas, colons or brackets lack."""
    place = place_at(*split(marked))
    assert place is not None
    assert ("/".join(place.path), place.is_key, place.typed) == (path, is_key, typed)


@pytest.mark.parametrize(
    "marked",
    [
        "|",
        "  |",
        '{"Effect": "Allow" |}',
        '{"Effect"| : "Allow"}',
        '{"Effect": "Allow"|}',
        '{"a": 1}|',
        "nonsense |",
        '{|"a": 1}',
        '{"a": |"b"}',
    ],
)
def test_nowhere(marked):
    """Between tokens, where neither a key nor a value is due, nothing is being typed."""
    assert place_at(*split(marked)) is None


@pytest.mark.parametrize(
    ("marked", "replaced"),
    [
        ('{"Statement": {"Action": "s3:Get|Object"}}', "s3:GetObject"),
        ('{"Statement": {"Action": "s3:Get|', "s3:Get"),
        ('{"Statement": {"Action": ["s3:Get|], "Resource": "*"}}', "s3:Get"),
        ('{"Statement": {"Effect": All|}}', "All"),
    ],
)
def test_replaced_part(marked, replaced):
    """An option replaces what is inside the quotes; where the last quote is missing, the name alone."""
    text, offset = split(marked)
    place = place_at(text, offset)
    assert text[place.start : place.end] == replaced


def test_statement_around_the_cursor():
    """The statement's plain values are known, those after the cursor too, without what is being typed."""
    text, offset = split('{"Statement": [{"Action": ["a", "b|"], "Resource": "*", "Condition": {"Bool": {"k": "v"}}}]}')
    statement = place_at(text, offset).objects[1]
    assert statement == {"Action": ["a"], "Resource": ["*"], "Condition": []}


@pytest.mark.parametrize("text", ["{" * 100_000, '["' * 50_000, "x" * (LONGEST + 1), '\x00\ud800"\\', '"' * 99_999])
def test_hostile_text(text):
    """Depth, length and stray characters end in an answer or in none, never in an exception."""
    place = place_at(text, len(text))
    assert place is None or place.end <= len(text)


POLICY = json.dumps(
    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["s3:Get*"], "Resource": "*"}]}
)


@given(st.integers(0, len(POLICY)), st.integers(0, len(POLICY)), st.text('{}[]":, \\\n', max_size=4))
def test_any_damage(cut, offset, added):
    """Whatever is cut or put in, the part to replace lies around the cursor."""
    text = POLICY[:cut] + added + POLICY[cut + len(added) :]
    place = place_at(text, min(offset, len(text)))
    assert place is None or place.start <= min(offset, len(text)) <= place.end
