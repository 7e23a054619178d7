"""The exercise panel: a task, an answer that is kept as it is given, and what checking it finds."""

from __future__ import annotations

import json
import threading
import weakref
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

import traitlets

from iamlab.learning.answers import AnswerKeeper, Outcome
from iamlab.learning.exercise import find_exercise
from iamlab.learning.exercise_file import ExerciseError
from iamlab.learning.kinds import Kind
from iamlab.learning.kinds.policy import PolicyExercise
from iamlab.learning.result import NOT_ATTEMPTED, Result
from iamlab.learning.saved import CHECK, HINT, RESET, SOLUTION
from iamlab.learning.settings import Settings, settings
from iamlab.learning.verify import make_kind
from iamlab.policy import PolicyError, format_policy
from iamlab.reporting.explanation import explanation_data
from iamlab.reporting.words import plural
from iamlab.widgets.judged import JudgedText
from iamlab.widgets.told import points_said, told
from iamlab.widgets.trying import Trying

__all__ = ["ExercisePanel", "exercise"]

KINDS = {
    "policy": "Policy",
    "predict": "Predict",
    "order": "Order",
    "diagnose": "Diagnose",
    "choose": "Choose",
    "match": "Match",
}
NO_SOLUTION = "The solution is not part of this course's folder."
FAILED = "The answer could not be checked (`{}`). That is our mistake. Your answer is still here."
KEPT = {"state": "kept", "message": ""}


class ExercisePanel(JudgedText):
    """An exercise with its answer. Make one with `exercise`.

    The browser writes `document`, the answer; Python writes `progress` (attempts, help taken, the last result) and
    `requests` (what a policy is tried with). The key is in no trait; the solution is once it was asked for.
    """

    progress = traitlets.Dict().tag(sync=True)
    requests: traitlets.List[Any] = traitlets.List().tag(sync=True)

    def __init__(self, kind: Kind, chosen: Settings, seed: str | None = None) -> None:
        self.kind, self._settings = kind, chosen
        self._result: dict[str, Any] | None = None
        self._changing = threading.RLock()
        self._checking = 0
        self._trying = Trying(kind, weakref.WeakMethod(self.judge)) if isinstance(kind, PolicyExercise) else None
        super().__init__(setup=_setup(kind), document={"revision": 0, "text": _start(kind)}, saved=KEPT)
        self._keeper = AnswerKeeper(
            kind.exercise.name, _start(kind), self._outcome, folder=chosen.answers, seed=seed or None
        )
        self.document = {"revision": 0, "text": self._keeper.saved.answer}
        self.refresh()
        self.judge()
        self.observe(self._on_document, "document")
        self._in_background(self._open)

    def judged(self) -> dict[str, Any]:
        """Return how a policy decides the requests of the task; of other answers, that they were heard."""
        revision = self.document["revision"]
        if self._trying is None:
            return {"revision": revision, "readable": True}
        return self._trying.report(self.text, revision)

    def refresh(self) -> None:
        """Tell the browser how far the exercise is."""
        with self._changing:
            self.progress = self._progress()

    def answered(self, question: Mapping[str, Any]) -> dict[str, Any] | None:
        """Return the answer to a browser's message: the panel's own ones first."""
        asked = ASKED.get(str(question.get("type")))
        if asked is None:
            return super().answered(question)
        return {"type": question["type"], "id": question.get("id"), "answer": asked(self, question)}

    def check(self, text: str) -> None:
        """Check an answer, and record it; an answer that nobody has touched is no attempt."""
        result, shown = self._checked(text)
        with self._changing:
            if result is not None and result.status != NOT_ATTEMPTED:
                self._record(CHECK, text, result)
            self._told(shown)

    def _checked(self, text: str) -> tuple[Result | None, dict[str, Any]]:
        """Return what checking found, and what is shown of it; a mistake of ours is shown as well."""
        try:
            result = self.kind.check(text)
            return result, told(self.kind, result, text)
        except Exception as error:
            return None, _failed(error, text)

    def _told(self, result: dict[str, Any]) -> None:
        with self._changing:
            self._result = result
            self._checking = max(0, self._checking - 1)
            self.refresh()

    def _record(self, what: str, text: str, result: Result | None = None) -> None:
        """Record an event with the answer that it is about, which may not be the newest any more."""
        with self._changing:
            newest = self._keeper.saved.answer
            self._keeper.keep(text)
            self._keeper.record(what, result, sure=_sure(self.kind, text) if result else None)
            if what == CHECK and self.text != text:
                self._keeper.keep(newest)

    def _open(self) -> None:
        """Do what takes longer once the panel stands: find requests to try, check again what was checked last."""
        if self._trying is not None:
            with suppress(Exception):  # a panel without requests to try is a panel all the same
                self.requests = self._trying.find_requests()
            self.judge()
        last = self._keeper.saved.last
        if last is not None and last.answer and self._result is None:
            self._told(self._checked(last.answer)[1])

    def _in_background(self, work: Callable[[], None]) -> None:
        threading.Thread(target=work, name=f"iamlab {self.kind.exercise.name}", daemon=True).start()

    def _on_document(self, _change: object) -> None:
        with self._changing:
            self._keeper.keep(self.text)
        self.judge()

    def _outcome(self, outcome: Outcome) -> None:
        """Heard in the keeper's thread, from which a trait may be set as from any other."""
        state = "kept" if outcome.state == "saved" else outcome.state
        self.saved = {"state": state, "message": outcome.message}

    def _progress(self) -> dict[str, Any]:
        saved, exercise = self._keeper.saved, self.kind.exercise
        best = saved.best
        return {
            "points": points_said(best.score if best else None, exercise.points),
            "attempts": _attempts(saved.attempts, saved.solution_seen),
            "hints": list(exercise.hints[: saved.hints]),
            "closed": {"hints": self._settings.hints.closed(saved), "solution": self._solution_closed()},
            "solution": self._solution() if saved.solution_seen and not self._solution_closed() else None,
            "result": self._result,
            "checking": self._checking > 0,
        }

    def _solution_closed(self) -> str:
        try:
            self.kind.solved()
        except ExerciseError:
            return NO_SOLUTION
        return self._settings.solution.closed(self._keeper.saved)

    def _solution(self) -> dict[str, Any]:
        answer = self.kind.solved()
        try:
            why = self.kind.exercise.solution.why
        except ExerciseError:
            why = ""
        lines = self.kind.solved_in_words()
        return {"answer": answer if lines else _formatted(answer), "lines": lines, "why": why.strip()}

    def _ask_check(self, question: Mapping[str, Any]) -> bool:
        text = str(question.get("text", self.text))
        with self._changing:
            self._checking += 1
            self.refresh()
        self._in_background(lambda: self.check(text))
        return True

    def _ask_hint(self, _question: Mapping[str, Any]) -> bool:
        saved = self._keeper.saved
        if saved.hints < len(self.kind.exercise.hints) and not self._settings.hints.closed(saved):
            self._keeper.record(HINT)
        self.refresh()
        return True

    def _ask_solution(self, _question: Mapping[str, Any]) -> bool:
        if not self._solution_closed() and not self._keeper.saved.solution_seen:
            self._keeper.record(SOLUTION)
        self.refresh()
        return True

    def _ask_reset(self, question: Mapping[str, Any]) -> bool:
        """Record the answer that Reset takes away; the browser then puts the start in its place."""
        self._record(RESET, str(question.get("text", self.text)))
        return True

    def _ask_keep_mine(self, _question: Mapping[str, Any]) -> bool:
        self._keeper.keep_mine()
        self.refresh()
        return True

    def _ask_take_theirs(self, _question: Mapping[str, Any]) -> str:
        text = self._keeper.take_theirs()
        self.refresh()
        return text

    def _ask_save(self, _question: Mapping[str, Any]) -> bool:
        self._keeper.again()
        return True

    def _ask_trace(self, question: Mapping[str, Any]) -> dict[str, Any] | None:
        """The trace of a request, once what was predicted of it has been checked."""
        checked = {mark["id"] for mark in (self._result or {}).get("marks", ())}
        name = question.get("request")
        if self.kind.name != "predict" or name not in checked:
            return None
        return explanation_data(self.kind.key[name])  # type: ignore[attr-defined]


