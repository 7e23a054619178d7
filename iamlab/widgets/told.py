"""What an exercise panel says after a check: the result as plain data, in the words that stand on the screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from iamlab.evaluation.decision import ALLOWED
from iamlab.learning.exercise import exercise_files, load_exercise
from iamlab.learning.exercise_file import ExerciseError
from iamlab.learning.kinds import Kind
from iamlab.learning.kinds.policy import PolicyExercise
from iamlab.learning.misconceptions import misconceptions
from iamlab.learning.result import INVALID, NOT_ATTEMPTED, RIGHT, Feedback, Result
from iamlab.reporting.editor import Advice, editor_report
from iamlab.reporting.result import STATUS_WORDS
from iamlab.reporting.words import WORDS, plural

__all__ = ["lesson_told", "points_said", "told"]

PROVEN = "Right: proven over every possible request"
TOO_MUCH = "your policy also allows what the task rules out"
TOO_LITTLE = "the task asks for a request that your policy does not allow"
OTHER_PART = "a part of the task is still open"
UNREADABLE = "The policy cannot be read yet"
PLACES = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight")


def told(kind: Kind, result: Result, answer: str) -> dict[str, Any]:
    """Return what the panel shows of a result.

    Args:
        kind: the exercise.
        result: what checking said.
        answer: the text that was checked.
    """
    marks = [_with_lesson(mark) for mark in kind.marks(answer)] if result.status not in SILENT else []
    said = {str(mark["text"]) for mark in marks if mark["text"]}
    rest = [one for one in result.feedback if not (one.witness or _is_said(one, said))]
    return {
        "status": result.status,
        "answer": answer,
        "title": _title(kind, result),
        "points": "" if result.status == NOT_ATTEMPTED else points_said(result.score, result.max_score),
        "witnesses": [_witness(kind, one, answer) for one in result.feedback if one.witness],
        "parts": [] if marks else _parts(result),
        "notes": [_note(one) for one in rest],
        "marks": marks,
        "next": _next(kind) if result.status == RIGHT else None,
    }


SILENT = {INVALID, NOT_ATTEMPTED}


def points_said(score: float | None, most: float) -> str:
    """Return points in words.

    >>> points_said(2.5, 4), points_said(None, 1)
    ('2.5 of 4 points', '1 point')
    """
    whole = plural(int(most), "point")
    return whole if score is None else f"{score:g} of {whole}"


def _is_said(feedback: Feedback, said: set[str]) -> bool:
    """Whether a mark in the answer says the same."""
    return feedback.kind == "explanation" and any(feedback.text.endswith(text) for text in said)


def _title(kind: Kind, result: Result) -> str:
    """The one sentence that stands first."""
    word = STATUS_WORDS[result.status]
    if result.status == NOT_ATTEMPTED:
        return word
    if result.status == INVALID:
        return UNREADABLE if isinstance(kind, PolicyExercise) else word
    if isinstance(kind, PolicyExercise):
        return PROVEN if result.status == RIGHT else f"{word}: {_why(result)}"
    return word if result.status == RIGHT else f"{word}: {_counted(kind.name, result)}"


def _why(result: Result) -> str:
    witness = next((one.witness for one in result.feedback if one.witness), None)
    if witness is None:
        return OTHER_PART
    return TOO_MUCH if witness["yours"] == ALLOWED else TOO_LITTLE


def _counted(kind: str, result: Result) -> str:
    held = sum(part.holds for part in result.parts)
    if kind == "order":
        first = next(place for place, part in enumerate(result.parts) if not part.holds)
        return (
            f"the first {_number(first)} {'stands' if first == 1 else 'stand'} right"
            if first
            else "place one is not right yet"
        )
    if kind == "choose" and len(result.parts) == 1:
        return "another option is right"
    what = {"predict": "parts of the predictions", "diagnose": "answers", "choose": "options", "match": "matches"}.get(
        kind, "parts"
    )
    right = "judged rightly" if kind == "choose" else "right"
    return f"{_number(held)} of {_number(len(result.parts))} {what} {'is' if held < 2 else 'are'} {right}"


def _number(count: int) -> str:
    return PLACES[count] if count < len(PLACES) else str(count)


def _parts(result: Result) -> list[dict[str, Any]]:
    """The parts of the task with their points; of a single part the title says it all."""
    if len(result.parts) < 2 or result.status == RIGHT:
        return []
    return [
        {"name": part.name, "holds": part.holds, "points": f"{part.points:g} of {part.most:g}"} for part in result.parts
    ]


def _note(feedback: Feedback) -> dict[str, Any]:
    return _with_lesson({"kind": feedback.kind, "text": feedback.text, "misconception": feedback.misconception})


def _with_lesson(told: Mapping[str, Any]) -> dict[str, Any]:
    """Add the lesson on a misconception, with its place from the working directory where it is there."""
    rest = {key: value for key, value in told.items() if key != "misconception"}
    known = misconceptions().get(told.get("misconception") or "")
    return {**rest, "lesson": lesson_told(known.lesson) if known and known.lesson else None}


def lesson_told(file: str) -> dict[str, str]:
    """Return a lesson's name, and where it lies from the working directory: empty where it is not to be found."""
    number, _, words = file.removesuffix(".ipynb").partition("-")
    return {"name": f"Lesson {number}, {words.replace('-', ' ')}", "path": _lesson_path(file)}


