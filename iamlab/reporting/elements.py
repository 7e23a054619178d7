"""Why each element of a statement matched a request or did not, in a few words each."""

from __future__ import annotations

from dataclasses import dataclass

from iamlab.evaluation.explanation import ElementTrace, StatementTrace, TestTrace
from iamlab.evaluation.request import Request
from iamlab.policy import Span
from iamlab.policy.statement import ActionElement, PrincipalElement, ResourceElement, ResourceEntry
from iamlab.reporting.words import and_list, code

__all__ = ["ElementLine", "element_lines"]

SHOWN = 3


@dataclass(frozen=True, slots=True)
class ElementLine:
    """One line about one element: `matched` is None where the statement has none."""

    name: str
    matched: bool | None
    text: str
    span: Span | None


def element_lines(trace: StatementTrace, request: Request) -> list[ElementLine]:
    """Return the lines about a statement: its effect, then every element in the order of the language."""
    statement = trace.statement
    lines = [ElementLine("Effect", True, code(statement.effect), statement.places["Effect"].value)]
    for element in trace.elements:
        if element.name == "Condition":
            lines += _condition_lines(element)
        elif element.matched is not None:
            lines.append(ElementLine(element.name, element.matched, _text(element, trace, request), element.span))
    return lines


def _text(element: ElementTrace, trace: StatementTrace, request: Request) -> str:
    statement = trace.statement
    if element.name.endswith("Action"):
        return _action_text(statement.action, request)
    if element.name.endswith("Resource") and statement.resource:
        return _resource_text(statement.resource, trace, request)
    return _principal_text(statement.principal, bool(element.matched), request) if statement.principal else ""


def _action_text(element: ActionElement, request: Request) -> str:
    action = code(request.action)
    entries = element.entries
    if not entries:
        return "the list is empty, so it matches nothing"
    found = next((entry.text for entry in entries if entry.matches(request.action.lower())), None)
    if element.negated:
        return f"{code(found)} takes {action} out" if found else f"{action} is not among the exceptions"
    if found is None:
        return _none_fits(action, [entry.text for entry in entries])
    if found == "*":
        return "`*` covers every action"
    same = found.lower() == request.action.lower()
    return code(found) if same else f"{code(found)} covers {action}"


def _none_fits(what: str, texts: list[str]) -> str:
    if len(texts) == 1:
        verb = "is not covered by" if "*" in texts[0] or "?" in texts[0] else "is not"
        return f"{what} {verb} {code(texts[0])}"
    if len(texts) > SHOWN:
        return f"{what} is covered by none of the {len(texts)} entries"
    *most, last = [code(text) for text in texts]
    return f"{what} is neither {', '.join(most)} nor {last}"


def _resource_text(element: ResourceElement, trace: StatementTrace, request: Request) -> str:
    if not element.entries:
        return "the list is empty, so it matches nothing"
    lookup = request.context.variable
    found = next((entry for entry in element.entries if entry.matches(request.resource, lookup)), None)
    if element.negated:
        return f"{code(found.text)} takes this resource out" if found else "this resource is not among the exceptions"
    if found is None:
        return _missed(element.entries, trace, request)
    if found.text == "*":
        return "`*` covers every ARN"
    return code(found.text) if found.text == request.resource else f"{code(found.text)} covers it"


def _missed(entries: tuple[ResourceEntry, ...], trace: StatementTrace, request: Request) -> str:
    """Say why no entry fits; of a near miss, what keeps the two apart."""
    for entry in entries:
        if reason := _near_miss(entry, trace, request):
            return reason
    return _none_fits(code(request.resource), [entry.text for entry in entries])


def _near_miss(entry: ResourceEntry, trace: StatementTrace, request: Request) -> str:
    text, resource = entry.text, request.resource
    for variable in entry.template.variables:
        if variable.default is None and request.context.variable(variable.key) is None:
            shown = code(f"${{{variable.key}}}")
            return f"{shown} has no value in this request, so {code(text)} matches nothing"
    if "${" in text and trace.attached.policy.version == "2008-10-17":
        return f"without `Version` `2012-10-17`, {code(text)} is plain text, dollar sign and all"
    if text.startswith("arn:") and resource == "*":
        return f"this action has no resource of its own, so only `*` covers it, not {code(text)}"
    if text.removesuffix("/*") == resource and text != resource:
        return f"{code(resource)} has no `/` after its name; {code(text)} needs one"
    if resource.startswith(f"{text}/"):
        return (
            f"{code(text)} is the bucket itself; the request names an object in it"
            if ":s3:" in text
            else (f"{code(text)} ends before the request's ARN does")
        )
    if text.lower() == resource.lower():
        return f"{code(text)} differs from the request's ARN in capital letters, which count"
    return ""


