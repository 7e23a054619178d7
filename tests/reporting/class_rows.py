"""Rows of a class, for tests of grade books and overviews."""

from typing import Any


def witness(action: str, yours: str = "allowed", task: str = "implicitDeny") -> dict[str, Any]:
    """A request that shows a mistake."""
    resource = "arn:aws:s3:::ml-training-data-bucket/train.csv"
    return {
        "principal": "p",
        "action": action,
        "resource": resource,
        "context": {},
        "yours": yours,
        "task": task,
        "also": [],
    }


def row(exercise: str, status: str, score: float = 0.0, most: float = 4.0, **more: Any) -> dict[str, Any]:
    """A row as grading makes it."""
    base: dict[str, Any] = {"student": "maya", "source": "", "note": "", "private": "", "feedback": [], "answer": ""}
    base |= {"misconceptions": [], "witness": None, "spelling": ""}
    return {**base, "exercise": exercise, "status": status, "score": score, "max_score": most, **more}


EXERCISES = {
    "s3-read-write": {"title": "One bucket for a training job", "topics": ("C4.11",), "points": 4},
    "letter-by-letter": {"title": "Letter by letter", "topics": ("C1.1", "C1.2"), "points": 3},
}
