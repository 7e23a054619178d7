"""The policy editor without a browser: what is sent to it, what it answers, what it keeps."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

import iamlab
from iamlab.policy import PolicyError
from iamlab.widgets import PolicyEditor, policy_editor
from tests.widgets.editors import DATA, REQUESTS, START, kept, opened, types


def asked(editor: PolicyEditor, monkeypatch: pytest.MonkeyPatch, message: Any) -> dict[str, Any] | None:
    """Send a message as the browser does and return what is sent back."""
    sent: list[dict[str, Any]] = []
    monkeypatch.setattr(editor, "send", lambda content, buffers=None: sent.append(content))
    editor._handle_custom_msg(message, [])
    return sent[-1] if sent else None


def test_opens_with_a_report() -> None:
    """The first report is there before anything is typed."""
    editor = opened()
    assert editor.document == {"revision": 0, "text": START}
    assert [verdict["decision"] for verdict in editor.report["verdicts"]] == ["allowed", "implicitDeny"]
    assert [verdict["id"] for verdict in editor.report["verdicts"]] == ["r1", "put"]
    assert editor.setup["title"] == "Identity-based policy of TrainingRole"
    assert editor.saved == {"state": "kept", "message": ""}


def test_report_carries_the_revision_it_judged() -> None:
    """Each text gets a report with its own number."""
    editor = opened()
    types(editor, START.replace("Get", "Put"), 7)
    assert editor.report["revision"] == 7
    assert [verdict["decision"] for verdict in editor.report["verdicts"]] == ["implicitDeny", "allowed"]
    types(editor, START[:-2], 8)
    assert (editor.report["revision"], editor.report["readable"]) == (8, False)
    assert editor.report["problems"][0]["message"]


def test_policy_as_dict_is_laid_out() -> None:
    """A dict becomes JSON as the kit formats it."""
    editor = opened(policy={"Version": "2012-10-17", "Statement": []})
    assert editor.text == '{\n  "Version": "2012-10-17",\n  "Statement": []\n}'


def test_broken_policy_opens() -> None:
    """An editor of a broken policy shows what is broken."""
    assert opened(policy='{"Version": ').report["readable"] is False
    assert opened("other", policy={"Statement": {"Effekt": "Allow"}}).report["readable"] is False


def test_line_breaks_are_the_browsers() -> None:
    """Offsets are those of a text with line feeds, which is what CodeMirror holds."""
    assert opened(policy='{\r\n"a": 1\r}').text == '{\n"a": 1\n}'


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"kind": "bucket"}, ValueError, "no kind of policy; these are: identity"),
        ({"name": "../x"}, ValueError, "cannot name an editor"),
        ({"requests": ["s3:GetObject"]}, TypeError, "Request 1 must be a dict, or a tuple"),
        ({"requests": [("s3:GetObject",)]}, TypeError, "Request 1 must be"),
        ({"requests": [("a:b", "*"), {"action": "s3:GetObject"}]}, ValueError, "Request 2 needs 'resource'"),
        ({"requests": [{"id": "r2", "action": "a:b", "resource": "*"}, ("a:b", "*")]}, ValueError, "have the id 'r2'"),
        ({"requests": [("a:b", "*", {"a:b": {1}})]}, TypeError, "not JSON serializable"),
        ({"others": {"permissions_boundary": "{"}}, PolicyError, "permissions_boundary|policy:1"),
    ],
)
def test_mistakes_in_a_notebook_are_told_to_its_author(arguments: Any, error: type[Exception], words: str) -> None:
    """What the cell got wrong is raised in the cell."""
    with pytest.raises(error, match=words):
        policy_editor(**{"policy": START, "requests": REQUESTS, "name": "x", **arguments})


def test_other_policies_take_part() -> None:
    """A boundary that allows nothing here ends in an implicit deny."""
    boundary = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "ec2:*", "Resource": "*"}}
    editor = opened(others={"permissions_boundary": boundary})
    assert editor.report["verdicts"][0]["step"] == "permissions boundary"


def test_who_asks_is_said_where_it_differs() -> None:
    """A row says who asks only where it is not the principal of all."""
    ann = {"action": "s3:GetObject", "resource": DATA, "principal": "arn:aws:iam::111122223333:user/Ann"}
    editor = policy_editor(START, [ann, ("s3:GetObject", DATA)], name="x")
    assert [request.get("asks") for request in editor.setup["requests"]] == ["Ann", None]


def test_own_requests_and_preview() -> None:
    """The learner's own requests are judged with the others; the one being written is judged beside them."""
    editor = opened()
    request = {"action": "s3:GetObject", "resource": "*", "context": {"aws:TagKeys": ["a,b", "c"]}}
    editor.set_state({"draft": request})
    assert editor.report["preview"]["decision"] == "allowed"
    assert editor.report["preview"]["context"] == {"aws:TagKeys": ["a,b", "c"]}
    assert editor.report["counts"] == "1 allowed, 1 implicitly denied"
    editor.set_state({"draft": {}, "own": [{"id": "own 1", **request}]})
    assert editor.report["preview"] is None
    assert editor.report["verdicts"][2]["own"] is True
    assert editor.report["counts"] == "2 allowed, 1 implicitly denied"


