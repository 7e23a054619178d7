"""`iamlab lint`: what is wrong with policies, or could be better, and what mends it."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace

import click

from iamlab.aws.catalogue import CatalogueMissing
from iamlab.cli.documents import Document, Unopened, documents, rewrite
from iamlab.cli.lint_pages import explain_check, list_checks
from iamlab.lint import lint as problems_of
from iamlab.lint.mending import mend
from iamlab.lint.reading_names import renamed
from iamlab.policy import KINDS, PolicyError, Problem, Source, Span, parse_policy
from iamlab.policy.problem import SEVERITIES, SUGGESTION
from iamlab.reporting.lint import Linted, finding_data, findings_terminal, findings_text, github_lines, summary
from iamlab.reporting.sarif import sarif
from iamlab.reporting.text import printable

__all__ = ["lint"]

CLEAN, FINDINGS, UNREADABLE = 0, 1, 2
OTHER_KIND = {
    False: "If the policy belongs to a resource, as to a bucket, say so by `--kind resource`.",
    True: "If this is a role's trust policy, say so by `--kind trust`.",
}
"""What is perhaps meant by a `Principal` where no kind was given: by whether the policy is about assuming a role."""


@click.command(short_help="Check policies: what is wrong, where, and what would be right.")
@click.argument("paths", nargs=-1, required=True, metavar="FILE...")
@click.option("--kind", type=click.Choice(list(KINDS)), help="The kind of policy.  [default: identity]")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif", "github"]),
    default="text",
    show_default=True,
    help="text for people; json: a list; sarif: SARIF 2.1.0; github: annotations of GitHub Actions.",
)
@click.option("--fix", is_flag=True, help="Mend the files where that changes no access, and say what was done.")
@click.option("--list", is_flag=True, is_eager=True, expose_value=False, callback=list_checks, help="List the checks.")
@click.option(
    "--explain",
    metavar="CODE",
    is_eager=True,
    expose_value=False,
    callback=explain_check,
    help="Show a check's page: what it finds, why it matters, what would be right.",
)
def lint(paths: tuple[str, ...], kind: str | None, form: str, fix: bool) -> None:
    """Check policies: files, folders (every .json file in them), or `-` for standard input.

    Exits with 0 where nothing was found but suggestions; with 1 where something was; with 2 where a file could not be
    opened, or a document not be read as a policy.
    """
    if fix and "-" in paths:
        raise click.UsageError("`--fix` rewrites files, and standard input is none.")
    try:
        linted = [_linted(document, kind, fix) for path in paths for document in documents(path)]
    except CatalogueMissing as error:
        raise click.ClickException(str(error)) from error
    {"text": _show_text, "json": _show_json, "sarif": _show_sarif, "github": _show_github}[form](linted)
    sys.exit(max(map(_status, linted), default=CLEAN))


def _status(document: Linted) -> int:
    if not document.readable:
        return UNREADABLE
    return FINDINGS if any(problem.severity != SUGGESTION for problem in document.problems) else CLEAN


def _linted(document: Document | Unopened, kind: str | None, fix: bool) -> Linted:
    if isinstance(document, Unopened):
        problem = Problem(document.code, Span(0, 0), document.message)
        return Linted(Source("", document.name), (problem,), readable=False, opened=False)
    if fix:
        document = _mended(document, kind or "identity")
    source = Source(document.text, document.name)
    try:
        policy = parse_policy(document.text, kind or "identity")
    except PolicyError as error:
        return Linted(source, tuple(_hinted(renamed(error.problems), document.text, kind)), readable=False)
    return Linted(source, problems_of(policy))


def _hinted(problems: Sequence[Problem], text: str, kind: str | None) -> Iterator[Problem]:
    """Say where a `Principal` is wrong only because the kind of policy was not told."""
    hint = OTHER_KIND["sts:AssumeRole" in text]
    for problem in problems:
        is_kind = kind is None and problem.code == "unsupported-principal"
        yield replace(problem, help=f"{problem.help} {hint}") if is_kind else problem


def _mended(document: Document, kind: str) -> Document:
    mended = mend(document.text, kind)
    if not mended.done:
        return document
    newer = replace(document, text=mended.text)
    if (failure := rewrite(newer)) is not None:
        click.echo(printable(failure), err=True)
        return document
    for problem in mended.done:
        title = problem.fix.title if problem.fix else ""
        click.echo(printable(f"{document.name}: mended {problem.code}: {title}."), err=True)
    return newer


def _show_text(linted: Sequence[Linted]) -> None:
    """Show every finding, with colors where there is a terminal, and a line that counts them."""
    for document in linted:
        if document.problems:
            _print(document)
    click.echo(summary(linted))
    if found := [problem for one in linted for problem in one.problems if one.opened]:
        gravest = min(found, key=lambda problem: SEVERITIES.index(problem.severity))
        click.echo(f"`iamlab lint --explain {gravest.code}` tells more.", err=True)


def _print(document: Linted) -> None:
    if not document.opened or not sys.stdout.isatty():
        click.echo(findings_text(document), err=not document.opened)
        return
    from rich.console import Console

    Console().print(findings_terminal(document), soft_wrap=True, highlight=False)


def _show_json(linted: Sequence[Linted]) -> None:
    found = [finding_data(problem, one.source) for one in linted for problem in one.problems]
    click.echo(json.dumps(found, ensure_ascii=True, indent=2))


def _show_sarif(linted: Sequence[Linted]) -> None:
    click.echo(json.dumps(sarif(linted), ensure_ascii=True, indent=2))


def _show_github(linted: Sequence[Linted]) -> None:
    for document in linted:
        for line in github_lines(document):
            click.echo(printable(line))
