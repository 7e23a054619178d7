"""Mock exams: which questions are drawn, what counts as answered, the clock, handing in, and what is kept."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import iamlab.learning.bank
import iamlab.learning.exam
from iamlab.learning.answers import Outcome
from iamlab.learning.clock import GAP_SECONDS, Clock
from iamlab.learning.exam import Exam, ExamError, asked, start_exam
from iamlab.learning.exam_history import ExamRecord, best_exam, exams_taken, record_exam
from iamlab.learning.exam_keeper import ExamKeeper, load_exam, save_exam
from iamlab.learning.exam_result import exam_result
from iamlab.learning.exam_sheet import shown_in
from iamlab.learning.progress import progress_of
from tests.learning.exam_bank import KEYS, TOPICS, use_bank, write_bank


@pytest.fixture(autouse=True)
def bank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small bank with twenty questions more, in place of the real one."""
    for module in (iamlab.learning.bank, iamlab.learning.exam):
        monkeypatch.setattr(module, "course_root", module.course_root)  # put back afterwards
    root = write_bank(tmp_path / "course", more=20)
    use_bank(root)
    return root


def whole(**more: Any) -> Exam:
    """An exam with a question of each kind."""
    names = (*(f"{kind}-one" for kind in TOPICS), "several")
    return Exam(names, 30.0, "seed", started="2026-11-25T10:00:00+00:00", asked=len(names), **more)


def answered(exam: Exam, *names: str) -> Exam:
    for name in names:
        exam = exam.answered(name, json.dumps(KEYS[name]))
    return exam


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


def kept_by(folder: Path) -> tuple[ExamKeeper, list[Outcome]]:
    told: list[Outcome] = []
    return ExamKeeper(told.append, folder=folder), told


CONTENT: dict[str, Any] = json.loads(
    '{"format": 1, "stamp": "s", "questions": ["several"], "topics": [], "flags": [], "answers": {}, "seed": "x",'
    '"started": "", "ended": "", "minutes": 30, "used": 0, "at": 0, "asked": 1, "paused": false, "handed_in": false}'
)


class TestKeeping:
    def test_comes_back_paused(self, tmp_path: Path) -> None:
        """An exam under way is found as it was left, and stands."""
        keeper, _ = kept_by(tmp_path)
        exam = answered(whole(), "several").flagged("items-one").going_to(3).ticked(100)
        keeper.begin(exam)
        keeper.end()
        assert kept_by(tmp_path)[0].exam == replace(exam, paused=True)

    def test_another_window(self, tmp_path: Path) -> None:
        """Two windows never write over each other; either exam can be kept."""
        keeper, told = kept_by(tmp_path)
        keeper.begin(whole())
        assert keeper.flush()
        save_exam(tmp_path / "exam.json", answered(whole(), "several"))
        keeper.keep(whole().flagged("several"))
        assert keeper.flush()
        assert told[-1].state == "conflict"
        assert load_exam(tmp_path / "exam.json")[0] == answered(whole(), "several")
        assert keeper.take_theirs() == replace(answered(whole(), "several"), paused=True)
        assert keeper.flush()
        save_exam(tmp_path / "exam.json", whole())
        keeper.keep(answered(whole(), "items-one"))
        assert keeper.flush()
        keeper.keep_mine()
        assert keeper.flush()
        assert told[-1].state == "saved"
        assert load_exam(tmp_path / "exam.json")[0] == answered(whole(), "items-one")

    def test_opened_again_in_this_window(self, tmp_path: Path) -> None:
        first, told = kept_by(tmp_path)
        first.begin(whole())
        second, _ = kept_by(tmp_path)
        assert told[-1].state == "moved"
        assert second.exam == replace(whole(), paused=True)
        first.keep(answered(whole(), "several"))
        assert load_exam(tmp_path / "exam.json")[0] == whole()

    def test_one_handed_in_elsewhere_is_no_conflict_for_a_new_one(self, tmp_path: Path) -> None:
        keeper, told = kept_by(tmp_path)
        save_exam(tmp_path / "exam.json", whole().ending())
        begun = replace(whole(), started="2026-11-26T10:00:00+00:00")
        keeper.begin(begun)
        assert keeper.flush()
        assert (told, load_exam(tmp_path / "exam.json")[0]) == ([], begun)

    def test_a_new_one_puts_the_old_aside(self, tmp_path: Path) -> None:
        keeper, _ = kept_by(tmp_path)
        keeper.begin(answered(whole(), "several"))
        keeper.begin(replace(whole(), seed="other"))
        keeper.end()
        assert load_exam(tmp_path / "exam-before.json")[0] == answered(whole(), "several")

    def test_a_disk_that_cannot_be_written(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        keeper, told = kept_by(tmp_path)

        def refuse(path: Path, content: bytes) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr("iamlab.learning.exam_keeper.put", refuse)
        keeper.keep(whole())
        assert keeper.flush()
        assert told == [Outcome("failed", "Not saved: the folder is read-only. Your answers are still here.")]

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "[",
            "[]",
            "7",
            "[" * 100_000,
            '{"format": 1}',
            *(
                json.dumps({**CONTENT, name: value})
                for name, value in {
                    "format": 2,
                    "questions": ["gone-from-the-bank"],
                    "answers": [],
                    "flags": ["another"],
                    "minutes": 1e9,
                    "used": -1,
                    "at": 9,
                    "asked": "many",
                }.items()
            ),
            json.dumps({**CONTENT, "questions": []}),
            json.dumps({**CONTENT, "questions": ["several", "several"]}),
            json.dumps({**CONTENT, "used": float("nan")}),
            json.dumps({**CONTENT, "minutes": float("inf")}),
        ],
        ids=lambda text: f"{len(text)}-{sum(map(ord, text))}",
    )
    def test_a_file_that_is_no_exam(self, tmp_path: Path, text: str) -> None:
        """It is set aside and said; nothing of it is lost, and a new exam can begin."""
        (tmp_path / "exam.json").write_text(text)
        keeper, _ = kept_by(tmp_path)
        assert keeper.exam is None
        assert keeper.problem.startswith("There was an exam; what was kept for it cannot be read; it was set aside as")
        assert [path.read_text() for path in tmp_path.glob("exam.unreadable-*.json")] == [text]

    def test_the_file_of_this_test_is_one(self, tmp_path: Path) -> None:
        (tmp_path / "exam.json").write_text(json.dumps(CONTENT))
        assert kept_by(tmp_path)[0].exam is not None


