"""A policy's statements and their elements, as values that cannot be wrong.

Everything knows its span in the text. Patterns are compiled here, once, when the policy is parsed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from iamlab.policy.arn import resource_template
from iamlab.policy.operators import OperatorUse
from iamlab.policy.pattern import Pattern, wildcards
from iamlab.policy.source import Span
from iamlab.policy.variables import Lookup, Template, cut

__all__ = [
    "ActionElement",
    "ActionEntry",
    "ConditionTest",
    "ConditionValue",
    "Placed",
    "PrincipalElement",
    "PrincipalEntry",
    "ResourceElement",
    "ResourceEntry",
    "Statement",
]


@dataclass(frozen=True, slots=True)
class Placed:
    """Where an element stands: its name, and its value."""

    name: Span
    value: Span


@dataclass(frozen=True, slots=True)
class ActionEntry:
    """One entry of `Action` or `NotAction`; prefix and name are matched without case (rule M2)."""

    text: str
    span: Span = field(compare=False)
    matches: Callable[[str], bool] = field(compare=False, repr=False)

    @classmethod
    def of(cls, text: str, span: Span) -> ActionEntry:
        """Compile an entry; what it matches is an action in lower case."""
        return cls(text, span, Pattern.of(wildcards(text.lower())).matches)


@dataclass(frozen=True, slots=True)
class ActionElement:
    """`Action` or `NotAction`."""

    name: str
    entries: tuple[ActionEntry, ...]
    span: Span = field(compare=False)

    @property
    def negated(self) -> bool:
        """Whether it is `NotAction`."""
        return self.name == "NotAction"


@dataclass(frozen=True, slots=True)
class ResourceEntry:
    """One entry of `Resource` or `NotResource`."""

    text: str
    span: Span = field(compare=False)
    template: Template = field(compare=False, repr=False)
    pattern: Pattern | None = field(compare=False, repr=False)
    """The compiled pattern where the entry has no variables."""

    @classmethod
    def of(cls, text: str, span: Span, *, variables: bool) -> ResourceEntry:
        """Compile an entry."""
        template = resource_template(text, variables=variables)
        return cls(text, span, template, None if template.variables else template.pattern())

    def matches(self, resource: str, lookup: Lookup) -> bool:
        """Return whether a resource fits; an entry whose variable has no value matches nothing (rule V9)."""
        pattern = self.pattern or self.template.pattern(lookup)
        return pattern is not None and pattern.matches(resource)


@dataclass(frozen=True, slots=True)
class ResourceElement:
    """`Resource` or `NotResource`."""

    name: str
    entries: tuple[ResourceEntry, ...]
    span: Span = field(compare=False)

    @property
    def negated(self) -> bool:
        """Whether it is `NotResource`."""
        return self.name == "NotResource"


@dataclass(frozen=True, slots=True)
class PrincipalEntry:
    """One principal: its type (`AWS`, `Service`, `Federated`, `CanonicalUser`) and its text."""

    type: str
    text: str
    span: Span = field(compare=False)

    @property
    def is_everyone(self) -> bool:
        """Whether it is `*`, which is everyone, anonymous callers included (rule P15)."""
        return self.text == "*"


@dataclass(frozen=True, slots=True)
class PrincipalElement:
    """`Principal` or `NotPrincipal`."""

    name: str
    entries: tuple[PrincipalEntry, ...]
    span: Span = field(compare=False)

    @property
    def negated(self) -> bool:
        """Whether it is `NotPrincipal`."""
        return self.name == "NotPrincipal"


@dataclass(frozen=True, slots=True)
class ConditionValue:
    """One value of a condition key."""

    text: str
    span: Span = field(compare=False)
    template: Template = field(compare=False, repr=False)

    @classmethod
    def of(cls, text: str, span: Span, use: OperatorUse, *, variables: bool) -> ConditionValue:
        """Cut a value as its operator reads it: with or without wildcards and variables."""
        operator = use.operator
        template = cut(text, variables=variables and operator.variables, wildcards=operator.wildcards)
        return cls(text, span, template)


@dataclass(frozen=True, slots=True)
class ConditionTest:
    """One operator over one key: the smallest part of a `Condition` that holds or does not."""

    operator: str
    use: OperatorUse = field(repr=False)
    key: str
    values: tuple[ConditionValue, ...]
    span: Span = field(compare=False)
    """From the key to its last value."""
    key_span: Span = field(compare=False)
    operator_span: Span = field(compare=False)

    @property
    def has_variables(self) -> bool:
        """Whether a policy variable stands in one of its values."""
        return any(value.template.variables for value in self.values)


@dataclass(frozen=True, slots=True)
class Statement:
    """One entry of `Statement`. `index` counts from 0; an absent element is None (or, for `Condition`, empty)."""

    index: int
    effect: str
    action: ActionElement
    resource: ResourceElement | None = None
    principal: PrincipalElement | None = None
    condition: tuple[ConditionTest, ...] = ()
    sid: str | None = None
    span: Span = field(default=Span(0, 0), compare=False)
    places: Mapping[str, Placed] = field(default_factory=dict, compare=False, repr=False)
    """Where each element stands, by its name."""
