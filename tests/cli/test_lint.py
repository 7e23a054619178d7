"""`iamlab lint`: statuses, forms, files and folders, fixes, pages."""

import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from iamlab.cli.main import main
from iamlab.lint import all_checks

CLEAN = '{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "s3:DeleteBucket", "Resource": "*"}}'
REDUNDANT = CLEAN.replace('"s3:DeleteBucket"', '["s3:DeleteBucket", "s3:deletebucket"]')
UNKNOWN = CLEAN.replace("DeleteBucket", "DeleteBuckets")
BROKEN = CLEAN[:-1]
PRINCIPAL = CLEAN.replace('"Effect"', '"Principal": "*", "Effect"')
PLURAL = CLEAN.replace('"Action"', '"Actions"')
TRUST = '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "sts:AssumeRole"}}'
BOM = b"\xef\xbb\xbf"


def run(*args: object, input: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["lint", *map(str, args)], input=input)


def found(*args: object, input: str | bytes | None = None) -> list[dict[str, Any]]:
    return json.loads(run(*args, "--format", "json", input=input).stdout)


STATUSES = [
    # text, status, codes
    (CLEAN, 0, []),
    (REDUNDANT, 0, ["redundant-action"]),
    (UNKNOWN, 1, ["unknown-action"]),
    (BROKEN, 2, ["unclosed"]),
    (PRINCIPAL, 2, ["unsupported-principal"]),
    (PLURAL, 2, ["invalid-policy-element"]),
    ("", 2, ["empty-document"]),
]


@pytest.mark.parametrize(
    ("text", "status", "codes"),
    STATUSES,
    ids=["clean", "suggestion", "error", "broken", "other-kind", "other-name", "empty"],
)
@pytest.mark.parametrize("form", ["text", "json", "sarif", "github"])
def test_status(text: str, status: int, codes: list[str], form: str) -> None:
    """0 for nothing but suggestions, 1 for findings, 2 for what is no policy, in every form; each names the codes."""
    result = run("-", "--format", form, input=text)
    assert result.exit_code == status
    assert all(code in result.stdout for code in codes)


def test_json_fields() -> None:
    """Exactly the fields that scripts stand on, with the fix as an edit; the end is one past the last character."""
    (finding,) = found("-", input=UNKNOWN)
    column = UNKNOWN.index('"s3:') + 1
    place = {"line": 1, "column": column, "end_line": 1, "end_column": column + len('"s3:DeleteBuckets"')}
    assert list(finding) == ["file", "code", "class", *place, "message", "help", "fix", "reference"]
    assert finding | place == finding
    assert (finding["file"], finding["code"], finding["class"]) == ("-", "unknown-action", "error")
    assert finding["fix"] == {
        "title": "Write `s3:DeleteBucket`",
        **place,
        "text": '"s3:DeleteBucket"',
        "changes_access": True,
    }


