"""The exercise panel, Python side: it keeps, checks and helps, and nothing of the key leaves it unasked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from iamlab.learning.exercise import exercise_files, find_exercise
from iamlab.learning.exercise_file import ExerciseError
from iamlab.learning.verify import make_kind
from iamlab.widgets import ExercisePanel, exercise
from iamlab.widgets.told import points_said
from tests.widgets.exercises import BUCKET, QUICK, answers, asks, checked, kept, opened, policy, until

RIGHT = policy(["s3:GetObject", "s3:PutObject"])
STAR = policy("s3:*")


def texts(value: Any) -> list[str]:
    """Every text inside a value."""
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    return [text for one in inner for text in texts(one)]


def sent(panel: ExercisePanel) -> str:
    """All that a browser is told."""
    state = panel.get_state()
    return "\n".join(texts({name: value for name, value in state.items() if name not in ("_esm", "_css")}))


class TestChecking:
    def test_right(self) -> None:
        """A right policy is right by proof, gets its points, and the next exercise of the lesson is named."""
        result = checked(opened("s3-read-write"), RIGHT)
        assert (result["status"], result["title"]) == ("right", "Right: proven over every possible request")
        assert result["points"] == "4 of 4 points"
        assert result["next"]["name"] == "sagemaker-administrator"

    def test_wrong_has_a_witness(self) -> None:
        """A wrong policy gets one request with both decisions, and the statement in the answer with its reason."""
        result = checked(opened("s3-read-write"), policy("s3:GetObject", BUCKET))
        (witness,) = result["witnesses"]
        assert (witness["action"], witness["yours"], witness["task"]) == ("s3:GetObject", "implicitDeny", "allowed")
        assert witness["verdict"]["nearest"]["line"] == 1
        assert "Resource does not match" in witness["verdict"]["reason"]
        assert [part["holds"] for part in result["parts"]] == [False, False, False]
        assert any(note["lesson"] for note in result["notes"])

    def test_partly(self) -> None:
        """Parts that hold are told with their points, and that more actions are let through."""
        result = checked(opened("s3-read-write"), STAR)
        assert result["title"] == "Part of the way: your policy also allows what the task rules out"
        assert [(part["holds"], part["points"]) for part in result["parts"]] == [
            (True, "1 of 1"),
            (True, "1 of 1"),
            (False, "0 of 2"),
        ]
        assert result["witnesses"][0]["also"].startswith("The same holds for")

    def test_unreadable(self) -> None:
        """A text that is no policy is told with its place, and is an attempt without points."""
        result = checked(opened("s3-read-write"), "{")
        assert (result["status"], result["title"]) == ("invalid", "The policy cannot be read yet")
        assert result["notes"][0]["text"].startswith("Line 1")

    def test_untouched_is_no_attempt(self) -> None:
        """The start is not tried yet: nothing is recorded, and no points are said."""
        panel = opened("s3-read-write")
        result = checked(panel, panel.setup["start"])
        assert (result["status"], result["points"]) == ("not_attempted", "")
        assert panel.progress["attempts"] == "not tried yet"

    @pytest.mark.parametrize("name", QUICK.values(), ids=QUICK)
    def test_every_kind_right(self, name: str) -> None:
        """The key, given as an answer, is right; every mark says so."""
        panel = opened(name)
        result = checked(panel, panel.kind.solved())
        assert result["status"] == "right"
        assert result["marks"]
        assert all(mark["right"] for mark in result["marks"])

    @pytest.mark.parametrize(
        ("kind", "answer", "marks"),
        [
            ("predict", {"write": {"decision": "explicitDeny", "step": "deny evaluation", "sure": True}}, ["write"]),
            ("order", ["deny evaluation", "identity-based policies"], ["deny evaluation", "identity-based policies"]),
            ("diagnose", {"caller": "nikki"}, ["nikki"]),
            ("choose", ["role", "group"], ["role", "group"]),
            ("match", {"nikki": "z"}, ["nikki"]),
        ],
    )
    def test_marks_are_of_what_was_said(self, kind: str, answer: Any, marks: list[str]) -> None:
        """Only what the answer says is marked; of what it leaves out nothing is told."""
        result = checked(opened(QUICK[kind]), json.dumps(answer))
        assert [mark["id"] for mark in result["marks"]] == marks
        assert not result["marks"][-1]["right"]

    def test_sure_and_wrong_is_recorded(self) -> None:
        """A prediction that was sure and wrong counts, for what is dealt out next."""
        panel = opened(QUICK["predict"])
        checked(panel, '{"write": {"decision": "explicitDeny", "step": "deny evaluation", "sure": true}}')
        assert kept(panel)["events"][-1]["sure"] == 1

    def test_mistake_of_ours_is_told(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """What goes wrong while checking is told in the panel; the answer stays."""
        panel = opened("s3-read-write")
        monkeypatch.setattr(panel.kind, "check", lambda _text: 1 / 0)
        assert "our mistake" in checked(panel, RIGHT)["notes"][0]["text"]
        assert panel.text == RIGHT

    def test_trace_only_after_the_check(self) -> None:
        """A request's trace is handed out once a prediction of it was checked, and of no other."""
        panel = opened(QUICK["predict"])
        assert asks(panel, "trace", request="write") is None
        checked(panel, '{"write": {"decision": "allowed"}}')
        assert asks(panel, "trace", request="write")["decision"] == "implicitDeny"
        assert asks(panel, "trace", request="read") is None


