"""`iamlab why`: JSON as interfaces say, text for people, exit statuses."""

import json

import pytest
from click.testing import CliRunner, Result

from iamlab.cli.main import main

DENIED = (
    "User: arn:aws:iam::111122223333:user/maya is not authorized to perform: s3:GetObject on resource: "
    "arn:aws:s3:::ml-training-data-bucket/train.csv"
)
IMPLICIT = f"{DENIED} because no identity-based policy allows the s3:GetObject action"
EXPLICIT = f"{DENIED} with an explicit deny in a service control policy"


def run(*args: str, input: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["why", *args], input=input)


def test_json() -> None:
    """The keys that scripts stand on, in their order, with null for what is not told."""
    data = json.loads(run(IMPLICIT, "--format", "json").stdout)
    keys = [
        "principal",
        "action",
        "resource",
        "policy_type",
        "policy_arn",
        "kind",
        "allow_can_help",
        "look_at",
        "draft",
    ]
    assert list(data)[: len(keys)] == keys
    assert data["principal"] == "arn:aws:iam::111122223333:user/maya"
    assert data["draft"] == {
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/train.csv",
    }
    assert (data["policy_type"], data["policy_arn"], data["kind"]) == ("identity", None, "implicit")
    assert data["allow_can_help"] is True
    assert all(isinstance(sentence, str) for sentence in data["look_at"])


def test_no_allow_can_help() -> None:
    """Against an explicit deny there is no draft, and the text says why."""
    data = json.loads(run(EXPLICIT, "--format", "json").stdout)
    assert (data["allow_can_help"], data["draft"], data["kind"]) == (False, None, "explicit")
    assert "No Allow can help" in run(EXPLICIT).stdout


def test_text() -> None:
    """The text begins with the step that refused, and ends with the statement."""
    lines = run(IMPLICIT).stdout.splitlines()
    assert lines[0].startswith("Implicit deny, decided by identity-based policies")
    assert lines[-1] == "}"


@pytest.mark.parametrize("content", [IMPLICIT, IMPLICIT.encode() + b"\xff\xfe"], ids=["text", "bytes"])
def test_standard_input(content: str | bytes) -> None:
    """`-` reads the message from standard input, whatever bytes stand around it."""
    result = run("-", "--format", "json", input=content)
    assert result.exit_code == 0
    assert json.loads(result.stdout)["action"] == "s3:GetObject"


def test_a_message_without_quotes() -> None:
    """Words that the shell took apart are read together."""
    assert json.loads(run(*IMPLICIT.split(), "--format", "json").stdout)["policy_type"] == "identity"


@pytest.mark.parametrize("text", ["", "hello", "An error occurred (NoSuchKey) when calling the GetObject operation: -"])
def test_unreadable(text: str) -> None:
    """2 where nothing could be read, with a sentence on standard error alone."""
    result = run(text)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Nothing in this text" in result.stderr


def test_terminals_are_safe() -> None:
    """Control characters of a message do not reach the terminal."""
    assert "\x1b" not in run(IMPLICIT.replace("train.csv", "\x1b[31mtrain.csv")).stdout
