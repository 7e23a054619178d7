"""What AWS publishes: its services' actions, resources and condition keys, and its managed policies. Floor 2.

Nothing is read until it is asked for. `catalogue` and `names` answer questions about actions; `completion`
answers the editor; `managed` gives AWS's own policies.
"""

from iamlab.aws.catalogue import (
    Action,
    Applies,
    CatalogueMissing,
    ConditionKey,
    ResourceType,
    ResourceUse,
    Service,
    actions,
    applies,
    condition_keys,
    find_action,
    find_condition_key,
    keys_of,
    resource_type,
    resource_types,
    services,
    types_of,
)
from iamlab.aws.completion import complete, complete_field, warm
from iamlab.aws.managed import (
    ManagedPoliciesMissing,
    ManagedPolicy,
    UnknownManagedPolicy,
    describe_managed_policy,
    managed_policies,
    managed_policy,
)
from iamlab.aws.names import action_names, actions_matching, near_names

__all__ = [
    "Action",
    "Applies",
    "CatalogueMissing",
    "ConditionKey",
    "ManagedPoliciesMissing",
    "ManagedPolicy",
    "ResourceType",
    "ResourceUse",
    "Service",
    "UnknownManagedPolicy",
    "action_names",
    "actions",
    "actions_matching",
    "applies",
    "complete",
    "complete_field",
    "condition_keys",
    "describe_managed_policy",
    "find_action",
    "find_condition_key",
    "keys_of",
    "managed_policies",
    "managed_policy",
    "near_names",
    "resource_type",
    "resource_types",
    "services",
    "types_of",
    "warm",
]
