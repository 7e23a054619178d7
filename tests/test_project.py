"""The files around the package: what they promise is so, and what two of them say, they say alike."""

import importlib.util
import re
import shutil
import stat
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ENVIRONMENT = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
PROSE = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")

Bounds = dict[str, SpecifierSet]


def bounds(requirements: Iterable[str]) -> Bounds:
    """Package → versions, whether written as pip (`a>=1`) or as conda (`a >=1`) does."""
    read = (Requirement(text) for text in requirements)
    return {canonicalize_name(package.name): package.specifier for package in read}


class TestEnvironment:
    def test_conda_and_pip_install_the_same(self):
        """environment.yml names the packages of pyproject.toml, within the same bounds, and the project itself."""
        listed = ENVIRONMENT["dependencies"]
        (from_pip,) = (entry["pip"] for entry in listed if isinstance(entry, dict))
        assert from_pip[-1] == "--editable ."
        conda = bounds(entry for entry in listed if isinstance(entry, str) and entry != "pip")
        assert conda.pop("python") == SpecifierSet(PROJECT["requires-python"])
        assert conda | bounds(from_pip[:-1]) == bounds(PROJECT["dependencies"])

    def test_only_conda_forge(self):
        """All else comes from one channel."""
        assert ENVIRONMENT["channels"] == ["conda-forge"]

    def test_dev_holds_every_extra(self):
        """`pip install iamlab[dev]` brings all."""
        extras = PROJECT["optional-dependencies"]
        assert set(Requirement(extras["dev"][0]).extras) == set(extras) - {"dev"}

    def test_bounds_are_met_here(self):
        """What is tested is what is promised: the installed packages lie within the bounds."""
        wanted = bounds(PROJECT["dependencies"])
        assert [name for name in wanted if not wanted[name].contains(importlib.metadata.version(name))] == []


def fenced(language: str) -> list[str]:
    """The README's blocks of one language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


class TestReadme:
    def test_python_example(self):
        """Each example, the first of three lines, prints what stands below it."""
        examples, outputs = fenced("python"), fenced("text")
        assert examples[0].count("\n") == 3
        for example, output in zip(examples, outputs, strict=True):
            result = subprocess.run([sys.executable, "-c", example], capture_output=True, text=True, check=True)
            assert result.stdout == output

    def test_simulate_example(self, tmp_path):
        """The scenario, simulated, prints what stands below it."""
        (scenario,) = fenced("json")
        (tmp_path / "training.json").write_text(scenario)
        (session,) = (block for block in fenced("console") if block.startswith("$ "))
        command, _, output = session.removeprefix("$ iamlab ").partition("\n")
        result = subprocess.run(
            [sys.executable, "-m", "iamlab", *command.split()], cwd=tmp_path, capture_output=True, text=True, check=True
        )
        assert result.stdout == output

    def test_begins_with_two_sentences(self):
        """What it is, before anything else."""
        said = README.split("\n\n")[1]
        assert len(re.findall(r"\.(?:\s|$)", said)) == 2

    @pytest.mark.parametrize("file", PROSE)
    def test_links_and_pictures_are_there(self, file):
        """Every relative link leads to something."""
        targets = re.findall(r"\]\((?!https?:)([^)#]+)\)", (ROOT / file).read_text(encoding="utf-8"))
        assert [target for target in targets if not (ROOT / target).exists()] == []

    @pytest.mark.parametrize("file", PROSE)
    def test_named_commands_are_there(self, file):
        """No prose names a `make` target or an `iamlab` command that does not exist."""
        from iamlab.cli.main import COMMANDS

        text = (ROOT / file).read_text(encoding="utf-8")
        targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
        assert set(re.findall(r"(?:`|^)make ([a-z]+)", text, re.MULTILINE)) <= targets
        assert set(re.findall(r"(?:`|^|\$ )iamlab ([a-z]+)", text, re.MULTILINE)) <= set(COMMANDS)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> zipfile.ZipFile:
    """The wheel, as hatchling builds it from the checkout."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (path,) = folder.glob("iamlab-*-py3-none-any.whl")
    return zipfile.ZipFile(path)


