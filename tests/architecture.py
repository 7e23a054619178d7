"""Reads the imports of a package tree and says which of them run up the floors.

A floor imports only from those below it. Beside each other stand `comparison` with `lint` and `diagnosis`, which
may build on it, and `sandbox`, which may not.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

FLOORS = {
    "policy": 0,
    "evaluation": 1,
    "aws": 2,
    "comparison": 3,
    "lint": 3,
    "diagnosis": 3,
    "sandbox": 3,
    "reporting": 4,
    "learning": 5,
    "widgets": 6,
    "cli": 7,
}
NEIGHBORS = {("lint", "comparison"), ("diagnosis", "comparison")}
PACKAGE = "iamlab"
ANYONE_MAY_IMPORT = {"iamlab", "iamlab.__version__"}
"""The package itself, which loads nothing. Its other names are the floors', and those are imported from there."""


def violations(root: Path) -> list[str]:
    """Say of each import in the tree under `root` that breaks the order of the floors what it imports, and where."""
    return [
        f"{path.relative_to(root.parent).as_posix()}:{line}: {problem}"
        for path in sorted(root.rglob("*.py"))
        if "node_modules" not in path.parts
        for line, target in imports(path, root)
        if (problem := judged(path.relative_to(root), target))
    ]


def imports(path: Path, root: Path) -> Iterator[tuple[int, str]]:
    """Yield line and full dotted name of each import in a file, also those inside functions."""
    home = [PACKAGE, *path.relative_to(root).parts[:-1]]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = home[: len(home) + 1 - node.level] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names)


def judged(file: Path, target: str) -> str | None:
    """Say what is wrong with an import of `target` in a file of the package; None where it may stand."""
    if target.partition(".")[0] != PACKAGE or len(file.parts) == 1:
        return None  # not ours; or iamlab/__init__.py and its like, which stand above all floors
    here = file.parts[0]
    if here not in FLOORS:
        return f"the folder `{here}` has no floor"
    if target in ANYONE_MAY_IMPORT:
        return None
    there = target.split(".")[1]
    if there not in FLOORS:
        return f"`{target}` is on no floor: import it from its home"
    if here == there or FLOORS[there] < FLOORS[here] or (here, there) in NEIGHBORS:
        return None
    return f"{here} (floor {FLOORS[here]}) imports {there} (floor {FLOORS[there]})"
