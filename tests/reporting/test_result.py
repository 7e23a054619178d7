"""Results as text and as HTML."""

from iamlab.reporting.result import ShownResult, result_text

RESULT = {
    "exercise": "x",
    "status": "partly",
    "score": 1.5,
    "max_score": 4.0,
    "parts": [
        {"name": "Reads `s3:*`", "holds": True, "points": 1.5, "most": 1.5},
        {"name": "<b>", "holds": False, "points": 0.0, "most": 2.5},
    ],
    "feedback": [
        {"kind": "witness", "text": "Your policy also allows `s3:<x>`.", "place": {"line": 2, "column": 3}},
        {"kind": "advice", "text": "Name it."},
    ],
}
VERDICT = {
    "decision": "implicitDeny",
    "word": "Implicit deny",
    "action": "s3:GetObject",
    "resource": "arn:aws:s3:::b/<k>",
    "context": {"aws:SourceIp": "203.0.113.7"},
    "reason": "No statement allows this.",
    "step": "identity-based policies",
    "where": "",
}
SHOWN = ShownResult(
    "T & T", RESULT, "{\n  <a>\n}", {"readable": True, "problems": [], "verdicts": [VERDICT]}, ("Not saved.",)
)


def test_text():
    """Status, points, each part, and each sentence; advice says that it does not count."""
    assert result_text("T & T", RESULT) == (
        "Part of the way: 1.5 of 4 points for T & T\n"
        "  + Reads `s3:*`: 1.5 of 1.5\n"
        "  - <b>: 0 of 2.5\n"
        "Your policy also allows `s3:<x>`.\n"
        "Advice, not counted: Name it."
    )


def test_text_under_an_answer():
    """Below it the places that it speaks of, how requests are decided, and what else happened."""
    assert repr(SHOWN).splitlines()[5:] == [
        "In the answer:",
        "  2 |   <a>",
        "    |   ^",
        "Requests, with this answer:",
        "  – Implicit deny: `s3:GetObject` on `arn:aws:s3:::b/<k>`, where `aws:SourceIp` is `203.0.113.7` (identity-based policies)",
        "Not saved.",
    ]


def test_html():
    """The same as HTML: everything escaped, the place marked, every decision with its word and a sign."""
    html = SHOWN._repr_html_()
    assert "<p><strong>Part of the way</strong>: 1.5 of 4 points for T &amp; T</p>" in html
    assert "<li>✓ Reads <code>s3:*</code>: 1.5 of 1.5</li><li>✕ &lt;b&gt;: 0 of 2.5</li>" in html
    assert "<pre><code>  <mark>&lt;</mark>a&gt;</code></pre>" in html
    assert '<span class="decision-implicitDeny">– Implicit deny</span>' in html
    assert "<p>Not saved.</p>" in html
    assert "<b>" not in html
    assert "<a>" not in html
    assert "<k>" not in html


def test_places_that_are_not_there():
    """A place beyond the text, or far within a long line, is no error."""
    for text, line, column in (("", 1, 1), ("x", 7, 7), ("a" * 10_000, 1, 9_999), ("\t\u202e\0", 1, 3)):
        result = {**RESULT, "feedback": [{"kind": "problem", "text": "x", "place": {"line": line, "column": column}}]}
        shown = ShownResult("T", result, text)
        assert len(repr(shown)) < 2_000
        assert len(shown._repr_html_()) < 3_000
        assert "\u202e" not in repr(shown) + shown._repr_html_()


def test_one_point():
    """One point is no points."""
    assert result_text("T", {**RESULT, "max_score": 1.0}).startswith("Part of the way: 1.5 of 1 point for T\n")
