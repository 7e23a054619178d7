"""`iamlab simulate`: files, streams, results and exit statuses."""

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from iamlab.cli.simulate import MAX_LINE, simulate
from tests.evaluation.tables import tables

SCENARIO: dict[str, Any] = {
    "id": "train-1",
    "principal": "arn:aws:iam::111122223333:role/TrainingRole",
    "action": "s3:GetObject",
    "resource": "arn:aws:s3:::b/x",
    "policies": {"identity": [{"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}]},
    "expect": "allowed",
}


def run(*args: str, input: str | bytes | None = None) -> Result:
    return CliRunner().invoke(simulate, list(args), input=input)


def lines(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.mark.parametrize("table", tables(), ids=lambda table: table.stem)
def test_tables_of_cases_are_scenario_files(table: Path) -> None:
    """Every table of the tests runs by the command line, and all is as expected."""
    result = run(str(table))
    assert result.exit_code == 0
    assert "no" not in result.stdout.split()


def test_a_stream_goes_on_after_bad_lines() -> None:
    """One result a line, in order; a bad line gives an error line; the status tells that something was unreadable."""
    good = json.dumps(SCENARIO)
    long = json.dumps(SCENARIO | {"why": "x" * MAX_LINE})
    content = "\n".join([good, "{", "", long, '{"id": "y"}', good]).encode() + b"\n\xff\xfe\n" + good.encode()
    result = run("-", "--format", "jsonl", input=content)
    codes = [line.get("error", {}).get("code") for line in lines(result)]
    assert codes == [None, "unclosed", "line-too-long", "missing-field", None, "not-utf-8", None]
    assert result.exit_code == 2


def test_a_bad_line_is_told_with_its_file_and_number(tmp_path: Path) -> None:
    """An error says in which file and which of its lines it was read; standard input has lines only."""
    path = tmp_path / "many.jsonl"
    path.write_text(f"{json.dumps(SCENARIO)}\n\n{{\n", encoding="utf-8")
    (error,) = [line["error"] for line in lines(run(str(path), "--format", "jsonl")) if "error" in line]
    assert (error["file"], error["input_line"]) == (str(path), 3)
    assert f"In {path}, line 3:\nscenario:1:1: unclosed" in run(str(path)).stderr
    (streamed,) = [line["error"] for line in lines(run("-", "--format", "jsonl", input="\n{")) if "error" in line]
    assert (streamed.get("file"), streamed["input_line"]) == (None, 2)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "There is no scenario here yet."),
        ('{"id": 1, "id": 2}', "Keep one of the two."),
        ('{"context": {"x": ' + "9" * 5000 + "}}", "a number with thousands of digits"),
    ],
    ids=["empty", "twice", "digits"],
)
def test_unreadable_scenarios_in_words(content: str, sentence: str) -> None:
    """What is wrong with a scenario is said of a scenario."""
    assert sentence in run("-", input=content).stderr


def test_exit_statuses() -> None:
    """0; 1 where an expectation is not met; 2 where something could not be read."""
    met, unmet = json.dumps(SCENARIO), json.dumps(SCENARIO | {"expect": "implicitDeny"})
    statuses = {
        name: run("-", "--format", "jsonl", input=text).exit_code
        for name, text in {"met": met, "unmet": unmet, "both": f"{unmet}\n{{", "none": ""}.items()
    }
    assert statuses == {"met": 0, "unmet": 1, "both": 2, "none": 0}


def test_results_are_flushed_as_they_come() -> None:
    """A program that writes a line gets its answer before it writes the next."""
    command = [sys.executable, "-m", "iamlab", "simulate", "-", "--format", "jsonl"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert isinstance(process.stdin, io.TextIOBase)
        assert isinstance(process.stdout, io.TextIOBase)
        for number in range(3):
            process.stdin.write(json.dumps(SCENARIO | {"id": number}) + "\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == number
        process.stdin.close()
        assert process.wait() == 0


def test_files(tmp_path: Path) -> None:
    """One scenario, a list, JSON Lines under either name, with a byte order mark: all are read."""
    good = json.dumps(SCENARIO, indent=2)
    contents = {"one.json": good, "list.json": f"[{good}, {good}]", "bom.json": "\ufeff" + good}
    contents |= {name: json.dumps(SCENARIO) + "\n" + json.dumps(SCENARIO) for name in ("lines.jsonl", "lines.json")}
    for name, content in contents.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    result = run("--format", "json", *(str(tmp_path / name) for name in contents))
    assert [row["decision"] for row in json.loads(result.stdout)] == ["allowed"] * 8
    assert result.exit_code == 0


def test_what_is_no_file(tmp_path: Path) -> None:
    """A missing file and a folder are said, and the others are read all the same."""
    path = tmp_path / "s.json"
    path.write_text(json.dumps(SCENARIO))
    result = run(str(tmp_path / "none.json"), str(tmp_path), str(path))
    assert result.exit_code == 2
    assert "none.json` could not be read: No such file or directory." in result.stderr
    assert "Allowed" in result.stdout


def test_a_person_sees_the_reason() -> None:
    """A single scenario is explained; of several there is a table, and those that are not as expected are explained."""
    one = run("-", input=json.dumps(SCENARIO))
    assert one.stdout.startswith("train-1: Allowed, decided by identity-based policies\n")
    assert "identity[0]:2:16" in one.stdout
    two = run("-", input=json.dumps([SCENARIO, SCENARIO | {"id": "train-2", "expect": "explicitDeny"}]))
    assert "Expected was: Explicit deny" in two.stdout
    assert two.stdout.count("decided by") == 1
    assert two.exit_code == 1


def test_hostile_files() -> None:
    """Depth and control characters end in a sentence."""
    deep = run("-", input="[" * 100_000)
    assert deep.exit_code == 2
    assert "nested" in deep.stderr
    odd = run("-", input=json.dumps([SCENARIO | {"id": "\x1b[2J"}] * 2))
    assert "\x1b[2J" not in odd.stdout


def test_explained() -> None:
    """`--explain` shows each scenario whole, every step and statement; as JSON under `explanation`."""
    denied = SCENARIO | {"id": "train-2", "action": "ec2:RunInstances", "resource": "*"}
    text = run("-", "--explain", input=json.dumps([SCENARIO, denied])).stdout
    assert text.count("Policies, in the order in which they are asked") == 2
    assert (
        "x Statement 1, Allow, lines 2 to 6: Action does not match (4:15): `ec2:RunInstances` is not covered by `s3:*`"
        in text
    )
    assert "Expected was: Allowed" in text
    (line,) = lines(run("-", "--explain", "--format", "jsonl", input=json.dumps(denied)))
    assert line["explanation"]["changes"][0]["add"]["Action"] == "ec2:RunInstances"
    assert line["explanation"]["decision"] == line["decision"] == "implicitDeny"


def test_an_action_that_does_not_apply_is_noted() -> None:
    """The note tells so; the decision stands."""
    odd = SCENARIO | {"action": "s3:ListBucket"}
    shown = run("-", input=json.dumps(odd))
    assert (
        "Note: `s3:ListBucket` works on `bucket` or `accesspoint`; `arn:aws:s3:::b/x` has the shape of `object`."
        in shown.stdout
    )
    assert shown.exit_code == 0
    assert "Note:" not in run("-", input=json.dumps(SCENARIO)).stdout


def test_both_forms_say_where_a_policy_stands() -> None:
    """A policy of an organization is named by its place there, too."""
    account = {"roles": {"TrainingRole": {"policies": SCENARIO["policies"]["identity"]}}}
    data = {name: value for name, value in SCENARIO.items() if name != "policies"}
    data["organization"] = {"accounts": {"111122223333": account}}
    shown = run("-", input=json.dumps(data)).stdout
    assert "identity[0]:2:16 (accounts.111122223333.roles.TrainingRole.policies[0])" in shown
