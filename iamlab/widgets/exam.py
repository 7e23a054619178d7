"""The mock exam: questions under a clock, saved at each answer, and nothing of what is right before it is handed in."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import traitlets

from iamlab.learning.answers import Outcome
from iamlab.learning.clock import Clock
from iamlab.learning.course import course
from iamlab.learning.exam import MOST_ANSWER, Exam, ExamError, asked, bank_about, shortage, start_exam
from iamlab.learning.exam_keeper import ExamKeeper
from iamlab.learning.exam_result import exam_result
from iamlab.learning.exam_sheet import shown_in
from iamlab.learning.settings import settings
from iamlab.reporting.words import and_list, plural
from iamlab.widgets.judged import JudgedText
from iamlab.widgets.told import lesson_told

__all__ = ["ExamPanel", "exam"]

START, RUNNING, PAUSED, OVER = "start", "running", "paused", "over"
KEPT = {"state": "kept", "message": ""}
SETUP = {"view": "exam", "name": "exam", "title": "Mock exam", "kind": "exam"}

Message = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a new exam is to be."""

    questions: int
    minutes: float
    topics: tuple[str, ...] = ()
    seed: object = None

    @property
    def said(self) -> str:
        """It in words, as the page before it says it."""
        about = f"about {and_list(_named(one) for one in self.topics)}" if self.topics else "from the whole course"
        return f"{plural(self.questions, 'question')} in {self.minutes:g} minutes, {about}."


