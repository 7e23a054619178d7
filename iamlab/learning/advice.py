"""Which misconception a wrong policy shows."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from iamlab.learning.misconceptions import Misconception, misconceptions
from iamlab.learning.result import Feedback
from iamlab.policy import Problem

__all__ = ["advice"]


def advice(problems: Iterable[Problem]) -> Feedback | None:
    """Return the sentence on the first misconception that some problems of a policy show; None where none does."""
    for problem in problems:
        if (known := _by_code().get(problem.code)) is not None:
            return Feedback("misconception", known.say, misconception=known.slug)
    return None


@cache
def _by_code() -> dict[str, Misconception]:
    return {code: one for one in misconceptions().values() for code in one.lint}