ASKED: dict[str, Callable[[ExercisePanel, Mapping[str, Any]], Any]] = {
    "check": ExercisePanel._ask_check,
    "hint": ExercisePanel._ask_hint,
    "solution": ExercisePanel._ask_solution,
    "reset": ExercisePanel._ask_reset,
    "keep_mine": ExercisePanel._ask_keep_mine,
    "take_theirs": ExercisePanel._ask_take_theirs,
    "save": ExercisePanel._ask_save,
    "trace": ExercisePanel._ask_trace,
}


def exercise(name: str, *, seed: str | None = None) -> ExercisePanel:
    """Open an exercise in a panel. The answer is kept beside the notebook, and comes back when the cell runs again.

    Args:
        name: the exercise's name, as `iamlab exercise list` shows it.
        seed: whose variant it is, such as a student's name; that of `iamlab.toml` unless given.

    Raises:
        ExerciseError: where there is no such exercise, or its file cannot be used.
        SettingsError: where `iamlab.toml` cannot be used.
    """
    chosen = settings()
    seed = chosen.seed if seed is None else seed
    return ExercisePanel(make_kind(find_exercise(name, seed)), chosen, seed)


def _setup(kind: Kind) -> dict[str, Any]:
    """What never changes: the task, and what is shown of it without the key."""
    about = kind.exercise
    shown = kind.about() if isinstance(kind, PolicyExercise) else kind.shown()
    setup = {
        **shown,
        "view": "exercise",
        "name": f"exercise {about.name}",
        "exercise": about.name,
        "title": about.title,
        "kind": about.kind,
        "kind_word": "Choose all that apply"
        if shown.get("several")
        else KINDS.get(about.kind, about.kind.capitalize()),
        "topics": list(about.topics),
        "task": about.task,
        "hints": len(about.hints),
        "start": _start(kind),
        "template": kind.template,
    }
    found: dict[str, Any] = json.loads(json.dumps(setup))
    return found


def _start(kind: Kind) -> str:
    """What the answer begins as; a file's last line feed is no line of it."""
    return kind.start.strip()


def _attempts(count: int, solution_seen: bool) -> str:
    seen = "solution seen" if solution_seen else ""
    return ", ".join(filter(None, [plural(count, "attempt") if count else "" if seen else "not tried yet", seen]))


def _sure(kind: Kind, text: str) -> int | None:
    """How many predictions were sure and wrong."""
    if kind.name != "predict":
        return None
    return sum(bool(mark["sure"]) and not mark["decision"] for mark in kind.marks(text))


def _formatted(policy: str) -> str:
    try:
        return format_policy(policy)
    except PolicyError:
        return policy


def _failed(error: Exception, text: str) -> dict[str, Any]:
    what = FAILED.format(f"{type(error).__name__}: {error}"[:200])
    note = {"kind": "note", "text": what, "lesson": None}
    empty: dict[str, Any] = {"witnesses": [], "parts": [], "marks": [], "next": None, "points": ""}
    return {"status": "invalid", "answer": text, "title": "Not checked", "notes": [note], **empty}
