"""An exercise that remembers says of every answer what the exercise itself says."""

import json
import random

import pytest

from iamlab.learning.exercise import exercise_files, load_exercise
from iamlab.learning.kinds import Kind
from iamlab.learning.remembering import RememberingPolicy, remembering, tokens_of
from iamlab.learning.verify import make_kind

FILES = {name: path for name, path in exercise_files().items() if load_exercise(path).kind == "policy"}
SOME = sorted(FILES)[::5]


def answers(kind: Kind, most: int = 4) -> list[str]:
    """The solution, the wrong answers that are listed, and some mutants."""
    mutants = [text for _, text in kind.mutants(kind.solved())]
    chosen = random.Random(kind.exercise.name).sample(mutants, min(most, len(mutants)))
    return [kind.solved(), *(str(one["answer"]) for one in kind.exercise.solution.wrong), *chosen]


def respelled(text: str, chance: random.Random) -> str:
    """The same tokens with other space between them."""
    tokens = tokens_of(text)
    return text if tokens is None else "".join(chance.choice(["", " ", "\n", "\t\n "]) + token for token, _ in tokens)


@pytest.mark.parametrize("name", SOME)
def test_says_what_the_exercise_says(name: str) -> None:
    """Points, sentences and places, of each answer in several spellings; the second time from memory."""
    plain, chance = make_kind(load_exercise(FILES[name])), random.Random(name)
    memory = remembering(load_exercise(FILES[name]))
    for answer in answers(plain):
        for text in (answer, respelled(answer, chance)):
            assert memory.check(text) == plain.check(text)
            assert memory.check(text) == plain.check(text)


def test_space_between_tokens_costs_no_second_look(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the first spelling is judged."""
    memory = remembering(load_exercise(FILES["s3-read-write"]))
    assert isinstance(memory, RememberingPolicy)
    wrong = memory.solved().replace("s3:PutObject", "s3:*")
    first = memory.check(wrong)
    monkeypatch.setattr("iamlab.learning.kinds.policy.PolicyExercise.judge", lambda *_: pytest.fail("judged again"))
    assert memory.check(json.dumps(json.loads(wrong))).score == first.score


def test_other_order_of_elements_is_compared_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is compared are statements, in whatever order their elements stand."""
    memory = remembering(load_exercise(FILES["s3-read-write"]))
    document = json.loads(memory.solved())
    memory.check(json.dumps(document))
    monkeypatch.setattr("iamlab.learning.surroundings.Surroundings.compare", lambda *_: pytest.fail("compared again"))
    document["Statement"] = [dict(reversed(one.items())) for one in document["Statement"]]
    assert memory.check(json.dumps(document)).status == "right"


@pytest.mark.parametrize("text", ["{", '{"a": tru}', "'a'", '"a', "{\x00}", "\ufeff{}"])
def test_what_is_no_json_is_judged_as_it_is(text: str) -> None:
    """Its problems have places between tokens."""
    kind = load_exercise(FILES["s3-read-write"])
    assert remembering(kind).check(text) == make_kind(kind).check(text)


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many answers come, no more than so many results are kept."""
    monkeypatch.setattr("iamlab.learning.remembering.MOST", 5)
    memory = remembering(load_exercise(FILES["s3-read-write"]))
    assert isinstance(memory, RememberingPolicy)
    for number in range(12):
        memory.check(memory.solved().replace("GetObject", f"GetObject{number}"))
    assert max(len(memory._texts), len(memory._results), len(memory._compared)) <= 5