class TestHistory:
    def test_each_exam_once(self, tmp_path: Path) -> None:
        keeper, _ = kept_by(tmp_path)
        keeper.begin(whole())
        keeper.keep(exam := answered(whole(), "several", "choose-one").ending())
        keeper.again()
        keeper.end()
        record_exam(tmp_path, exam)
        (found,) = exams_taken(tmp_path)
        assert (found.right, found.questions, found.parts) == (
            2,
            7,
            {"C1": (1, 1), "C2": (0, 1), "C3": (0, 1), "C4": (1, 3), "C7": (0, 1)},
        )

    def test_the_best(self, tmp_path: Path) -> None:
        """The largest share, of those with at least ten questions where there is one."""
        write_history(tmp_path, (3, 3), (8, 10), (15, 20), (16, 20))
        best = best_exam(tmp_path)
        assert best is not None
        assert (best.right, best.questions) == (16, 20)

    def test_bounded(self, tmp_path: Path) -> None:
        write_history(tmp_path, *[(1, 10)] * 250)
        record_exam(tmp_path, whole().ending())
        assert len(exams_taken(tmp_path)) == 200
        assert exams_taken(tmp_path)[-1].id == whole().id

    @pytest.mark.parametrize(
        "text", ["", "[", "[]", "{}", '{"exams": 7}', '{"exams": [7, {}, {"id": 1}]}', "[" * 100_000]
    )
    def test_hostile(self, tmp_path: Path, text: str) -> None:
        """What cannot be read counts as none, and the next exam is recorded all the same."""
        (tmp_path / "exams.json").write_text(text)
        assert best_exam(tmp_path) is None
        record_exam(tmp_path, whole().ending())
        assert len(exams_taken(tmp_path)) == 1

    def test_progress_shows_it(self, tmp_path: Path) -> None:
        write_history(tmp_path, (15, 20))
        found = progress_of(tmp_path)
        assert found.data()["exam"] == {"right": 15, "of": 20}


def write_history(folder: Path, *results: tuple[int, int]) -> None:
    listed = [
        {"id": str(i), "ended": "", "questions": of, "right": right, "minutes": 35, "used": 1, "seed": "", "topics": []}
        for i, (right, of) in enumerate(results)
    ]
    text = json.dumps({"format": 1, "exams": [{**one, "parts": {}} for one in listed]})
    (folder / "exams.json").write_text(text, encoding="utf-8")
    assert all(isinstance(one, ExamRecord) for one in exams_taken(folder))
