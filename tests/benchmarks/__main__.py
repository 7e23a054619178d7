"""`make bench`: runs every benchmark once, here and now, and prints the figures; with `--json` as JSON.

Names after it run only those: `python -m tests.benchmarks parse fast`.
"""

import argparse
import json
import platform
import sys

from rich.console import Console
from rich.table import Table

from iamlab import __version__
from tests.benchmarks.registry import Figure, load_benchmarks


def main(arguments: list[str] | None = None) -> None:
    """Run the benchmarks that were named, or all."""
    benchmarks = load_benchmarks()
    parser = argparse.ArgumentParser(prog="make bench", description="Measure parsing, deciding and typing.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"any of {', '.join(benchmarks)} (default: all)")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    options = parser.parse_args(arguments)
    if unknown := set(options.names) - set(benchmarks):
        parser.error(f"no benchmark is named {', '.join(sorted(unknown))}")
    figures = [figure for name in options.names or benchmarks for figure in measured(name)]
    show = print_json if options.json else print_table
    show(figures)


def measured(name: str) -> list[Figure]:
    """Run one benchmark; which one is told on standard error, as some take a while."""
    print(f"{name} …", file=sys.stderr)
    return list(load_benchmarks()[name]())


def print_table(figures: list[Figure]) -> None:
    """Print the figures for a person, the ratios last."""
    table = Table("what", "measured", "beside", "measured", "ratio", title=f"iamlab {__version__}, {machine()}")
    for column in (1, 3, 4):
        table.columns[column].justify = "right"
    for figure in figures:
        value, base = (f"{shown(number)} {figure.unit}" for number in (figure.value, figure.base_value))
        table.add_row(figure.name, value, figure.base, base, f"{figure.ratio:,.2f}")
    Console().print(table)


def shown(number: float) -> str:
    """A number with three figures, or all before the point.

    >>> shown(0.012345), shown(1.5), shown(12345.6)
    ('0.0123', '1.5', '12,346')
    """
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"


def print_json(figures: list[Figure]) -> None:
    """Print the same as JSON."""
    rows = [{**figure._asdict(), "ratio": figure.ratio} for figure in figures]
    print(json.dumps({"version": __version__, "machine": machine(), "figures": rows}, indent=2))


def machine() -> str:
    """What the figures were measured on."""
    return f"Python {platform.python_version()}, {platform.system()} {platform.machine()}"


if __name__ == "__main__":
    main()
