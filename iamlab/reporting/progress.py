"""Where a learner stands, for a notebook as HTML and as text: four numbers, lessons, mistakes, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from html import escape
from typing import Any

from iamlab.reporting.html import marked
from iamlab.reporting.text import printable
from iamlab.reporting.words import plural

__all__ = ["progress_html", "progress_text"]

ROOT = "iam-progress"
EMPTY = (
    "Nothing yet. Points appear here as soon as you check a first answer; answers are kept in the folder `{folder}`."
)
BAR = 24
"""How many characters a full bar of the text has."""
WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 380, 128, 34, 8, 20
"""The picture of points by day, in its own units, and its margins."""
SELF = f".{ROOT}.{ROOT}"
"""Doubled, because the host styles bare elements in outputs."""
STYLE = f"""
.{ROOT} {{ max-width: 920px; --iam-bar: var(--jp-brand-color1, #1976d2); --iam-line: var(--jp-border-color2, #e0e0e0);
  --iam-muted: #5c5f66; font-variant-numeric: tabular-nums; }}
[data-jp-theme-light="false"] .{ROOT} {{ --iam-muted: #b3b6bc; }}
{SELF} h3 {{ margin: 0 0 12px; padding-bottom: 6px; border-bottom: 1px solid var(--iam-line); }}
{SELF} h4 {{ margin: 16px 0 4px; }}
{SELF} small, {SELF} .muted {{ color: var(--iam-muted); font-size: inherit; font-weight: 400; }}
{SELF} dl {{ display: flex; flex-wrap: wrap; gap: 8px 40px; margin: 0; }}
{SELF} dl div {{ display: flex; flex-direction: column-reverse; }}
{SELF} :is(dt, dd) {{ float: none; width: auto; padding: 0; }}
{SELF} dt {{ color: var(--iam-muted); font-weight: 400; }}
{SELF} dd {{ margin: 0; white-space: nowrap; }}
{SELF} dd b {{ font-size: 1.5em; }}
{SELF} a {{ color: var(--jp-content-link-color, #1565c0); }}
{SELF} .halves {{ display: flex; flex-wrap: wrap; gap: 0 24px; align-items: flex-start; }}
{SELF} .halves > div {{ flex: 1 1 340px; }}
{SELF} table {{ border-collapse: collapse; margin: 0; width: 100%; font-size: inherit; table-layout: auto; }}
{SELF} th, {SELF} td {{ text-align: left; font-weight: 400; padding: 5px 8px 5px 0; background: none;
  border-bottom: 1px solid var(--iam-line); white-space: normal; }}
{SELF} tr {{ background: none; }}
{SELF} thead th {{ color: var(--iam-muted); }}
{SELF} .n {{ text-align: right; white-space: nowrap; }}
{SELF} .bar {{ width: 30%; min-width: 80px; }}
{SELF} .bar span {{ display: block; height: 7px; background: var(--iam-line); border-radius: 1px; }}
{SELF} .bar i {{ display: block; height: 7px; background: var(--iam-bar); border-radius: 1px; }}
{SELF} svg {{ width: 100%; max-width: 420px; height: auto; overflow: visible; }}
{SELF} svg text {{ fill: var(--iam-muted); font-size: 11px; }}
{SELF} svg .grid {{ stroke: var(--iam-line); }}
{SELF} svg .line {{ stroke: var(--iam-bar); stroke-width: 1.8; fill: none; }}
{SELF} svg .dot {{ fill: var(--iam-bar); }}"""


def progress_html(data: Mapping[str, Any]) -> str:
    """Return a learner's progress as HTML; for the data see `Progress.data`."""
    head = f'<section class="{ROOT}" aria-label="Your progress">\n<style>{STYLE}</style>\n<h3>Your progress</h3>'
    parts = [*_told(data), *(_body(data) if _is_begun(data) else _empty(data))]
    return printable("\n".join([head, *parts, "</section>"]))


def _told(data: Mapping[str, Any]) -> Iterator[str]:
    for problem in data["problems"]:
        yield f"<p>{marked(problem)}.</p>"


def _empty(data: Mapping[str, Any]) -> Iterator[str]:
    first = data["review"][:1]
    yield f"<p>{marked(EMPTY.format(folder=data['folder']))}</p>"
    yield from (f"<p>Begin with <code>{escape(_call(one))}</code>: {escape(one['title'])}.</p>" for one in first)


def _body(data: Mapping[str, Any]) -> Iterator[str]:
    yield f"<dl>{''.join(_number(*one) for one in _numbers(data))}</dl>"
    yield f'<div class="halves"><div><h4>By lesson</h4>{_lessons(data["lessons"])}</div>'
    yield f"<div><h4>Points by day</h4>{_picture(data['days'], data['most'])}</div></div>"
    if data["mistakes"]:
        yield f"<h4>Mistakes that came back</h4>{_mistakes(data['mistakes'])}"
    if data["weak"]:
        yield f"<h4>Weak topics</h4>{_topics(data['weak'])}"
    if data["review"]:
        yield f"<h4>Next</h4><p>{escape(_next(data))} <code>review()</code> opens them.</p>{_review(data['review'])}"


def _is_begun(data: Mapping[str, Any]) -> bool:
    return bool(data["tried"] or data.get("exam"))


def _numbers(data: Mapping[str, Any]) -> Sequence[tuple[str, str, str]]:
    exam = data.get("exam")
    best = (
        ("Best mock exam", f"{100 * exam['right'] // exam['of']} %", f"{exam['right']} of {exam['of']}")
        if exam
        else None
    )
    return (
        ("Points", f"{data['points']:g}", f"of {data['most']}"),
        ("Exercises right", str(data["right"]), f"of {data['exercises']}"),
        ("Right at the first try", str(data["first"]), ""),
        ("Hints taken", str(data["hints"]), ""),
        *([best] if best else []),
    )


def _number(name: str, value: str, of: str) -> str:
    return f'<div><dd><b>{value}</b> <span class="muted">{of}</span></dd><dt>{name}</dt></div>'


def _lessons(lessons: Sequence[Mapping[str, Any]]) -> str:
    head = (
        '<thead><tr><th scope="col">Lesson</th><th scope="col"><span hidden>Share of points</span></th>'
        '<th scope="col" class="n">Points</th><th scope="col" class="n">Exercises</th></tr></thead>'
    )
    rows = "".join(
        f'<tr><th scope="row">{_link(one["title"], one["href"])}</th><td class="bar"><span role="img"'
        f' aria-label="{one["points"]:g} of {one["most"]}"><i style="width: {_percent(one):.0f}%"></i></span></td>'
        f'<td class="n">{one["points"]:g} of {one["most"]}</td>'
        f'<td class="n"><span class="muted">{one["right"]} of {one["exercises"]}</span></td></tr>'
        for one in lessons
    )
    return f"<table>{head}<tbody>{rows}</tbody></table>"


def _percent(share: Mapping[str, Any]) -> float:
    return 100 * float(share["points"]) / float(share["most"]) if share["most"] else 0.0


def _link(text: str, href: str | None) -> str:
    return f'<a href="{escape(href)}">{escape(text)}</a>' if href else escape(text)


def _mistakes(mistakes: Sequence[Mapping[str, Any]]) -> str:
    names = "".join(f'<th scope="col">{name}</th>' for name in ("Mistake", "How often", "Lesson"))
    rows = "".join(
        f'<tr><th scope="row">{marked(one["text"])}</th><td>{_often(one["count"])}</td>'
        f"<td>{_link(one['lesson'], one['href'])}</td></tr>"
        for one in mistakes
    )
    return f"<table><thead><tr>{names}</tr></thead><tbody>{rows}</tbody></table>"


def _often(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _topics(topics: Sequence[Mapping[str, Any]]) -> str:
    named = (f"{_link(one['title'], one['href'])} ({one['points']:g} of {one['most']} points)" for one in topics)
    return f"<ul>{''.join(f'<li>{one}</li>' for one in named)}</ul>"


def _next(data: Mapping[str, Any]) -> str:
    return f"{plural(len(data['review']), 'exercise')} {'is' if len(data['review']) == 1 else 'are'} worth a look."


def _review(review: Sequence[Mapping[str, Any]]) -> str:
    items = (f"<li>{escape(one['title'])}: <span class='muted'>{escape(one['why'])}</span></li>" for one in review)
    return f"<ul>{''.join(items)}</ul>"


def _call(one: Mapping[str, Any]) -> str:
    return f'exercise("{one["exercise"]}")'


def _picture(days: Sequence[tuple[str, float]], most: float) -> str:
    """Draw the points in sum, day by day, as steps."""
    if not days:
        return "<p class='muted'>No points so far.</p>"
    first, last = (date.fromisoformat(days[i][0]) for i in (0, -1))
    span = max((last - first).days, 1)
    top = _round_up(days[-1][1])
    across = [LEFT + (WIDTH - LEFT - 8) * (date.fromisoformat(day) - first).days / span for day, _ in days]
    up = [_height(value, top) for _, value in days]
    path = f"M{LEFT} {_height(0, top):.1f}" + "".join(f"H{x:.1f}V{y:.1f}" for x, y in zip(across, up, strict=True))
    grid = "".join(
        f'<path class="grid" d="M{LEFT} {_height(value, top):.1f}H{WIDTH}"/>'
        f'<text x="{LEFT - 6}" y="{_height(value, top) + 4:.1f}" text-anchor="end">{value:g}</text>'
        for value in (0, top / 2, top)
    )
    ends = f'<text x="{LEFT}" y="{HEIGHT - 2}">{first:%d %b}</text>' + (
        f'<text x="{WIDTH}" y="{HEIGHT - 2}" text-anchor="end">{last:%d %b}</text>' if last > first else ""
    )
    said = f"Points by day: {days[-1][1]:g} on {last:%d %B}, from {first:%d %B} on; {most:g} are possible"
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{said}">{grid}<path class="line" d="{path}"/>'
        f'<circle class="dot" cx="{across[-1]:.1f}" cy="{up[-1]:.1f}" r="3.5"/>{ends}</svg>'
    )


def _round_up(value: float) -> float:
    """Return the next of 4, 10, 20, 40, 100 and so on."""
    unit = 1
    while True:
        for step in (4, 10, 20):
            if value <= step * unit:
                return step * unit
        unit *= 10


def _height(value: float, top: float) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / top


def progress_text(data: Mapping[str, Any]) -> str:
    """Return a learner's progress as text; for the data see `Progress.data`."""
    return printable("\n".join([*(f"{one}." for one in data["problems"]), *_lines(data)]))


def _lines(data: Mapping[str, Any]) -> Iterator[str]:
    if not _is_begun(data):
        yield EMPTY.format(folder=data["folder"])
        return
    yield ", ".join(f"{name.lower()}: {value} {of}".strip() for name, value, of in _numbers(data)).capitalize()
    width = max(len(one["title"]) for one in data["lessons"])
    for one in data["lessons"]:
        bar = "█" * round(BAR * _percent(one) / 100)
        yield f"  {one['title']:{width}}  {bar:·<{BAR}}  {one['points']:g} of {one['most']}"
    if data["mistakes"]:
        yield "Mistakes that came back:"
        yield from (f"  {one['text']} {_often(one['count']).capitalize()}." for one in data["mistakes"])
    if data["weak"]:
        yield "Weak topics: " + ", ".join(one["title"] for one in data["weak"])
    if data["review"]:
        yield "Worth a look next:"
        yield from (f"  {one['exercise']}: {one['why']}" for one in data["review"])
