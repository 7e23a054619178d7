"""What a learner sees of an exercise: plain data, without the key."""

import json
from collections.abc import Iterator

import pytest

from iamlab.evaluation.order import STEP_NAMES
from iamlab.learning.exercise import exercise_files, find_exercise
from iamlab.learning.kinds import Kind
from iamlab.learning.shown import shuffled
from iamlab.learning.verify import make_kind

QUICK = [name for name in exercise_files() if find_exercise(name).kind != "policy"]
SLOW_TO_FIND = ["s3-read-write", "from-the-office", "behind-a-key", "let-sagemaker-in"]


def shown(name: str) -> dict:
    return make_kind(find_exercise(name)).shown()


@pytest.mark.parametrize("name", [*QUICK, *SLOW_TO_FIND])
def test_plain_and_stable(name):
    """What is shown is JSON, and the same each time."""
    assert json.dumps(shown(name)) == json.dumps(shown(name))


def _keys(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _keys(inner)


@pytest.mark.parametrize("name", [*QUICK, *SLOW_TO_FIND])
def test_no_key(name):
    """Nothing that is shown is called right, wrong, why, or what is expected."""
    assert not {"right", "why", "misconception", "expect", "decision", "say", "answer"} & set(_keys(shown(name)))


@pytest.mark.parametrize("name", [name for name in QUICK if find_exercise(name).kind == "order"])
def test_steps_are_not_in_order(name):
    """The steps are all there, and those that are asked do not come in their order."""
    kind: Kind = make_kind(find_exercise(name))
    steps = kind.shown()["steps"]
    assert sorted(steps) == sorted(STEP_NAMES)
    assert [step for step in steps if step in kind.key] != list(kind.key)


def test_shuffled_differs_from_what_it_must_not_be():
    """An order that must not come out does not, whatever the seed."""
    assert all(shuffled("ab", str(seed), unlike="ab") == ["b", "a"] for seed in range(20))


def test_requests_of_a_task():
    """A policy exercise without requests of its own shows one of each thing asked for, and some that are ruled out."""
    requests = shown("s3-read-write")["requests"]
    asked = [(one["action"], one["resource"]) for one in requests]
    assert asked[:2] == [
        ("s3:GetObject", "arn:aws:s3:::ml-training-data-bucket/train.csv"),
        ("s3:PutObject", "arn:aws:s3:::ml-training-data-bucket/train.csv"),
    ]
    assert len(asked) > 2
    assert [one["id"] for one in requests] == [str(i) for i in range(1, len(asked) + 1)]


def test_own_policies_of_a_request():
    """A request with policies of its own shows them; the exercise then has none around it."""
    found = shown("one-account-or-two")
    assert not found["policies"]
    assert all(len(one["policies"]) == 1 for one in found["requests"])


def test_names_of_policies():
    """A policy is called by its kind, with a number where there are several."""
    assert [one["name"] for one in shown("allow-deny-silence")["policies"]] == [
        "Identity-based policy 1",
        "Identity-based policy 2",
    ]
    assert "Permissions boundary" in [one["name"] for one in shown("which-fence-stops-it")["policies"]]
