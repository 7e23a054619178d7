"""What the text of an AWS error tells, word for word: who, what, on what, and which type of policy refused.

The sentences are those of troubleshoot_access-denied.html in the IAM User Guide (rules D1-D14) and of services that
word it their own way. A text may hold anything around them: a traceback, a log line, HTML, JSON. All is found by plain
searches from fixed words on, so that the time grows with the text's length and no faster.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from html import unescape

__all__ = ["FORMS", "MAX_LENGTH", "Reading", "read_text"]

MAX_LENGTH = 1_000_000
"""How much of a text is read."""

FORMS = {
    "sentence": "AWS's sentence, with or without its reason",
    "federation": "STS's words for a token that no trust policy takes",
    "encoded": "EC2's encoded message",
    "decoded": "the answer of `sts:DecodeAuthorizationMessage`",
    "public access": "S3's words where Block Public Access refuses",
    "ciphertext": "KMS's words for a key that it may not use, or does not find",
    "cannot assume": "a service's words for a role that does not trust it",
    "cross-account role": "the words for handing over a role of another account",
    "marketplace": "Bedrock's words for a model that is not subscribed to",
    "model access": "Bedrock's words for a model that the account has no access to",
    "lake formation": "Lake Formation's own permissions",
    "bare": "an error code, perhaps with the operation",
}
"""The forms that are read."""

POLICIES = {
    "identity-based polic": "identity",
    "resource-based polic": "resource",
    "role trust polic": "trust",
    "permissions boundar": "permissions_boundary",
    "permission boundar": "permissions_boundary",
    "session polic": "session",
    "service control polic": "scp",
    "resource control polic": "rcp",
    "vpc endpoint polic": "vpc_endpoint",
    "endpoint polic": "vpc_endpoint",
    "bucket polic": "resource",
    "key polic": "resource",
}
"""What AWS calls a type of policy, without its ending: the kind in our words."""

FRAME = "is not authorized to perform"
REASONS = (" because ", " with an explicit deny", " due to an explicit deny", " (explicit deny")
REFUSAL_CODES = {
    "AccessDenied",
    "AccessDeniedException",
    "AuthorizationError",
    "AuthorizationErrorException",
    "Client.UnauthorizedOperation",
    "ForbiddenException",
    "UnauthorizedOperation",
    "403",
}
LONGEST_ARN, LONGEST_REASON, BEFORE = 2_100, 300, 2_200

WRAPPER = re.compile(r"An error occurred \(([\w.]{1,80})\) when calling the (\w{1,80}) operation")
CODE = re.compile(r"\b(?:AccessDenied(?:Exception)?|UnauthorizedOperation)\b")
CLIENT = re.compile(r"boto3\.(?:client|resource)\(\s?[\"']([a-z0-9-]{1,40})")
JAVA = re.compile(r"Service: (?:Amazon|AWS)?(\w{1,40})")
ACTION = re.compile(r"[A-Za-z0-9-]{1,60}:[A-Za-z0-9-]{1,80}", re.ASCII)
PRINCIPAL = re.compile(r"arn:[^\s\"']+|anonymous|[a-z0-9.-]+\.amazonaws\.com", re.ASCII)
WHOLE_ARN = re.compile(r"arn:[^:]*:(?:organizations:[^/]*/[^/]+/[^/]+/.|(?!organizations)[^:]+:[^:]*:[^:]*:.)")
LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}
"""Letter case without changing a text's length, so that places in one are places in the other."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text tells; what it does not tell is empty, or `unknown`. `form` is one of `FORMS`."""

    form: str
    principal: str = ""
    action: str = ""
    resource: str = ""
    policy_type: str = "unknown"
    policy_arn: str = ""
    kind: str = "unknown"
    code: str = ""
    service: str = ""
    operation: str = ""
    encoded: bool = False

    @property
    def told(self) -> int:
        """How much is told. The piece of a policy's ARN that a broken line leaves counts for nothing."""
        values = (getattr(self, one.name) for one in fields(self))
        is_piece = bool(self.policy_arn) and not WHOLE_ARN.match(self.policy_arn)
        return sum(value not in ("", "unknown", False) for value in values) - is_piece


