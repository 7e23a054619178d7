"""Problems and decisions as plain text, held word by word."""

import pytest

from iamlab.evaluation import ScenarioError, explain, read_scenario
from iamlab.policy import PolicyError, parse_policy
from iamlab.reporting.text import error_text, explanation_text, printable

POLICY = """{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "allow",
      "Action": "s3:GetObject"
      "Resource": "arn:aws:s3:::b/*",
    }
  ]
}"""


def test_a_policy_with_three_mistakes() -> None:
    """Each mistake: place and sentence, the line with the place marked, what would be right."""
    with pytest.raises(PolicyError) as caught:
        parse_policy(POLICY)
    assert error_text(caught.value) == (
        "policy:5:17: invalid-effect: The Effect `allow` is neither `Allow` nor `Deny`.\n"
        '  5 |       "Effect": "allow",\n'
        "    |                 ^^^^^^^\n"
        "Write `Allow`; capital letters count.\n"
        'policy:7:7: missing-comma: A comma is missing between `"Action"` and `"Resource"`.\n'
        '  7 |       "Resource": "arn:aws:s3:::b/*",\n'
        "    |       ^^^^^^^^^^\n"
        "Put `,` at the end of line 6.\n"
        "policy:7:37: trailing-comma: Nothing follows this comma.\n"
        '  7 |       "Resource": "arn:aws:s3:::b/*",\n'
        "    |                                     ^\n"
        "Remove it: `}` closes here."
    )
    assert str(caught.value) == (
        "policy:5:17: The Effect `allow` is neither `Allow` nor `Deny`. Write `Allow`; capital letters count. (2 more)"
    )


def test_an_explained_scenario() -> None:
    """What was decided, who asked for what, why, and where the nearest statement stands."""
    scenario = read_scenario(
        {
            "id": "list",
            "principal": "arn:aws:iam::111122223333:role/TrainingRole",
            "action": "s3:ListBucket",
            "resource": "arn:aws:s3:::b",
            "policies": {
                "identity": [{"Statement": {"Effect": "Allow", "Action": "s3:List*", "Resource": "arn:aws:s3:::b/*"}}]
            },
            "expect": "allowed",
        }
    )
    text = explanation_text(scenario, explain(scenario.request, scenario.policies))
    assert text == (
        "list: Implicit deny, decided by identity-based policies\n"
        "  arn:aws:iam::111122223333:role/TrainingRole asks for s3:ListBucket on arn:aws:s3:::b\n"
        "  No statement allows this, so the default stands. "
        "Statement 1 of the identity-based policy 1 comes closest: its Resource does not match.\n"
        "  identity[0]:2:16\n"
        "    + Effect: `Allow`\n"
        "    + Action: `s3:List*` covers `s3:ListBucket`\n"
        "    x Resource: `arn:aws:s3:::b` has no `/` after its name; `arn:aws:s3:::b/*` needs one\n"
        "    - Condition: none, so it always holds\n"
        "  Expected was: Allowed"
    )


def test_a_scenario_error_names_its_field() -> None:
    """An error in a field without a text of its own names the field."""
    with pytest.raises(ScenarioError) as caught:
        read_scenario({"principal": "maya", "action": "s3:GetObject", "resource": "*"})
    assert error_text(caught.value).startswith(
        "scenario: in `request`: invalid-request: `maya` is no ARN of a principal"
    )


def test_long_lines_and_control_characters() -> None:
    """A long line is cut around its place, and nothing can command a terminal."""
    with pytest.raises(PolicyError) as caught:
        parse_policy('{"Statement": [' + '{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}, ' * 50 + "]}")
    text = error_text(caught.value)
    line, marks = text.splitlines()[1:3]
    assert len(line) < 180
    assert line[marks.index("^")] == ","
    assert printable("a\x1b[31mb\x07") == "a\N{REPLACEMENT CHARACTER}[31mb\N{REPLACEMENT CHARACTER}"
