"""An action works on none of the resources of its statement."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.aws.catalogue import types_of
from iamlab.aws.templates import filled
from iamlab.lint.check import Finding, check
from iamlab.lint.misfits import Misfit, misfits
from iamlab.lint.subject import Subject, actions_of
from iamlab.lint.wording import shown
from iamlab.policy.problem import WARNING


@check("action-fits-no-resource", WARNING)
def action_fits_no_resource(subject: Subject) -> Iterator[Finding]:
    """An action works on none of the resources of its statement.

    ## What it finds
    An action that works on resources of other types than all that the statement names.

    ## Why it matters
    The statement does nothing for this action: an Allow of it allows nothing, and a Deny of it denies nothing.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": ["sagemaker:DescribeTrainingJob", "sagemaker:DescribeModel"],
        "Resource": "arn:aws:sagemaker:us-east-1:111122223333:training-job/*"
      }
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Effect": "Allow",
          "Action": "sagemaker:DescribeTrainingJob",
          "Resource": "arn:aws:sagemaker:us-east-1:111122223333:training-job/*"
        },
        {
          "Effect": "Allow",
          "Action": "sagemaker:DescribeModel",
          "Resource": "arn:aws:sagemaker:us-east-1:111122223333:model/*"
        }
      ]
    }
    ```

    ## When it is fine
    Where the catalogue lags behind the service.

    ## References
    - https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
    """
    for _, entry, _ in misfits(subject, Misfit.OTHER):
        shapes = {kind.arn.split(", ")[0] for action in actions_of(entry.text) for kind in types_of(action)}
        kinds = sorted(filled(shape, "", None) or shape for shape in shapes)
        yield Finding(
            entry.span,
            f"`{entry.text}` works on none of the resources that this statement names.",
            f"It works on what is named as in {shown(kinds, 2)}." if kinds else "",
        )
