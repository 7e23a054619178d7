"""What a check is, and the register in which each enters itself.

A check is one module in `checks/`: a function that looks at a policy and yields findings, and whose docstring is its
page. What is found while a document is read (`iamlab.policy`) has its page in `reading/`, in the same way. The
decorator is the only registration.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from iamlab.lint.subject import Subject
from iamlab.policy import Fix, Span
from iamlab.policy.kinds import KINDS
from iamlab.policy.problem import ERROR

__all__ = ["CHECKS", "Check", "Finding", "check", "all_checks", "reading"]

ADDRESS = re.compile(r"https://\S+")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check found: where, and in whole sentences what and what would be right."""

    at: Span
    message: str
    help: str = ""
    fix: Fix | None = None


Find = Callable[[Subject], Iterable[Finding]]
Page = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Check:
    """A check: its code, the class of its findings, the kinds of policy that it looks at, and its page."""

    code: str
    severity: str
    kinds: frozenset[str]
    find: Find
    page: str
    is_reading: bool = False
    """Whether reading makes its finding: such a document is no policy yet, and `find` finds nothing."""

    @property
    def title(self) -> str:
        """The page's first sentence."""
        return self.page.partition("\n")[0]

    @property
    def reference(self) -> str:
        """The first address that the page names; empty where it names none."""
        address = ADDRESS.search(self.page)
        return address.group().rstrip(").,") if address else ""

    def section(self, heading: str) -> str:
        """The text under a heading of the page, "Why it matters" for one; empty where the page has none."""
        _, _, rest = self.page.partition(f"\n## {heading}\n")
        return rest.partition("\n## ")[0].strip()


CHECKS: dict[str, Check] = {}
"""Every check that was loaded, by its code; `checks` loads all."""


def check(code: str, severity: str, kinds: Iterable[str] = KINDS) -> Callable[[Find], Find]:
    """Enter a function as a check.

    Args:
        code: Access Analyzer's name in kebab case, where it has one; otherwise what is found, not the cure.
        severity: one of `SEVERITIES`.
        kinds: the kinds of policy that it looks at.
    """

    def enter(find: Find) -> Find:
        CHECKS[code] = Check(code, severity, frozenset(kinds), find, inspect.getdoc(find) or "")
        return find

    return enter


def reading(code: str, kinds: Iterable[str] = KINDS) -> Callable[[Page], Page]:
    """Enter the page of a finding that is made while a document is read, by `iamlab.policy`.

    The function does nothing but hold the page: what cannot be read never comes to the checks. The page's *Example*
    yields the code all the same, by `lint`. All such findings are of the class error.
    """

    def enter(page: Page) -> Page:
        CHECKS[code] = Check(code, ERROR, frozenset(kinds), _nothing, inspect.getdoc(page) or "", is_reading=True)
        return page

    return enter


def _nothing(subject: Subject) -> Iterable[Finding]:
    return ()


@cache
def all_checks() -> tuple[Check, ...]:
    """Return all checks, by code."""
    for name in ("iamlab.lint.checks", "iamlab.lint.reading"):
        package = importlib.import_module(name)
        for module in _modules(package.__path__):
            importlib.import_module(f"{name}.{module}")
    return tuple(CHECKS[code] for code in sorted(CHECKS))


def _modules(path: Iterable[str]) -> Iterator[str]:
    return (module.name for module in pkgutil.iter_modules(path))
