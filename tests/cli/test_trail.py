"""`iamlab trail`: refusals and the smallest policy from CloudTrail's records."""

import gzip
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from iamlab.cli.main import main
from tests.diagnosis.records import READ, REFUSED, ROLE, TRAIN

PRESENT = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*Object", "Resource": "*"}]}


def run(*args: object) -> Result:
    return CliRunner().invoke(main, ["trail", *map(str, args)])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of records, packed as AWS packs them."""
    content = json.dumps({"Records": [READ, TRAIN, REFUSED]}).encode()
    (tmp_path / "trail").mkdir()
    (tmp_path / "trail" / "a.json.gz").write_bytes(gzip.compress(content))
    return tmp_path / "trail"


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    """The policy that is attached now."""
    path = tmp_path / "policy.json"
    path.write_text(json.dumps(PRESENT), encoding="utf-8")
    return path


def test_json(folder: Path, policy: Path) -> None:
    """Refusals and the smallest policy as data, with what it takes away."""
    result = run(folder, "--policy", policy, "--principal", ROLE, "--format", "json")
    assert result.exit_code == 0
    data = json.loads(result.stdout)
    (refusal,) = data["denials"]
    assert (refusal["action"], refusal["step"], refusal["times"]) == ("s3:PutObject", "permissions boundary", 1)
    smallest = data["smallest"]
    assert smallest["relation"] == "overlapping"
    assert smallest["takes_away"][0]["action"].startswith("s3:")
    assert smallest["unexplained"] == 3
    assert len(smallest["policy"]["Statement"]) == 3


def test_text(folder: Path, policy: Path) -> None:
    """The same for people."""
    text = run(folder, "--policy", policy).stdout
    assert "1 time: arn:aws:sts::111122223333:assumed-role/TrainingRole/job asks for s3:PutObject" in text
    assert "Refused by permissions boundary" in text
    assert "The smallest policy that allows the 4 requests that succeeded:" in text
    assert "Each allows what the other does not:" in text
    assert "No request was refused." in run_on(folder, [READ])


def run_on(folder: Path, records: list[dict[str, object]]) -> str:
    path = folder / "b.json"
    path.write_text(json.dumps(records), encoding="utf-8")
    return run(path).stdout


def test_a_bad_file_beside_good_ones(folder: Path) -> None:
    """What could be read is shown, what could not is named, and the status says so."""
    (folder / "bad.json").write_text("{", encoding="utf-8")
    result = run(folder)
    assert result.exit_code == 2
    assert "bad.json` is no JSON" in result.stderr
    assert "s3:PutObject" in result.stdout


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["no.json"], "could not be read"),
        (["{folder}", "--policy", "no.json"], "`no.json` could not be read"),
        (["{folder}", "--policy", "{bad}"], "unclosed"),
    ],
    ids=["no trail", "no policy", "bad policy"],
)
def test_unreadable(args: list[str], says: str, folder: Path, tmp_path: Path) -> None:
    """2 with a sentence, and nothing else, where nothing can be shown."""
    (tmp_path / "bad").write_text("{", encoding="utf-8")
    result = run(*(arg.format(folder=folder, bad=tmp_path / "bad") for arg in args))
    assert (result.exit_code, result.stdout) == (2, "")
    assert says in result.stderr
