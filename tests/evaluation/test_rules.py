"""The page of rules, docs/iam-rules.md, and the cases that show them: none is missing.

A case *holds* a rule that it cites in `rule`. A *near miss* names, in `misses`, the case of its table from which it
differs in one place, at most two, and ends otherwise. A rule that a request shows has both; a rule that a document
shows has a document that is taken and one that is refused.
"""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.evaluation.tables import cases
from tests.policy.test_documents import DOCUMENTS

PAGE = (Path(__file__).parents[2] / "docs" / "iam-rules.md").read_text(encoding="utf-8")
SHOWN_BY = {"request", "document", "message", "simulator", "limit", "lint", "outside"}
SECTIONS = {"G": 32, "P": 27, "M": 21, "O": 40, "V": 18, "E": 29, "X": 12, "B": 15} | {
    "S": 13, "R": 12, "T": 33, "K": 38, "D": 14, "A": 11, "L": 10, "Q": 38
}  # fmt: skip
NOT_COMPARED = {"id", "rule", "misses", "why", "source", "expect", "expect_step"}
CASES = cases()
MISSES = [case for case in CASES if "misses" in case]


def rows() -> dict[str, list[str]]:
    """Return the cells of each rule's row, by its number."""
    found: dict[str, list[str]] = {}
    for line in PAGE.splitlines():
        if match := re.match(r"\| ([A-Z]\d+)(?: ★)? \|", line):
            assert match[1] not in found, f"{match[1]} stands twice"
            found[match[1]] = [cell.strip() for cell in line.strip("|").split(" | ")]
    return found


ROWS = rows()


def shown_by(how: str) -> list[str]:
    """Return the rules that are shown in this way."""
    return [rule for rule, cells in ROWS.items() if how in cells]


def cited(case: dict[str, Any]) -> list[str]:
    """Return the rules that a case or a document cites."""
    return case["rule"] if isinstance(case["rule"], list) else [case["rule"]]


def differences(one: Any, other: Any) -> int:
    """Count the places in which two scenarios differ; what only one of them has is one place."""
    if isinstance(one, dict) and isinstance(other, dict):
        return sum(differences(one[k], other[k]) if k in one and k in other else 1 for k in {*one, *other})
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        return sum(differences(a, b) for a, b in zip(one, other, strict=True))
    return int(one != other)


def compared(case: dict[str, Any]) -> dict[str, Any]:
    """Return what of a case is the scenario itself."""
    return {name: value for name, value in case.items() if name not in NOT_COMPARED}


def missed(case: dict[str, Any]) -> dict[str, Any]:
    """Return the case that a near miss misses."""
    table = case["id"].partition("/")[0]
    (found,) = [other for other in CASES if other["id"] == f"{table}/{case['misses']}"]
    return found


def test_every_number_is_there() -> None:
    """Numbers stay: each section runs from 1 without a gap."""
    assert list(ROWS) == [f"{section}{number}" for section, last in SECTIONS.items() for number in range(1, last + 1)]


def test_every_rule_says_how_it_is_shown_and_where_it_stands() -> None:
    """Each row has one way of being shown, and at least one source, whose address the page gives in full."""
    addresses = dict(re.findall(r"^\[([a-z0-9-]+)\]: (https://(?:docs\.)?aws\.amazon\.com/\S+)$", PAGE, re.M))
    used = set()
    for rule, cells in ROWS.items():
        assert len(SHOWN_BY.intersection(cells)) == 1, rule
        sources = re.findall(r"\[([a-z0-9-]+)\]", cells[-1])
        assert sources, rule
        used.update(sources)
    assert used == set(addresses)


def test_every_rule_that_a_request_shows_has_a_case_and_a_near_miss() -> None:
    """The list of rules without the one or the other is empty."""
    held = {rule for case in CASES if "misses" not in case for rule in cited(case)}
    nearly = {rule for case in MISSES for rule in cited(case)}
    assert [rule for rule in shown_by("request") if rule not in held] == []
    assert [rule for rule in shown_by("request") if rule not in nearly] == []


def test_every_rule_that_a_document_shows_has_a_taken_and_a_refused_one() -> None:
    """The list of rules without the one or the other is empty."""
    for refused in (False, True):
        shown = {rule for one in DOCUMENTS if (one["problem"] is not None) is refused for rule in cited(one)}
        assert [rule for rule in shown_by("document") if rule not in shown] == []


def test_surprising_rules_have_several_cases() -> None:
    """A rule with a star has at least three cases or documents."""
    counted = Counter(rule for one in (*CASES, *DOCUMENTS) for rule in cited(one))
    starred = [rule for rule in (*shown_by("request"), *shown_by("document")) if f"| {rule} ★ |" in PAGE]
    assert [rule for rule in starred if counted[rule] < 3] == []


def test_cases_cite_rules_of_the_page() -> None:
    """No case and no document cites a number that is none."""
    assert {rule for one in (*CASES, *DOCUMENTS) for rule in cited(one)} <= set(ROWS)


@pytest.mark.parametrize("case", MISSES, ids=lambda case: case["id"])
def test_a_near_miss_is_near_and_misses(case: dict[str, Any]) -> None:
    """It differs from its case in one or two places, and another decision, or another step, comes of it."""
    other = missed(case)
    assert set(cited(case)) & set(cited(other))
    assert 1 <= differences(compared(case), compared(other)) <= 2
    assert (case["expect"], case.get("expect_step")) != (other["expect"], other.get("expect_step"))
