"""Mock exams: which questions are drawn, what counts as answered, the clock, handing in, and what is kept."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from iamlab.learning.clock import GAP_SECONDS, Clock
from iamlab.learning.exam import Exam, ExamError, asked, start_exam
from iamlab.learning.exam_result import exam_result
from iamlab.learning.exam_sheet import shown_in
from tests.learning.exam_bank import KEYS, TOPICS, answered, small_bank, whole


@pytest.fixture(autouse=True)
def bank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small bank with twenty questions more, in place of the real one."""
    return small_bank(tmp_path, monkeypatch)


class TestDrawing:
    def test_the_same_seed_draws_the_same(self) -> None:
        first, again, other = (start_exam(12, 20, seed=seed).questions for seed in ("a", "a", "b"))
        assert first == again
        assert first != other
        assert len(set(first)) == 12

    def test_without_a_seed_each_is_another(self) -> None:
        one, two = start_exam(12, 20), start_exam(12, 20)
        assert one.seed != two.seed
        assert start_exam(12, 20, seed=one.seed).questions == one.questions

    def test_weights(self) -> None:
        """Of C4, a third of the course, come as many as there are before any part gives its third question."""
        drawn = Counter(asked(name).group for name in start_exam(10, 20, seed="w").questions)
        assert drawn["C4"] >= 3
        assert max(count for part, count in drawn.items() if part != "C4") <= 2

    @pytest.mark.parametrize(
        ("topics", "parts"), [(["C4"], {"C4"}), ("C7", {"C7"}), (["C4.3", "C2"], {"C2", "C4"})], ids=str
    )
    def test_topics(self, topics: Any, parts: set[str]) -> None:
        """A part of the course means all its topics; one topic can be written without a list."""
        exam = start_exam(3, 20, topics, seed="t")
        assert {asked(name).group for name in exam.questions} <= parts

    def test_fewer_than_asked_for(self) -> None:
        """The exam has all there are, and says so."""
        exam = start_exam(65, 130)
        assert len(exam.questions) == 27
        assert (
            exam.shortage == "65 questions were asked for; the bank has 27 questions, and all of them are in this exam."
        )
        assert start_exam(5, 10).shortage == ""

    @pytest.mark.parametrize(
        ("count", "minutes", "topics"),
        [
            (0, 10, ()),
            (501, 10, ()),
            (5, 0, ()),
            (5, 601, ()),
            (5, float("nan"), ()),
            (5, 10, ["C4.13"]),
            (5, 10, ["C4", "x"]),
        ],
        ids=str,
    )
    def test_what_is_no_exam(self, count: int, minutes: float, topics: Any) -> None:
        with pytest.raises(ExamError):
            start_exam(count, minutes, topics)

    def test_options_stand_in_another_order_with_another_seed(self) -> None:
        """The order is the exam's, not the question's."""
        orders = {tuple(one["id"] for one in shown_in(f"{i}", asked("several"))["options"]) for i in range(12)}
        assert len(orders) > 6
        assert shown_in("1", asked("several")) == shown_in("1", asked("several"))

    @pytest.mark.parametrize("name", ["order-one", "items-one"])
    def test_an_order_never_shows_the_key(self, name: str) -> None:
        key = list(asked(name).kind.key)  # type: ignore[attr-defined]
        for seed in range(60):
            steps = shown_in(str(seed), asked(name))["steps"]
            assert [one for one in steps if one in key] != key

    @pytest.mark.parametrize("name", [f"{kind}-one" for kind in TOPICS] + ["several"])
    def test_the_key_is_not_shown(self, name: str) -> None:
        """Neither the key nor any reason is in what an exam shows."""
        shown = json.dumps(shown_in("seed", asked(name)))
        for word in ('"right"', '"why"', '"hints"', '"title"', '"decision"', '"step"', '"pairs"', "The reason of"):
            assert word not in shown


class TestAnswers:
    def test_no_part_marks(self) -> None:
        """Half of what is right counts as nothing."""
        half = {"predict-one": {"create": KEYS["predict-one"]["create"]}, "several": ["user"]}
        exam = whole()
        for name, said in half.items():
            exam = exam.answered(name, json.dumps(said))
        assert exam_result(exam.ending())["right"] == 0
        assert exam_result(answered(exam, "predict-one", "several").ending())["right"] == 2

    @pytest.mark.parametrize(
        ("name", "said", "is_whole"),
        [
            ("choose-one", [], False),
            ("choose-one", ["yes"], True),
            ("several", ["user"], False),
            ("several", ["user", "policy"], True),
            ("diagnose-one", {"fix": "allow"}, False),
            ("diagnose-one", {"fix": "allow", "policy_type": "scp"}, True),
            ("predict-one", {"create": {"decision": "allowed", "step": "deny evaluation"}}, False),
            ("predict-one", {name: {"decision": "allowed"} for name in ("create", "delete", "read")}, False),
            ("predict-one", KEYS["predict-one"], True),
            ("match-one", {"one": "a", "two": ""}, False),
            ("match-one", {"one": "a", "two": "b", "three": "c"}, True),
            ("items-one", ["Print it"], True),
        ],
        ids=str,
    )
    def test_answered(self, name: str, said: Any, is_whole: bool) -> None:
        """A question is answered when everything in it has an answer."""
        assert whole().answered(name, json.dumps(said)).is_answered(name) is is_whole

    @pytest.mark.parametrize("text", ["", "null", "7", "[", '"x"', "[[[]]]", '{"a": {}}', "[" * 5000, '{"one": ["a"]}'])
    def test_what_is_no_answer(self, text: str) -> None:
        """Whatever stands there, the result can be told."""
        exam = whole()
        for name in exam.questions:
            exam = exam.answered(name, text)
        assert exam_result(exam.ending())["right"] == 0

    def test_handed_in(self) -> None:
        """Nothing changes any more, neither answers nor flags nor the time."""
        exam = whole().ending()
        assert answered(exam, "several") is exam
        assert exam.flagged("several") is exam
        assert exam.ticked(5) is exam
        assert exam.ending() is exam

    def test_flags(self) -> None:
        exam = whole().flagged("several").flagged("items-one").flagged("several").flagged("nothing")
        assert exam.flags == ("items-one",)


