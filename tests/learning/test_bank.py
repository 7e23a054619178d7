"""The bank of exam questions: each is proved, and none can be guessed from its form."""

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

import pytest

from iamlab.learning.bank import Question, question, question_files
from iamlab.learning.course import course
from iamlab.learning.exam import FULL_LENGTH, start_exam
from iamlab.learning.exercise import exercise_files
from iamlab.learning.misconceptions import misconceptions
from iamlab.learning.shown import shown_question

FILES = question_files()
BANK: Mapping[str, Question] = {name: question(path) for name, path in FILES.items()}
ACCOUNTS = {"111122223333", "444455556666", "777788889999"}
KEY_END = "5" * 12
"""What the ARN of a KMS key ends with, here."""
LEAST_OF_GROUP = {"C1": 8, "C2": 8, "C3": 6, "C4": 29, "C5": 13, "C6": 9, "C7": 8, "C8": 9}
SHARES = {"single": (0.5, 0.7), "several": (0.12, 0.24), "order": (0.05, 0.12), "match": (0.05, 0.12)}
"""Of each form at least and at most this share; the rest predicts and diagnoses."""
MARGIN = 0.1
OLD = timedelta(days=366)
AGES = re.compile(r"Amazon\w+(?:Access|ReadOnly)|\bquotas?\b|Service Quotas")
"""What a question speaks of that AWS changes from time to time."""
REASON = re.compile(r", (?:which|whose|as|for|in|meaning|so that|with no|if|at|to|since|because)\b")
"""How an option begins to give a reason for itself."""
STRANGERS = re.compile(r"\b(?:maya|alice|bob|john|jane)\b", re.I)
"""People of other stories; here they are Nikki, Mateo, Arnav, Saanvi and Mary."""
UNWANTED = ("all of the above", "none of the above", "both of the above", "please", "obviously", "simply", "!")
NUMBERS = {2: "TWO", 3: "THREE"}


def body(name: str) -> Mapping[str, Any]:
    return BANK[name].exercise.body


def form(name: str) -> str:
    if body(name)["kind"] == "choose":
        return "several" if body(name).get("several") else "single"
    return str(body(name)["kind"])


def of_form(*forms: str) -> list[str]:
    return [name for name in BANK if form(name) in forms]


def options(name: str) -> list[Mapping[str, Any]]:
    asked = [body(name), *body(name).get("questions", [])]
    return [option for one in asked for option in one.get("options", [])]


def key(name: str) -> tuple[str, ...]:
    found: tuple[str, ...] = BANK[name].kind.question.key  # type: ignore[attr-defined]
    return found


def is_proved(name: str) -> bool:
    """Whether the evaluator says what is right."""
    kind = body(name)["kind"]
    by_evaluator = {
        "choose": lambda: BANK[name].kind.is_proved,  # type: ignore[attr-defined]
        "predict": lambda: True,
        "order": lambda: "items" not in body(name),
        "diagnose": lambda: bool(body(name).get("proof")),
        "match": lambda: False,
    }
    return bool(by_evaluator[kind]())


@pytest.mark.parametrize("name", BANK)
def test_question_is_proved(name: str) -> None:
    """The key is right, the start is not attempted, and whatever is nearly the key is not right."""
    kind = BANK[name].kind
    assert kind.check(kind.solved()).status == "right"
    assert kind.check(kind.start).status == "not_attempted"
    assert kind.check(kind.template).status == "not_attempted"
    for change, mutant in kind.mutants(kind.solved()):
        assert kind.check(mutant).status != "right", change


@pytest.mark.parametrize("name", BANK)
def test_question_says_what_it_must(name: str) -> None:
    """Group and topics fit the course; why, source and difficulty are told; one point each."""
    one = BANK[name]
    assert FILES[name].parent.name == one.group.lower()
    assert set(one.exercise.topics) <= {*course().topics, *course().parts}
    assert 15 <= len(one.why.split()) <= 80
    assert one.source.startswith("https://docs.aws.amazon.com/")
    assert one.exercise.points == 1
    assert "difficulty" in one.exercise.body


