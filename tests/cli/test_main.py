"""`iamlab`: it lists its commands, loads the one that was asked for, and helps with a mistyped name."""

import signal
import subprocess
import sys
import time

import pytest
from click.testing import CliRunner

from iamlab.cli.main import COMMANDS, main

RUN = [sys.executable, "-m", "iamlab", "simulate", "-", "--format", "jsonl"]
LINE = '{"principal": "anonymous", "action": "s3:GetObject", "resource": "arn:aws:s3:::ml-data/x"}\n'


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

    def test_full_disk_is_one_sentence(self):
        """What cannot be written ends in a sentence and status 2, not in a traceback."""
        with open("/dev/full", "w") as full:  # noqa: PTH123
            done = subprocess.run(RUN, input=LINE, stdout=full, stderr=subprocess.PIPE, text=True)
        assert (done.returncode, done.stderr) == (2, "Error: No space left on device\n")

    def test_interrupted(self):
        """Ctrl-C has a status of its own, as with other commands: 1 says that an `expect` is not met."""
        with subprocess.Popen(
            RUN, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as run:
            run.stdin.write(LINE)
            run.stdin.flush()
            assert run.stdout.readline().startswith("{")
            run.send_signal(signal.SIGINT)
            assert run.wait(10) == 130
            assert "Traceback" not in run.stderr.read()

    def test_help_is_quick(self):
        """`iamlab --help` answers within 300 ms, Python's own start included."""
        command = [sys.executable, "-m", "iamlab", "--help"]
        assert min(seconds(command) for _ in range(5)) < 0.3


def seconds(command: list[str]) -> float:
    begun = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun
