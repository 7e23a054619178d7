"""The best of several answers to one exercise: what nbgrader's test cells and `iamlab grade` both count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from iamlab.learning.kinds import Kind
from iamlab.learning.result import NOT_ATTEMPTED, STATUSES, Result

__all__ = ["Answer", "Best", "best_answer", "checked", "counting"]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as it was handed in: to which exercise, its text, and where it stood, in words for a reader."""

    exercise: str
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Best:
    """What counts: the result, the answer that got it (None where there was none), and a note on how it was chosen."""

    result: Result
    answer: Answer | None = None
    note: str = ""


def best_answer(kind: Kind, answers: Sequence[Answer]) -> Best:
    """Return the best of some answers to one exercise; of equally good ones the first.

    Args:
        kind: the exercise.
        answers: in the order in which they should count where they are equally good. Those of no other exercise.
    """
    if not answers:
        return Best(kind.check(""))
    results = [(checked(kind, one.text), one) for one in {one.text: one for one in reversed(answers)}.values()]
    result, answer = max(reversed(results), key=lambda found: (found[0].score, -STATUSES.index(found[0].status)))
    attempted = [one for found, one in results if found.status != NOT_ATTEMPTED]
    several = any(not kind.same(one.text, answer.text) for one in attempted)
    note = f"There are different answers; the better one counts: {answer.source}." if several else ""
    return Best(result, answer, note)


def counting(kind: Kind, texts: Sequence[str]) -> list[str]:
    """Return which of several answer cells for one exercise counts, in a list; an empty one where there are none.

    The last that was changed counts, as a run from the top leaves it. Were it the best, somebody could hand in a cell
    for each option of a question.
    """
    changed = [text for text in texts if not kind.untouched(text)]
    return list(changed or texts)[-1:]


def checked(kind: Kind, text: str) -> Result:
    """Check an answer; whatever goes wrong is a result, so that one answer does not stop a class."""
    try:
        return kind.check(text)
    except Exception as error:
        return kind.invalid(f"This answer could not be checked: {type(error).__name__}, {str(error)[:200]}.")
