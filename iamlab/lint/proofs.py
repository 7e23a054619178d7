"""What the exact comparison proves about the statements of one policy: which of them adds nothing to others.

Only what is proved is said; where a comparison does not end within its budget, nothing is. What was proved is kept by
the statements' content, so that a statement is compared again only after it, or one that it meets, was edited.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from iamlab.comparison import Budget, compare
from iamlab.evaluation.context import DERIVED
from iamlab.lint.meeting import meeting, principals_of
from iamlab.lint.subject import IDENTITY, Subject
from iamlab.policy import Statement
from iamlab.policy.statement import ConditionTest

__all__ = ["MOST", "Proofs", "same_content"]

MOST = 40
"""Statements up to which they are compared."""

MOST_TOGETHER = 12
"""Statements that meet another one up to which it is asked whether they cover it together."""

MOST_PATTERNS = 60
"""Resources in statements that meet up to which they are compared."""

MOST_CHARACTERS = 20_000
"""The same of their text."""

MOST_COMPARISONS = 200
"""Comparisons for one check of one policy."""

BUDGET = Budget(states=2_000, ways=500, assignments=16)
EVERYTHING = '{"Effect": "Allow", "Action": "*", "Resource": "*"}'


@dataclass
class Proofs:
    """What can be proved about a policy's statements, with as many comparisons as are left."""

    subject: Subject
    left: int = MOST_COMPARISONS

    def covering(self, statement: Statement, others: Iterable[Statement]) -> tuple[Statement, ...]:
        """Return statements that make one superfluous: without it every request is decided as before.

        Args:
            statement: the one that is perhaps superfluous.
            others: the statements that may stand in for it.

        As few as are found; none where it is not superfluous, or where that was not proved.
        """
        may_count = [other for other in others if other.effect in {statement.effect, "Deny"}]
        return self._fewest(statement, may_count, () if statement.effect == "Allow" else (EVERYTHING,))

    def shadowing(self, statement: Statement) -> tuple[Statement, ...]:
        """Return Deny statements that together deny all that a statement allows; none where something is left."""
        return self._fewest(statement, self.subject.denies, ())

    def _fewest(
        self, statement: Statement, others: Sequence[Statement], base: tuple[str, ...]
    ) -> tuple[Statement, ...]:
        """Return as few of some statements as make another one superfluous; none where all of them do not."""
        found = meeting(self.subject, statement, others) if self.left > 0 else []
        if not found or (statement.effect == "Allow" and not self._says_something(statement)):
            return ()
        alone = (other for other in found if self.left > 0 and meeting(self.subject, statement, [other]))
        if single := next((other for other in alone if self._is_enough(statement, [other], base)), None):
            return (single,)
        if not 1 < len(found) <= MOST_TOGETHER or not self._is_enough(statement, found, base):
            return ()
        for other in list(found):
            less = [kept for kept in found if kept is not other]
            found = less if self._is_enough(statement, less, base) else found
        return tuple(found)

    def _is_enough(self, statement: Statement, given: Sequence[Statement], base: tuple[str, ...]) -> bool:
        """Whether a statement adds nothing to given ones."""
        self.left -= 1
        if self.left < 0 or _patterns((*given, statement)) > MOST_PATTERNS:
            return False
        *written, last = (_written(self.subject, one) for one in (*given, statement))
        if sum(map(len, written), len(last)) > MOST_CHARACTERS:
            return False
        return _adds_nothing(self.subject.policy.version, (*base, *written), last)

    def _says_something(self, statement: Statement) -> bool:
        """Whether a statement takes in any request at all."""
        written = _written(self.subject, statement)
        return len(written) <= MOST_CHARACTERS and not _adds_nothing(self.subject.policy.version, (), written)


def same_content(statement: Statement) -> object:
    """Return something that is equal for two statements which say the same in the same words."""
    action, resource = statement.action, statement.resource
    return (
        statement.effect,
        (action.negated, frozenset(entry.text.lower() for entry in action.entries)),
        resource and (resource.negated, frozenset(entry.text for entry in resource.entries)),
        principals_of(statement),
        frozenset((t.operator, t.key.lower(), frozenset(v.text for v in t.values)) for t in statement.condition),
    )


def _patterns(statements: Sequence[Statement]) -> int:
    return sum(len(one.resource.entries) for one in statements if one.resource)


@lru_cache(maxsize=4096)
def _adds_nothing(version: str, given: tuple[str, ...], more: str) -> bool:
    """Whether a policy of given statements decides alike with one more."""
    first, second = (f'{{"Version": "{version}", "Statement": [{",".join(s)}]}}' for s in (given, (*given, more)))
    return compare(first, second, budget=BUDGET).relation == "equal"


def _written(subject: Subject, statement: Statement) -> str:
    """A statement as one of an identity-based policy, which says nothing of principals."""
    resource, condition = statement.resource, dict[str, dict[str, list[str]]]()
    for test in statement.condition:
        if test.has_variables:
            condition.setdefault("Bool", {})[_stand_in(test)] = ["true"]
        else:
            condition.setdefault(test.operator, {})[_key(subject, test.key)] = [value.text for value in test.values]
    written = {
        "Effect": statement.effect,
        statement.action.name: [entry.text for entry in statement.action.entries],
        resource.name if resource else "Resource": [entry.text for entry in resource.entries] if resource else "*",
        "Condition": condition,
    }
    return json.dumps(written)


def _key(subject: Subject, key: str) -> str:
    """A condition key; where callers may be anyone, a key that follows from them is one like any other."""
    follows = key.lower() in DERIVED and subject.kind not in (*IDENTITY, "scp")
    return f"aws:RequestTag/{key}" if follows else key


def _stand_in(test: ConditionTest) -> str:
    """A key for whether a test with policy variables holds, which may be so or not whatever else holds."""
    said = json.dumps([test.operator, test.key.lower(), sorted(value.text for value in test.values)])
    return f"aws:RequestTag/{sha256(said.encode('utf-8', 'surrogatepass')).hexdigest()}"