def _principal_text(element: PrincipalElement, matched: bool, request: Request) -> str:
    if any(entry.is_everyone for entry in element.entries) and not element.negated:
        return "`*` is everyone"
    listed = [entry.text for entry in element.entries]
    if not listed:
        return "the list is empty, so it names nobody"
    shown = (
        and_list(code(text) for text in listed[:SHOWN]) if len(listed) <= SHOWN else f"none of {len(listed)} entries"
    )
    caller = code(request.principal.text)
    if element.negated:
        return f"{caller} is not wholly among the exceptions" if matched else f"{caller} is among the exceptions"
    if matched:
        return f"{shown} takes in {caller}" if listed != [request.principal.text] else caller
    verb = "does" if len(listed) == 1 else "do"
    return f"{shown} {verb} not name {caller}" if len(listed) <= SHOWN else f"{shown} names {caller}"


# Conditions

RELATIONS = {
    "StringEquals": ("is", "is not"),
    "StringEqualsIgnoreCase": ("is, whatever the case,", "is not, whatever the case,"),
    "StringLike": ("is like", "is not like"),
    "ArnEquals": ("is like", "is not like"),
    "ArnLike": ("is like", "is not like"),
    "Bool": ("is", "is not"),
    "BinaryEquals": ("is", "is not"),
    "IpAddress": ("is in", "is not in"),
    "NotIpAddress": ("is in", "is not in"),
    "Equals": ("is", "is not"),
    "LessThan": ("is less than", "is not less than"),
    "LessThanEquals": ("is at most", "is more than"),
    "GreaterThan": ("is more than", "is not more than"),
    "GreaterThanEquals": ("is at least", "is less than"),
}


def _condition_lines(element: ElementTrace) -> list[ElementLine]:
    if element.matched is None:
        return [ElementLine("Condition", None, "none, so it always holds", None)]
    if not element.tests:
        return [ElementLine("Condition", True, "empty, so it always holds", element.span)]
    return [ElementLine("Condition", trace.held, _test_text(trace), trace.test.span) for trace in element.tests]


def _test_text(trace: TestTrace) -> str:
    test, key = trace.test, code(trace.test.key)
    operator = test.use.operator
    if operator.family == "Null":
        return f"{key} is {'present' if trace.values else 'missing from the request'}"
    if not trace.values:
        return f"{key} is missing from the request{_missing_tail(trace)}"
    values = and_list(code(value) for value in trace.values[:SHOWN])
    wanted = [value.text for value in test.values]
    listed = " or ".join(code(text) for text in wanted[:SHOWN]) + (" or others" if len(wanted) > SHOWN else "")
    is_, is_not = _relation(operator.name)
    if test.use.set_operator:
        every = "every" if test.use.set_operator == "ForAllValues" else "one"
        yes = "holds" if trace.held else "does not hold"
        return f"{key} has {values}; {code(test.operator)} {listed} for {every} of them {yes}"
    if len(trace.values) > 1:
        return f"{key} has several values, {values}, and {code(test.operator)} takes one"
    fits = trace.held != operator.negated
    return f"{key}, {values}, {is_ if fits else is_not} {listed or 'anything: the list is empty'}"


def _missing_tail(trace: TestTrace) -> str:
    """Say what a missing key means, where that may surprise."""
    use = trace.test.use
    if not trace.held:
        return ""
    if use.set_operator == "ForAllValues":
        return "; for all of no values anything is true"
    return (
        "; `IfExists` lets that pass"
        if use.if_exists and not use.operator.negated
        else "; a negated operator is then true"
    )


def _relation(name: str) -> tuple[str, str]:
    plain = name.replace("Not", "") if name != "NotIpAddress" else name
    for prefix in ("", "Numeric", "Date"):
        if plain.startswith(prefix) and plain.removeprefix(prefix) in RELATIONS:
            return RELATIONS[plain.removeprefix(prefix)]
    return "fits", "does not fit"
