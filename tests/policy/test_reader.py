"""JSON with places: what is read, what is found wrong, and where."""

import json
import string
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iamlab.policy import PolicyError, parse_policy
from iamlab.policy.nodes import Array, Literal, Node, Number, Object, String, written
from iamlab.policy.reader import MAX_CHARACTERS, read_json

# text, code of the first problem, the text that its span covers, what its fix makes of the text
BROKEN = [
    ("", "empty-document", "", None),
    ("  \n", "empty-document", "  \n", None),
    ("{", "unclosed", "{", "{}"),
    ('{"a": [1, 2', "unclosed", "[", '{"a": [1, 2]'),
    ('{"a": 1,}', "trailing-comma", ",", '{"a": 1}'),
    ("[1, 2,]", "trailing-comma", ",", "[1, 2]"),
    ('{"a": 1 "b": 2}', "missing-comma", '"b"', '{"a": 1, "b": 2}'),
    ('{"a": 1\n "b": 2}', "missing-comma", '"b"', '{"a": 1,\n "b": 2}'),
    ("[1 2]", "missing-comma", "2", "[1, 2]"),
    ('{"a" 1}', "missing-colon", "1", '{"a": 1}'),
    ('{"a"}', "missing-colon", '"a"', None),
    ("{'a': 1}", "single-quotes", "'a'", '{"a": 1}'),
    ("{“a”: 1}", "smart-quotes", "“a”", '{"a": 1}'),
    ("{a: 1}", "missing-quotes", "a", '{"a": 1}'),
    ('{"a": s3:Get*}', "missing-quotes", "s3:Get*", '{"a": "s3:Get*"}'),
    ('{"a": True}', "unknown-literal", "True", '{"a": true}'),
    ('{"a": None}', "unknown-literal", "None", '{"a": null}'),
    ('{"a": 1} // why', "comment", "// why", '{"a": 1} '),
    ('{/* x */"a": 1}', "comment", "/* x */", '{"a": 1}'),
    ("/* never closed", "comment", "/* never closed", ""),
    ('{"a": "x\n}', "unclosed-string", '"x', '{"a": "x"\n}'),
    ('{"a": "x,\n "b": 1}', "unclosed-string", '"x', '{"a": "x",\n "b": 1}'),
    (r'{"a": "\q"}', "invalid-escape", "\\", None),
    ('{"a": 1, "a": 2}', "duplicate-key", '"a"', None),
    ('{"a": 1]', "mismatched-bracket", "]", '{"a": 1}'),
    ('{"a": 1} {"b": 2}', "text-after-end", '{"b": 2}', None),
    ('{"a": ]', "unexpected-text", "]", None),
    ("{,}", "unexpected-text", ",", None),
    ('{"a": 1.2.3}', "unexpected-text", "1", None),
    ('{"a": "\x00"}', "control-character", "\x00", None),
    ('{"a": \ud800}', "control-character", "\ud800", None),
    (r'{"a": "\ud800"}', "control-character", r'"\ud800"', None),
    ('{"a": "x\ty"}', "control-character", '"x\ty"', None),
]


@pytest.mark.parametrize(("text", "code", "covered", "mended"), BROKEN, ids=[repr(row[0]) for row in BROKEN])
def test_broken_json(text: str, code: str, covered: str, mended: str | None) -> None:
    """Each mistake is found, at the narrowest place, with a whole sentence; a safe fix mends it."""
    _, problems = read_json(text)
    problem = problems[0]
    assert (problem.code, text[problem.span.start : problem.span.end]) == (code, covered)
    assert problem.message.endswith(".")
    if mended is None:
        assert problem.fix is None
    else:
        assert problem.fix is not None
        fixed = text[: problem.fix.span.start] + problem.fix.text + text[problem.fix.span.end :]
        assert fixed.replace(" ", "") == mended.replace(" ", "")


def test_reading_goes_on_after_a_mistake() -> None:
    """Several mistakes are told at once, and the meaning is kept."""
    node, problems = read_json("{'a': [1 2,], \"b\": True}")
    assert [problem.code for problem in problems] == [
        "single-quotes",
        "missing-comma",
        "trailing-comma",
        "unknown-literal",
    ]
    assert node is not None
    assert json.loads(written(node)) == {"a": [1, 2], "b": True}


def test_a_tangle_is_told_in_few_words() -> None:
    """Where one missing quote makes a line senseless, the first mistakes are told and not a dozen guesses."""
    text = '{"Action": ["s3:GetObject", "s3:Pub   "Resource": "arn:aws:s3:::b/*"\n}, {"Effect": "Allow"}'
    _, problems = read_json(text)
    assert 1 <= len(problems) <= 3


