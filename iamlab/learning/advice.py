"""Which misconception a wrong policy shows."""

from __future__ import annotations

from functools import cache

from iamlab.learning.misconceptions import Misconception, misconceptions
from iamlab.learning.result import Feedback
from iamlab.policy import Policy

__all__ = ["advice"]


def advice(policy: Policy) -> Feedback | None:
    """Return the sentence on the first misconception that lint finds in a policy; None where it finds none."""
    from iamlab.lint import lint

    for problem in lint(policy):
        if (known := _by_code().get(problem.code)) is not None:
            return Feedback("misconception", known.say, misconception=known.slug)
    return None


@cache
def _by_code() -> dict[str, Misconception]:
    return {code: one for one in misconceptions().values() for code in one.lint}
