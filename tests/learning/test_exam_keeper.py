"""Keeping exams: one file, whole, never over another window's; and the history of those handed in."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from iamlab.learning.answers import Outcome
from iamlab.learning.exam_history import ExamRecord, best_exam, exams_taken, record_exam
from iamlab.learning.exam_keeper import ExamKeeper, load_exam, save_exam
from iamlab.learning.progress import progress_of
from tests.learning.exam_bank import answered, small_bank, whole


@pytest.fixture(autouse=True)
def bank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small bank with twenty questions more, in place of the real one."""
    return small_bank(tmp_path, monkeypatch)


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