HOSTILE = {
    "10 MB": "[" + "1," * 5_000_000 + "1]",
    "100,000 levels": "[" * 100_000,
    "100,000 levels of objects": '{"a":' * 40_000,
    "many values": "[" + "1," * (MAX_CHARACTERS // 2 - 2) + "1]",
    "open strings": '\n"a' * (MAX_CHARACTERS // 3),
    "open comments": "/*" * (MAX_CHARACTERS // 2),
    "smart quotes": "“" * MAX_CHARACTERS,
    "single quotes": "'" * MAX_CHARACTERS,
    "backslashes": '"' + "\\" * (MAX_CHARACTERS - 1),
    "escapes": '"' + "\\u00e9" * (MAX_CHARACTERS // 6 - 1) + '"',
    "a word": "a" * MAX_CHARACTERS,
    "blanks": " " * MAX_CHARACTERS,
    "blanks inside": "[1" + " " * (MAX_CHARACTERS - 4) + "2]",
    "minus signs": "-" * MAX_CHARACTERS,
    "commas missing": '["a" ' * (MAX_CHARACTERS // 5),
    "lone surrogates": "\ud800" * MAX_CHARACTERS,
    "NUL": "\x00" * MAX_CHARACTERS,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_ends_in_a_problem_at_once(text: str) -> None:
    """Size and nesting are bounded: an answer soon, and never a crash.

    Well under a second as a rule; ten leave room for a busy machine, and none for quadratic work.
    """
    began = time.process_time()
    node, problems = read_json(text)
    assert time.process_time() - began < 10
    assert problems or node is not None


@pytest.mark.parametrize("text", ["x\n😀" * 1_000_000, "[" + "1," * 5_000_000, "x" * 9_000_000 + "é"])
def test_the_error_can_be_told_at_once(text: str) -> None:
    """A refused document's line, column and UTF-16 offsets cost little, however long it is."""
    began = time.process_time()
    with pytest.raises(PolicyError) as error:
        parse_policy(text)
    assert str(error.value).startswith("policy:")
    assert error.value.source.utf16(len(text)) >= len(text)
    assert time.process_time() - began < 10


def test_problems_are_bounded() -> None:
    """A hundred thousand values of the wrong type are a hundred problems, no more."""
    numbers = ",".join("1" * 100_000)
    with pytest.raises(PolicyError) as error:
        parse_policy(f'{{"Statement": {{"Effect": "Allow", "Action": [{numbers}], "Resource": "*"}}}}')
    assert len(error.value.problems) == 100


@given(st.text(alphabet=string.printable + "“”é😀\x00\ud800", max_size=60))
def test_any_text_is_answered(text: str) -> None:
    """Whatever is typed, there is a node or a problem, and every span lies within the text."""
    node, problems = read_json(text)
    assert node is not None or problems
    for problem in problems:
        assert 0 <= problem.span.start <= problem.span.end <= len(text)
        assert problem.message


values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text(st.characters(exclude_categories=("Cs", "Cc"))),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abc", max_size=3), inner, max_size=4),
    max_leaves=20,
)


@given(values, st.integers(0, 4))
def test_valid_json_is_read_as_json_reads_it(value: object, indent: int) -> None:
    """On valid JSON the reader agrees with the standard library, and what it writes reads the same again."""
    text = json.dumps(value, indent=indent, ensure_ascii=False)
    node, problems = read_json(text)
    assert problems == ()
    assert node is not None
    assert plain(node) == value
    assert json.loads(written(node)) == value


@given(values)
def test_spans_cover_what_they_name(value: object) -> None:
    """A node's span, read by itself, is the same node."""
    text = json.dumps(value)
    node, _ = read_json(text)
    for part in walk(node):
        assert json.loads(text[part.span.start : part.span.end]) == plain(part)


def plain(node: Node) -> object:
    if isinstance(node, Array):
        return [plain(item) for item in node.items]
    if isinstance(node, Object):
        return {member.key.value: plain(member.value) for member in node.members}
    return json.loads(node.text) if isinstance(node, Number) else node.value


def walk(node: Node | None) -> list[Node]:
    assert node is not None
    inner: tuple[Node, ...] = ()
    if isinstance(node, Array):
        inner = node.items
    elif isinstance(node, Object):
        inner = tuple(part for member in node.members for part in (member.key, member.value))
    else:
        assert isinstance(node, String | Number | Literal)
    return [node, *(part for item in inner for part in walk(item))]