@pytest.mark.slow
class TestWheel:
    def test_carries_every_lesson(self, wheel):
        """`iamlab lab` finds there what `make lab` finds in the checkout."""
        lessons = {f"iamlab/_course/notebooks/{path.name}" for path in (ROOT / "notebooks").glob("*.ipynb")}
        carried = {name for name in wheel.namelist() if name.startswith("iamlab/_course/")}
        assert carried
        assert {name for name in carried if name.startswith("iamlab/_course/notebooks/")} == lessons

    def test_carries_the_exercises(self, wheel):
        """Tasks, solutions, the notebooks of both, exam questions, what nbgrader needs; nobody's answers."""
        named = {name.removeprefix("iamlab/_course/") for name in wheel.namelist() if "/_course/" in name}
        wanted = {
            path.relative_to(ROOT).as_posix()
            for folder in ("exercises", "solutions", "questions")
            for pattern in ("*/*.toml", "*/*.ipynb", "*.py")
            for path in (ROOT / folder).glob(pattern)
        }
        assert wanted <= named
        assert "solutions/nbgrader_config.py" in named
        assert [name for name in named if "/answers/" in name] == []

    def test_carries_the_built_javascript_and_no_sources(self, wheel):
        """Nobody needs Node.js to use it."""
        names = wheel.namelist()
        assert {"iamlab/widgets/static/code.js", "iamlab/widgets/static/loader.js"} <= set(names)
        scripts = {name for name in names if name.endswith((".js", ".mjs", ".css")) or "node_modules" in name}
        assert all(name.startswith("iamlab/widgets/static/") for name in scripts)
        assert not any(name.endswith(("package.json", "package-lock.json")) for name in names)

    def test_carries_all_of_the_package(self, wheel):
        """Each Python file and the data beside it; and nothing of the tests."""
        sources = {
            path.relative_to(ROOT).as_posix()
            for pattern in ("*.py", "*.schema.json", "py.typed")
            for path in (ROOT / "iamlab").rglob(pattern)
            if "node_modules" not in path.parts
        }
        assert sources <= set(wheel.namelist())
        assert {name.partition("/")[0].partition("-")[0] for name in wheel.namelist()} == {"iamlab"}

    def test_metadata(self, wheel):
        """License, Python and the command are said."""
        info = next(name for name in wheel.namelist() if name.endswith("/METADATA"))
        metadata = wheel.read(info).decode()
        assert "License-Expression: Apache-2.0" in metadata
        assert "Requires-Python: >=3.11" in metadata
        assert "iamlab = iamlab.cli.main:main" in wheel.read(info.replace("METADATA", "entry_points.txt")).decode()


def python(folder: Path, name: str, version: str, *, modules: bool = True) -> Path:
    """Make a stand-in for a Python: it says its version, and whether it has its venv module."""
    major, minor = version.split(".")
    path = folder / name
    path.write_text(
        f"""#!/bin/sh
case "$2" in
    *print*) echo {version} ;;
    *exit*) [ {major} -gt 3 ] || {{ [ {major} -eq 3 ] && [ {minor} -ge 11 ]; }} ;;
    *venv*) {"true" if modules else "false"} ;;
esac
"""
    )
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def find_python(path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run what `make` runs to find Python, on a machine with nothing but the Pythons in `path`."""
    command = [shutil.which("sh") or "/bin/sh", str(ROOT / ".ci" / "find-python"), *arguments]
    return subprocess.run(command, env={"PATH": str(path)}, capture_output=True, text=True, check=False)


class TestFindingPython:
    """A machine's Python is found, or one sentence says what is missing."""

    def test_first_that_is_new_enough(self, tmp_path):
        """An old `python3` does not hide a newer one."""
        python(tmp_path, "python3", "3.9")
        python(tmp_path, "python3.12", "3.12")
        assert find_python(tmp_path).stdout == "python3.12\n"

    @pytest.mark.parametrize(
        ("versions", "sentence"),
        [
            (
                {},
                "iamlab needs Python 3.11 or newer, and no Python was found: install one from python.org or your system's packages.\n",
            ),
            (
                {"python3": "3.9"},
                "iamlab needs Python 3.11 or newer, and `python3` is 3.9: install a newer one, or name one with make lab PYTHON=/path/to/python3.\n",
            ),
            (
                {"python3": "3.10", "python": "2.7"},
                "iamlab needs Python 3.11 or newer, and `python3` is 3.10, `python` is 2.7: install a newer one, or name one with make lab PYTHON=/path/to/python3.\n",
            ),
        ],
        ids=["none", "old", "two old"],
    )
    def test_wrong_version(self, tmp_path, versions, sentence):
        """One clear sentence, and no traceback."""
        for name, version in versions.items():
            python(tmp_path, name, version)
        result = find_python(tmp_path)
        assert (result.returncode, result.stdout, result.stderr) == (1, "", sentence)

    def test_named_python(self, tmp_path):
        """With PYTHON=… that one is used, and no other is tried."""
        python(tmp_path, "python3", "3.12")
        old = python(tmp_path, "old", "3.8")
        assert find_python(tmp_path, "python3").stdout == "python3\n"
        assert f"`{old}` is 3.8" in find_python(tmp_path, str(old)).stderr
        assert "`missing` does not run" in find_python(tmp_path, "missing").stderr

    def test_python_without_venv(self, tmp_path):
        """Debian packages it apart; the package is named."""
        python(tmp_path, "python3", "3.11", modules=False)
        result = find_python(tmp_path)
        assert result.returncode == 1
        assert result.stderr.count("\n") == 1
        assert "sudo apt install python3.11-venv" in result.stderr

    def test_make_shows_that_sentence(self, tmp_path):
        """`make lab` with an old Python ends with it, and leaves no `.venv`."""
        old = python(tmp_path, "old", "3.8")
        command = ["make", "--silent", "lab", f"PYTHON={old}", f"VENV={tmp_path / 'venv'}"]
        result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert result.returncode == 2
        assert f"iamlab needs Python 3.11 or newer, and `{old}` is 3.8" in result.stderr.splitlines()[0]
        assert not (tmp_path / "venv").exists()


def test_makefile_help_lists_every_target():
    """`make help` and the Makefile agree."""
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    (phony,) = re.findall(r"^\.PHONY: (help .*)$", text, re.MULTILINE)
    shown = subprocess.run(["make", "--silent", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert [line.split()[1] for line in shown.splitlines()] == phony.split()


def test_license_is_whole():
    """The full text of the Apache License 2.0, as its publisher gives it."""
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert text.lstrip().startswith("Apache License\n")
    assert "APPENDIX: How to apply the Apache License to your work." in text
    assert len(text.split()) > 1500
