"""Every document of the table is taken, or refused for the reason that its rule gives.

One document a line of `documents.jsonl`: `rule` (a number, or a list of them), `kind` of policy, `text`, `why`, and
`problem`, the code of the first problem, or null where the document is taken.
"""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from iamlab.policy import KINDS, PolicyError, parse_policy

DOCUMENTS: list[dict[str, Any]] = [
    json.loads(line) for line in (Path(__file__).parent / "documents.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document["id"])
def test_taken_or_refused(document: dict[str, Any]) -> None:
    """The document is taken, or its first problem is the one that its rule names."""
    try:
        parse_policy(document["text"], document["kind"])
        problem = None
    except PolicyError as error:
        problem = error.problems[0].code
    assert problem == document["problem"], document["why"]


def test_names_are_unique_and_kinds_are_all_there() -> None:
    """Each document has a name of its own, and each kind of policy has a taken and a refused one."""
    assert [name for name, count in Counter(document["id"] for document in DOCUMENTS).items() if count > 1] == []
    for taken in (True, False):
        assert {one["kind"] for one in DOCUMENTS if (one["problem"] is None) is taken} == set(KINDS)
