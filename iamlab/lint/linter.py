"""Runs the checks over a policy."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Check, all_checks
from iamlab.lint.reading_names import renamed
from iamlab.lint.subject import Subject
from iamlab.policy import Policy, PolicyError, Problem, parse_policy

__all__ = ["lint"]

FIRST = "too-much-to-check"
"""The check that decides whether the others look at a policy at all."""


def lint(policy: str | Policy, kind: str = "identity") -> tuple[Problem, ...]:
    """Return what is to be said about a policy, in the order of its text.

    Args:
        policy: JSON text, or a parsed policy.
        kind: the kind of policy that a text is.

    A text that cannot be read gives the problems that reading found, of the class error.
    """
    if isinstance(policy, str):
        try:
            policy = parse_policy(policy, kind)
        except PolicyError as error:
            return renamed(error.problems)
    subject, checks = Subject(policy), {check.code: check for check in all_checks() if policy.kind in check.kinds}
    if first := tuple(_problems(checks[FIRST], subject) if FIRST in checks else ()):
        return first
    found = (problem for check in checks.values() for problem in _problems(check, subject))
    return tuple(sorted(found, key=lambda problem: (problem.span, problem.code)))


def _problems(check: Check, subject: Subject) -> Iterator[Problem]:
    for finding in check.find(subject):
        yield Problem(
            check.code, finding.at, finding.message, finding.help, check.reference, finding.fix, check.severity
        )