@pytest.mark.parametrize("name", BANK)
def test_words_fit(name: str) -> None:
    """A stem is neither a line nor a page; nothing is shouted, and accounts are those of the story."""
    text = FILES[name].read_text(encoding="utf-8")
    words = len(BANK[name].exercise.task.split())
    assert (30 if form(name) in {"single", "several"} else 20) <= words <= 95
    assert [one for one in UNWANTED if one in text.lower()] == []
    assert not STRANGERS.search(text)
    assert set(re.findall(r"\b\d{12}\b", text)) - {KEY_END} <= ACCOUNTS


@pytest.mark.parametrize("name", of_form("single", "several", "diagnose"))
def test_every_option_has_its_reason(name: str) -> None:
    """Right or wrong, an option says why; no two options are alike; a right one shows no misconception."""
    assert [one["id"] for one in options(name) if not one.get("why")] == []
    texts = [one["text"] for one in options(name)]
    assert len(set(texts)) == len(texts)
    if form(name) != "diagnose":
        assert [one["id"] for one in options(name) if one["id"] in key(name) and "misconception" in one] == []


@pytest.mark.parametrize("name", BANK)
def test_negations_are_in_capitals(name: str) -> None:
    """What asks for an exception says NOT, EXCEPT or LEAST so that nobody reads over it."""
    sentences = re.split(r"(?<=[.?])\s+", BANK[name].exercise.task)
    asked = [one for one in sentences if one.endswith("?") or one.startswith(("Choose", "Which"))]
    assert [one for one in asked if re.search(r"\b(not true|is not|does not|are not|except|false)\b", one)] == []


def test_counts() -> None:
    """Of each part of the course, of each form and of each difficulty there are enough."""
    groups, forms = Counter(one.group for one in BANK.values()), Counter(map(form, BANK))
    assert len(BANK) >= 84
    assert {group: count for group, count in LEAST_OF_GROUP.items() if groups[group] < count} == {}
    shares = {name: forms[name] / len(BANK) for name in SHARES}
    assert {name: one for name, one in shares.items() if not SHARES[name][0] <= one <= SHARES[name][1]} == {}
    assert forms["predict"] + forms["diagnose"] >= 6
    levels = Counter(one.difficulty for one in BANK.values())
    assert min(levels[1], levels[3]) >= 12
    assert levels[2] >= 40


def test_most_are_proved_by_the_evaluator() -> None:
    """No question about a decision rests on opinion: where options name decisions or steps, the evaluator says so."""
    assert sum(map(is_proved, BANK)) >= 60
    unproved = [name for name in of_form("single", "several") if not is_proved(name)]
    told = re.compile(r"what (?:is decided|does AWS decide)|which decision|is the request (?:allowed|denied)", re.I)
    assert [name for name in unproved if told.search(BANK[name].exercise.task)] == []


def test_options_are_as_many_as_the_exam_has() -> None:
    """Four for one answer, five or six for several, of which the task says how many."""
    assert [name for name in of_form("single") if len(options(name)) != 4] == []
    several = of_form("several")
    assert [name for name in several if len(options(name)) not in {5, 6}] == []
    assert [name for name in several if NUMBERS.get(len(key(name)), "?") not in BANK[name].exercise.task] == []


@pytest.mark.parametrize("extreme", [max, min], ids=["longest", "shortest"])
def test_length_does_not_tell_the_key(extreme: Callable[..., int]) -> None:
    """The key is the longest option, or the shortest, hardly more often than one in four; and lengths are alike."""
    found = []
    for name in of_form("single"):
        lengths = {one["id"]: len(one["text"]) for one in options(name)}
        found.append(lengths[key(name)[0]] == extreme(lengths.values()))
        assert max(lengths.values()) <= 1.7 * min(lengths.values()), name
    assert sum(found) / len(found) <= 0.25 + MARGIN