def test_columns_are_code_points() -> None:
    """A character outside the first plane is one column, in every form."""
    text = (
        PRINCIPAL.replace('"Principal"', '"Sid": "😀", "Principal"')
        .replace("Buckets", "Bucket")
        .replace("Deny", "deny")
    )
    asked = ("-", "--kind", "resource")
    (finding,) = found(*asked, input=text.encode())
    assert finding["column"] == text.index('"deny"') + 1
    (sarif,) = json.loads(run(*asked, "--format", "sarif", input=text.encode()).stdout)["runs"]
    region = sarif["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert (sarif["columnKind"], region["startColumn"]) == ("unicodeCodePoints", finding["column"])


def test_broken_documents_give_their_problems() -> None:
    """What cannot be read gives its problems in the same form, of the class error."""
    (finding,) = found("-", input=BROKEN)
    assert (finding["class"], finding["line"]) == ("error", 1)


def test_text() -> None:
    """Place, code and class, the line, what would be right, the fix; then the count."""
    lines = run("-", input=UNKNOWN).stdout.splitlines()
    column = UNKNOWN.index('"s3:') + 1
    assert lines[0].startswith(f"-:1:{column}: unknown-action (error): Amazon S3 has no action")
    assert lines[2].strip("| ") == "^" * len('"s3:DeleteBuckets"')
    assert lines[-2:] == ["Fix: Write `s3:DeleteBucket` (changes access).", "1 error in 1 file."]
    assert run("-", input=CLEAN).output == "No findings in 1 file.\n"


def test_github_escapes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file's name and a message end no command early."""
    monkeypatch.chdir(tmp_path)
    path = Path("a,b:c%.json")
    path.write_text(UNKNOWN.replace("s3:Delete", "s3:\\nDelete"), encoding="utf-8")
    (line, *more) = run(path, "--format", "github").stdout.splitlines()
    assert line.startswith("::error file=a%2Cb%3Ac%25.json,line=1,col=")
    assert ",title=invalid-action (error)::" in line
    assert all(one.startswith("::error file=") for one in more)


def test_kind_is_perhaps_another() -> None:
    """A `Principal` with no kind given: the help names the kind that is perhaps meant; a kind that was given stands."""
    assert "--kind resource" in found("-", input=PRINCIPAL)[0]["help"]
    (principal,) = [one for one in found("-", input=TRUST) if one["code"] == "unsupported-principal"]
    assert "--kind trust" in principal["help"]
    assert "--kind" not in found("-", "--kind", "identity", input=PRINCIPAL)[0]["help"]
    assert run("-", "--kind", "trust", input=TRUST).exit_code in (0, 1)


def test_files_and_folders(tmp_path: Path) -> None:
    """A folder is every .json file in it, hidden ones apart, in the order of their names."""
    for name, text in {
        "b/x.json": UNKNOWN,
        "a.json": CLEAN,
        "c.json": UNKNOWN,
        ".hidden/y.json": UNKNOWN,
        "d.txt": "",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert [one["file"] for one in found(tmp_path)] == [str(tmp_path / "b/x.json"), str(tmp_path / "c.json")]
    assert run(tmp_path, tmp_path / "a.json").stdout.endswith("2 errors in 4 files.\n")


UNOPENED = {
    "missing.json": ("unreadable-file", "No such file or directory"),
    "latin.json": ("not-utf-8", "is not text in UTF-8"),
    "empty": ("no-policies", "holds no .json files"),
    "nul\0.json": ("unreadable-file", "could not be read"),
}


@pytest.mark.parametrize("name", UNOPENED, ids=ascii)
def test_what_cannot_be_opened(tmp_path: Path, name: str) -> None:
    """It is said, the status is 2, and the other files are checked all the same."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "latin.json").write_bytes(b'{"Id": "\xe9"}')
    (tmp_path / "good.json").write_text(UNKNOWN, encoding="utf-8")
    code, words = UNOPENED[name]
    asked = (tmp_path / name, tmp_path / "good.json")
    result = run(*asked)
    assert (result.exit_code, words in result.stderr) == (2, True)
    assert "1 error in 1 file." in result.stdout
    assert [one["code"] for one in found(*asked)] == [code, "unknown-action"]
    (notes,) = json.loads(run(*asked, "--format", "sarif").stdout)["runs"][0]["invocations"]
    assert (notes["executionSuccessful"], len(notes["toolExecutionNotifications"])) == (False, 1)


def test_terminals_are_safe() -> None:
    """Control characters of a policy reach no terminal."""
    assert "\x1b" not in run("-", input=UNKNOWN.replace("Buckets", "\x1b[31m")).stdout


def test_fix(tmp_path: Path) -> None:
    """What changes no access is mended and said, byte order mark, line ends and rights kept; the rest stays."""
    path, link = tmp_path / "p.json", tmp_path / "link.json"
    text = REDUNDANT.replace("{", "{\r\n").replace('"]', '", "s3:GetObjects"]')
    path.write_bytes(BOM + text.encode())
    path.chmod(0o640)
    link.symlink_to(path)
    result = run(link, "--fix")
    assert result.exit_code == 1
    assert "mended redundant-action: Remove `s3:deletebucket`." in result.stderr
    assert path.read_bytes() == BOM + text.replace(', "s3:deletebucket"', "").encode()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert link.is_symlink()
    assert "unknown-action" in result.stdout
    assert "mended" not in run(link, "--fix").stderr


@pytest.mark.parametrize("text", [BROKEN, UNKNOWN, CLEAN], ids=["broken", "changes-access", "clean"])
def test_fix_leaves_alone(tmp_path: Path, text: str) -> None:
    """A file that is no policy yet, one whose fixes change access, and a clean one are not written."""
    path = tmp_path / "p.json"
    path.write_text(text, encoding="utf-8")
    os.utime(path, (1, 1))
    run(path, "--fix")
    assert path.stat().st_mtime == 1


def test_fix_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is said, the file is as it was, and the findings stand."""
    path = tmp_path / "p.json"
    path.write_text(REDUNDANT, encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("iamlab.cli.documents.put", full)
    result = run(path, "--fix")
    assert "could not be written: the disk is full. It is as it was." in result.stderr
    assert path.read_text(encoding="utf-8") == REDUNDANT
    assert "redundant-action" in result.stdout
    assert run("-", "--fix", input=CLEAN).exit_code == 2


def test_pages() -> None:
    """`--list` names every check under its class, `--explain` shows one's page, or the near codes."""
    listed = run("--list").stdout
    assert [line.strip() for line in listed.splitlines() if line.startswith("  ") and line[2] != " "] == sorted(
        (check.code for check in all_checks()), key=lambda code: listed.index(f"  {code}\n")
    )
    assert run("--explain", "missing-comma").stdout.startswith("# missing-comma\n\nA comma is missing")
    result = run("--explain", "missing-coma")
    assert (result.exit_code, "Perhaps `missing-comma`" in result.stderr) == (2, True)
    assert "pass-role-and-run" in run("--explain", "pass-role").stderr
    assert run().exit_code == 2
