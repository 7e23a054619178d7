"""The words for decisions, steps and counts, the same wherever they are shown."""

from __future__ import annotations

from collections.abc import Iterable

from iamlab.evaluation.decision import ALLOWED, EXPLICIT_DENY, IMPLICIT_DENY

__all__ = ["COUNTED", "UNDECIDED", "WORDS", "and_list", "code", "count_decisions", "plural"]

UNDECIDED = "undecided"
WORDS = {
    ALLOWED: "Allowed",
    EXPLICIT_DENY: "Explicit deny",
    IMPLICIT_DENY: "Implicit deny",
    UNDECIDED: "Not decided",
}
"""What is shown for each decision; "denied" alone is never said."""

COUNTED = {
    ALLOWED: "allowed",
    IMPLICIT_DENY: "implicitly denied",
    EXPLICIT_DENY: "explicitly denied",
    UNDECIDED: "not decided",
}
LONGEST = 120


def plural(count: int, noun: str) -> str:
    """Return a count with its noun.

    >>> plural(2, "statement"), plural(1, "error")
    ('2 statements', '1 error')
    """
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def count_decisions(decisions: Iterable[str]) -> str:
    """Return how many requests were decided how.

    >>> count_decisions(["allowed", "explicitDeny", "allowed"])
    '2 allowed, 1 explicitly denied'
    """
    listed = list(decisions)
    counts = {word: listed.count(decision) for decision, word in COUNTED.items()}
    return ", ".join(f"{count} {word}" for word, count in counts.items() if count) or "none yet"


def code(text: str) -> str:
    """Return a text as code, between backticks; a long one loses its middle."""
    shown = text.replace("`", "'")
    if len(shown) > LONGEST:
        shown = f"{shown[: LONGEST // 2]}…{shown[-LONGEST // 2 :]}"
    return f"`{shown}`"


def and_list(parts: Iterable[str]) -> str:
    """Return parts joined as in a sentence.

    >>> and_list(["Action", "Resource"])
    'Action and Resource'
    """
    *most, last = parts
    return f"{', '.join(most)} and {last}" if most else last