def test_reasons_in_options_do_not_tell_the_key() -> None:
    """Wrong options are not padded with reasons much more often than right ones."""
    given: dict[bool, list[bool]] = {True: [], False: []}
    for name in of_form("single"):
        for one in options(name):
            given[one["id"] in key(name)].append(bool(REASON.search(one["text"])))
    right, wrong = (sum(some) / len(some) for some in given.values())
    assert abs(right - wrong) <= MARGIN


def test_length_tells_nothing_where_several_are_right() -> None:
    """The mean length of right options is that of wrong ones, to a few characters."""
    lengths: dict[bool, list[int]] = {True: [], False: []}
    for name in of_form("several"):
        for one in options(name):
            lengths[one["id"] in key(name)].append(len(one["text"]))
    right, wrong = (sum(some) / len(some) for some in lengths.values())
    assert abs(right - wrong) <= 0.08 * wrong


def test_place_does_not_tell_the_key() -> None:
    """As they are shown, keys stand at each of the four places about equally often."""
    places = Counter[int]()
    for name in of_form("single"):
        shown = shown_question(BANK[name].kind.question, name)["options"]  # type: ignore[attr-defined]
        places[[one["id"] for one in shown].index(key(name)[0])] += 1
    shares = [places[place] / places.total() for place in range(4)]
    assert min(shares) >= 0.25 - MARGIN
    assert max(shares) <= 0.25 + MARGIN


def test_wrong_options_are_misconceptions() -> None:
    """At least two thirds of the wrong options are errors that people make, and each slug is in the catalog."""
    wrong = [one for name in of_form("single", "several") for one in options(name) if one["id"] not in key(name)]
    named = [one["misconception"] for one in wrong if "misconception" in one]
    assert len(named) / len(wrong) >= 2 / 3
    more = [one.get("misconception") for name in BANK for one in [*options(name), *body(name).get("pairs", [])]]
    more += [one.get("misconception") for name in BANK for one in body(name).get("decoys", [])]
    assert {one for one in [*named, *more] if one} - set(misconceptions()) == set()
    assert len(set(named)) >= 40


def test_nothing_is_there_twice() -> None:
    """Names, titles and tasks are unique, and no question has an exercise's name."""
    listed = list(next(iter(FILES.values())).parents[1].glob("*/*.toml"))
    assert len(listed) == len(FILES)
    for told in ("title", "task"):
        assert [text for text, count in Counter(body(name)[told] for name in BANK).items() if count > 1] == []
    assert set(FILES) & set(exercise_files()) == set()


def test_what_ages_has_a_date() -> None:
    """Questions about managed policies and quotas say when their facts were checked."""
    ages = [name for name in BANK if AGES.search(FILES[name].read_text(encoding="utf-8"))]
    assert ages
    assert [name for name in ages if BANK[name].checked is None] == []


def test_no_facts_are_old() -> None:
    """Facts that age were checked within a year; what is listed here is to be checked anew."""
    dates = {name: one.checked for name, one in BANK.items() if one.checked}
    assert {name: str(day) for name, day in dates.items() if day < date.today() - OLD} == {}
    assert [name for name, day in dates.items() if day > date.today()] == []


def test_files_are_short() -> None:
    """Writing a question takes no page; and its options stand one a line."""
    for path in FILES.values():
        text = path.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= 60
        assert "\nhints" not in text
        tomllib.loads(text)


def test_a_full_length_can_be_drawn() -> None:
    """The bank is large enough for an exam of AWS's length, with every part of the course in it."""
    exam = start_exam(*FULL_LENGTH, seed="1")
    assert len(set(exam.questions)) == FULL_LENGTH[0]
    assert {BANK[name].group for name in exam.questions} == set(LEAST_OF_GROUP)
