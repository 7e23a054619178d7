"""`iamlab compare`: what it prints, and its exit status."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from iamlab.cli.compare import compare

BUCKET = "arn:aws:s3:::ml-training-data-bucket/*"


def policy(action: Any) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": action, "Resource": BUCKET}]}


READ, MORE = policy("s3:GetObject"), policy(["s3:GetObject", "s3:DeleteObject"])
BOUND = {"policies": {"identity": [MORE], "permissions_boundary": policy("s3:Get*")}}


def run(folder: Path, first: Any, second: Any, *options: str) -> Result:
    for name, content in (("a.json", first), ("b.json", second)):
        (folder / name).write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return CliRunner().invoke(compare, [str(folder / "a.json"), str(folder / "b.json"), *options])


CASES: list[tuple[str, Any, Any, str, int]] = [
    ("equal", READ, READ, "equal", 0),
    ("wider", MORE, READ, "wider", 1),
    ("narrower", READ, MORE, "narrower", 1),
    ("overlapping", READ, policy("s3:PutObject"), "overlapping", 1),
    ("scenarios", BOUND, {"policies": {"identity": [READ]}}, "equal", 0),
    ("scenarios that differ", {"policies": {"identity": [MORE]}}, BOUND, "wider", 1),
]


@pytest.mark.parametrize(("first", "second", "relation", "status"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_relation_and_status(tmp_path: Path, first: Any, second: Any, relation: str, status: int) -> None:
    """The relation of the first to the second, and the exit status that goes with it."""
    result = run(tmp_path, first, second, "--format", "json")
    assert json.loads(result.stdout)["relation"] == relation
    assert result.exit_code == status


def test_witnesses_as_json(tmp_path: Path) -> None:
    """A witness is a whole request with both decisions."""
    found = json.loads(run(tmp_path, MORE, READ, "--format", "json").stdout)
    (witness,) = found["only_first"]
    shown = {key: witness[key] for key in ("action", "context", "first", "second")}
    assert shown == {"action": "s3:DeleteObject", "context": {}, "first": "allowed", "second": "implicitDeny"}
    assert witness["resource"].startswith("arn:aws:s3:::ml-training-data-bucket/")
    assert found["only_second"] == []


def test_text_names_statement_and_file(tmp_path: Path) -> None:
    """For people: one sentence, then the request, and which statement decides in which file."""
    text = run(tmp_path, MORE, READ).stdout
    assert "allows more than" in text.splitlines()[0]
    assert "s3:DeleteObject" in text
    assert "a.json:1:" in text


def test_standard_input(tmp_path: Path) -> None:
    """One of the two may be `-`."""
    (tmp_path / "a.json").write_text(json.dumps(READ), encoding="utf-8")
    result = CliRunner().invoke(compare, [str(tmp_path / "a.json"), "-"], input=json.dumps(READ))
    assert result.exit_code == 0


@pytest.mark.parametrize(
    "broken", ["{", '{"Statement": {"Effect": "allow"}}', "[1]", ""], ids=["json", "policy", "list", "empty"]
)
def test_unreadable(tmp_path: Path, broken: str) -> None:
    """What cannot be read ends with status 2 and says where; nothing is compared."""
    result = run(tmp_path, READ, broken)
    assert result.exit_code == 2
    assert "b.json" in result.output
    assert "Traceback" not in result.output


def test_a_missing_file(tmp_path: Path) -> None:
    """A file that is not there ends with status 2."""
    (tmp_path / "a.json").write_text(json.dumps(READ), encoding="utf-8")
    assert CliRunner().invoke(compare, [str(tmp_path / "a.json"), str(tmp_path / "none.json")]).exit_code == 2


def test_a_document_and_a_scenario(tmp_path: Path) -> None:
    """They do not go together."""
    assert run(tmp_path, READ, BOUND).exit_code == 2


def test_kinds_and_plausible_requests(tmp_path: Path) -> None:
    """Documents of other kinds, and requests that AWS does not make left out."""
    trust = [
        {
            "Version": "2012-10-17",
            "Statement": {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": who}},
        }
        for who in ("444455556666", "arn:aws:iam::444455556666:root")
    ]
    assert run(tmp_path, *trust, "--kind", "trust").exit_code == 0
    container = json.loads(json.dumps(READ).replace("/*", ""))
    assert run(tmp_path, container, policy([]), "--plausible").exit_code == 0