def _lesson_path(file: str) -> str:
    """Where a lesson lies, from the working directory; empty where it is not to be found."""
    here = Path.cwd()
    for steps, folder in enumerate([here, *here.parents][:4]):
        for place in (file, f"notebooks/{file}"):
            if (folder / place).is_file():
                return "../" * steps + place
    return ""


def _witness(kind: Kind, feedback: Feedback, answer: str) -> dict[str, Any]:
    """A request with both decisions, and what the answer says of it: the statement, and why."""
    witness = dict(feedback.witness or {})
    principal = witness["principal"]
    yours, task = witness["yours"], witness["task"]
    return {
        "principal": principal if isinstance(principal, str) else ", ".join(f"{k}: {v}" for k, v in principal.items()),
        "action": witness["action"],
        "resource": witness["resource"],
        "context": [[key, value if isinstance(value, str) else ", ".join(value)] for key, value in _context(witness)],
        "yours": yours,
        "task": task,
        "text": feedback.text,
        "also": f"The same holds for {plural(len(witness['also']), 'more action')}." if witness["also"] else "",
        "spoken": f"{witness['action']}: your policy, {WORDS[yours]}; the task, {WORDS[task]}.",
        "verdict": _verdict(kind, witness, answer),
    }


def _context(witness: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return list(witness["context"].items())


def _verdict(kind: Kind, witness: Mapping[str, Any], answer: str) -> dict[str, Any] | None:
    """What an editor says of the witness, among those surroundings in which the answer decides it so."""
    if not isinstance(kind, PolicyExercise):
        return None
    ask: dict[str, Any] = {"kind": kind.kind, "management_account": kind.around.management_account}
    for others in kind.around.may_be_given():
        report = editor_report(answer, [witness], others=others, advise=_no_advice, **ask)
        verdicts: Sequence[dict[str, Any]] = report["verdicts"]
        if verdicts and verdicts[0]["decision"] == witness["yours"]:
            return verdicts[0]
    return None


def _no_advice(_policy: object) -> Advice:
    return Advice()


def _next(kind: Kind) -> dict[str, str] | None:
    """The next exercise of the same lesson."""
    files = exercise_files()
    names = [name for name, path in files.items() if path.parent.name == kind.exercise.lesson]
    following = names[names.index(kind.exercise.name) + 1 :] if kind.exercise.name in names else []
    if not following:
        return None
    try:
        return {"name": following[0], "title": load_exercise(files[following[0]]).title}
    except ExerciseError:
        return None
