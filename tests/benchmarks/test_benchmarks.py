"""The runner of `make bench`, and the growth that must hold on any machine."""

import json

import pytest

from tests.benchmarks.__main__ import main
from tests.benchmarks.registry import BENCHMARKS, Figure, benchmark, load_benchmarks


@pytest.fixture
def measured(monkeypatch):
    """The runner with one benchmark of known figures."""
    monkeypatch.setattr("tests.benchmarks.__main__.load_benchmarks", lambda: {"known": known})


def known():
    yield Figure("read", 3.0, "ms", "json.loads", 1.5)


def test_json_holds_each_figure_and_its_ratio(measured, capsys):
    """`make bench ARGS=--json` says the same as the table."""
    main(["--json"])
    report = json.loads(capsys.readouterr().out)
    assert report["figures"] == [
        {"name": "read", "value": 3.0, "unit": "ms", "base": "json.loads", "base_value": 1.5, "ratio": 2.0}
    ]


def test_table_names_what_was_measured(measured, capsys):
    """A person sees what, beside what, and the ratio."""
    main([])
    row = next(line for line in capsys.readouterr().out.splitlines() if "json.loads" in line)
    assert [cell.strip() for cell in row.strip("│").split("│")] == ["read", "3 ms", "json.loads", "1.5 ms", "2.00"]


def test_unknown_name_is_refused(measured, capsys):
    """A mistyped benchmark measures nothing."""
    with pytest.raises(SystemExit):
        main(["nothing"])
    assert "no benchmark is named nothing" in capsys.readouterr().err


def test_every_benchmark_is_found():
    """Parsing and deciding among them."""
    assert {"parse", "decide_request"} <= set(load_benchmarks())


def test_a_benchmark_enters_itself(monkeypatch):
    """Its function's name is its name."""
    monkeypatch.setattr("tests.benchmarks.registry.BENCHMARKS", entered := {})
    assert benchmark(known) is known
    assert entered == {"known": known}
    assert "known" not in BENCHMARKS


@pytest.mark.slow
def test_deciding_grows_with_the_policy_and_no_faster():
    """Ten times the statements take about ten times as long: far from the hundred of a quadratic search."""
    ratios = [figure.ratio for figure in load_benchmarks()["decide_request"]() if figure.name.startswith("decide ")]
    assert len(ratios) == 2
    assert max(ratios) < 25