class ExamPanel(JudgedText):
    """A mock exam. Make one with `exam`.

    The browser writes `document`, its text a sheet in JSON: answers, flags and the place; Python writes `progress` (the
    face, the time left, the result at the end) and `questions`. What is right is in no trait before the end.
    """

    progress = traitlets.Dict().tag(sync=True)
    questions: traitlets.List[Any] = traitlets.List().tag(sync=True)

    def __init__(self, wanted: Wanted, keeper: Callable[[Callable[[Outcome], None]], ExamKeeper], new: bool) -> None:
        self._wanted, self._clock, self._changing = wanted, Clock(), threading.RLock()
        self._note = self._short = ""
        super().__init__(setup=SETUP, document={"revision": 0, "text": ""}, saved=KEPT)
        self._keeper = keeper(self._outcome)
        exam = self._keeper.exam
        self._face = START if new or exam is None or exam.handed_in else PAUSED
        self._note = self._keeper.problem
        self._lay_out()
        self.judge()
        self.observe(self._on_document, "document")
        threading.Thread(target=self._look, name="iamlab exam", daemon=True).start()

    @property
    def exam(self) -> Exam | None:
        """The exam under way, or the last one."""
        return self._keeper.exam

    def judged(self) -> dict[str, Any]:
        """Return that a sheet was heard."""
        return {"revision": self.document["revision"], "readable": True}

    def answered(self, question: Message) -> dict[str, Any] | None:
        """Return the answer to a browser's message: the exam's own ones first."""
        act = ASKED.get(str(question.get("type")))
        if act is None:
            return super().answered(question)
        with self._changing:
            act(self, question)
        return {"type": question["type"], "id": question.get("id"), "answer": True}

    def refresh(self) -> None:
        """Tell the browser how the exam stands."""
        with self._changing:
            exam = self.exam if self._face != START else None
            self.progress = {
                "face": self._face,
                "exam": exam.id if exam else "",
                "count": len(exam.questions) if exam else self._wanted.questions,
                "left": exam.left if exam else self._wanted.minutes * 60,
                "minutes": exam.minutes if exam else self._wanted.minutes,
                "note": self._note,
                "start": self._start() if self._face == START else None,
                "result": _with_lessons(exam_result(exam)) if exam and self._face == OVER else None,
            }

    def _start(self) -> dict[str, str]:
        """What stands on the page before an exam."""
        last = self.exam
        under_way = (
            f"The exam begun before, with {plural(len(last.answers), 'answer')}, is then put aside." if last else ""
        )
        return {
            "said": self._wanted.said,
            "short": self._short,
            "before": "" if last is None or last.handed_in else under_way,
            "last": "The last result" if last is not None and last.handed_in else "",
        }

    def _lay_out(self) -> None:
        """Give the browser the questions and the sheet, as the face needs them."""
        exam = self.exam if self._face != START else None
        self.questions = [shown_in(exam.seed, asked(name)) for name in exam.questions] if exam else []
        self.document = {"revision": self.document["revision"] + 1, "text": _sheet(exam) if exam else ""}
        self.refresh()

    def _look(self) -> None:
        """See how many questions there are; reading the bank takes a moment."""
        try:
            count = len(bank_about(self._wanted.topics))
        except Exception as error:
            self._note = str(error)
        else:
            wanted = self._wanted
            self._short = shortage(wanted.questions, count, wanted.topics) if count < wanted.questions else ""
        with suppress(Exception):  # the panel may be gone
            self.refresh()

    def _show(self, face: str) -> None:
        self._face, self._note = face, ""
        self._lay_out()

    def _on_document(self, _change: object) -> None:
        with self._changing:
            exam = self.exam
            if exam is not None and self._face in (RUNNING, PAUSED):
                self._keeper.keep(_read_sheet(self.text, exam))
        self.judge()

    def _outcome(self, outcome: Outcome) -> None:
        """Heard in the keeper's thread. Where the exam goes on elsewhere, it stands here."""
        with self._changing:
            if outcome.state in ("conflict", "moved") and self._face == RUNNING:
                self._stand()
        state = "kept" if outcome.state == "saved" else outcome.state
        self.saved = {"state": state, "message": outcome.message}

    def _pass_time(self, question: Message, counted: float | None = None) -> None:
        """Count the time that has passed; where it is over, the exam is."""
        exam = self.exam
        if exam is None or self._face != RUNNING:
            return
        counted = self._clock.seen(_seconds(question.get("open_for"))) if counted is None else counted
        self._keeper.keep(exam := exam.ticked(counted))
        if exam.handed_in:
            self._show(OVER)
        else:
            self.refresh()

    def _stand(self) -> None:
        exam = self.exam
        if exam is not None and self._face == RUNNING:
            self._keeper.keep(replace(exam, paused=True))
            self._face = PAUSED
            self.refresh()

    def _tick(self, question: Message) -> None:
        self._pass_time(question)

    def _back(self, question: Message) -> None:
        """A page shows the exam: one that comes back after long finds it paused."""
        counted, was_long = self._clock.back()
        self._pass_time(question, counted)
        if was_long:
            self._stand()

    def _pause(self, question: Message) -> None:
        self._pass_time(question)
        self._stand()

    def _go_on(self, _question: Message) -> None:
        exam = self.exam
        if exam is not None and self._face == PAUSED:
            self._keeper.keep(replace(exam, paused=False))
            self._clock.start()
            self._face, self._note = RUNNING, ""
            self.refresh()

    def _begin(self, _question: Message) -> None:
        if self._face != START:
            return
        wanted = self._wanted
        try:
            self._keeper.begin(start_exam(wanted.questions, wanted.minutes, wanted.topics, wanted.seed))
        except ExamError as error:
            self._note = str(error)
            self.refresh()
            return
        self._clock.start()
        self._show(RUNNING)

    def _hand_in(self, question: Message) -> None:
        self._pass_time(question)
        exam = self.exam
        if exam is not None and self._face in (RUNNING, PAUSED):
            self._keeper.keep(exam.ending())
            self._show(OVER)

    def _anew(self, question: Message) -> None:
        """Go to the page before a new exam; on the weak parts, where that is asked for."""
        exam = self.exam
        if exam is None or self._face != OVER:
            return
        weak = tuple(exam_result(exam)["weak"]) if question.get("weak") else exam.topics
        self._wanted = Wanted(exam.asked, exam.minutes, weak)
        self._show(START)
        self._look()

    def _last(self, _question: Message) -> None:
        if self._face == START and self.exam is not None and self.exam.handed_in:
            self._show(OVER)

    def _keep_mine(self, _question: Message) -> None:
        self._keeper.keep_mine()

    def _take_theirs(self, _question: Message) -> None:
        exam = self._keeper.take_theirs()
        self._show(START if exam is None else OVER if exam.handed_in else PAUSED)

    def _save(self, _question: Message) -> None:
        self._keeper.again()


