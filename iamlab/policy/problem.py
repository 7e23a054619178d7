"""`Problem`: the one form of everything that can be wrong with a text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from iamlab.policy.source import Source, Span

__all__ = ["ERROR", "SECURITY_WARNING", "SEVERITIES", "SUGGESTION", "WARNING", "Fix", "PolicyError", "Problem"]

ERROR, SECURITY_WARNING, WARNING, SUGGESTION = "error", "security_warning", "warning", "suggestion"
SEVERITIES = (ERROR, SECURITY_WARNING, WARNING, SUGGESTION)
"""The classes of findings, the gravest first (access-analyzer-policy-validation.html)."""

GUIDE = "https://docs.aws.amazon.com/IAM/latest/UserGuide/"


@dataclass(frozen=True, slots=True)
class Fix:
    """One edit that mends a problem: replace `span` by `text`; `title` says what it does ("Add the comma").

    `changes_access` is true where the mended policy allows other requests than before.
    """

    title: str
    span: Span
    text: str
    changes_access: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, where, and what would be right.

    `message` and `help` are whole sentences with the writer's text in backticks; `reference` is the address of the
    page of AWS's documentation that holds the rule, or empty. `severity` is one of `SEVERITIES`, the classes in which
    IAM Access Analyzer reports.
    """

    code: str
    span: Span
    message: str
    help: str = ""
    reference: str = ""
    fix: Fix | None = None
    severity: str = ERROR


class PolicyError(ValueError):
    """A document that is no policy: every problem that was found, and the text that they are in."""

    def __init__(self, problems: Sequence[Problem], source: Source) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: problem.span))
        self.source = source
        super().__init__(self.problems, source)

    def __str__(self) -> str:
        first = self.problems[0]
        line, column = self.source.position(first.span.start)
        more = f" ({len(self.problems) - 1} more)" if len(self.problems) > 1 else ""
        return f"{self.source.name}:{line}:{column}: {first.message} {first.help}".rstrip() + more
