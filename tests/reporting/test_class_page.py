"""The instructor's overview, the picture beside it, and a student's page."""

import re
import xml.etree.ElementTree as ET
from html import escape, unescape
from pathlib import Path

import pytest

from iamlab.reporting import page_style
from iamlab.reporting.class_page import Misconception, class_page
from iamlab.reporting.class_picture import class_picture
from iamlab.reporting.class_summary import ClassSummary
from iamlab.reporting.feedback_page import feedback_page
from tests.reporting.class_rows import EXERCISES, row, witness

TOKENS = Path(__file__).parents[2] / "iamlab" / "widgets" / "css" / "tokens.css"
EVIL = "<script>alert(1)</script>\u202e&\u200b\"'"
BELIEFS = {
    "silence-is-yes": Misconception("What no policy *forbids* is allowed.", "`Deny` is the default.", "00.ipynb")
}


def summary() -> ClassSummary:
    """Fourteen who also allow deleting, three with a wrong prediction, one absent, one broken, one right."""
    found = ClassSummary(EXERCISES)
    for number in range(14):
        rows = [
            row(
                "s3-read-write",
                "partly",
                2.0,
                witness=witness("s3:DeleteObject"),
                spelling=f'"s3:{"*" * (number % 2)}"',
            ),
            row("letter-by-letter", "right", 3.0, 3.0),
        ]
        found.add(f"Student {number}", rows, handed_in=True)
    told = {"kind": "explanation", "text": "`s3:GetObject` on `arn:aws:s3:::b/k`: No statement allows this."}
    wrong = row("letter-by-letter", "partly", 1.0, 3.0, feedback=[told], misconceptions=["silence-is-yes"])
    for number in range(3):
        found.add(f"Other {number}", [row("s3-read-write", "right", 4.0), wrong], handed_in=True)
    absent = [row(name, "missing", note="Nothing was handed in.") for name in EXERCISES]
    found.add("Absent", absent, handed_in=False)
    broken = [row(name, "unreadable", note="No answer. `x` is broken.") for name in EXERCISES]
    found.add(EVIL, broken, handed_in=True, notes=["`x` is broken."])
    private = row(
        "s3-read-write",
        "wrong",
        private="This answer is right for the variant of `bo`.",
        witness=witness("s3:GetObject", "implicitDeny", "allowed"),
    )
    found.add("Lindqvist", [private, row("letter-by-letter", "not_attempted")], handed_in=True)
    return found


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<(style|title).*?</\1>|<[^>]*>", " ", page, flags=re.DOTALL)))


def test_mistakes_are_grouped_by_witness():
    """The largest group first, worded to follow its number."""
    first, second, *_ = summary().mistakes()
    assert (first.count, first.words, len(first.names)) == (14, "also allow `s3:DeleteObject`", 5)
    assert first.spellings == {'"s3:"': 7, '"s3:*"': 7}
    assert (second.count, second.words) == (3, "misjudge `s3:GetObject` on `arn:aws:s3:::b/k`")
    assert second.why == "No statement allows this."
    assert [one.words for one in summary().mistakes()][2] == "do not allow `s3:GetObject`"


def test_the_numbers_of_the_page():
    """Handed in, median, absent answers; counts and means by exercise."""
    found = summary()
    assert (found.students, found.handed_in, found.median, found.most) == (20, 19, 5.0, 7.0)
    assert found.absent == 2 + 2 + 1
    one = found.exercises["s3-read-write"]
    assert (one.counts["right"], one.counts["partly"], one.counts["wrong"], one.counts["none"]) == (3, 14, 1, 2)
    assert round(one.mean, 2) == 2.0
    assert found.misconceptions == {"silence-is-yes": 3}


def test_what_is_to_look_at():
    """A broken submission once; an answer that is right for somebody else's variant; not who handed in nothing."""
    looks = summary().looks
    assert [(one.name, one.severity) for one in looks] == [(EVIL, "error"), ("Lindqvist", "warning")]
    assert looks[0].sentence == "`x` is broken."
    assert looks[1].sentence.startswith("One bucket for a training job: This answer is right for the variant of `bo`")


def test_lists_are_bounded():
    """However many students there are, and whatever is wrong with theirs."""
    found = ClassSummary(EXERCISES)
    for number in range(300):
        found.add(str(number), [row("s3-read-write", "unreadable")], handed_in=True, notes=[f"`{number}` is broken."])
    assert (len(found.looks), found.unseen) == (200, 100)
    assert "And 100 more" in class_page("Week", found, {})


