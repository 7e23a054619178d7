"""The exercises themselves, each proved, and the misconceptions that they name."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from iamlab.evaluation.scenario import read_scenario
from iamlab.learning.exercise import exercise_files, load_exercise
from iamlab.learning.kinds import kinds
from iamlab.learning.lessons import course_root
from iamlab.learning.misconceptions import misconceptions
from iamlab.learning.new import new_exercise
from iamlab.learning.verify import verify
from iamlab.lint import lint
from iamlab.lint.check import all_checks

FILES = exercise_files()
MISCONCEPTIONS = misconceptions()
SEEDS = 3


@pytest.mark.parametrize("name", FILES)
def test_exercise_is_proved(name: str) -> None:
    """Solution right, start untouched, wrong answers and all mutants that mean something else refused."""
    verdict = verify(FILES[name], SEEDS)
    assert verdict.problems == []
    assert verdict.score == 1.0
    assert verdict.mutants > 0


def test_every_solution_has_its_exercise() -> None:
    """No solution file is left alone, and no two exercises have one name."""
    root = course_root()
    solutions = {path.relative_to(root / "solutions") for path in (root / "solutions").glob("*/*.toml")}
    exercises = {path.relative_to(root / "exercises") for path in (root / "exercises").glob("*/*.toml")}
    assert solutions == exercises
    assert len(FILES) == len(exercises)


def test_exercises_are_short() -> None:
    """Writing one takes no more than 60 lines, solution apart; most take fewer than 40. An incident tells more."""
    texts = [path.read_text(encoding="utf-8") for path in FILES.values()]
    lengths = sorted(len(text.splitlines()) for text in texts if "\nbefore = " not in text)
    assert lengths[-1] <= 60
    assert lengths[len(lengths) // 2] <= 40
    assert max(len(text.splitlines()) for text in texts) <= 90


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_a_new_exercise_proves_but_for_its_wrong_answers(tmp_path, kind: str) -> None:
    """What `iamlab exercise new` writes is a working exercise; only what its author must add is missing."""
    for path, text in new_exercise("sample", "04-x", kind).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    verdict = verify(tmp_path / "exercises" / "04-x" / "sample.toml")
    missing = ["only 0 wrong answers are listed; people write at least 3"] if kind == "policy" else []
    assert verdict.problems == missing
    assert verdict.score == 1.0


def identity(case: Mapping[str, Any]) -> list[Any]:
    """Return the identity-based policies of a case."""
    return list(case.get("policies", {}).get("identity", []))


class TestMisconceptions:
    @pytest.mark.parametrize("slug", MISCONCEPTIONS)
    def test_what_is_said_is_so(self, slug: str) -> None:
        """Its cases are decided as it says, and its texts have the problem that it names."""
        one = MISCONCEPTIONS[slug]
        assert bool(one.cases or one.texts) is not bool(one.outside)
        for case in one.cases:
            scenario = read_scenario(json.loads(json.dumps({k: v for k, v in case.items() if k != "expect"})))
            decision = scenario.decide()
            assert decision.decision == case["expect"]
            assert case.get("expect_step", decision.step) == decision.step
        for text in one.texts:
            assert text["code"] in [problem.code for problem in lint(text["policy"], text.get("kind", "identity"))]

    def test_are_whole(self) -> None:
        """Each has a topic, what is believed, what is so, one sentence, and checks that exist."""
        codes = {check.code for check in all_checks()}
        for one in MISCONCEPTIONS.values():
            assert one.topic.startswith("C")
            assert one.believes
            assert one.true
            assert one.say.endswith(".")
            assert "{" not in one.say.replace("${", "")
            assert one.reference.startswith("https://docs.aws.amazon.com/")
            assert set(one.lint) <= codes, one.slug
            assert not one.lesson or (course_root() / "notebooks" / one.lesson).is_file()

    def test_checks_find_their_cases(self) -> None:
        """What lint finds under the code of a misconception is this very mistake: it finds it in its own example."""
        for one in MISCONCEPTIONS.values():
            examples = [lint(text["policy"], text.get("kind", "identity")) for text in one.texts]
            examples += [lint(json.dumps(document)) for case in one.cases[:1] for document in identity(case)]
            levels = [level for case in one.cases[:1] for level in case.get("policies", {}).get("scp", ())]
            examples += [lint(json.dumps(document), "scp") for level in levels for document in level]
            for code in one.lint:
                assert code in [problem.code for found in examples for problem in found], one.slug
                assert sum(code in other.lint for other in MISCONCEPTIONS.values()) == 1

    def test_known_to_exercises(self) -> None:
        """Every slug that an exercise names is in the catalogue (`verify` checks its wrong answers and options)."""
        for path in FILES.values():
            assert set(load_exercise(path).body.get("misconceptions", [])) <= set(MISCONCEPTIONS)