def read_text(text: str) -> Reading | None:
    """Return what a text tells of a request that was not allowed; None where it tells of none.

    A terminal breaks lines between words or within them, so the text is read both ways and the better reading kept.
    """
    plain = unescape(text[:MAX_LENGTH]).replace('\\"', '"').replace("\\n", "\n").replace("\\/", "/")
    lines = plain.splitlines()
    joined = ["\n".join(line.strip() for line in lines), _joined_within_words(lines), "".join(lines)]
    readings = [found for whole in dict.fromkeys(joined) if (found := _read(whole))]
    return max(readings, key=lambda found: found.told, default=None)


def _joined_within_words(lines: list[str]) -> str:
    """Join lines that were broken anywhere and then indented alike."""
    rest = [line for line in lines[1:] if line.strip()]
    indent = min((len(line) - len(line.lstrip()) for line in rest), default=0)
    return "".join([*lines[:1], *(line[indent:] for line in lines[1:])])


def _read(text: str) -> Reading | None:
    low = text.replace("\n", " ").translate(LOWER)
    reading = _sentence(text, low) or next(_otherwise(text, low), None)
    wrapper = WRAPPER.search(text.replace("\n", " "))
    code, operation = wrapper.groups() if wrapper else (_code(text, low), "")
    if reading is None:
        if code not in REFUSAL_CODES:
            return None
        reading = Reading("bare")
    service = next((found[1] for pattern in (JAVA, CLIENT) if (found := pattern.search(text))), "")
    encoded = "encoded authorization failure message" in low
    return replace(reading, code=code, operation=operation, service=service.lower(), encoded=encoded)


def _code(text: str, low: str) -> str:
    found = CODE.search(text)
    return found[0] if found else "AccessDenied" if "access denied" in low else ""


# The sentence


def _sentence(text: str, low: str) -> Reading | None:
    """Read `User: … is not authorized to perform: … on resource: … <reason>`."""
    at = low.find(FRAME)
    while at >= 0:
        after = at + len(FRAME)
        stop = low.find(FRAME, after)
        whole, end = text[after : stop if stop >= 0 else len(text)], low[after : stop if stop >= 0 else len(low)]
        if action := _action(whole, end):
            resource, rest = _resource(whole, end)
            reading = Reading("sentence", _principal(text, low, at), action, resource)
            return _with_reason(reading, whole, end, rest)
        at = stop
    return None


def _principal(text: str, low: str, at: int) -> str:
    start = max(0, at - BEFORE)
    before = low[start:at]
    place = max(before.rfind("user:"), before.rfind("user "))
    said = text[start:at][place + 5 :] if place >= 0 else text[start:at][-LONGEST_ARN:]
    said = said.replace("\n", "").strip(" \"'").removesuffix("is").strip(" \"'")
    found = PRINCIPAL.match(said) if place >= 0 else next(iter(PRINCIPAL.finditer(said)), None)
    return found[0].rstrip(".,;:") if found else ""


def _action(text: str, low: str) -> str:
    end = min((place for mark in (" on ", *REASONS, ". ") if (place := low.find(mark, 0, 400)) > 0), default=200)
    said = text[:end].replace("\n", "").strip(" :\"'.")
    found = ACTION.fullmatch(said) or ACTION.match(text[:200].lstrip(" :\"'\n"))
    return found[0] if found else ""


def _resource(text: str, low: str) -> tuple[str, int]:
    """The resource, and where the reason may begin; nothing where it is not told."""
    mark = "on resource"
    at = low.find(mark, 0, 500)
    if at < 0:
        return "", 0
    start = at + len(mark)
    while text[start : start + 1] in {" ", ":", "\n"}:
        start += 1
    if text[start : start + 1] in {'"', "'"}:
        end = text.find(text[start], start + 1, start + LONGEST_ARN)
        return (text[start + 1 : end].replace("\n", ""), end + 1) if end > 0 else ("", start)
    ends = [place for reason in REASONS if (place := low.find(reason, start, start + LONGEST_ARN)) > 0]
    end = min(ends, default=0) or _token_end(text, start)
    return text[start:end].replace("\n", "").strip().rstrip(".,;)\"'"), end


