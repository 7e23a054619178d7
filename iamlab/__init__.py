"""iamlab: learn AWS IAM by doing it.

>>> from iamlab import Policies, Request, decide
>>> policies = Policies.of(identity={"Statement": {"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}})
>>> role = "arn:aws:iam::111122223333:role/TrainingRole"
>>> print(decide(Request.of(role, "s3:GetObject", "arn:aws:s3:::ml-training-data-bucket/train.csv"), policies))
allowed by identity-based policies: identity[0], statement 1, line 2
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from iamlab.aws.managed import managed_policy
    from iamlab.aws.simulator import simulate_custom_policy, simulate_principal_policy
    from iamlab.comparison import compare, may
    from iamlab.diagnosis.denial import explain_denial
    from iamlab.evaluation import Policies, Request, decide, explain
    from iamlab.evaluation.evaluator import Evaluator
    from iamlab.evaluation.gathering import gather
    from iamlab.evaluation.many import decide_frame, decide_many
    from iamlab.evaluation.organization import Account, Group, Organization, Resource, Role, Session, User
    from iamlab.learning.assignment import points
    from iamlab.learning.progress_view import progress
    from iamlab.lint import lint
    from iamlab.policy import Policy, PolicyError, Problem, parse_policy
    from iamlab.reporting.evaluation_picture import plot_evaluation
    from iamlab.reporting.html import show
    from iamlab.reporting.matrix import access_matrix
    from iamlab.widgets import exam, exercise, policy_editor, review, stepper

__version__ = "0.1.0"
__all__ = [
    "Account",
    "Evaluator",
    "Group",
    "Organization",
    "Policies",
    "Policy",
    "PolicyError",
    "Problem",
    "Request",
    "Resource",
    "Role",
    "Session",
    "User",
    "access_matrix",
    "compare",
    "decide",
    "decide_frame",
    "decide_many",
    "exam",
    "exercise",
    "explain",
    "explain_denial",
    "gather",
    "lint",
    "managed_policy",
    "may",
    "parse_policy",
    "plot_evaluation",
    "points",
    "progress",
    "review",
    "policy_editor",
    "show",
    "simulate_custom_policy",
    "simulate_principal_policy",
    "stepper",
]

HOMES = {
    "iamlab.aws.managed": ("managed_policy",),
    "iamlab.aws.simulator": ("simulate_custom_policy", "simulate_principal_policy"),
    "iamlab.comparison": ("compare", "may"),
    "iamlab.diagnosis.denial": ("explain_denial",),
    "iamlab.evaluation": ("Policies", "Request", "decide", "explain"),
    "iamlab.evaluation.evaluator": ("Evaluator",),
    "iamlab.evaluation.many": ("decide_frame", "decide_many"),
    "iamlab.evaluation.gathering": ("gather",),
    "iamlab.evaluation.organization": ("Account", "Group", "Organization", "Resource", "Role", "Session", "User"),
    "iamlab.learning.assignment": ("points",),
    "iamlab.learning.progress_view": ("progress",),
    "iamlab.lint": ("lint",),
    "iamlab.policy": ("Policy", "PolicyError", "Problem", "parse_policy"),
    "iamlab.reporting.evaluation_picture": ("plot_evaluation",),
    "iamlab.reporting.html": ("show",),
    "iamlab.reporting.matrix": ("access_matrix",),
    "iamlab.widgets": ("exam", "exercise", "policy_editor", "review", "stepper"),
}
"""Where each name lives. Nothing is loaded before its first use, so that `import iamlab` starts at once."""


def __getattr__(name: str) -> Any:
    for module, names in HOMES.items():
        if name in names:
            home = import_module(module)
            return globals().get(name) or getattr(home, name)  # `lint` is also a folder, and can be called as well
    raise AttributeError(f"module 'iamlab' has no attribute {name!r}")


def load_ipython_extension(shell: Any) -> None:
    """Add the magic `%%answer` to IPython; `%load_ext iamlab` calls this."""
    from iamlab.widgets.magic import register

    register(shell)


def __dir__() -> list[str]:
    return [*globals(), *__all__]
