"""One student's page: points and feedback, exercise by exercise, with the answer that counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from iamlab.reporting.class_summary import GROUPS
from iamlab.reporting.gradebook import total
from iamlab.reporting.html import marked
from iamlab.reporting.page_style import icon, page
from iamlab.reporting.result import STATUS_WORDS
from iamlab.reporting.visible import visible
from iamlab.reporting.words import plural

__all__ = ["ROW_WORDS", "feedback_page"]

ROW_WORDS = {**STATUS_WORDS, "missing": "Not handed in", "unreadable": "Could not be read", "stopped": "Not checked"}
"""The word for each status of a row."""
ADVICE = "Advice, not counted: "
LONGEST = 2_000

Row = Mapping[str, Any]


def feedback_page(name: str, title: str, rows: Sequence[Row], titles: Mapping[str, str]) -> str:
    """Return a student's page as a whole HTML document. What is for the instructor alone is not on it.

    Args:
        name: whose it is.
        title: the assignment's name.
        rows: the student's rows.
        titles: the exercises' titles, by name.
    """
    whose, most = escape(visible(name)), sum(float(row["max_score"]) for row in rows)
    about = f"{whose} · {total(rows):g} of {most:g} points · {plural(len(rows), 'exercise')}"
    head = f'<header class="bar"><h1>{escape(visible(title))}</h1><p class="num">{about}</p></header>'
    sections = (_section(row, titles.get(row["exercise"], row["exercise"])) for row in rows)
    return page(f"{visible(title)}: {visible(name)}", "\n".join([head, *sections]))


def _section(row: Row, title: str) -> str:
    points = f"{ROW_WORDS[row['status']]}: {row['score']:g} of {row['max_score']:g} points"
    parts = "".join([*_notes(row), *_said(row["feedback"]), *_answer(row)])
    group = GROUPS[row["status"]]
    return (
        f'<section class="result is-{group}"><h2>{escape(title)}</h2>'
        f'<p class="num"><strong>{points}</strong></p>{parts}</section>'
    )


def _notes(row: Row) -> Iterator[str]:
    if row["note"]:
        yield f"<p>{_text(row['note'])}</p>"


def _said(feedback: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    if feedback:
        told = (f"{ADVICE if one['kind'] == 'advice' else ''}{one['text']}" for one in feedback)
        yield f"<ul>{''.join(f'<li>{_text(one)}</li>' for one in told)}</ul>"


def _text(text: str) -> str:
    return marked(visible(text, LONGEST))


def _answer(row: Row) -> Iterator[str]:
    if not row["answer"]:
        return
    lines = "".join(f"<span>{escape(visible(line, LONGEST))}</span>" for line in row["answer"].split("\n"))
    where = f'<p class="small muted">{_text(row["source"])}</p>' if row["source"] else ""
    source = f'<pre class="source" tabindex="0" role="region" aria-label="The answer">{lines}</pre>'
    head = f"<summary>{icon('open')}<span>The answer</span></summary>"
    yield f'<details>{head}<div class="in">{where}{source}</div></details>'
