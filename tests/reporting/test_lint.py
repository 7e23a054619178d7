"""What lint found, as text and as GitHub's annotations."""

import json

from iamlab.lint import lint
from iamlab.policy import Fix, Problem, Source, Span
from iamlab.reporting.lint import Linted, findings_terminal, findings_text, github_lines, summary

TEXT = json.dumps(
    {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": ["s3:*", "s3:GetObjects"], "Resource": "*"}},
    indent=2,
)
DOCUMENT = Linted(Source(TEXT, "policy.json"), lint(TEXT))


def test_terminal_says_the_same() -> None:
    """Colors add nothing to the words."""
    assert len(DOCUMENT.problems) > 1
    assert findings_terminal(DOCUMENT).plain == findings_text(DOCUMENT)


def test_an_unopened_file_has_no_place() -> None:
    """Only the sentence is shown, and no finding is counted."""
    failed = Linted(
        Source("", "x.json"), (Problem("unreadable-file", Span(0, 0), "No."),), readable=False, opened=False
    )
    assert findings_text(failed) == "No."
    assert summary([failed]) == "No findings in 0 files."


def test_github_over_several_lines() -> None:
    """An annotation has columns only where it begins and ends in one line."""
    whole = Problem("x", Span(0, len(TEXT)), "A\nb.", fix=Fix("Do it", Span(0, 1), ""))
    (line,) = github_lines(Linted(Source(TEXT, "policy.json"), (whole,)))
    assert line == f"::error file=policy.json,line=1,endLine={TEXT.count(chr(10)) + 1},title=x (error)::A%0Ab."
