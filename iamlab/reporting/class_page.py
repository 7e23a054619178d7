"""The instructor's overview of a graded class, as a page: mistakes first, grouped by the request that shows them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Any, NamedTuple

from iamlab.reporting.class_summary import ClassSummary, ExerciseCount, Mistake
from iamlab.reporting.html import marked
from iamlab.reporting.page_style import icon, page
from iamlab.reporting.visible import visible
from iamlab.reporting.words import WORDS, plural

__all__ = ["Misconception", "class_page", "decision"]

EMPHASIS = re.compile(r"\*(\w[^*]*)\*")
MOST_SPELLINGS = 6
LONGEST = 400


class Misconception(NamedTuple):
    """What a slug stands for: what is believed, what is so, and the lesson that teaches it."""

    believes: str
    true: str = ""
    lesson: str = ""


def class_page(title: str, summary: ClassSummary, misconceptions: Mapping[str, Misconception], note: str = "") -> str:
    """Return the overview as a whole HTML document.

    Args:
        title: the assignment's name.
        summary: the class's results, counted.
        misconceptions: the catalogue, by slug.
        note: a clause for the title's line, as on how long grading took.
    """
    parts = [
        *_head(title, summary, note),
        *_mistakes(summary, misconceptions),
        *_exercises(summary.exercises.values()),
        *_misconceptions(summary, misconceptions),
        *_looks(summary),
    ]
    return page(f"{visible(title)}: overview of a class", "\n".join(parts))


def _head(title: str, summary: ClassSummary, note: str) -> Iterator[str]:
    about = [plural(summary.students, "student"), plural(len(summary.exercises), "exercise"), note]
    told = " · ".join(escape(one) for one in about if one)
    yield f'<header class="bar"><h1>{escape(visible(title))}</h1><p class="num">{told}</p></header>'
    facts = (
        ("Handed in", f"{summary.handed_in}", f"of {summary.students}"),
        ("Median", f"{summary.median:g}", f"of {summary.most:g} points"),
        ("Not attempted", f"{summary.absent}", "answer" if summary.absent == 1 else "answers"),
        ("To look at", f"{len(summary.looks) + summary.unseen}", "below"),
    )
    rows = (f'<div><dt>{name}</dt><dd>{value} <span class="muted">{of}</span></dd></div>' for name, value, of in facts)
    yield f'<dl class="facts">{"".join(rows)}</dl>'


def _mistakes(summary: ClassSummary, misconceptions: Mapping[str, Misconception]) -> Iterator[str]:
    yield '<section aria-labelledby="mistakes"><h2 id="mistakes">Common mistakes, by the request that shows them</h2>'
    found = summary.mistakes()
    for number, mistake in enumerate(found):
        yield _mistake(mistake, summary.exercises[mistake.exercise], misconceptions, shown=not number)
    yield "</section>" if found else '<p class="muted">There are none.</p></section>'


def _mistake(
    mistake: Mistake, exercise: ExerciseCount, misconceptions: Mapping[str, Misconception], *, shown: bool
) -> str:
    count = f'<span class="num"><b>{mistake.count}</b> <span class="muted">{_students(mistake.count)}</span></span>'
    where = f'<span class="muted">· {escape(exercise.title)}</span>'
    words = marked(visible(mistake.words, LONGEST))
    why = [f"<p>{prose(visible(mistake.why, LONGEST))}</p>"] if mistake.why else []
    inner = [*_witness(mistake.witness), *why, *_shown_belief(mistake, misconceptions), *_spellings(mistake)]
    inner.append(f'<p class="small muted">{escape(_names(mistake))}</p>')
    return (
        f"<details{' open' if shown else ''}><summary>{icon('open')}<span>{words} {where}</span>{count}</summary>"
        f'<div class="in">{"".join(inner)}</div></details>'
    )


def prose(text: str) -> str:
    """Return a sentence of the catalogue's as HTML: code in backticks, emphasis between stars.

    >>> prose("Under an operator that says *not*, `*` is a star.")
    'Under an operator that says <em>not</em>, <code>*</code> is a star.'
    """
    parts = text.split("`")
    shown = (escape(part) if i % 2 else EMPHASIS.sub(r"<em>\1</em>", escape(part)) for i, part in enumerate(parts))
    return "".join(f"<code>{part}</code>" if i % 2 else part for i, part in enumerate(shown))


def _students(count: int) -> str:
    return "student" if count == 1 else "students"


def _witness(witness: Mapping[str, Any] | None) -> Iterator[str]:
    if witness is None:
        return
    rows = [("Action", witness["action"]), ("Resource", witness["resource"])]
    rows += [(key, value if isinstance(value, str) else ", ".join(value)) for key, value in witness["context"].items()]
    told = "".join(f"<dt>{escape(name)}</dt><dd>{_code(value)}</dd>" for name, value in rows)
    yield f'<dl class="witness">{told}</dl>'
    sides = (("Their policies", witness["yours"]), ("The task", witness["task"]))
    shown = "".join(f"<div><p>{name}</p><p>{decision(value)}</p></div>" for name, value in sides)
    yield f'<div class="versus">{shown}</div>'


def _code(text: str) -> str:
    """Return a text as code that may break after `:` and `/`."""
    return f"<code>{escape(visible(text)).replace(':', ':<wbr>').replace('/', '/<wbr>')}</code>"


def decision(name: str) -> str:
    """Return a decision as HTML: icon, word and color."""
    return f'<span class="d d-{escape(name)}">{icon(name)}{WORDS[name]}</span>'


def _shown_belief(mistake: Mistake, misconceptions: Mapping[str, Misconception]) -> Iterator[str]:
    for slug, _ in mistake.misconceptions.most_common(1):
        belief = misconceptions.get(slug, Misconception(slug))
        lesson = f' <span class="muted">Lesson: {escape(belief.lesson)}</span>' if belief.lesson else ""
        yield f'<p><span class="muted">Misconception:</span> {prose(belief.believes)}{lesson}</p>'


def _spellings(mistake: Mistake) -> Iterator[str]:
    if not mistake.spellings:
        return
    rows = "".join(
        f'<tr><td>{_code(text)}</td><td class="r num">{count}</td></tr>'
        for text, count in mistake.spellings.most_common(MOST_SPELLINGS)
    )
    head = '<thead><tr><th scope="col">Written as</th><th scope="col" class="r">Students</th></tr></thead>'
    yield f'<table><caption class="sr">How it is written</caption>{head}<tbody>{rows}</tbody></table>'


def _names(mistake: Mistake) -> str:
    names = [visible(name, 60) for name in mistake.names]
    left = mistake.count - len(names)
    return f"{', '.join(names)} and {left} more" if left > 0 else ", ".join(names)


KEY = "".join(f'<span><i class="{name}"></i>{name}</span>' for name in ("right", "partly", "wrong"))


def _exercises(exercises: Iterable[ExerciseCount]) -> Iterator[str]:
    heads = "".join(f'<th scope="col" class="r">{name}</th>' for name in ("Right", "Partly", "Wrong", "None", "Mean"))
    yield '<section aria-labelledby="exercises"><h2 id="exercises">By exercise</h2><div class="wide">'
    yield '<table><caption class="sr">Answers and mean points by exercise</caption><thead><tr>'
    yield f'<th scope="col">Exercise</th><th scope="col"><span class="key" aria-hidden="true">{KEY}</span>'
    yield f'<span class="sr">Distribution</span></th>{heads}</tr></thead><tbody>'
    yield from map(_exercise, exercises)
    yield "</tbody></table></div></section>"


def _exercise(one: ExerciseCount) -> str:
    counts = [one.counts[name] for name in ("right", "partly", "wrong", "none")]
    cells = "".join(f'<td class="r num">{count}</td>' for count in counts)
    mean = f'<td class="r num">{one.mean:.1f} <span class="muted">of {one.most:g}</span></td>'
    topics = f' <span class="muted num small">{escape(one.topics)}</span>'
    return (
        f'<tr><th scope="row">{escape(one.title)}{topics}</th><td class="bars">{_meter(counts)}</td>{cells}{mean}</tr>'
    )


def _meter(counts: list[int]) -> str:
    label = "{} right, {} partly, {} wrong, {} none".format(*counts)
    whole = max(sum(counts), 1)
    parts = "".join(
        f'<i class="{name}" style="width:{100 * count / whole:.1f}%"></i>'
        for name, count in zip(("right", "partly", "wrong"), counts, strict=False)
        if count
    )
    return f'<span class="meter" role="img" aria-label="{label}">{parts}</span>'


def _misconceptions(summary: ClassSummary, misconceptions: Mapping[str, Misconception]) -> Iterator[str]:
    if not summary.misconceptions:
        return
    yield '<section aria-labelledby="beliefs"><h2 id="beliefs">Misconceptions</h2><div class="wide">'
    yield '<table><caption class="sr">Misconceptions, by how many students show them</caption><thead><tr>'
    yield '<th scope="col">What is believed</th><th scope="col">What is so</th>'
    yield '<th scope="col" class="r">Students</th></tr></thead><tbody>'
    for slug, count in summary.misconceptions.most_common():
        belief = misconceptions.get(slug, Misconception(slug))
        lesson = f'<br><span class="small muted">{escape(belief.lesson)}</span>' if belief.lesson else ""
        yield f'<tr><th scope="row">{prose(belief.believes)}<br><span class="small muted">{escape(slug)}</span></th>'
        yield f'<td>{prose(belief.true)}{lesson}</td><td class="r num">{count}</td></tr>'
    yield "</tbody></table></div></section>"


def _looks(summary: ClassSummary) -> Iterator[str]:
    yield '<section aria-labelledby="looks"><h2 id="looks">To look at</h2>'
    if not summary.looks:
        yield '<p class="muted">Nothing: every submission could be read whole.</p></section>'
        return
    yield '<ul class="looks">'
    for one in summary.looks:
        sign = icon(one.severity, one.severity.capitalize(), f"c-{one.severity}")
        yield f"<li>{sign}<span>{escape(visible(one.name, 60))}</span><p>{marked(visible(one.sentence, 600))}</p></li>"
    yield "</ul>"
    yield f'<p class="muted small">And {summary.unseen} more; the CSV has all.</p>' if summary.unseen else ""
    yield "</section>"