def _token_end(text: str, start: int) -> int:
    ends = (place for mark in ' \n<"' if (place := text.find(mark, start, start + LONGEST_ARN)) >= 0)
    return min(ends, default=min(len(text), start + LONGEST_ARN))


def _with_reason(reading: Reading, text: str, low: str, start: int) -> Reading:
    """Add kind and type of policy, and the policy's ARN, as the reason tells them."""
    found = [(place, reason) for reason in REASONS if (place := low.find(reason, start)) >= 0]
    if not found:
        return reading
    at, reason = min(found)
    clause = low[at : at + LONGEST_REASON]
    if "block public access" in clause:
        return replace(reading, form="public access")
    if reason == " because ":
        return _implicit(reading, clause)
    policy_type, end = _policy_type(clause, 0)
    return replace(reading, kind="explicit", policy_type=policy_type, policy_arn=_policy_arn(text[at + end :]))


def _implicit(reading: Reading, clause: str) -> Reading:
    if "explicitly denies access" in clause:  # KMS names both kinds at once
        return replace(reading, policy_type="resource")
    if "explicit deny" in clause:
        return replace(reading, kind="explicit", policy_type=_policy_type(clause, 0)[0])
    if clause.startswith(" because no "):
        return replace(reading, kind="implicit", policy_type=_policy_type(clause, 0)[0])
    return reading


def _policy_type(clause: str, start: int) -> tuple[str, int]:
    """The type of policy that a clause names first, and where its name ends."""
    found = [(place, -len(name), name) for name in POLICIES if (place := clause.find(name, start)) >= 0]
    if not found:
        return "unknown", start
    place, _, name = min(found)
    end = place + len(name)
    while end < len(clause) and clause[end].isalpha():
        end += 1
    return POLICIES[name], end


def _policy_arn(text: str) -> str:
    rest = text[:LONGEST_ARN].lstrip(" :\n\"'")
    return rest[: _token_end(rest, 0)].rstrip(".,;:)]}\"'") if rest.startswith("arn:") else ""


# Other words


def _otherwise(text: str, low: str) -> Iterator[Reading]:
    """Yield readings of the forms that are no sentence of IAM's."""
    if (at := low.find("not authorized to perform sts:")) >= 0 and (found := ACTION.search(text, at)):
        yield Reading("federation", action=found[0], policy_type="trust")
    if "ciphertext refers to a customer master key that does not exist" in low:
        yield Reading("ciphertext", action="kms:Decrypt")
    if "cross-account pass role is not allowed" in low:
        yield Reading("cross-account role", action="iam:PassRole")
    if "could not assume role" in low or "cannot be assumed by" in low or "unable to assume the role" in low:
        yield _cannot_assume(text, low)
    if "required aws marketplace actions" in low:
        yield Reading("marketplace", action="aws-marketplace:Subscribe")
    if "have access to the model with the specified model id" in low:
        yield Reading("model access", action="bedrock:InvokeModel")
    if "insufficient lake formation permission" in low:
        yield Reading("lake formation")
    if "encoded authorization failure message" in low:
        yield Reading("encoded")


SERVICE_NAME = re.compile(r"[a-z0-9.-]{1,60}\.amazonaws\.com")


def _cannot_assume(text: str, low: str) -> Reading:
    at = low.find("arn:")
    role = text[at : _token_end(text, at)].rstrip(".,;:)\"'") if at >= 0 else ""
    service = SERVICE_NAME.search(low)
    principal = service[0] if service else "lambda.amazonaws.com" if "by lambda" in low else ""
    return Reading("cannot assume", principal, "sts:AssumeRole", role, "trust", kind="unknown")
