"""A whole explanation as HTML, for notebooks: plain, semantic, and readable without color."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import TYPE_CHECKING, Any

from iamlab.evaluation.explanation import Explanation
from iamlab.evaluation.gathering import Gathered
from iamlab.reporting.changes import NO_CHANGE_HELPS, NOTHING_ELSE
from iamlab.reporting.explanation import explanation_data
from iamlab.reporting.report import report_text, statement_head, verdict
from iamlab.reporting.text import printable
from iamlab.reporting.words import WORDS

if TYPE_CHECKING:
    from iamlab.comparison import Comparison
    from iamlab.reporting.comparison_html import ShownComparison

__all__ = ["Shown", "explanation_html", "show"]


def show(what: Explanation | Gathered | Comparison) -> Shown | ShownComparison:
    """Show why a request was decided so, or how policies compare: as HTML in a notebook, as text elsewhere.

    Args:
        what: what `explain` or `compare` returned, or what `gather` gathered.

    >>> from iamlab import Policies, Request, explain
    >>> request = Request.of("anonymous", "s3:GetObject", "arn:aws:s3:::b/x")
    >>> print(repr(show(explain(request, Policies()))).splitlines()[0])
    Implicit deny
    """
    if isinstance(what, Gathered):
        return Shown(what.explain(), what.origins)
    if isinstance(what, Explanation):
        return Shown(what)
    from iamlab.reporting.comparison import Compared  # which loads the catalogue's names
    from iamlab.reporting.comparison_html import ShownComparison

    return ShownComparison(Compared(what))


class Shown:
    """An explanation that shows itself, in a notebook and in a terminal."""

    def __init__(self, explanation: Explanation, origins: Mapping[str, str] | None = None) -> None:
        self.explanation, self.origins = explanation, origins

    def __repr__(self) -> str:
        return report_text(self.explanation, self.origins)

    def _repr_html_(self) -> str:
        return explanation_html(self.explanation, self.origins)


def explanation_html(explanation: Explanation, origins: Mapping[str, str] | None = None) -> str:
    """Return a whole explanation as HTML.

    Args:
        explanation: the decision with its trace.
        origins: where in a model of accounts each policy stands, by its label.
    """
    data = explanation_data(explanation, origins)
    parts = [*_head(data), *_steps(data["steps"]), *_policies(data["policies"]), *_changes(data)]
    return printable('<section class="iam-explanation">\n' + "\n".join(parts) + "\n</section>")


def marked(text: str) -> str:
    """Return a sentence as HTML: everything escaped, and what stands in backticks as code.

    >>> marked("`<b>` is no tag & no `code`")
    '<code>&lt;b&gt;</code> is no tag &amp; no <code>code</code>'
    """
    return re.sub(r"`([^`]*)`", r"<code>\1</code>", escape(text))


def _head(data: Mapping[str, Any]) -> Iterator[str]:
    asked = data["request"]
    names = (f"<code>{escape(asked[name])}</code>" for name in ("principal", "action", "resource"))
    yield f"<p><strong>{escape(data['word'])}</strong>, decided by {escape(data['step'])}</p>"
    yield "<p>{} asks for {} on {}</p>".format(*names)
    yield f"<p>{marked(data['reason'])}</p>"
    if data["denial"]:
        yield f"<p>AWS says: <q>{escape(data['denial'])}</q></p>"
    if data["note"]:
        yield f"<p>Note: {marked(data['note'])}</p>"


def _steps(steps: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    yield "<h4>Steps</h4>\n<ol>"
    for step in steps:
        note = f" ({step['note']})" if step["note"] else ""
        outcome = f" <strong>{WORDS[step['outcome']]}.</strong>" if step["outcome"] else ""
        answer = (step["answer"] or "not asked").capitalize()
        yield f"<li>{escape(step['name'])}: {escape(step['question'])} {answer}{escape(note)}.{outcome}</li>"
    yield "</ol>"


def _policies(policies: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    yield "<h4>Policies, in the order in which they are asked</h4>"
    for policy in policies:
        where = f", {policy['origin']}" if policy["origin"] else ""
        aside = "" if policy["binds"] else ": does not bind this request"
        yield f"<p>{escape(policy['name'])} (<code>{escape(policy['label'] + where)}</code>){aside}</p>"
        yield "<ul>" if policy["statements"] else "<p>It has no statements.</p>"
        yield from map(_statement, policy["statements"])
        yield from ["</ul>"] if policy["statements"] else []


def _statement(statement: Mapping[str, Any]) -> str:
    """Return a statement with its verdict; its elements unfold."""
    rows = "".join(
        f'<tr><th scope="row">{escape(element["name"])}</th><td>{MATCHES[element["matched"]]}</td>'
        f"<td>{marked(element['text'])}</td></tr>"
        for element in statement["elements"]
    )
    summary = f"<summary>{marked(statement_head(statement))}: {marked(verdict(statement))}</summary>"
    return f"<li><details>{summary}<table>{rows}</table></details></li>"


MATCHES = {True: "matches", False: "does not match", None: "not there"}


def _changes(data: Mapping[str, Any]) -> Iterator[str]:
    if data["decision"] == "allowed":
        return
    yield "<h4>What would have to change</h4>"
    if data["changes"] is None:
        yield f"<p>{NO_CHANGE_HELPS}</p>"
        return
    yield "<ol>"
    for change in data["changes"]:
        statement = f"<pre><code>{escape(change['statement'])}</code></pre>" if change["statement"] else ""
        yield f"<li>{marked(change['text'])}{statement}</li>"
    yield f"</ol>\n<p>{NOTHING_ELSE}</p>"
