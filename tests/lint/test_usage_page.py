"""The page on `iamlab lint` is true: its examples run, and give what stands there."""

import doctest
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from iamlab.cli.main import main

PAGE = Path(__file__).parents[2] / "docs" / "checking-policies.md"
TEXT = PAGE.read_text(encoding="utf-8")
SESSION = re.compile(r"^```console\n\$ iamlab (?P<arguments>.*)\n(?P<output>(?s:.*?))^```$", re.MULTILINE)


def test_sessions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each command of the page, run in turn on its policy, prints what the page shows."""
    monkeypatch.chdir(tmp_path)
    policy = re.search(r"^```json\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    assert policy
    Path("policy.json").write_text(policy[1], encoding="utf-8")
    sessions = list(SESSION.finditer(TEXT))
    assert len(sessions) == 2
    for session in sessions:
        assert CliRunner().invoke(main, session["arguments"].split()).output == session["output"]


def test_python() -> None:
    """The Python examples run."""
    result = doctest.testfile(str(PAGE), module_relative=False)
    assert result.attempted > 3
    assert result.failed == 0