def test_the_page_says_it_all():
    """In the order: mistakes, exercises, misconceptions, what is to look at."""
    text = text_of(class_page("Week 2", summary(), BELIEFS, "graded in 1.9 s"))
    parts = [
        "Week 2 20 students · 2 exercises · graded in 1.9 s",
        "19 of 20",
        "also allow s3:DeleteObject · One bucket for a training job 14 students",
        "Their policies Allowed",
        "The task Implicit deny",
        "Student 0, Student 1, Student 2, Student 3, Student 4 and 9 more",
        "One bucket for a training job C4.11 3 14 1 2 2.0 of 4",
        "What no policy forbids is allowed. silence-is-yes",
        "Lindqvist One bucket for a training job: This answer is right",
    ]
    places = [text.find(part) for part in parts]
    assert -1 not in places, parts[places.index(-1)]
    assert places == sorted(places)


def pages() -> dict[str, str]:
    told = {"kind": "note", "text": f"`{EVIL}` {EVIL}"}
    rows = [
        row(
            "s3-read-write",
            "wrong",
            1.0,
            note=EVIL,
            answer=f"a\n{EVIL}",
            source=EVIL,
            feedback=[told],
            private="SECRET",
        )
    ]
    evil = summary()
    evil.add(
        EVIL,
        [row("s3-read-write", "wrong", feedback=[{**told, "kind": "style"}], spelling=EVIL)],
        handed_in=True,
        notes=[EVIL],
    )
    return {
        "class": class_page(EVIL, evil, BELIEFS, EVIL),
        "student": feedback_page(EVIL, EVIL, rows, {"s3-read-write": EVIL}),
    }


@pytest.mark.parametrize("which", ["class", "student"])
def test_pages_hold_nothing_that_acts(which: str):
    """Whatever is written in a submission stands there as text, its hidden characters written out."""
    page = pages()[which]
    assert "<script" not in page
    assert escape("<script>alert(1)</script>") in page
    assert "\u202e" not in page
    assert "\u200b" not in page
    assert "\\u202e" in page
    assert "default-src 'none'" in page
    plain = re.sub(r"<!doctype html>|<meta [^>]*>|<wbr>|<br>", "", page).replace("<details open>", "<details>")
    ET.fromstring(plain)  # every element is closed, in its order


def test_a_student_does_not_see_what_is_the_instructors():
    """Whose variant an answer is right for."""
    assert "SECRET" not in pages()["student"]


def test_a_students_page():
    """Points, sentences, advice named as such, and the answer that counted with its lines."""
    told = [
        {"kind": "witness", "text": "Your policy also allows `s3:*`."},
        {"kind": "advice", "text": "Line 2: name it."},
    ]
    rows = [
        row("s3-read-write", "partly", 2.0, feedback=told, answer='{\n  "a": 1\n}', source="`04.ipynb`, cell 2"),
        row("letter-by-letter", "missing", 0.0, 3.0, note="Nothing was handed in."),
    ]
    titles = {name: one["title"] for name, one in EXERCISES.items()}
    page = feedback_page("Maya", "Week 2", rows, titles)
    text = text_of(page)
    assert "Maya · 2 of 7 points · 2 exercises" in text
    assert "Part of the way: 2 of 4 points" in text
    assert "Advice, not counted: Line 2: name it." in text
    assert "Not handed in: 0 of 3 points Nothing was handed in." in text
    line = escape('  "a": 1')
    assert f"<span>{line}</span>" in page


def test_an_empty_class():
    """A page all the same."""
    text = text_of(class_page("Week", ClassSummary(EXERCISES), {}))
    assert "0 of 0" in text
    assert "There are none." in text
    assert "every submission could be read whole" in text


def test_tokens_are_the_widgets():
    """Colors are those of `tokens.css`, as they are without JupyterLab."""
    light, dark = TOKENS.read_text(encoding="utf-8").split('[data-jp-theme-light="false"] .iam,')
    for tokens, css in ((page_style.LIGHT, light), (page_style.DARK, dark)):
        for name, value in tokens.items():
            assert re.search(rf"--iam-{name}: (?:var\(--[\w-]+, )?{re.escape(value)}\)?;", css), name


@pytest.mark.parametrize("ending", ["png", "pdf", "svg"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_picture(tmp_path: Path, ending: str, dark: bool):
    """Of any class, with any title; `$` in it begins no formula."""
    for number, found in enumerate((summary(), ClassSummary(EXERCISES))):
        path = tmp_path / f"{number}.{ending}"
        class_picture(f"Week $2$ {EVIL}", found, BELIEFS, dark=dark).savefig(path)
        assert path.stat().st_size > 2_000


def test_the_picture_draws_each_count():
    """Numbers stand in the bars, mistakes and misconceptions beside theirs."""
    figure = class_picture("Week 2", summary(), BELIEFS)
    texts = [text.get_text() for axes in figure.axes for text in axes.texts]
    assert {"14", "3", "also allow s3:DeleteObject · One bucket for a training job", "2.0 of 4"} <= set(texts)
    assert "What no policy *forbids* is allowed." in texts
