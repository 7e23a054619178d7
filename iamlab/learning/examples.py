"""Requests to try a policy with: a plain one of each thing that a task asks for, and some that it rules out.

They are found by the comparison that also checks answers, so each is decided as it should be by a right answer, inside
the exercise's whole scenario.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import chain, islice
from typing import Any

from iamlab.comparison import Witness
from iamlab.evaluation.policies import document_policy
from iamlab.learning.surroundings import Surroundings
from iamlab.policy import Policy, PolicyError

__all__ = ["example_requests"]

MOST_ASKED, MOST_RULED_OUT = 4, 2
NOTHING: Mapping[str, Any] = {"Version": "2012-10-17", "Statement": []}


def example_requests(around: Surroundings, asked: Sequence[Policy], most: Policy) -> list[dict[str, Any]]:
    """Return requests, each as a scenario has it, with an `id`.

    Args:
        around: what stands around the answer.
        asked: policies, each of which allows one thing that the task asks for.
        most: the policy that allows all that an answer may allow.
    """
    nothing = document_policy(NOTHING, around.kind)
    each = 1 if len(asked) > 1 else MOST_ASKED
    wanted = list(chain.from_iterable(around.compare(one, nothing).only_first[:each] for one in asked))
    stricter = (around.compare(most, one).only_first[:1] for one in _stricter(most))
    left_alone = [] if wanted else list(chain.from_iterable(stricter))
    wider = (around.compare(one, most).only_first[:1] for one in _wider(most))
    others = list(chain.from_iterable(wider))
    found = (*_apart([*wanted, *left_alone], MOST_ASKED), *_apart(others, MOST_RULED_OUT))
    return [{"id": str(number), **_request(witness)} for number, witness in enumerate(found, 1)]


def _apart(witnesses: Sequence[Witness], most: int) -> Iterator[Witness]:
    """Yield the first few that are not the same request."""
    found = {(one.action, one.resource, str(one.context), str(one.principal)): one for one in reversed(witnesses)}
    yield from islice(reversed(list(found.values())), most)


def _wider(policy: Policy) -> Iterator[Policy]:
    """Yield policies that allow more: all actions of the services named, all resources, no condition, no Deny."""
    return _changed(policy, _widened)


def _stricter(policy: Policy) -> Iterator[Policy]:
    """Yield policies that deny more: whatever the condition of a Deny, and on all resources."""
    return _changed(policy, _denying_more)


def _changed(
    policy: Policy, change: Callable[[Mapping[str, Any]], Iterator[list[Mapping[str, Any]]]]
) -> Iterator[Policy]:
    """Yield a policy with one statement changed, in each way in which it can be."""
    document = json.loads(policy.source.text)
    listed = document["Statement"]
    statements: list[dict[str, Any]] = listed if isinstance(listed, list) else [listed]
    for i, statement in enumerate(statements):
        for instead in change(statement):
            changed = {**document, "Statement": [*statements[:i], *instead, *statements[i + 1 :]]}
            with suppress(PolicyError):
                yield document_policy(changed, policy.kind)


def _denying_more(statement: Mapping[str, Any]) -> Iterator[list[Mapping[str, Any]]]:
    if statement["Effect"] == "Deny":
        yield [{key: value for key, value in statement.items() if key != "Condition"}]
        yield [{**statement, "Resource": "*"}]
        yield [{**{key: value for key, value in statement.items() if key != "NotAction"}, "Action": "*"}]


def _widened(statement: Mapping[str, Any]) -> Iterator[list[Mapping[str, Any]]]:
    if statement["Effect"] == "Deny":
        yield []
        return
    actions = statement.get("Action", "*")
    services = {action.partition(":")[0] for action in ([actions] if isinstance(actions, str) else actions)}
    yield [{**statement, "Action": [f"{one}:*" for one in sorted(services - {"*"})] or "*"}]
    if "Resource" in statement:
        yield [{**statement, "Resource": "*"}]
    if "Condition" in statement:
        yield [{key: value for key, value in statement.items() if key != "Condition"}]


def _request(witness: Witness) -> dict[str, Any]:
    """Return a witness as a request of a scenario, with the policy that was supposed at its resource, if any."""
    found = {
        "principal": witness.principal,
        "action": witness.action,
        "resource": witness.resource,
        "context": dict(witness.context),
        "resource_account": witness.resource_account,
        "resource_policy": witness.resource_policy,
    }
    return {key: value for key, value in found.items() if value not in (None, {})}
