"""What is said at each step of the evaluation order. A step that has no words of its own here is told in plain ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from iamlab.evaluation.order import Answer, Step

__all__ = ["StepWords", "origin_words", "policies_said", "step_title", "step_words"]

NONE = "none"
"""The note of a step that finds no policy of its kind."""


class StepWords(NamedTuple):
    """What a yes and a no mean at a step, what is said where it has no policy, and what a learner should know."""

    yes: str = "yes"
    no: str = "no"
    absent: str = "none"
    help: str = ""
    aside: str = ""
    """What tells it from another step of the same name."""


WORDS = {
    "E2": StepWords(
        "denies", "none denies", absent="no policy here", help="One Deny that applies ends it, whatever else allows."
    ),
    "R7": StepWords(
        "each allows",
        "one does not",
        "none: no bound",
        "RCPs of the organization that owns the resource. They grant nothing; every level must leave room.",
    ),
    "S5": StepWords(
        "each allows",
        "one does not",
        "none: no bound",
        "SCPs of the principal's organization, from its root to the account. They grant nothing; every level must "
        "leave room.",
    ),
    "T26": StepWords(
        "lets it through",
        "no allow",
        "none: no bound",
        "Where a request passes a VPC endpoint, the endpoint's policy must let it through. It grants nothing.",
    ),
    "X2": StepWords(
        "allows",
        "no allow",
        "no policy",
        "Across accounts, for a role's trust policy and for a KMS key, nothing else can make up for it. Elsewhere this "
        "is not required.",
        "must it allow?",
    ),
    "E5": StepWords(
        "allows",
        "not alone",
        "no policy",
        "In one account, a resource-based policy that names the very user or session is enough; what follows is not "
        "asked.",
        "names the caller?",
    ),
    "E6": StepWords(
        "allows",
        "no allow",
        "none",
        "Policies of the user or role, and of a user's groups. Where none of them allows, the default stands: implicit "
        "deny.",
    ),
    "E9": StepWords(
        "leaves room",
        "no allow",
        "none: no bound",
        "It grants nothing by itself; it says how far the identity-based policies can reach.",
    ),
    "E13": StepWords(
        "leave room",
        "no allow",
        "none: no bound",
        "Passed when the session began. They can only narrow what the role or user may do.",
    ),
}
"""By the rule of the step."""


def step_words(step: Step) -> StepWords:
    """Return the words of a step; plain ones for a step that is not known here."""
    return WORDS.get(step.rule, StepWords())


def step_title(step: Step) -> str:
    """Return a step's name as a heading.

    >>> from iamlab.evaluation.order import STEPS
    >>> step_title(STEPS[0])
    'Deny evaluation'
    """
    return step.name[:1].upper() + step.name[1:]


def policies_said(step: Step, answer: Answer | None, places: Sequence[str], levels: int, spared: int) -> str:
    """Return which policies a step asks, in a few words.

    Args:
        step: the step.
        answer: its answer, where it was asked.
        places: where the policies hang that it asks, as far as known.
        levels: over how many levels they are spread; 0 where there are none.
        spared: how many policies of its kind do not bind this request.
    """
    aside = step_words(step).aside
    said = _said(step, answer, places, levels, spared)
    return f"{aside} {said}".strip()


def _said(step: Step, answer: Answer | None, places: Sequence[str], levels: int, spared: int) -> str:
    if answer is not None and answer.note not in ("", NONE):
        return answer.note
    if not places:
        return f"{_count(spared)}, binding nobody here" if spared else step_words(step).absent
    if levels:
        return f"{levels} {'level' if levels == 1 else 'levels'}, {_count(len(places))}"
    return places[0] if places[0] and len(set(places)) == 1 and step.side != "both" else _count(len(places))


def _count(number: int) -> str:
    return "1 policy" if number == 1 else f"{number} policies"


PLACES = {
    "roles": "role {}",
    "users": "user {}",
    "groups": "group {}",
    "sessions": "session {}",
    "federated_sessions": "session {}",
    "resources": "{}",
    "vpc_endpoints": "endpoint {}",
    "ous": "OU {}",
    "accounts": "account {}",
}
PLACE = re.compile(rf"({'|'.join(PLACES)})(?:\.([\w-]+)|\[\"(.+?)\"\])")


def origin_words(origin: str) -> str:
    """Return where in a model of accounts a policy hangs, in words.

    >>> origin_words("accounts.111122223333.groups.scientists.policies[0]")
    'group scientists'
    """
    found = PLACE.findall(origin)
    if not found:
        return "the root" if origin.startswith("root") else origin
    what, plain, quoted = found[-1]
    return PLACES[what].format(plain or quoted.rpartition(":")[2] or quoted)
