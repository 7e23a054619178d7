"""How a comparison is told, in text and in a notebook; and the page about it."""

import doctest
from pathlib import Path

from iamlab import compare, show

PAGE = Path(__file__).parents[2] / "docs" / "comparing-policies.md"


def policy(action: object) -> dict[str, object]:
    return {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": action, "Resource": "arn:aws:s3:::b/*"}}


def test_page() -> None:
    """Every example of the page runs, and gives what stands there."""
    result = doctest.testfile(str(PAGE), module_relative=False)
    assert result.attempted > 10
    assert result.failed == 0


def test_in_a_notebook() -> None:
    """`show` renders a comparison with its witnesses, in the words of the decisions."""
    html = show(compare(policy("s3:*Object"), policy("s3:GetObject")))._repr_html_()
    assert "s3:PutObject" in html
    assert "Implicit deny" in html
    assert "<script" not in html
