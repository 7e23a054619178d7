"""SARIF: what a consumer stands on, by the standard's own rules. Checked once by Microsoft's validator as well."""

import json
from pathlib import Path
from typing import Any

import pytest

from iamlab.lint import all_checks, lint
from iamlab.policy import Source, parse_policy
from iamlab.policy.problem import SEVERITIES, PolicyError
from iamlab.reporting.lint import Linted
from iamlab.reporting.sarif import sarif

POLICY = """{
  "Version": "2012-10-17",
  "Statement": [
    {"Effect": "Allow", "Action": ["s3:GetObject", "s3:getobject"], "Resource": "arn:aws:s3:::ml-training-data-bucket"},
    {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*"},
    {"Effect": "Allow", "Action": "s3:GetObjects", "Resource": "*"}
  ]
}"""


def linted(text: str, name: str = "policies/train ing.json") -> Linted:
    source = Source(text, name)
    try:
        return Linted(source, lint(parse_policy(text)))
    except PolicyError as error:
        return Linted(source, error.problems, readable=False)


@pytest.fixture
def run() -> dict[str, Any]:
    """The run of a policy with a finding of every class."""
    document = linted(POLICY)
    assert {problem.severity for problem in document.problems} == set(SEVERITIES)
    log = json.loads(json.dumps(sarif([document, linted("{", "broken.json")])))
    assert (log["version"], log["$schema"].rpartition("/")[2]) == ("2.1.0", "sarif-schema-2.1.0.json")
    (run,) = log["runs"]
    return run


def test_rules(run: dict[str, Any]) -> None:
    """A rule for each code, once, with its page; each result points to its own."""
    rules = run["tool"]["driver"]["rules"]
    codes = [rule["id"] for rule in rules]
    assert codes == sorted(set(codes))
    assert {check.code for check in all_checks()} >= set(codes)
    for rule in rules:
        assert rule["shortDescription"]["text"].endswith(".")
        assert rule["fullDescription"]["text"]
        assert rule["help"]["markdown"].startswith("## What it finds")
        assert rule.get("helpUri", "https://").startswith("https://")
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")
    for result in run["results"]:
        assert codes[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] == rules[result["ruleIndex"]]["defaultConfiguration"]["level"]


def test_levels(run: dict[str, Any]) -> None:
    """SARIF knows three levels for four classes, and the class stands beside it."""
    levels = {result["properties"]["class"]: result["level"] for result in run["results"]}
    assert levels == {"error": "error", "security_warning": "warning", "warning": "warning", "suggestion": "note"}


def test_places(run: dict[str, Any]) -> None:
    """A region is what the finding is about, its end one past; the file is a relative URI."""
    lines = POLICY.splitlines()
    (result,) = [one for one in run["results"] if one["ruleId"] == "unknown-action"]
    (location,) = result["locations"]
    region = location["physicalLocation"]["region"]
    assert lines[region["startLine"] - 1][region["startColumn"] - 1 : region["endColumn"] - 1] == '"s3:GetObjects"'
    assert location["physicalLocation"]["artifactLocation"]["uri"] == "policies/train%20ing.json"


def test_fixes(run: dict[str, Any]) -> None:
    """A fix replaces a region of the same file, and says whether access changes."""
    (result,) = [one for one in run["results"] if one["ruleId"] == "unknown-action"]
    (fix,) = result["fixes"]
    (change,) = fix["artifactChanges"]
    (replacement,) = change["replacements"]
    assert change["artifactLocation"] == result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert replacement["insertedContent"]["text"] == '"s3:GetObject"'
    assert replacement["deletedRegion"] == result["locations"][0]["physicalLocation"]["region"]
    assert fix["properties"]["changesAccess"] is True


def test_absolute_paths(tmp_path: Path) -> None:
    """An absolute path is a file's URI."""
    log = sarif([linted("{", str(tmp_path / "p.json"))])
    place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == (tmp_path / "p.json").as_uri()