class TestTrying:
    def test_requests_are_decided_live(self) -> None:
        """The requests of the task get verdicts with each version of the text, among the policies around it."""
        panel = opened("behind-a-key")
        answers(panel, panel.kind.solved())
        decisions = [verdict["decision"] for verdict in panel.report["verdicts"]]
        assert decisions == ["allowed", "allowed", "implicitDeny", "implicitDeny"]
        assert panel.report["revision"] == 1

    def test_lint_leaves_alone_what_the_task_would_have_so(self) -> None:
        """What the solution itself would be reproached with is not said of an answer."""
        panel = opened("sagemaker-administrator")
        answers(panel, panel.kind.solved())
        until(lambda: panel.report["linted"])
        assert panel.report["problems"] == []

    def test_lint_leaves_alone_what_the_task_is_about(self) -> None:
        """A mistake that the exercise is about is not marked, nor mended by a button, before the learner checks."""
        panel = opened("a-second-factor")
        until(lambda: panel.report["linted"])
        assert panel.report["problems"] == []
        answers(panel, policy("s3:GetObjects"))
        until(lambda: panel.report["linted"])
        assert [problem["code"] for problem in panel.report["problems"]] == ["unknown-action"]


class TestKeeping:
    @pytest.mark.parametrize("name", ["s3-read-write", *QUICK.values()])
    def test_comes_back(self, name: str) -> None:
        """Answer, attempts, hints, the opened solution and the last result come back in another panel."""
        panel = opened(name)
        wrong = STAR if name == "s3-read-write" else next(mutant for _, mutant in panel.kind.mutants(""))
        checked(panel, wrong)
        asks(panel, "hint")
        asks(panel, "solution")
        kept(panel)
        again = opened(name)
        assert again.text == wrong
        assert again.progress == panel.progress
        assert panel.saved["state"] == "moved"

    def test_saved_as_typed(self) -> None:
        """An answer is on the disk without any check."""
        panel = opened(QUICK["choose"])
        answers(panel, '["role"]')
        assert kept(panel)["answer"] == '["role"]'

    def test_reset_is_recorded(self) -> None:
        """Reset leaves the answer that it takes away in the history."""
        panel = opened("s3-read-write")
        answers(panel, STAR)
        asks(panel, "reset")
        answers(panel, panel.setup["start"])
        found = kept(panel)
        assert found["events"][-1] | {"at": ""} == {"at": "", "what": "reset", "answer": STAR}
        assert found["answer"] == panel.setup["start"]

    @pytest.mark.parametrize(("way", "left"), [("keep_mine", '["role"]'), ("take_theirs", '["group"]')])
    def test_conflict(self, way: str, left: str) -> None:
        """What another window wrote is not overwritten until the learner says which one stays; the other is kept."""
        panel = opened(QUICK["choose"])
        answers(panel, '["account"]')
        file = panel._settings.answers / "who-can-be-named.json"
        theirs = {**kept(panel), "answer": '["group"]', "stamp": "another"}
        file.write_text(json.dumps(theirs), encoding="utf-8")
        answers(panel, '["role"]')
        until(lambda: panel.saved["state"] == "conflict")
        assert json.loads(file.read_text(encoding="utf-8"))["answer"] == '["group"]'
        told = asks(panel, way)
        answers(panel, told if way == "take_theirs" else panel.text)
        until(lambda: panel.saved["state"] == "kept")
        found = kept(panel)
        assert found["answer"] == left
        assert ("replaced", '["group"]' if way == "keep_mine" else '["role"]') in [
            (event["what"], event.get("answer")) for event in found["events"]
        ]

    def test_failure_is_told_and_can_be_tried_again(self, folder: Path) -> None:
        """Where the answer cannot be saved, the panel says why and that it is still there; it can be tried again."""
        (folder / "iamlab.toml").write_text('answers = "here"', encoding="utf-8")
        (folder / "here").write_text("no folder", encoding="utf-8")
        panel = opened(QUICK["choose"])
        answers(panel, '["role"]')
        until(lambda: panel.saved["message"].endswith("Your answer is still here."))
        assert panel.saved["state"] == "failed"
        (folder / "here").unlink()
        asks(panel, "save")
        until(lambda: panel.saved["state"] == "kept")
        assert kept(panel)["answer"] == '["role"]'

    def test_seed(self) -> None:
        """A seed opens its own variant."""
        buckets = {opened("s3-read-write", seed=seed).setup["task"] for seed in ("maya", "arnav", "saanvi", "nikki")}
        assert len(buckets) > 1


