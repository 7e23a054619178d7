"""What reading finds, under the names that findings of lint have."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from iamlab.policy import Problem

__all__ = ["NAMES", "renamed"]

NAMES = {"unknown-element": "invalid-policy-element"}
"""By the name that a problem of reading has everywhere: Access Analyzer's name, where it is another one."""


def renamed(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return problems of reading under the names that lint has for them."""
    return tuple(replace(problem, code=NAMES.get(problem.code, problem.code)) for problem in problems)
