"""Progress: what was done by lesson and topic, which mistakes came back, and what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from iamlab.learning.course import course
from iamlab.learning.exercise import exercise_files, load_exercise
from iamlab.learning.files import put
from iamlab.learning.progress import Progress, progress_of
from iamlab.learning.progress_view import progress
from iamlab.learning.saved import Event, Saved, written

START = datetime(2026, 11, 14, 12, tzinfo=UTC)
SLUG = "bucket-arn-for-objects"


def event(day: int, what: str, status: str = "", score: float = 0.0, *slugs: str, sure: int | None = None) -> Event:
    at = (START + timedelta(days=day)).isoformat()
    if what != "check":
        return Event(at, what)
    return Event(at, what, "{}", status, score, 4.0, slugs, sure)


def saved(folder: Path, name: str, events: Sequence[Event]) -> None:
    put(folder / f"{name}.json", written(Saved(name, "{}", "", events=tuple(events), stamp="1", saved="")))


@pytest.fixture
def some(tmp_path: Path) -> Path:
    """After some days: one right at the second try, one right at once, one wrong, one sure and wrong."""
    wrong = event(1, "check", "wrong", 0.0, SLUG)
    saved(
        tmp_path,
        "s3-read-write",
        [event(0, "check", "partly", 2.0, SLUG), event(1, "hint"), event(2, "check", "right", 4.0)],
    )
    saved(tmp_path, "the-action-behind-the-call", [event(3, "check", "right", 2.0)])
    saved(tmp_path, "training-finds-nothing", [wrong, wrong])
    saved(tmp_path, "letter-by-letter", [event(2, "check", "partly", 3.0, sure=1)])
    return tmp_path


def test_numbers(some: Path) -> None:
    found = progress_of(some)
    assert (found.points, found.right, found.tried, found.at_first_try) == (9.0, 2, 4, 1)
    assert found.most == sum(load_exercise(path).points for path in exercise_files().values())


def test_lessons_and_topics(some: Path) -> None:
    found = progress_of(some)
    lesson = next(share for share in found.lessons if share.name == "04-policy-elements")
    assert (lesson.points, lesson.right, lesson.tried) == (4.0, 1, 1)
    assert [share.name for share in found.lessons] == sorted(share.name for share in found.lessons)
    topic = next(share for share in found.topics if share.name == "C4.11")
    assert (topic.points, topic.right) == (4.0, 1)
    numbers = [share.name for share in found.topics]
    assert numbers.index("C4.9") < numbers.index("C4.10")


def test_weak_topics_are_those_that_were_tried(some: Path) -> None:
    weak = [share.name for share in progress_of(some).weak_topics]
    assert "C7.1" in weak
    assert "C8.3" not in weak, "nobody tried it"


def test_points_by_day_only_grow(some: Path) -> None:
    days = progress_of(some).by_day
    assert [points for _, points in days] == [2.0, 7.0, 9.0]
    assert days[0][0] < days[1][0] < days[2][0]


def test_mistakes_are_counted_by_slug(some: Path) -> None:
    assert dict(progress_of(some).misconceptions) == {SLUG: 3}


def test_review_begins_with_what_was_sure_and_wrong(some: Path) -> None:
    """Then a mistake that came back, then exercises about it; nothing that is right."""
    suggestions = progress_of(some).review(50)
    names = [one.exercise for one in suggestions]
    assert names[:2] == ["letter-by-letter", "training-finds-nothing"]
    about = [name for name in names[2:] if SLUG in load_exercise(exercise_files()[name]).body.get("misconceptions", ())]
    assert about
    assert names[2 : 2 + len(about)] == about
    assert not {"s3-read-write", "the-action-behind-the-call"} & set(names)


def test_what_was_corrected_is_not_dealt_out_again(tmp_path: Path) -> None:
    events = [event(0, "check", "wrong", 0.0, sure=2), event(1, "check", "right", 5.0)]
    saved(tmp_path, "letter-by-letter", events)
    assert "letter-by-letter" not in [one.exercise for one in progress_of(tmp_path).review(100)]


def test_after_the_solution_points_stay(tmp_path: Path) -> None:
    saved(
        tmp_path,
        "s3-read-write",
        [event(0, "check", "partly", 2.0), event(1, "solution"), event(2, "check", "right", 4.0)],
    )
    found = progress_of(tmp_path)
    assert (found.points, found.right, found.at_first_try) == (2.0, 0, 0)
    assert [points for _, points in found.by_day] == [2.0]


def test_a_hint_before_the_first_try_counts(tmp_path: Path) -> None:
    saved(tmp_path, "s3-read-write", [event(0, "hint"), event(1, "check", "right", 4.0)])
    assert (progress_of(tmp_path).right, progress_of(tmp_path).at_first_try) == (1, 0)


def test_a_file_that_claims_too_much_gets_no_more_than_there_is(tmp_path: Path) -> None:
    saved(tmp_path, "s3-read-write", [event(0, "check", "right", 400.0)])
    assert progress_of(tmp_path).points == 4.0


def test_an_unreadable_file_is_told_and_set_aside(some: Path) -> None:
    (some / "s3-read-write.json").write_text("{")
    found = progress_of(some)
    assert found.points == 5.0
    assert found.problems[0].startswith("`s3-read-write`: what was kept for it cannot be read; it was set aside")


def test_the_frame_has_a_row_an_exercise(some: Path) -> None:
    frame = progress_of(some).frame().set_index("exercise")
    assert len(frame) == len(exercise_files())
    row = frame.loc["s3-read-write"]
    assert (row["points"], row["of"], row["status"], row["attempts"], row["hints"]) == (4.0, 4.0, "right", 2, 1)
    assert frame.loc["training-finds-nothing", "misconceptions"] == SLUG
    assert frame["points"].sum() == 9.0


def test_progress_looks_where_the_notebook_is(some: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (some / "answers").mkdir()
    for path in some.glob("*.json"):
        path.rename(some / "answers" / path.name)
    monkeypatch.chdir(some)
    assert progress(frame=True)["points"].sum() == 9.0
    html = progress()._repr_html_()
    assert "<b>9</b>" in html
    assert "A bucket&#x27;s ARN covers the objects in it." in html
    assert "9 of" in repr(progress())


def test_the_first_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty page says what will stand here and what to do."""
    monkeypatch.chdir(tmp_path)
    for said in (repr(progress()), progress()._repr_html_()):
        assert "Nothing yet." in said
        assert "answers" in said
    assert "exercise(" in progress()._repr_html_()


def test_nothing_of_a_file_becomes_html(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    saved(tmp_path / "answers", "s3-read-write", [event(0, "check", "wrong", 0.0, "<img src=x onerror=alert(1)>")])
    assert "<img" not in progress()._repr_html_()


def test_every_topic_of_an_exercise_has_a_name() -> None:
    numbers = {topic for path in exercise_files().values() for topic in load_exercise(path).topics}
    assert numbers <= set(course().topics)


def test_every_lesson_of_an_exercise_has_a_title() -> None:
    assert {path.parent.name for path in exercise_files().values()} <= set(course().lessons)


def test_all_right() -> None:
    everything = progress_of(Path("nowhere"))
    right = Event(START.isoformat(), "check", "", "right", 100.0, 100.0)
    entries = tuple(replace(one, saved=Saved(one.exercise.name, "", "", events=(right,))) for one in everything.entries)
    done = Progress(entries)
    assert (done.points, done.review()) == (done.most, [])
    assert done.data()["review"] == []
