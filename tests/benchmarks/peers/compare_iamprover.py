"""Compares pairs of policies with iamprover's solver, as a program of its own: pairs in, answers out."""

from importlib.metadata import version

from differing import run
from iamprover.engine.solver import check_invariant
from iamprover.invariants import Invariant
from iamprover.model import Account, Principal
from iamprover.parsers.iam import parse_policy_document

ARN = "arn:aws:iam::111122223333:role/TrainingRole"


def asked(identity, boundary):
    """Return whether the invariant "nothing is allowed" is violated."""
    policies = [parse_policy_document(f"identity {number}", document) for number, document in enumerate(identity)]
    bound = parse_policy_document("boundary", boundary) if boundary else None
    account = Account(principals=[Principal(arn=ARN, policies=policies, permission_boundary=bound)])
    return not check_invariant(account, NOTHING).passed


NOTHING = Invariant(id="nothing", description="Nothing is allowed.", actions=["*"], resources=["*"])
run(version("iamprover"), asked)
