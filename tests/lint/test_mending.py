"""Fixes that change no access, applied one after the other."""

import json

import pytest

from iamlab.lint import all_checks, lint
from iamlab.lint.mending import mend, with_fix
from iamlab.policy import Fix, Span

POLICY = {
    "Version": "2012-10-17",
    "Statement": {"Effect": "Deny", "Action": ["s3:*", "s3:Get*", "s3:GetObject"], "Resource": "*"},
}


def test_every_fix_that_changes_no_access_is_applied() -> None:
    """Several fixes in one list follow each other; what is left has none of them, and is a policy."""
    mended = mend(json.dumps(POLICY))
    assert json.loads(mended.text)["Statement"]["Action"] in ("s3:*", ["s3:*"])
    assert [problem.code for problem in mended.done] == ["redundant-action", "redundant-action"]
    assert [problem for problem in lint(mended.text) if problem.fix and not problem.fix.changes_access] == []
    assert mend(mended.text).done == ()


@pytest.mark.parametrize(
    "text",
    ["", "{", '{"Statement": {"Effect": "allow", "Action": "s3:*", "Resource": "*"}}'],
    ids=["empty", "broken", "no-policy"],
)
def test_what_is_no_policy_stays(text: str) -> None:
    """It grants nothing, and no fix decides what it should grant."""
    assert (mend(text).text, mend(text).done) == (text, ())


@pytest.mark.parametrize("insert", ["x", " "], ids=["breaks", "never-ends"])
def test_fixes_that_mend_nothing_end(monkeypatch: pytest.MonkeyPatch, insert: str) -> None:
    """A fix that would break the policy is not applied; one that mends nothing is not applied for ever."""
    problem = next(one for one in lint(json.dumps(POLICY)) if one.fix)
    fake = type(problem)("fake", problem.span, "Fake.", fix=Fix("Do it", Span(0, 0), insert))
    monkeypatch.setattr("iamlab.lint.mending.lint", lambda _: (fake,))
    mended = mend(json.dumps(POLICY))
    assert json.loads(mended.text) == POLICY
    assert len(mended.done) == (0 if insert == "x" else 200)


def test_with_fix() -> None:
    """A fix replaces its span."""
    assert with_fix("abc", Fix("", Span(1, 2), "X")) == "aXc"


def test_sections() -> None:
    """Every page gives the text under its headings, and nothing for a heading that it has not."""
    for check in all_checks():
        assert check.section("Why it matters"), check.code
        assert "## " not in check.section("What it finds")
        assert check.section("No such heading") == ""
