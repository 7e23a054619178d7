"""Wildcard patterns: what they match, and in linear time."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iamlab.policy.pattern import Pattern, Wildcard, joined, wildcards

# pattern, text, matches (rule M3)
CASES = [
    ("", "", True),
    ("", "a", False),
    ("*", "", True),
    ("*", "s3:GetObject", True),
    ("?", "", False),
    ("?", "a", True),
    ("a*", "a", True),
    ("a*b", "ab", True),
    ("a*a", "a", False),
    ("*ab*", "xxabyy", True),
    ("a*b*c", "a-b-b-c", True),
    ("a*bc", "abcbc", True),
    ("a?c", "abc", True),
    ("a?c", "ac", False),
    ("*?", "", False),
    ("?*?", "ab", True),
    ("a**b", "ab", True),
    ("a.c", "abc", False),
    ("[ab]", "a", False),
    ("s3:get*", "s3:GetObject", False),
]


@pytest.mark.parametrize(("pattern", "text", "expected"), CASES)
def test_matching(pattern: str, text: str, expected: bool) -> None:
    """`*` is any run, `?` one character, everything else itself; the whole text must fit."""
    assert Pattern.of(wildcards(pattern)).matches(text) is expected


@given(st.text("ab*?:", max_size=8), st.text("ab:", max_size=10))
def test_agrees_with_a_regular_expression(pattern: str, text: str) -> None:
    """Both matchers, by pieces and by automaton, agree with a backtracking one."""
    expression = "".join({"*": ".*", "?": "."}.get(c, re.escape(c)) for c in pattern)
    assert Pattern.of(wildcards(pattern)).matches(text) == bool(re.fullmatch(expression, text, re.DOTALL))


PART = {"*": Wildcard.RUN_IN_PART, "?": Wildcard.ONE_IN_PART, "#": Wildcard.RUN, "+": Wildcard.ONE}


@given(st.text("ab*?#+:", max_size=8), st.text("ab:", max_size=10))
def test_wildcards_within_a_part_cross_no_colon(pattern: str, text: str) -> None:
    """The two wildcards that stay within a part match no colon, beside the two that do."""
    tokens = joined(PART.get(c, c) for c in pattern)
    expression = "".join({"*": "[^:]*", "?": "[^:]", "#": ".*", "+": "."}.get(c, c) for c in pattern)
    if re.search(r"[*#]{2}", pattern):  # side by side one run is kept: the wider one
        expression = re.sub(r"(\.\*|\[\^:\]\*){2,}", lambda m: ".*" if ".*" in m[0] else "[^:]*", expression)
    assert Pattern.of(tokens).matches(text) == bool(re.fullmatch(expression, text))


@pytest.mark.parametrize("pattern", ["*a" * 100, "a*" * 100, "*" * 100, "?*" * 100, "*ab" * 50 + "c", "*?" * 50 + "b"])
def test_no_pattern_is_slow(pattern: str) -> None:
    """A hundred stars against a hundred thousand characters: no backtracking, whatever the pattern."""
    matcher, text = Pattern.of(wildcards(pattern)), "a" * 100_000
    began = time.process_time()
    matcher.matches(text)
    matcher.matches(text + "b")
    assert time.process_time() - began < 10


def test_facts_about_patterns() -> None:
    """Whether a pattern is everything, or one text."""
    assert Pattern.of(wildcards("**")).is_everything
    assert Pattern.of(wildcards("s3:GetObject")).is_literal
    assert not Pattern.of(wildcards("s3:*")).is_literal