class TestResult:
    def test_numbers(self) -> None:
        """Seven of ten pass; the share is not rounded up."""
        result = exam_result(
            answered(whole(), "choose-one", "diagnose-one", "several", "predict-one", "items-one").ending()
        )
        assert (result["right"], result["of"], result["percent"]) == (5, 7, 71)
        assert (result["needed"], result["passed"]) == (5, True)
        assert result["weak"] == ["C2", "C4"]
        assert [(one["name"], one["right"], one["of"]) for one in result["parts"]][-1] == ("C7", 1, 1)

    @pytest.mark.parametrize(("count", "needed"), [(20, 14), (65, 46), (10, 7), (1, 1)], ids=str)
    def test_to_pass(self, count: int, needed: int) -> None:
        assert Exam(("several",) * count, 1, "s").needed == needed

    def test_each_option_has_its_reason(self) -> None:
        """What was chosen, what holds, and why of each, in the order in which they stood."""
        exam = whole().answered("several", '["group"]').ending()
        found = next(one for one in exam_result(exam)["questions"] if one["name"] == "several")
        options = found["blocks"][0]["options"]
        assert found["status"] == "wrong"
        assert [one["key"] for one in options] == list("abcd")
        assert {one["text"] for one in options if one["right"]} == {"A user", "A role's session"}
        assert [one["why"] for one in options if one["chosen"]] == ["A group never makes a request."]
        assert [one["text"] for one in options] == [
            one["text"] for one in shown_in("seed", asked("several"))["options"]
        ]

    def test_a_prediction_and_an_order(self) -> None:
        said = {**KEYS["predict-one"], "read": {"decision": "allowed", "step": "identity-based policies"}}
        exam = whole().answered("predict-one", json.dumps(said)).answered("items-one", '["Check it", "Print it"]')
        told = {one["name"]: one["blocks"][0].get("lines") for one in exam_result(exam.ending())["questions"]}
        assert [line["right"] for line in told["predict-one"]] == [True, True, False]
        assert told["predict-one"][2]["holds"] == "Implicit deny, identity-based policies"
        assert [line["yours"] for line in told["items-one"]][:3] == ["Check it", "Print it", "no answer"]
        assert told["items-one"][3]["why"] == "Nobody reads it on paper."


class Now:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.time = 1000.0

    def __call__(self) -> float:
        return self.time


class TestClock:
    def test_as_long_as_a_page_is_open(self) -> None:
        """Every second counts, also where the page says so only once a minute."""
        now = Now()
        clock = Clock(now)
        counted = 0.0
        for seconds in (5, 5, 60, 60, 1):
            now.time += seconds
            counted += clock.seen(seconds)
        assert counted == 131

    def test_a_busy_kernel(self) -> None:
        """What a page sent while the kernel was busy is heard at once, and counts in full."""
        now = Now()
        clock = Clock(now)
        now.time += 60
        assert sum(clock.seen(5) for _ in range(12)) == 60

    def test_a_page_cannot_hurry_or_stop_the_clock(self) -> None:
        now = Now()
        clock = Clock(now)
        now.time += 2
        assert clock.seen(3000) == 2
        assert clock.seen(-5) == 0
        now.time += 10
        assert clock.seen(0) == 10

    def test_a_night_away(self) -> None:
        """A page that was closed costs at most fifteen seconds, and its return is told."""
        now = Now()
        clock = Clock(now)
        now.time += 40_000
        assert clock.back() == (GAP_SECONDS, True)
        now.time += 5
        assert clock.seen(5) == 5

    def test_loading_the_page_again_gains_nothing(self) -> None:
        now = Now()
        clock, counted = Clock(now), 0.0
        for _ in range(20):
            now.time += 4
            counted += clock.back()[0]
        assert counted == 80

    def test_the_end(self) -> None:
        """Where the time is over the exam is handed in; a pause costs nothing."""
        exam = whole().ticked(1799.5)
        assert (exam.handed_in, exam.left) == (False, 0.5)
        assert replace(exam, paused=True).ticked(100).used == 1799.5
        over = exam.ticked(3)
        assert (over.handed_in, over.used, over.left) == (True, 1800, 0)
        assert over.ended
