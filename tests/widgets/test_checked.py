"""Lint beside the editor: with the decisions where it is quick, after them where it is not, never in their way."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from iamlab.policy import Policy, Span, parse_policy
from iamlab.policy.problem import WARNING, Problem
from iamlab.reporting.editor import Advice
from iamlab.widgets import PolicyEditor, checked
from iamlab.widgets.checked import Checked
from tests.widgets.editors import START, opened, types

UNKNOWN = START.replace("GetObject", "GetObjects")
FOUND = Advice((Problem("slow", Span(0, 1), "It took its time.", severity=WARNING),))


def linted(editor: PolicyEditor) -> list[str]:
    """The codes of what lint finds, once it has spoken."""
    end = time.monotonic() + 30
    while not editor.report["linted"] and time.monotonic() < end:
        time.sleep(0.005)
    assert editor.report["linted"]
    return [problem["code"] for problem in editor.report["problems"]]


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Checks that take until the event is set."""
    done = threading.Event()

    def wait(policy: Policy) -> Advice:
        done.wait(30)
        return FOUND

    monkeypatch.setattr(checked, "advice", wait)
    yield done
    done.set()


def test_findings_come_with_the_report() -> None:
    """What lint finds in a readable policy is among the problems; the decisions stand."""
    editor = opened()
    types(editor, UNKNOWN)
    assert linted(editor) == ["unknown-action"]
    assert editor.report["readable"]
    assert editor.report["summary"] == "Readable, 1 statement · 1 error"
    assert [one["decision"] for one in editor.report["verdicts"]] == ["implicitDeny", "implicitDeny"]


def test_quick_checks_are_in_the_first_report() -> None:
    """Once the checks are warm, one report says it all."""
    editor = opened()
    linted(editor)
    types(editor, UNKNOWN, 1)
    linted(editor)
    for number in range(2, 20):
        types(editor, UNKNOWN + " " * number, number)
        if editor.report["linted"]:
            return
    pytest.fail("no report had its findings at once")


def test_slow_checks_come_later(slow: threading.Event) -> None:
    """The decisions do not wait; the findings follow, with the revision of their text."""
    editor = opened()
    begun = time.perf_counter()
    types(editor, UNKNOWN, 3)
    assert time.perf_counter() - begun < 1
    assert (editor.report["linted"], editor.report["problems"], len(editor.report["verdicts"])) == (False, [], 2)
    slow.set()
    assert linted(editor) == ["slow"]
    assert editor.report["revision"] == 3


def test_only_the_last_text_is_checked(slow: threading.Event, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was typed over in the meantime is passed over."""
    seen: list[str] = []

    def note(policy: Policy) -> Advice:
        slow.wait(30)
        seen.append(policy.source.text)
        return FOUND

    monkeypatch.setattr(checked, "advice", note)
    editor = opened()
    for number in range(20):
        types(editor, START + " " * number, number)
    slow.set()
    linted(editor)
    assert editor.report["revision"] == 19
    assert seen[-1] == START + " " * 19
    assert len(seen) <= 3


def test_broken_text_in_between(slow: threading.Event) -> None:
    """Findings of an older text never stand over a newer one."""
    editor = opened()
    types(editor, UNKNOWN, 1)
    types(editor, "{", 2)
    slow.set()
    time.sleep(0.1)
    assert (editor.report["revision"], editor.report["readable"]) == (2, False)
    assert [problem["code"] for problem in editor.report["problems"]] == ["unclosed"]


def test_same_text_is_checked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another request about the same policy does not check it again."""
    editor = opened()
    linted(editor)
    monkeypatch.setattr(checked, "advice", lambda policy: pytest.fail("checked again"))
    editor.set_state({"draft": {"action": "s3:GetObject", "resource": "*"}})
    assert editor.report["linted"]


def test_failing_check_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistake in a check takes no decision away."""

    def failing(_: object) -> None:
        raise ZeroDivisionError("odd")

    monkeypatch.setattr("iamlab.reporting.editor.lint", failing)
    editor = opened()
    types(editor, UNKNOWN)
    assert linted(editor) == []
    assert "could not be checked (`ZeroDivisionError: odd`)" in editor.report["failure"]
    assert len(editor.report["verdicts"]) == 2


def test_very_long_policies_are_not_checked() -> None:
    """They would keep the kernel busy; it is said, and the command does it."""
    text = START + " " * checked.LONGEST
    said = Checked(lambda: None).advice(parse_policy(text))
    assert said is not None
    assert "`iamlab lint` checks it" in said.failure


def test_without_lint() -> None:
    """An editor may leave the findings out, where finding them is the task; errors of reading stay."""
    editor = opened(lint=False)
    types(editor, UNKNOWN, 1)
    assert (editor.report["linted"], editor.report["problems"], editor.report["failure"]) == (True, [], "")
    types(editor, "{", 2)
    assert editor.report["problems"]


def test_an_editor_that_is_gone_is_not_told(slow: threading.Event) -> None:
    """Nothing is left to tell, and nothing fails."""
    asker = Checked(lambda: None)
    assert asker.advice(parse_policy(UNKNOWN)) is None
    slow.set()
    end = time.monotonic() + 10
    while asker.advice(parse_policy(UNKNOWN)) is None and time.monotonic() < end:
        time.sleep(0.01)
    assert asker.advice(parse_policy(UNKNOWN)) == FOUND
