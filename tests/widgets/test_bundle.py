"""The built code is current, and the lock file names no host."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from iamlab.widgets import bundle

BUILT = ["loader.js", "code.js"]


@pytest.mark.parametrize("name", BUILT)
def test_built_from_these_sources(name: str) -> None:
    """Each built file names the digest of the sources as they are: else `npm run build` in iamlab/widgets is due."""
    built = (bundle.HERE / "static" / name).read_text(encoding="utf-8")
    assert built.startswith(f"/* iamlab, built from {bundle.source_digest()} */\n")


def test_digest_depends_on_every_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A change in any source, or in the lock file, changes the digest."""
    copy = tmp_path / "widgets"
    shutil.copytree(bundle.HERE, copy, ignore=shutil.ignore_patterns("node_modules", "static", "__pycache__"))
    monkeypatch.setattr(bundle, "HERE", copy)
    seen = {bundle.source_digest()}
    for file in [*(copy / "js").iterdir(), *(copy / "css").iterdir(), copy / "package-lock.json", copy / "build.mjs"]:
        file.write_text(file.read_text(encoding="utf-8") + " ", encoding="utf-8")
        seen.add(bundle.source_digest())
    assert len(seen) == 1 + len(list((copy / "js").iterdir())) + len(list((copy / "css").iterdir())) + 2


def test_rebuild_gives_the_same_bytes(tmp_path: Path) -> None:
    """Where Node and the packages are, a build gives what is committed, byte by byte; the digest holds it elsewhere."""
    if shutil.which("node") and (bundle.HERE / "node_modules" / "esbuild").is_dir():
        subprocess.run(["node", "build.mjs", str(tmp_path)], cwd=bundle.HERE, check=True, capture_output=True)
        for name in [*BUILT, "LICENSES.txt"]:
            assert (tmp_path / name).read_bytes() == (bundle.HERE / "static" / name).read_bytes()
    assert all((bundle.HERE / "static" / name).stat().st_size > 500 for name in BUILT)


def test_licenses_travel_along() -> None:
    """Every package in the bundle has its license beside it, in the version that the lock file pins."""
    notices = (bundle.HERE / "static" / "LICENSES.txt").read_text(encoding="utf-8")
    packages = json.loads((bundle.HERE / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    shipped = {path.removeprefix("node_modules/"): one for path, one in packages.items() if path and not one.get("dev")}
    for name, package in shipped.items():
        assert f"\n{name} {package['version']}\n\n" in notices
    assert notices.count("Permission is hereby granted, free of charge") == len(shipped)


def test_texts_never_become_markup() -> None:
    """No source hands a text to the browser as HTML: what a policy or a task holds stays text."""
    for file in (bundle.HERE / "js").iterdir():
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write", file.read_text(encoding="utf-8")
        )


def test_loader_is_small() -> None:
    """Every widget carries the loader, so it is tiny; the code is not in it."""
    assert len(bundle.loader()) < 3_000 < 100_000 < len(bundle.code())


def test_lock_file_names_no_host() -> None:
    """The lock file holds versions and hashes, not where someone fetched them; every package is pinned."""
    lock = (bundle.HERE / "package-lock.json").read_text(encoding="utf-8")
    assert "resolved" not in lock
    assert not re.search(r'"(https?:)?//', lock.replace('"url": "https://', ""))
    package = json.loads((bundle.HERE / "package.json").read_text(encoding="utf-8"))
    pinned = {**package["dependencies"], **package["devDependencies"]}
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in pinned.values())
    assert "codemirror" not in pinned


def test_sources_are_small() -> None:
    """One concept a file, none over 400 lines."""
    for file in [*(bundle.HERE / "js").iterdir(), *(bundle.HERE / "css").iterdir()]:
        assert file.read_text(encoding="utf-8").count("\n") <= 400, file.name


def test_nothing_becomes_markup() -> None:
    """What a policy holds is shown as text: no source uses HTML from a string."""
    for file in (bundle.HERE / "js").iterdir():
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write", file.read_text(encoding="utf-8")
        )
