"""What to look at after a refusal, in sentences: by the type of policy, by the form of the message, by the call."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from iamlab.aws.operations import NEEDS_NONE, NEWER, OTHER_NAME, Authorization
from iamlab.diagnosis.reading import Reading
from iamlab.policy import parse_arn

__all__ = ["look_at", "name_of"]

IMPLICIT = {
    "identity": "The policies attached to {who}{groups}: no statement allows `{action}` on {what}. An Allow may be "
    "there whose resource, action or condition does not match this request.",
    "resource": "The policy of {what}: no statement allows {who} `{action}`. Across accounts it must, beside the "
    "identity-based policies at home.",
    "trust": "The trust policy of {what}: it names who may assume the role, and no statement names {who}, or its "
    "condition does not match.",
    "permissions_boundary": "The permissions boundary of {who}: what it does not allow, no other policy can give. Its "
    "owner can add the Allow; the identity-based policies must allow the action too.",
    "session": "The session policy that was passed when the session of {who} began: what it does not allow, the role's "
    "own policies cannot give. Whoever starts the session can pass another.",
    "scp": "The service control policies of the account and of each organizational unit above it: every level must "
    "allow `{action}`. An administrator of the organization can change them.",
    "rcp": "The resource control policies of the account that owns {what}: `RCPFullAWSAccess` must be attached at "
    "every level. An administrator of the organization can change them.",
    "vpc_endpoint": "The policy of the VPC endpoint through which the request went: no statement allows `{action}` on "
    "{what}. Buckets and images that AWS services use themselves must be in it, too.",
}
EXPLICIT = {
    "identity": "The policies attached to {who}{groups}: one of their statements with `Deny` matches this request.",
    "resource": "The policy of {what}: one of its statements with `Deny` matches this request.",
    "trust": "The trust policy of {what}: one of its statements with `Deny` matches {who}.",
    "permissions_boundary": "The permissions boundary of {who}: one of its statements with `Deny` matches.",
    "session": "The session policy that was passed when the session of {who} began: one of its statements with `Deny` "
    "matches.",
    "scp": "The service control policies of the account and of each organizational unit above it: a statement with "
    "`Deny` matches. An administrator of the organization can change them. Older messages say so, too, where no "
    "policy allows the action.",
    "rcp": "The resource control policies of the account that owns {what}: a statement with `Deny` matches. An "
    "administrator of the organization can change them.",
    "vpc_endpoint": "The policy of the VPC endpoint through which the request went: a statement with `Deny` matches.",
    "unknown": "Every policy that has a say: the message does not tell in which one the `Deny` stands.",
}
NO_ALLOW = (
    "No Allow can help: an explicit deny wins over every Allow. The statement with `Deny` must be changed, or the "
    "request must be one that its condition spares."
)
FORMS = {
    "federation": "The role's trust policy, the identity provider that it names as `Federated`, and its conditions on "
    "the token (audience, subject).",
    "encoded": "The encoded message: `aws sts decode-authorization-message --encoded-message …` shows who asked what, "
    "and whether a statement denied it. That needs `sts:DecodeAuthorizationMessage`.",
    "decoded": "The `matchedStatements` of the decoded message, and the `conditions` of its context.",
    "public access": "S3 Block Public Access, of the bucket and of the account: no policy can pass it. Name whom you "
    "mean in the bucket's policy, rather than everyone.",
    "ciphertext": "The KMS key's policy and the identity-based policies: both count for `kms:Decrypt`. KMS says the "
    "same of a key that is not there, or lies in another Region.",
    "cannot assume": "The trust policy of {what}: it must allow `sts:AssumeRole` to the service {who}. A role that was "
    "made seconds ago may not be known everywhere yet.",
    "cross-account role": "The role's account: a role can be passed only within its own account, whatever policies "
    "say. Name a role of the account in which the call is made.",
    "marketplace": "Access to the model: the first use of some models subscribes the account, which needs "
    "`aws-marketplace:Subscribe` and `aws-marketplace:ViewSubscriptions`.",
    "model access": "Access to the model in this account and Region, on the model access page of Amazon Bedrock: "
    "policies alone do not give it.",
    "lake formation": "The grants of Lake Formation on the database, table or location: they are no IAM policies, and "
    "an Allow in one does not replace them.",
}
KMS_BOTH = (
    "KMS names three causes at once: the key is not in this Region, no statement of its policy allows the action, or "
    "one denies it."
)
NOTHING_TOLD = (
    "The message does not tell which policy refused. Begin with the identity-based policies of whoever signed the "
    "call, then the resource's policy, then what bounds both: permissions boundary, session policies, VPC endpoint "
    "policy, and the organization's SCPs and RCPs."
)
CLOUDTRAIL = "The event in CloudTrail, whose `errorMessage` may tell more than the caller was told."
ANONYMOUS = "How the call is signed: `anonymous` means that no credentials were sent with it."
ROOT_USER = "The organization's SCPs and the resource's policy: the root user has no identity-based policies."


def look_at(reading: Reading, actions: Sequence[str], answers: Sequence[Authorization]) -> tuple[str, ...]:
    """Return what to look at, the likeliest first."""
    action = actions[0] if actions else "the action"
    words = {"who": name_of(reading.principal), "what": _what(reading.resource), "action": action}
    words["groups"] = " and to the user's groups" if ":user/" in reading.principal else ""
    sentences = [*_by_policy(reading), *_by_form(reading), *_by_request(reading, actions), *_by_call(reading, answers)]
    return tuple(dict.fromkeys(one.format(**words) if "{" in one else one for one in sentences))


def _by_policy(reading: Reading) -> Iterator[str]:
    if reading.policy_arn:
        yield f"The policy `{_plain(reading.policy_arn)}`: the message names it."
    if reading.kind == "explicit":
        yield EXPLICIT[reading.policy_type]
        yield NO_ALLOW
    elif reading.kind == "implicit" and reading.policy_type in IMPLICIT:
        yield ROOT_USER if _is_root(reading) and reading.policy_type == "identity" else IMPLICIT[reading.policy_type]
    elif reading.policy_type == "resource":
        yield KMS_BOTH


def _by_form(reading: Reading) -> Iterator[str]:
    if reading.form in FORMS:
        yield FORMS[reading.form]
    elif reading.encoded:
        yield FORMS["encoded"]
    if reading.principal == "anonymous":
        yield ANONYMOUS
    if reading.form in {"bare", "sentence"} and reading.policy_type == "unknown" and reading.kind == "unknown":
        yield NOTHING_TOLD
        yield CLOUDTRAIL


def _by_request(reading: Reading, actions: Sequence[str]) -> Iterator[str]:
    caller, owner = parse_arn(reading.principal), parse_arn(reading.resource)
    if caller and owner and caller.account and owner.account and caller.account != owner.account:
        yield (
            f"Both accounts: {caller.account} makes the call and {owner.account} owns the resource, so a policy on "
            "each side must allow it."
        )
    if ":assumed-role/" in reading.principal:
        yield f"T{name_of(reading.principal)[1:]}: the call was made in a session of it, not by a user."
    if "iam:PassRole" in actions:
        yield (
            "`iam:PassRole` is no call of its own: it is asked where a call hands a role to a service. Its resource is "
            "the role, not the job."
        )


def _by_call(reading: Reading, answers: Sequence[Authorization]) -> Iterator[str]:
    if len(answers) > 1 and not reading.action:
        names = ", ".join(f"`{_plain(answer.name)}`" for answer in answers[:6])
        yield f"Which service was called: `{_plain(reading.operation)}` is an operation of several, {names} among them."
        return
    for answer in answers[:1]:
        yield from _by_answer(answer, reading)


def _by_answer(answer: Authorization, reading: Reading) -> Iterator[str]:
    name = _plain(answer.operation)
    if answer.kind == NEEDS_NONE:
        yield f"The credentials and the endpoint: `{answer.name}` needs no Allow. {answer.note}"
    elif answer.kind == NEWER:
        yield answer.note
    elif answer.kind == OTHER_NAME and answer.actions:
        listed = " and ".join(f"`{action}`" for action in answer.actions)
        yield f"The action, not the operation: `{name}` is authorized as {listed}."
    for need in answer.further if reading.kind == "unknown" else ():
        if need.action != reading.action:
            how = "instead" if need.instead else "besides"
            yield f"`{need.action}`, {how}, if {need.when}."


def name_of(principal: str) -> str:
    """Return what to call a principal: its type and name.

    >>> name_of("arn:aws:sts::111122223333:assumed-role/TrainingRole/job")
    'the role `TrainingRole`'
    """
    arn = parse_arn(principal)
    if arn is None:
        return f"`{_plain(principal)}`" if principal else "the caller"
    if arn.resource == "root":
        return f"the root user of account {arn.account}"
    kind, _, rest = arn.resource.partition("/")
    if kind == "assumed-role":
        return f"the role `{_plain(rest.partition('/')[0])}`"
    return f"the {kind.replace('-', ' ')} `{_plain(arn.name)}`"


def _what(resource: str) -> str:
    return f"`{_plain(resource)}`" if resource and resource != "*" else "the resource"


def _is_root(reading: Reading) -> bool:
    return reading.principal.endswith(":root")


def _plain(text: str) -> str:
    return text.replace("`", "'").replace("{", "(").replace("}", ")")
