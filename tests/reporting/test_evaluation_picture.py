"""The picture of the evaluation order on paper: the same steps and words as in the stepper."""

from __future__ import annotations

import matplotlib.pyplot as plt
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

import iamlab
from iamlab.evaluation import Policies, Request, explain
from iamlab.evaluation.decision import EXPLICIT_DENY, IMPLICIT_DENY
from iamlab.reporting.colors import DARK, LIGHT
from iamlab.reporting.evaluation_picture import plot_evaluation
from iamlab.reporting.stepper import picture_data, picture_lines
from tests.reporting.test_stepper import BASE, BUCKET, FULL, NAMES_SESSION, NO_DELETE, OTHER, SESSION, explained

CASES = {
    "allowed": explained(),
    "boundary": explained("s3:PutObject"),
    "denied": explained("s3:DeleteObject", scp=[[FULL], [FULL, NO_DELETE]]),
    "outright": explained(principal=SESSION, resource=NAMES_SESSION, identity=()),
    "two accounts": explained(owner=OTHER),
}


def words(figure: Figure) -> list[str]:
    """Every text in a figure, from the top."""
    (page,) = figure.axes
    return [text.get_text() for text in page.texts]


@pytest.mark.parametrize("explanation", CASES.values(), ids=CASES)
def test_same_as_the_stepper(explanation: iamlab.evaluation.Explanation) -> None:
    """Every node of the stepper's picture is on paper, with its words, and so is how it ends."""
    picture, drawn = picture_data(explanation), words(plot_evaluation(explanation))
    for rail in picture["rails"]:
        assert [text for text in drawn if text in {n["title"] for n in rail["nodes"]}] != []
        for node in rail["nodes"]:
            assert {node["title"], node["asked"], node["said"]} <= set(drawn), node["title"]
        assert rail["word"] in drawn
    assert picture["reason"].replace("`", "").split()[0] in " ".join(drawn)


@pytest.mark.parametrize("explanation", CASES.values(), ids=CASES)
def test_nothing_overlaps_or_is_cut_off(explanation: iamlab.evaluation.Explanation) -> None:
    """All that is written stands on the page, and no line of it runs into another."""
    figure = plot_evaluation(explanation)
    figure.canvas.draw()
    boxes = [text.get_window_extent() for text in figure.axes[0].texts if text.get_text()]
    whole = figure.bbox
    assert all(box.x0 >= whole.x0 and box.x1 <= whole.x1 and box.y0 >= 0 and box.y1 <= whole.y1 for box in boxes)
    clashes = [(one, two) for i, one in enumerate(boxes) for two in boxes[:i] if one.overlaps(two)]
    assert clashes == []


@pytest.mark.parametrize(("dark", "colors"), [(False, LIGHT), (True, DARK)], ids=["light", "dark"])
def test_colors(dark: bool, colors: dict[str, str]) -> None:
    """The decision has its own color in both themes, and its word beside it."""
    figure = plot_evaluation(CASES["boundary"], dark=dark)
    assert to_hex(figure.get_facecolor()) == colors["surface"]
    (word,) = (text for text in figure.axes[0].texts if text.get_text() == "Implicit deny")
    assert word.get_color() == colors[IMPLICIT_DENY]


def test_shapes_differ() -> None:
    """Explicit deny is an octagon, the other decisions are round: color never speaks alone."""
    shapes = {type(patch).__name__ for patch in plot_evaluation(CASES["denied"]).axes[0].patches}
    assert "RegularPolygon" in shapes
    (word,) = (t for t in plot_evaluation(CASES["denied"]).axes[0].texts if t.get_text() == "Explicit deny")
    assert word.get_color() == LIGHT[EXPLICIT_DENY]


def test_of_a_request() -> None:
    """A request with its policies draws the same as its explanation; without policies that is said."""
    request, policies = Request.of(SESSION, "s3:GetObject", f"{BUCKET}/train.csv"), Policies.of(**BASE)
    assert words(iamlab.plot_evaluation(request, policies)) == words(plot_evaluation(explain(request, policies)))
    with pytest.raises(ValueError, match="needs the policies"):
        plot_evaluation(request)


def test_told_in_words() -> None:
    """The file says in words what it shows, for whoever cannot see it."""
    figure = plot_evaluation(CASES["boundary"])
    assert figure.get_label() == "\n".join(picture_lines(picture_data(CASES["boundary"])))
    assert b"8 Permissions boundary, 1 policy, no allow" in figure._repr_png_()  # type: ignore[attr-defined]


def test_shown_once() -> None:
    """A notebook shows the figure itself; pyplot, which would show it again, does not know it."""
    before = plt.get_fignums()
    assert plot_evaluation(CASES["allowed"])._repr_png_().startswith(b"\x89PNG")  # type: ignore[attr-defined]
    assert plt.get_fignums() == before
