"""What lint found as SARIF 2.1.0, the form in which GitHub's code scanning and editors read findings.

Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html. Lines and columns count from 1, columns in
code points, and a region's end column is one past its last character: as everywhere in the kit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import quote

from iamlab import __version__
from iamlab.lint import Check, all_checks
from iamlab.policy import Problem, Source, Span
from iamlab.policy.problem import ERROR, SECURITY_WARNING, SUGGESTION, WARNING, Fix
from iamlab.reporting.lint import Linted

__all__ = ["sarif"]

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {ERROR: "error", SECURITY_WARNING: "warning", WARNING: "warning", SUGGESTION: "note"}
"""SARIF's level for each class: it knows three, so each rule and result names its class as well."""

Data = dict[str, Any]


def sarif(documents: Sequence[Linted]) -> Data:
    """Return documents' findings as a SARIF log of one run.

    A file that could not be opened is no finding in a policy: it is a notification of the run.
    """
    opened = [one for one in documents if one.opened]
    codes = sorted({problem.code for one in opened for problem in one.problems})
    ranks = {code: rank for rank, code in enumerate(codes)}
    notes = [_notification(one) for one in documents if not one.opened]
    run = {
        "tool": {"driver": {"name": "iamlab", "version": __version__, "rules": _rules(codes)}},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": not notes, "toolExecutionNotifications": notes}],
        "results": [_result(problem, one.source, ranks) for one in opened for problem in one.problems],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _notification(document: Linted) -> Data:
    text = " ".join(problem.message for problem in document.problems)
    location = {"physicalLocation": {"artifactLocation": _artifact(document.source)}}
    return {"level": "error", "message": {"text": text}, "locations": [location]}


def _rules(codes: Iterable[str]) -> list[Data]:
    checks = {check.code: check for check in all_checks()}
    return [_rule(checks[code]) if code in checks else {"id": code} for code in codes]


def _rule(check: Check) -> Data:
    body = check.page.partition("\n")[2].strip()
    rule: Data = {
        "id": check.code,
        "shortDescription": {"text": check.title},
        "fullDescription": {"text": check.section("What it finds").replace("\n", " ") or check.title},
        "help": {"text": body, "markdown": body},
        "defaultConfiguration": {"level": LEVELS[check.severity]},
        "properties": {"class": check.severity, "tags": ["security"] if check.severity == SECURITY_WARNING else []},
    }
    return {**rule, "helpUri": check.reference} if check.reference else rule


def _result(problem: Problem, source: Source, ranks: dict[str, int]) -> Data:
    result: Data = {
        "ruleId": problem.code,
        "ruleIndex": ranks[problem.code],
        "level": LEVELS[problem.severity],
        "message": {"text": f"{problem.message} {problem.help}".strip()},
        "locations": [
            {"physicalLocation": {"artifactLocation": _artifact(source), "region": _region(problem.span, source)}}
        ],
        "properties": {"class": problem.severity},
    }
    return {**result, "fixes": [_fix(problem.fix, source)]} if problem.fix else result


def _fix(fix: Fix, source: Source) -> Data:
    replacement = {"deletedRegion": _region(fix.span, source), "insertedContent": {"text": fix.text}}
    return {
        "description": {"text": fix.title},
        "artifactChanges": [{"artifactLocation": _artifact(source), "replacements": [replacement]}],
        "properties": {"changesAccess": fix.changes_access},
    }


def _region(span: Span, source: Source) -> Data:
    names = {"line": "startLine", "column": "startColumn", "end_line": "endLine", "end_column": "endColumn"}
    return {names[name]: value for name, value in asdict(source.place(span)).items()}


def _artifact(source: Source) -> Data:
    path = Path(source.name)
    return {"uri": path.as_uri() if path.is_absolute() else quote(path.as_posix())}
