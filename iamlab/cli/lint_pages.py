"""`iamlab lint --list` and `--explain`: the checks and their pages."""

from __future__ import annotations

import sys

import click

from iamlab.lint import Check, all_checks
from iamlab.lint.pages import CLASSES, pages
from iamlab.policy.names import near_names, or_list
from iamlab.policy.problem import SEVERITIES

__all__ = ["explain_check", "list_checks"]


def list_checks(ctx: click.Context, _parameter: click.Parameter, asked: bool) -> None:
    """Show every check with its page's first sentence, the gravest class first; then end."""
    if not asked or ctx.resilient_parsing:
        return
    for severity in SEVERITIES:
        title, meaning = CLASSES[severity]
        click.echo(f"{title}: {meaning}")
        for check in _of_class(severity):
            click.echo(f"  {check.code}\n      {check.title}")
    ctx.exit()


def explain_check(ctx: click.Context, _parameter: click.Parameter, code: str | None) -> None:
    """Show a check's page, set for the terminal where there is one; then end."""
    if code is None or ctx.resilient_parsing:
        return
    page = pages().get(f"{code}.md") if code != "README" else None
    if page is None:
        near = _near(code)
        close = f"Perhaps {or_list(near)} is meant." if near else "`iamlab lint --list` lists them."
        raise click.UsageError(f"There is no check `{code}`. {close}", ctx)
    if sys.stdout.isatty():
        from rich.console import Console
        from rich.markdown import Markdown

        Console(width=min(Console().width, 100)).print(Markdown(page))
    else:
        click.echo(page, nl=False)
    ctx.exit()


def _of_class(severity: str) -> list[Check]:
    return [check for check in all_checks() if check.severity == severity]


def _near(code: str) -> list[str]:
    """Codes that hold what was written, else codes that are like it."""
    codes = [check.code for check in all_checks()]
    return [one for one in codes if code.lower() in one][:3] or near_names(code, codes)
