"""One test for all checks: each check's page says what is so, and its own examples prove it.

A page's *Example* is a policy in which the check finds something, its *Instead* one in which it finds nothing. The
kind of policy is said behind the fence (```json trust); without a word there it is the check's first kind, an
identity-based policy where the check looks at those. A policy that is too long for a page says behind its fence how
often the line with `…` stands in it (```json scp repeat=200), each time with another number in place of `…`.
"""

import re
from pathlib import Path

import pytest

from iamlab.comparison import compare
from iamlab.lint import Check, all_checks, lint
from iamlab.policy import KINDS, Fix, Problem, parse_policy
from iamlab.policy.problem import ERROR, SECURITY_WARNING, SEVERITIES

SECTIONS = ("What it finds", "Why it matters", "Example", "Instead", "When it is fine", "References")
FENCE = re.compile(
    r"^```json(?: (?P<kind>[a-z_]+))?(?: repeat=(?P<times>\d+))?\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
FOLDERS = {"checks": False, "reading": True}
GRAVE = (ERROR, SECURITY_WARNING)

ALL = all_checks()
each = pytest.mark.parametrize("one", ALL, ids=lambda check: check.code)


def sections(check: Check) -> dict[str, str]:
    """A page's sections by their heading."""
    _, *rest = HEADING.split(check.page)
    return dict(zip(rest[::2], rest[1::2], strict=True))


def policies(check: Check, section: str) -> list[tuple[str, str]]:
    """The policies of a section: text and kind."""
    usual = "identity" if "identity" in check.kinds else next(kind for kind in KINDS if kind in check.kinds)
    return [
        (grown(match["text"], int(match["times"] or 0)), match["kind"] or usual)
        for match in FENCE.finditer(sections(check)[section])
    ]


def grown(text: str, times: int) -> str:
    """A text in which the line with `…` stands so often."""
    lines = text.splitlines(keepends=True)
    return "".join(
        line if "…" not in line else "".join(line.replace("…", str(n)) for n in range(times)) for line in lines
    )


def applied(text: str, fix: Fix) -> str:
    """The text with the fix's edit made."""
    return text[: fix.span.start] + fix.text + text[fix.span.end :]


def found(check: Check, text: str, kind: str) -> list[Problem]:
    """What one check finds in a policy."""
    return [problem for problem in lint(text, kind) if problem.code == check.code]


@each
def test_page_has_all_sections(one: Check) -> None:
    """Every page has the same sections in the same order, none of them empty, and a title that is a sentence."""
    assert tuple(sections(one)) == SECTIONS
    assert [heading for heading, text in sections(one).items() if not text.strip()] == []
    assert one.title.endswith(".")
    assert "!" not in re.sub(r"```.*?```|`[^`]*`", "", one.page, flags=re.DOTALL), "no exclamation marks"


@each
def test_page_names_its_sources(one: Check) -> None:
    """Every page ends with addresses of AWS's documentation, or of a service that AWS's page points to."""
    lines = sections(one)["References"].strip().splitlines()
    assert lines
    assert all(re.fullmatch(r"- https://\S+", line) for line in lines)


@each
def test_example_yields_the_code(one: Check) -> None:
    """Each policy under *Example* yields the check's code.

    An error or a security warning of another check may stand beside it only if the page names that one; suggestions and
    warnings may.
    """
    examples = policies(one, "Example")
    assert examples
    for text, kind in examples:
        problems = lint(text, kind)
        assert one.code in {problem.code for problem in problems}
        others = {p.code for p in problems if p.severity in GRAVE and p.code != one.code}
        if one.severity in GRAVE:
            assert [code for code in others if f"`{code}`" not in one.page] == []


@each
def test_instead_is_clean(one: Check) -> None:
    """No policy under *Instead* yields the check's code, nor any error or security warning."""
    better = policies(one, "Instead")
    assert better
    for text, kind in better:
        assert [p.code for p in lint(text, kind) if p.code == one.code or p.severity in GRAVE] == []


@each
def test_fix_mends(one: Check) -> None:
    """A fix, applied, takes this finding away and breaks nothing else: no new error, and the text can be read."""
    for text, kind in policies(one, "Example"):
        before = {problem.code for problem in lint(text, kind)}
        for problem in found(one, text, kind):
            if problem.fix is None:
                continue
            mended = applied(text, problem.fix)
            assert len(found(one, mended, kind)) < len(found(one, text, kind))
            assert {p.code for p in lint(mended, kind) if p.severity == ERROR} <= before


@each
def test_fix_keeps_access(one: Check) -> None:
    """A fix that does not say that it changes access changes none: compared over every request that AWS makes."""
    for text, kind in policies(one, "Example") if not one.is_reading else ():
        for problem in found(one, text, kind):
            if problem.fix and not problem.fix.changes_access:
                mended = parse_policy(applied(text, problem.fix), kind)
                assert compare(parse_policy(text, kind), mended, kind=kind, only_plausible=True).relation == "equal"


@each
def test_findings_are_sentences(one: Check) -> None:
    """Message and help are whole sentences; the place is not empty, and within the text."""
    for text, kind in policies(one, "Example"):
        for problem in found(one, text, kind):
            assert problem.message[-1] in ".…", problem.message
            assert not problem.help or problem.help[-1] in ".:…`", problem.help
            assert 0 <= problem.span.start <= problem.span.end <= len(text)
            assert problem.span.start < problem.span.end or one.is_reading, "an empty place"
            assert problem.severity == one.severity


def test_names() -> None:
    """A check's module has its code as its name, its kinds and class are known, and no two say the same title."""
    home = Path(__file__).parents[2] / "iamlab" / "lint"
    folders = {is_reading: {file.stem for file in (home / name).glob("*.py")} for name, is_reading in FOLDERS.items()}
    for one in ALL:
        assert one.code.replace("-", "_") in folders[one.is_reading], one.code
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", one.code)
        assert one.severity in SEVERITIES
        assert one.kinds <= set(KINDS)
        assert one.kinds
    titles = [one.title for one in ALL]
    assert [title for title in set(titles) if titles.count(title) > 1] == []


def test_there_are_many() -> None:
    """There are at least sixty checks."""
    assert len(ALL) >= 60
