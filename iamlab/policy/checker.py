"""The notebook of a parse: which kind of policy is read, where its text is, and what was found wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from iamlab.policy.kinds import Kind
from iamlab.policy.names import near_names, or_list
from iamlab.policy.nodes import Array, Literal, Member, Node, Number, Object, String, written
from iamlab.policy.problem import GUIDE, Fix, Problem
from iamlab.policy.source import Span

__all__ = ["Checker", "NAMES"]

MAX_PROBLEMS = 100
"""More help nobody, and would slow down whoever shows them."""

NAMES: dict[type[Node], str] = {
    String: "a string",
    Number: "a number",
    Array: "a list",
    Object: "an object",
}


@dataclass
class Checker:
    """Collects problems while a document of one kind is read.

    `variables` tells whether the document's Version gives `${…}` a meaning.
    """

    kind: Kind
    variables: bool = False
    problems: list[Problem] = field(default_factory=list)

    def note(self, code: str, span: Span, message: str, help: str = "", page: str = "", fix: Fix | None = None) -> None:
        """Keep a problem, up to `MAX_PROBLEMS`; `page` names the User Guide's page that holds the rule."""
        if len(self.problems) >= MAX_PROBLEMS:
            return
        reference = page if page.startswith("https:") or not page else f"{GUIDE}reference_policies_{page}.html"
        self.problems.append(Problem(code, span, message, help, reference, fix))

    def wrong_type(self, what: str, node: Node, wanted: str, page: str) -> None:
        """Note a value of a type that does not belong there."""
        found = f"`{written(node)}`" if isinstance(node, Literal) else NAMES[type(node)]
        self.note("data-type-mismatch", node.span, f"{what} is {found} here.", f"It should be {wanted}.", page)

    def known_members(
        self, node: Object, where: str, known: Iterable[str], code: str = "unknown-element"
    ) -> dict[str, Member]:
        """Return the members by name, first ones first; note, as `code`, those whose name is unknown.

        What is only misspelled is read as what it most likely means, so that its own mistakes are found too.
        """
        names, members = tuple(known), dict[str, Member]()
        written = {member.key.value for member in node.members}
        for member in node.members:
            name: str | None = member.key.value
            if name not in names:
                name = self.unknown_element(member.key, where, names, code)
                if name is None or name in written:
                    continue
                member = replace(member, key=String(name, member.key.span))
            members.setdefault(name, member)
        return members

    def unknown_element(self, key: String, where: str, names: tuple[str, ...], code: str) -> str | None:
        """Note a key that is no element, with the nearest names, and return the nearest."""
        near = near_names(key.value, names)
        fix = Fix(f"Write `{near[0]}`", key.span, f'"{near[0]}"') if near else None
        help = f"Perhaps {or_list(near)} is meant." if near else f"{where} takes {or_list(names)}."
        self.note(
            code,
            key.span,
            f"`{key.value[:60]}` is no element of a {where.lower()}.",
            help,
            "grammar",
            fix,
        )
        return near[0] if near else None

    def strings(self, what: str, node: Node, page: str) -> list[String]:
        """Return a single string or a list of strings as a list; note what is none."""
        items = node.items if isinstance(node, Array) else (node,)
        for item in items:
            if not isinstance(item, String):
                self.wrong_type(what, item, "a string, or a list of strings", page)
        return [item for item in items if isinstance(item, String)]
