"""Checking answers of every kind: computed keys, rows and places, explanations, hostile answers, authors' mistakes."""

import json
from pathlib import Path
from typing import Any

import pytest

from iamlab.learning.exercise import ExerciseError
from tests.learning.bodies import BODIES, MESSAGE, ROLE, B, allow, document, kind, said

HOSTILE = {
    "long": "x" * 1_000_000,
    "deep": "[" * 100_000,
    "numbers": "9" * 10_000,
    "surrogate": "\ud800",
    "code": "__import__('os').system('true')",
    "null": "null",
    "text": '"text"',
    "right to left": "\u202e{}",
}


@pytest.mark.parametrize("name", ["policy", "predict", "order", "items", "match", "choose", "diagnose"])
@pytest.mark.parametrize("answer", HOSTILE.values(), ids=HOSTILE)
def test_hostile_answers(name: str, answer: str) -> None:
    """Whatever is handed in is invalid or wrong, never an exception and never right."""
    result = kind(BODIES[name]).check(answer)
    assert result.status in {"invalid", "wrong", "not_attempted"}
    assert result.score == 0
    json.dumps(result.as_dict())


@pytest.mark.parametrize("name", ["predict", "order", "items", "match", "choose", "diagnose"])
def test_keys_are_right_and_all_else_is_not(name: str) -> None:
    """The computed key gets full marks, and each answer beside it less."""
    one = kind(BODIES[name])
    assert one.check(one.solved()).status == "right"
    mutants = list(one.mutants(one.solved()))
    assert len(mutants) > 2
    for change, mutant in mutants:
        result = one.check(mutant)
        assert result.status in {"partly", "wrong", "not_attempted"}, change
        assert result.score < result.max_score
    assert one.check(one.start).status == "not_attempted"


def test_predict_counts_rows() -> None:
    """Decision and step count one each; the step only with its decision; what was sure and is not so is said."""
    answer = {
        "create": {"decision": "allowed", "step": "identity-based policies"},
        "delete": {"decision": "explicitDeny", "step": "deny evaluation"},
        "read": {"decision": "explicitDeny", "step": "deny evaluation", "sure": True},
    }
    result = kind(BODIES["predict"]).check(json.dumps(answer))
    assert (result.status, result.score) == ("partly", 4.0)
    assert "No statement allows this" in said(result, "explanation")
    assert said(result, "note")


def test_order_tells_the_first_wrong_place_alone() -> None:
    """The key has the steps that are asked here, and only the first that is wrong is told."""
    one = kind(BODIES["order"])
    key = json.loads(one.solved())
    assert key == ["deny evaluation", "Organizations SCPs", "identity-based policies", "permissions boundary"]
    result = one.check(json.dumps([key[0], key[2], key[1], key[3]]))
    assert said(result, "explanation") == "Up to place 1 all is in order; look at place 2."
    assert said(one.check(json.dumps(key[1:])), "explanation") == "Look at place 1."
    assert "none that binds this request" in said(one.check(json.dumps([*key, "session policies"])), "explanation")
    assert "is none of what" in said(one.check('["x"]'), "explanation")


def test_parts_do_not_tell_the_key() -> None:
    """What is wrong stays to be found: parts name no step, and not which option of several."""
    order = kind(BODIES["order"])
    told = [part.name for part in order.check('["deny evaluation"]').parts]
    assert told[:2] == ["Place 1", "Place 2"]
    assert said(order.check('["deny evaluation"]'), "explanation").endswith("more steps follow.")
    options = [{"id": name, "text": name, "right": name in "ab", "why": "So."} for name in "abcd"]
    several = kind({"kind": "choose", "several": True, "options": options})
    one, other = (several.check(json.dumps([name, "c"])) for name in "ab")
    assert [part.holds for part in one.parts] == [True, True, False, False]
    assert one.parts == other.parts


def test_what_is_open_or_unknown_is_told() -> None:
    """An answer that says nothing to a question is told so, and one that says what nobody asked is invalid."""
    assert "without a prediction" in said(kind(BODIES["predict"]).check('{"read": {"decision": "allowed"}}'), "note")
    assert kind(BODIES["predict"]).check('{"read": "allowed"}').status == "invalid"
    diagnose = kind(BODIES["diagnose"])
    assert said(diagnose.check('{"fix": "allow"}'), "note") == "One question is open still."
    assert diagnose.check('{"fix": ["allow"]}').status == "invalid"
    assert "one option" in said(kind(BODIES["choose"]).check('["no", "yes"]'), "note")


def test_choose_explains_the_option_chosen() -> None:
    """A wrong option has its own explanation; others stay unsaid."""
    result = kind(BODIES["choose"]).check('["yes"]')
    assert said(result, "explanation") == "The Deny matches too."