ASKED: dict[str, Callable[[ExamPanel, Message], None]] = {
    "begin": ExamPanel._begin,
    "tick": ExamPanel._tick,
    "back": ExamPanel._back,
    "pause": ExamPanel._pause,
    "go_on": ExamPanel._go_on,
    "hand_in": ExamPanel._hand_in,
    "anew": ExamPanel._anew,
    "last": ExamPanel._last,
    "keep_mine": ExamPanel._keep_mine,
    "take_theirs": ExamPanel._take_theirs,
    "save": ExamPanel._save,
}


def exam(
    questions: int = 20, minutes: float = 35, topics: Sequence[str] = (), seed: object = None, *, new: bool = False
) -> ExamPanel:
    """Open a mock exam; its clock starts when you begin. One under way goes on, paused, where it stopped.

    Args:
        questions: how many. AWS's own length is 65 questions in 130 minutes.
        minutes: how long it may take.
        topics: numbers of topics, as `C4.7`, or of the course's parts, as `C4`; all, unless some are given.
        seed: the same seed draws the same questions; another draw each time, unless given.
        new: whether to pass over an exam under way; it is put aside when the new one begins.

    Raises:
        ExamError: the numbers make no exam, or there is no such topic.
        SettingsError: `iamlab.toml` cannot be used.
    """
    about = tuple(dict.fromkeys([topics] if isinstance(topics, str) else map(str, topics)))
    known = {*course().topics, *course().parts}
    if unknown := [one for one in about if one not in known]:
        raise ExamError(f"There is no topic `{unknown[0][:40]}`. Topics are numbers, as `C4` and `C4.7`.")
    if not 1 <= questions <= 500 or not 0 < minutes <= 600:
        raise ExamError("An exam has from 1 to 500 questions, and takes at most 600 minutes.")
    folder = settings().answers
    return ExamPanel(Wanted(questions, float(minutes), about, seed), lambda told: ExamKeeper(told, folder=folder), new)


def _sheet(exam: Exam) -> str:
    """Write a sheet exactly as a browser does, so that the browser knows its own again."""
    sheet = {"exam": exam.id, "at": exam.at, "answers": dict(exam.answers), "flags": list(exam.flags)}
    return json.dumps(sheet, ensure_ascii=False, separators=(",", ":"))


def _read_sheet(text: str, exam: Exam) -> Exam:
    """Return an exam with what a sheet says; whatever is none of it is left out."""
    try:
        sheet = json.loads(text)
        if sheet["exam"] != exam.id:
            return exam
        told, flags, at = sheet["answers"].items(), list(sheet["flags"]), int(sheet["at"])
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError):
        return exam
    known = set(exam.questions)
    answers = {
        name: said for name, said in told if name in known and isinstance(said, str) and len(said) <= MOST_ANSWER
    }
    flagged = tuple(dict.fromkeys(one for one in flags if isinstance(one, str) and one in known))
    return replace(exam, answers=answers, flags=flagged).going_to(at)


def _seconds(told: object) -> float:
    return float(told) if isinstance(told, int | float) and told >= 0 else 0.0


def _named(topic: str) -> str:
    title = course().parts.get(topic) or course().topics.get(topic, "")
    return f"{title} ({topic})" if title else topic


def _with_lessons(result: dict[str, Any]) -> dict[str, Any]:
    """Give each lesson its name, and its place from the working directory."""
    for one in (*result["parts"], *result["questions"]):
        one["lesson"] = lesson_told(f"{one['lesson']}.ipynb") if one["lesson"] else None
    return result
