"""Mends a policy by the fixes of its findings, as far as that changes no access."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from iamlab.lint.linter import lint
from iamlab.policy import Fix, Policy, PolicyError, Problem, parse_policy

__all__ = ["Mended", "mend", "with_fix"]

MOST = 200
"""Fixes in one policy; a fix that made another one due for ever would end here."""


@dataclass(frozen=True, slots=True)
class Mended:
    """A policy's text after its fixes, and the findings that they mended, in the order in which that was done."""

    text: str
    done: tuple[Problem, ...]


def mend(text: str, kind: str = "identity") -> Mended:
    """Apply the fixes that change no access, one after the other, each on what the one before left.

    A text that cannot be read stays as it is: it grants nothing, and what it should grant is its author's to say.

    >>> statement = '{"Effect": "Deny", "Action": ["s3:*", "s3:Get*"], "Resource": "*"}'
    >>> [problem.code for problem in mend('{"Version": "2012-10-17", "Statement": ' + statement + "}").done]
    ['redundant-action']
    """
    done: list[Problem] = []
    seen = {text}
    while len(done) < MOST and (step := next(_steps(text, kind, seen), None)):
        text, problem = step
        seen.add(text)
        done.append(problem)
    return Mended(text, tuple(done))


def with_fix(text: str, fix: Fix) -> str:
    """Return a text after one fix."""
    return text[: fix.span.start] + fix.text + text[fix.span.end :]


def _steps(text: str, kind: str, seen: set[str]) -> Iterator[tuple[str, Problem]]:
    """Yield each text that one fix makes of a policy, if it is a policy too."""
    policy = _read(text, kind)
    for problem in lint(policy) if policy else ():
        if problem.fix is None or problem.fix.changes_access:
            continue
        mended = with_fix(text, problem.fix)
        if mended not in seen and _read(mended, kind):
            yield mended, problem


def _read(text: str, kind: str) -> Policy | None:
    try:
        return parse_policy(text, kind)
    except PolicyError:
        return None