CHANGES: dict[str, Any] = {
    "kind": "choose",
    "scenario": {"principal": ROLE},
    "requests": [
        {"action": "s3:GetObject", "resource": f"{B}/x", "expect": "allowed"},
        {"action": "s3:DeleteObject", "resource": f"{B}/x", "expect": "implicitDeny"},
    ],
    "options": [
        {"id": "narrow", "text": "N", "policies": {"identity": [document(allow("s3:GetObject"))]}},
        {"id": "wide", "text": "W", "policies": {"identity": [document(allow("s3:*"))]}, "why": "It deletes as well."},
        {"id": "none", "text": "None", "why": "Nothing allows it."},
    ],
}


def test_choose_proves_changes() -> None:
    """The right option is the one under which every request is decided as expected; the requests are not told."""
    one = kind(CHANGES)
    assert one.solved() == '["narrow"]'
    assert one.shown()["requests"] == []
    assert one.is_proved  # type: ignore[attr-defined]


def test_choose_by_step_and_by_request() -> None:
    """An option may say which step decides, and which request it is about; several may be right."""
    requests = [*BODIES["choose"]["requests"], {"id": "read", "action": "s3:GetObject", "resource": f"{B}/x"}]
    options = [
        {"id": "a", "text": "A", "decision": "explicitDeny", "step": "deny evaluation"},
        {"id": "b", "text": "B", "decision": "explicitDeny", "step": "Organizations SCPs", "why": "None is here."},
        {"id": "c", "text": "C", "request": "read", "decision": "implicitDeny"},
        {"id": "d", "text": "D", "request": "read", "decision": "allowed", "why": "Nothing allows it."},
    ]
    body = {**BODIES["choose"], "requests": requests, "options": options, "several": True}
    assert json.loads(kind(body).solved()) == ["a", "c"]


AUTHORS: list[tuple[str, str, dict[str, Any], str]] = [
    ("no bound", "policy", {"wanted": []}, "what is wanted"),
    ("a bound that is no policy", "policy", {"wanted": [{"action": "s3"}]}, "cannot be read"),
    ("a request that is none", "predict", {"requests": [{"action": "s3", "resource": "*"}]}, "cannot be decided"),
    ("no option is right", "choose", {"requests": [{"action": "s3:GetObject", "resource": "*"}],
                                     "options": [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}]}, "No option"),
    ("a key that is not so", "choose", {"options": BODIES["choose"]["options"][:1]}, "no option says so"),
    ("a key that claims", "choose", {"options": [{**BODIES["choose"]["options"][0], "right": True},
                                                 *BODIES["choose"]["options"][1:]]}, "what `right` says of `yes`"),
    ("a request that is not there", "choose", {"options": [{"id": "a", "text": "A", "request": "b",
                                                            "decision": "allowed"}]}, "no request `b`"),
    ("a proof that fails", "diagnose", {"proof": [{**BODIES["diagnose"]["proof"][0], "expect": "explicitDeny"}]}, "proof"),
    ("a message of another type", "diagnose", {"message": MESSAGE.replace("identity", "resource")}, "no option has"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "change", "why"), [case[1:] for case in AUTHORS], ids=[case[0] for case in AUTHORS])
def test_mistakes_of_authors(tmp_path: Path, name: str, change: dict[str, Any], why: str) -> None:
    """An exercise whose text and key disagree, or that lacks something, cannot be used."""
    with pytest.raises(ExerciseError, match=why):
        kind({**BODIES[name], **change}, tmp_path)


def test_items_in_order() -> None:
    """What an exercise lists is ordered like steps; of a decoy its own sentence is said."""
    one = kind(BODIES["items"])
    assert one.key == ("Draft it", "Check it", "Attach it")  # type: ignore[attr-defined]
    result = one.check(json.dumps(["Draft it", "Print it", "Check it", "Attach it"]))
    assert "Nobody reads it on paper." in said(result, "explanation")
    assert one.shown()["steps"] != list(one.key)  # type: ignore[attr-defined]


def test_what_matches_is_told_one_by_one() -> None:
    """Letters tell nothing of the key; each wrong match has its sentence, one left open does not count as wrong."""
    one = kind(BODIES["match"])
    key = json.loads(one.solved())
    assert set(key.values()) < {choice["id"] for choice in one.shown()["choices"]}
    result = one.check(json.dumps({"one": key["one"], "two": key["three"]}))
    assert said(result, "explanation") == "That is what roles are for."
    assert said(result, "note") == "1 of 3 without a match so far."
    assert [mark["right"] for mark in one.marks(json.dumps({"one": key["one"], "two": key["three"]}))] == [True, False]
