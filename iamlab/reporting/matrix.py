"""Policies beside each other: how much of each action each allows, as a frame and as a picture."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from iamlab.aws.catalogue import find_action
from iamlab.aws.names import names_matching, near_names
from iamlab.evaluation.policies import Document, Policies, document_policy
from iamlab.policy.names import or_list
from iamlab.reporting.action_access import access_by_action, difference_by_action

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from pandas import DataFrame

__all__ = ["ACCESS_LEVELS", "access_matrix", "difference_picture", "heat_map"]

ACCESS_LEVELS = ("List", "Read", "Write", "Permissions management", "Tagging")
"""AWS's access levels, in the order in which pictures show them."""
MAX_ACTIONS = 2_000


def access_matrix(
    policies: Mapping[str, Document | Policies],
    actions: str | Sequence[str] | None = None,
    resources: str | Sequence[str] = "*",
    *,
    kind: str = "identity",
    principals: Mapping[str, object] | None = None,
    resource_account: str | None = None,
) -> DataFrame:
    """Return how much of each action each of several policies allows.

    Args:
        policies: documents, or sets of policies, by the names that the rows get.
        actions: patterns of actions, as in a policy's `Action`; those that the policies name, unless given.
        resources: patterns of the resources that are meant, as in `Resource`.
        kind: the kind of the documents.
        principals: whose policies a row has, by the row's name; a role of which nothing is known, unless given.
        resource_account: the account that owns the resources.

    Returns:
        A frame with a row for each policy and a column for each action, under its access level. A value is `none`
        where no request for the action is allowed; `all` where every one is, on whichever of the resources and in
        whatever context; `some` between; `undecided` where it is too hard to tell.

    Raises:
        PolicyError: where a document is no policy.
        ValueError: where a pattern takes in no action, or too many are asked for.

    >>> read = {"Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}
    >>> one = {"Statement": {"Effect": "Allow", "Action": "s3:*Object", "Resource": "arn:aws:s3:::b/*"}}
    >>> print(access_matrix({"read": read, "one": one}, ["s3:GetObject", "s3:PutObject"]).to_string())
    access level         Read        Write
    action       s3:GetObject s3:PutObject
    read                  all         none
    one                  some         some
    """
    from pandas import DataFrame, MultiIndex

    columns = _columns(_named(policies, kind) if actions is None else _matched(actions))
    names = [name for _, name in columns]
    rows = {
        row: access_by_action(
            one,
            names,
            resources,
            kind=kind,
            principal=(principals or {}).get(row),
            resource_account=resource_account,
        )
        for row, one in policies.items()
    }
    index = MultiIndex.from_tuples(columns, names=["access level", "action"])
    return DataFrame([[found[name] for name in names] for found in rows.values()], index=list(rows), columns=index)


def _columns(names: Iterable[str]) -> list[tuple[str, str]]:
    found = sorted({(_level(name), name) for name in names}, key=lambda one: (ACCESS_LEVELS.index(one[0]), one[1]))
    if not found:
        raise ValueError("There is no action to ask about. Name some, as in `access_matrix(policies, ['s3:*Object'])`.")
    if len(found) > MAX_ACTIONS:
        raise ValueError(f"{len(found):,} actions are asked for; at most {MAX_ACTIONS:,} are compared at once.")
    return found


def _level(name: str) -> str:
    action = find_action(name)
    return next((one for one in action.access_levels if one in ACCESS_LEVELS), "Write") if action else "Write"


def _matched(patterns: str | Sequence[str]) -> set[str]:
    found = set[str]()
    for pattern in [patterns] if isinstance(patterns, str) else patterns:
        names = names_matching(pattern)
        if not names:
            near = near_names(pattern, 2)
            help = f" Perhaps {or_list(near)} is meant." if near else ""
            raise ValueError(f"No action is matched by `{pattern}`.{help}")
        found.update(names)
    return found


def _named(policies: Mapping[str, Document | Policies], kind: str) -> set[str]:
    """Return the actions that policies name, wildcards spelled out; `*` alone names none."""
    parsed = [
        attached.policy
        for one in policies.values()
        for attached in (one if isinstance(one, Policies) else Policies.of(identity=document_policy(one, kind)))
    ]
    texts = {entry.text for policy in parsed for one in policy.statements for entry in one.action.entries}
    return {name for text in texts if text.strip("*:") for name in names_matching(text)}


def heat_map(matrix: DataFrame, *, dark: bool = False) -> Figure:
    """Draw a matrix: actions by access level, a column for each policy, a mark in each cell.

    Args:
        matrix: what `access_matrix` returned.
        dark: whether to draw in light colors on a dark surface.
    """
    from iamlab.reporting.pictures import draw_matrix

    levels = {
        level: {name: [str(value) for value in matrix[level][name]] for name in matrix[level].columns}
        for level in dict.fromkeys(matrix.columns.get_level_values(0))
    }
    return draw_matrix([str(name) for name in matrix.index], levels, dark=dark)


def difference_picture(
    first: Document | Policies,
    second: Document | Policies,
    names: tuple[str, str] = ("first", "second"),
    *,
    kind: str = "identity",
    principal: object = None,
    resource_account: str | None = None,
    dark: bool = False,
) -> Figure:
    """Draw what one policy allows beyond another: how many actions of each service and access level, and which.

    Args:
        first: a document, or a set of policies.
        second: the same.
        names: what they are called.
        kind: the kind of the documents.
        principal: whose policies they are, as in `compare`.
        resource_account: the account that owns the resources, as in `compare`.
        dark: whether to draw in light colors on a dark surface.
    """
    from iamlab.reporting.pictures import draw_difference

    only = difference_by_action(first, second, kind=kind, principal=principal, resource_account=resource_account)
    groups = dict[tuple[str, str], tuple[list[str], list[str]]]()
    for side, found in enumerate(only):
        for name in found:
            service, _, operation = name.partition(":")
            groups.setdefault((service, _level(name)), ([], []))[side].append(operation)
    return draw_difference(names, groups, dark=dark)