def test_unreadable_request_is_not_decided() -> None:
    """A request that is none gets a sentence, and the others their verdicts."""
    editor = opened()
    editor.set_state({"draft": {"action": "not an action", "resource": "*"}})
    assert editor.report["preview"]["decision"] == "undecided"
    assert editor.report["preview"]["reason"].endswith(".")


HOSTILE = {
    "NUL": "\0" * 100,
    "10 MB": '{"Statement": "' + "x" * 10_000_000,
    "deep": "[" * 100_000,
    "deep objects": '{"a":' * 100_000,
    "lone surrogates": '{"\ud800": "\udc00\ud800"}',
    "emoji": '{"Sid": "😀👩‍🔬"}',
    "bidi": '{"\u202e": "\u2066"}',
    "line separators": '{"a":\u2028\u2029 1}',
    "many problems": "{" + '"a": 1,' * 5_000,
    "backticks": '{"`": "``"}',
    "markup": '{"<img src=x onerror=alert(1)>": 1}',
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_answered(text: str) -> None:
    """Any text gets a report that can be sent, with its number, soon."""
    editor = opened()
    begun = time.perf_counter()
    types(editor, text, 3)
    assert time.perf_counter() - begun < 10
    assert editor.report["revision"] == 3
    assert editor.report["readable"] is False
    assert editor.report["failure"] == ""
    assert json.dumps(editor.report, ensure_ascii=False).encode("utf-8")
    kept(editor)


def test_offsets_are_utf16() -> None:
    """A mark behind an emoji is where the browser counts it; the column is where a person counts it."""
    editor = opened()
    types(editor, '{"Version": "2012-10-17", "Statement": [{"Sid": "😀", "Resorce": "*"}]}')
    (problem,) = [one for one in editor.report["problems"] if "Resorce" in one["message"]]
    units = editor.text.encode("utf-16-le")
    assert units[2 * problem["from"] : 2 * problem["to"]].decode("utf-16-le") == '"Resorce"'
    assert problem["column"] == editor.text.index('"Resorce"') + 1


SENT = [
    {"document": {}},
    {"document": {"revision": "7", "text": 5}},
    {"document": {"revision": None}},
    {"own": [1, None, {"id": 1}, {"id": "a", "action": "x" * 5000, "resource": "*"}]},
    {"own": [{"id": "a", "action": "s3:GetObject", "resource": "*", "context": 5}]},
    {"own": [{"id": "a", "action": "s3:GetObject", "resource": "*", "context": {"a": {"b": []}}}]},
    {"draft": {"action": 5}},
    {"draft": {"action": "s3:GetObject", "resource": None}},
    {"draft": {"action": "s3:Get\ud800", "resource": "*", "context": {"\udc00": "\ud800"}}},
]


@pytest.mark.parametrize("state", SENT, ids=str)
def test_odd_states_are_taken(state: dict[str, Any]) -> None:
    """No state that a browser can send raises; the report can be sent back."""
    editor = opened()
    editor.set_state(state)
    assert isinstance(editor.report["revision"], int)
    assert json.dumps(editor.report, ensure_ascii=False).encode("utf-8")


def test_failure_inside_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistake of ours is said in the widget, and the next report is as usual."""
    editor = opened()

    def failing(*_: object, **__: object) -> None:
        raise ZeroDivisionError("odd")

    monkeypatch.setattr("iamlab.widgets.editor.editor_report", failing)
    types(editor, "{}", 1)
    assert editor.report["revision"] == 1
    assert "ZeroDivisionError: odd" in editor.report["failure"]
    monkeypatch.undo()
    types(editor, START, 2)
    assert editor.report["failure"] == ""


def test_answers_that_it_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """A view asks first whether its kernel answers at all; that costs next to nothing."""
    assert asked(opened(), monkeypatch, {"type": "ready"}) == {"type": "ready", "id": None}


def test_code_on_request(monkeypatch: pytest.MonkeyPatch) -> None:
    """The code comes in a message, with the id of the question."""
    answer = asked(opened(), monkeypatch, {"type": "code", "id": "1"})
    assert answer is not None
    assert answer["id"] == "1"
    assert answer["code"].startswith("/* iamlab, built from ")


def test_no_code_in_the_state() -> None:
    """What a notebook may save of a widget is small, and holds no code but the loader."""
    state = opened().get_state()
    assert len(state["_esm"]) < 3_000
    assert not state.get("_css")
    assert (
        len(json.dumps({key: value for key, value in state.items() if isinstance(value, (str, dict, list))})) < 20_000
    )


def test_completion_in_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """Offsets go in and come back in UTF-16 units, behind an emoji too."""
    text = '{"Id": "😀", "Statement": [{"Action": "s3:PutObj"}]}'
    units = len(text[: text.index("PutObj") + 6].encode("utf-16-le")) // 2
    answer = asked(opened(), monkeypatch, {"type": "complete", "id": "2", "text": text, "offset": units})
    assert answer is not None
    found = answer["answer"]
    covered = text.encode("utf-16-le")[2 * found["from"] : 2 * found["to"]].decode("utf-16-le")
    assert covered == "s3:PutObj"
    assert found["options"][0]["label"] == "s3:PutObject"


@pytest.mark.parametrize(
    ("field", "prefix", "first"), [("action", "s3:GetObj", "s3:GetObject"), ("key", "aws:SourceI", "aws:SourceI")]
)
def test_completion_in_a_field(monkeypatch: pytest.MonkeyPatch, field: str, prefix: str, first: str) -> None:
    """The fields of a request complete actions and context keys."""
    answer = asked(opened(), monkeypatch, {"type": "complete", "id": "3", "field": field, "prefix": prefix})
    assert answer is not None
    assert answer["answer"][0]["label"].startswith(first)


def test_format_on_request(monkeypatch: pytest.MonkeyPatch) -> None:
    """A readable text comes back laid out, one that is not JSON does not."""
    editor = opened()
    answer = asked(editor, monkeypatch, {"type": "format", "id": "4", "text": START})
    assert answer is not None
    assert answer["answer"].count("\n") > 3
    assert asked(editor, monkeypatch, {"type": "format", "id": "5", "text": "{"}) == {
        "type": "format",
        "id": "5",
        "answer": None,
    }


@pytest.mark.parametrize(
    "message",
    [
        {},
        {"type": "no such"},
        {"type": ["code"]},
        {"type": "complete", "id": "6"},
        {"type": "complete", "id": "6", "text": 5, "offset": 10**9},
        {"type": "complete", "id": "6", "text": "{", "offset": -5},
        {"type": "complete", "id": "6", "text": "\ud800", "offset": 1},
        {"type": "complete", "id": "6", "field": "other", "prefix": "x"},
        {"type": "complete", "id": "6", "field": "action", "prefix": None},
        {"type": "format", "id": "6"},
        {"type": "format", "id": "6", "text": "[" * 100_000},
    ],
    ids=str,
)
def test_odd_messages_are_survived(monkeypatch: pytest.MonkeyPatch, message: dict[str, Any]) -> None:
    """A message that makes no sense gets an answer with its id, or none; never an exception."""
    answer = asked(opened(), monkeypatch, message)
    assert answer is None or answer["id"] == message["id"]


def test_report_is_quick() -> None:
    """From the text's arrival to the report: far below what a person notices."""
    editor = opened()
    times = []
    for number in range(30):
        begun = time.perf_counter()
        types(editor, START + " " * number, number)
        times.append(time.perf_counter() - begun)
    assert sorted(times)[15] < 0.02


def test_package_gives_it_too() -> None:
    """`from iamlab import policy_editor` is the same function."""
    assert iamlab.policy_editor is policy_editor
