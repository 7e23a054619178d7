"""Regions: into which classes patterns cut all texts, held against matching one by one."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iamlab.policy.arn import arn_condition_matches, arn_shape, resource_template
from iamlab.policy.pattern import Pattern, Wildcard, wildcards
from iamlab.policy.regions import BudgetSpent, Shape, regions, walk
from iamlab.policy.variables import cut

ANY = Shape((Wildcard.RUN,))
PATTERNS = st.lists(st.text("ab*?", max_size=4), min_size=1, max_size=4)


def sets(patterns: list[str], text: str) -> int:
    return sum(1 << i for i, one in enumerate(patterns) if Pattern.of(wildcards(one)).matches(text))


@given(PATTERNS)
def test_every_class_is_found_with_its_shortest_text(patterns: list[str]) -> None:
    """The classes are those of all short texts, and no class has a shorter text than the one returned."""
    found = dict(regions([Shape(wildcards(one)) for one in patterns], [ANY]))
    assert all(sets(patterns, text) == mask for mask, text in found.items())
    for length in range(6):
        for letters in product("abx", repeat=length):
            mask = sets(patterns, "".join(letters))
            assert mask in found
            assert len(found[mask]) <= length


@given(PATTERNS, PATTERNS)
def test_within(patterns: list[str], within: list[str]) -> None:
    """Every text returned matches one of the patterns within which it was asked for."""
    found = regions([Shape(wildcards(one)) for one in patterns], [Shape(wildcards(one)) for one in within])
    assert all(sets(within, text) for _, text in found)


@given(st.lists(st.text("ab*", max_size=5), min_size=2, max_size=5))
def test_groups(patterns: list[str]) -> None:
    """With all patterns in one group there are at most two answers: some match, or none."""
    shapes = [Shape(wildcards(one)) for one in patterns]
    whole = {mask > 0 for mask, _ in regions(shapes, [ANY])}
    found = list(regions(shapes, [ANY], groups=[(1 << len(shapes)) - 1]))
    assert {mask > 0 for mask, _ in found} == whole
    assert all((mask > 0) == (sets(patterns, text) > 0) for mask, text in found)


@pytest.mark.parametrize("text", ["arn:aws:iam::1:role/r", "arn:aws:iam::1:a:b", "arn:x", "*", "arn:aws:s3:::b", ""])
@pytest.mark.parametrize(
    "pattern", ["*", "arn:aws:iam::*:role/*", "arn:*:*:*:*:*", "a*:aws:s3:::?", "arn:aws:iam:*", "x:aws:iam::1:r"]
)
def test_arn_shapes_match_as_arn_operators_do(pattern: str, text: str) -> None:
    """One pattern of whole ARNs says what the comparison part by part says (rule O27)."""
    template = cut(pattern, variables=False)
    shape = arn_shape(template.parts)
    matched = shape is not None and Pattern.of(shape).matches(text)
    assert matched == arn_condition_matches(template, text, None)


def test_ignoring_case() -> None:
    """A folded pattern takes both cases, and the Kelvin sign, whose lower case is k."""
    found = dict(regions([Shape(("ok",), fold=True), Shape(("OK",))], [ANY]))
    assert {0, 1, 3} == set(found)
    assert found[1].lower() == "ok"


def test_alphabet() -> None:
    """Only the characters of the alphabet are used."""
    assert dict(regions([Shape(wildcards("a?"))], [ANY], alphabet="ab"))[1] in {"aa", "ab"}


def test_budget() -> None:
    """Patterns that multiply end in an exception, and the lazy form gives what it has before."""
    shapes = [Shape(wildcards(f"*{letter}*{letter}*")) for letter in "abcdefghijkl"]
    with pytest.raises(BudgetSpent):
        regions(shapes, [ANY], limit=500)
    assert next(walk(shapes, [ANY], limit=500)) == (0, "")


def test_wildcards_in_arns() -> None:
    """A wildcard inside a part does not run over its colon; one that ends it does (rules M11, M12)."""
    inside = resource_template("arn:aws:sage*er:*:1:model/m", variables=False).parts
    found = dict(regions([Shape(inside)], [Shape(("arn:aws:", Wildcard.RUN))]))  # type: ignore[arg-type]
    assert found[1].startswith("arn:aws:sageer:")
