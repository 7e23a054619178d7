"""`iamlab`: it lists its commands, loads the one that was asked for, and helps with a mistyped name."""

import subprocess
import sys
import time

import pytest
from click.testing import CliRunner

from iamlab.cli.main import COMMANDS, main


class TestMain:
    def test_help_lists_every_command(self):
        """The list is made from the table, without loading a command."""
        result = CliRunner().invoke(main, ["--help"])
        assert result.exit_code == 0
        assert all(f"  {name} " in result.output and place.help in result.output for name, place in COMMANDS.items())

    @pytest.mark.parametrize("name", COMMANDS)
    def test_every_command_loads(self, name):
        """What the table names is there, and has help of its own."""
        result = CliRunner().invoke(main, [name, "--help"])
        assert result.exit_code == 0

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ("lba", "iamlab has no command `lba`. Perhaps `lab` is meant."),
            ("simulator", "iamlab has no command `simulator`. Perhaps `simulate` is meant."),
            ("xyzzy", "iamlab has no command `xyzzy`."),
        ],
    )
    def test_mistyped_command(self, typed, sentence):
        """The nearest name is proposed where one is near."""
        result = CliRunner().invoke(main, [typed])
        assert result.exit_code == 2
        assert result.stderr.endswith(f"Error: {sentence}\n")

    def test_help_is_quick(self):
        """`iamlab --help` answers within 300 ms, Python's own start included."""
        command = [sys.executable, "-m", "iamlab", "--help"]
        assert min(seconds(command) for _ in range(5)) < 0.3


def seconds(command: list[str]) -> float:
    begun = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun
