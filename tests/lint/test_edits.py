"""Edits leave a readable document."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iamlab.lint.edits import removal, rewriting
from iamlab.policy import Fix, Span


def applied(text: str, fix: Fix) -> str:
    """The text with the fix's edit made."""
    return text[: fix.span.start] + fix.text + text[fix.span.end :]


def without(text: str, entry: str) -> str | None:
    """The text without an entry."""
    start = text.index(entry)
    fix = removal(text, Span(start, start + len(entry)), "Remove it")
    return None if fix is None else applied(text, fix)


@pytest.mark.parametrize(
    ("text", "entry", "left"),
    [
        ('["a", "b", "c"]', '"a"', '["b", "c"]'),
        ('["a", "b", "c"]', '"b"', '["a", "c"]'),
        ('["a", "b", "c"]', '"c"', '["a", "b"]'),
        ('[\n  "a",\n  "b"\n]', '"a"', '[\n  "b"\n]'),
        ('[\n  "a",\n  "b"\n]', '"b"', '[\n  "a"\n]'),
        ('[\n  "a" ,\n  "b"\n]', '"b"', '[\n  "a" \n]'),
        ('{"Sid": "", "Effect": "Allow"}', '"Sid": ""', '{"Effect": "Allow"}'),
        ('{"Effect": "Allow", "Sid": ""}', '"Sid": ""', '{"Effect": "Allow"}'),
        ('["a"]', '"a"', None),
        ('{"Action": "a"}', '"a"', None),
    ],
    ids=[
        "first",
        "middle",
        "last",
        "first-line",
        "last-line",
        "space-before-comma",
        "member",
        "last-member",
        "only",
        "no-list",
    ],
)
def test_removal(text: str, entry: str, left: str | None) -> None:
    """An entry goes with its comma; the only one stays, since an empty list means something else."""
    assert without(text, entry) == left


@given(st.lists(st.text(max_size=5), min_size=2, max_size=6), st.data(), st.sampled_from([None, 1, 2]))
def test_any_entry_of_any_list(values: list[str], data: st.DataObject, indent: int | None) -> None:
    """Whatever the list and its layout: the rest is left as it was."""
    text = json.dumps(values, indent=indent)
    place = data.draw(st.integers(0, len(values) - 1))
    parts = [json.dumps(value) for value in values]
    start = 0
    for part in parts[:place]:
        start = text.index(part, start) + len(part)
    start = text.index(parts[place], start)
    fix = removal(text, Span(start, start + len(parts[place])), "Remove it")
    assert fix is not None
    assert json.loads(applied(text, fix)) == values[:place] + values[place + 1 :]


def test_rewriting_escapes() -> None:
    """A string is written as JSON writes it."""
    fix = rewriting(Span(0, 3), 'a"b')
    assert (fix.text, fix.changes_access) == ('"a\\"b"', False)