class TestHelp:
    def test_hints_come_one_by_one(self) -> None:
        """Each request for a hint opens one more, up to the last."""
        panel = opened("s3-read-write")
        counts = [len(panel.progress["hints"])]
        for _ in range(4):
            asks(panel, "hint")
            counts.append(len(panel.progress["hints"]))
        assert counts == [0, 1, 2, 3, 3]
        assert [event["what"] for event in kept(panel)["events"]] == ["hint"] * 3

    def test_switched_off(self, folder: Path) -> None:
        """What an instructor has closed stays closed, whatever the browser asks for, and says why."""
        (folder / "iamlab.toml").write_text("[hints]\nopen = false\n[solution]\nafter_attempts = 1", encoding="utf-8")
        panel = opened(QUICK["choose"])
        asks(panel, "hint")
        asks(panel, "solution")
        assert (panel.progress["hints"], panel.progress["solution"]) == ([], None)
        assert panel.progress["closed"]["hints"] == "Hints are not offered here."
        assert panel.progress["closed"]["solution"].startswith("The solution opens after 1")
        checked(panel, '["role"]')
        asks(panel, "solution")
        assert panel.progress["solution"]["lines"]

    def test_points_after_the_solution(self) -> None:
        """What is checked after the solution was opened adds no points."""
        panel = opened("s3-read-write")
        checked(panel, STAR)
        asks(panel, "solution")
        checked(panel, RIGHT)
        assert panel.progress["points"] == "2 of 4 points"
        assert panel.progress["attempts"] == "2 attempts, solution seen"

    def test_no_solution_file(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """In a course folder without solutions, the button says so."""
        panel = opened("s3-read-write")

        def missing() -> str:
            raise ExerciseError("solutions", "There is no solution file.")

        monkeypatch.setattr(panel.kind, "solved", missing)
        panel.refresh()
        assert panel.progress["closed"]["solution"] == "The solution is not part of this course's folder."


@pytest.mark.parametrize("name", ["s3-read-write", "home-folders", *QUICK.values()])
def test_nothing_leaks(name: str) -> None:
    """Before it is asked for, neither the solution nor an explanation nor a hint is in what a browser is told."""
    panel = opened(name)
    about = panel.kind.exercise
    told = sent(panel)
    options = [*about.body.get("options", []), *(one for q in about.body.get("questions", []) for one in q["options"])]
    secrets = [*about.hints, *(one["why"] for one in options if one.get("why"))]
    assert not [secret for secret in secrets if secret in told]
    assert panel.kind.solved().strip() not in told
    assert not {"right", "misconception", "why"} & set(_keys(panel.get_state()["setup"]))


def _keys(value: Any) -> list[str]:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [*(value if isinstance(value, dict) else ()), *(key for one in inner for key in _keys(one))]


@pytest.mark.parametrize("name", [name for name in exercise_files() if find_exercise(name).kind != "policy"])
def test_every_exercise_opens(name: str) -> None:
    """Every exercise has a panel, and its first mutant is told in words."""
    panel = opened(name)
    _, mutant = next(iter(make_kind(find_exercise(name)).mutants("")))
    assert checked(panel, mutant)["title"]


def test_unknown_name() -> None:
    """A name that is none is told with the nearest ones."""
    with pytest.raises(ExerciseError, match="s3-read-write"):
        exercise("s3-read-writes")


@pytest.mark.parametrize(
    ("score", "most", "words"), [(None, 4, "4 points"), (1.0, 1, "1 of 1 point"), (0.5, 2, "0.5 of 2 points")]
)
def test_points(score: float | None, most: float, words: str) -> None:
    """Points in words."""
    assert points_said(score, most) == words
