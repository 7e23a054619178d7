"""A condition tests a key that its service gave up."""

from __future__ import annotations

import re
from collections.abc import Iterator

from iamlab.aws.catalogue import find_condition_key
from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import WARNING

NEWER = re.compile(r"(?:by|use|Use)(?: the)? ([a-z0-9-]+:[A-Za-z0-9]+)")


@check("deprecated-service-condition-key", WARNING)
def deprecated_service_condition_key(subject: Subject) -> Iterator[Finding]:
    """A condition tests a key that its service gave up.

    ## What it finds
    A condition key that the Service Authorization Reference calls deprecated, such as `sagemaker:VolumeKmsKey`.

    ## Why it matters
    The service may stop to fill the key in. A test of a missing key is false, or, if it is negated, true: without any
    change to the policy, access is lost or opened.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "sagemaker:CreateTrainingJob",
        "Resource": "arn:aws:sagemaker:us-east-1:111122223333:training-job/*",
        "Condition": {
          "ArnEquals": {"sagemaker:VolumeKmsKey": "arn:aws:kms:us-east-1:111122223333:key/training"}
        }
      }
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "sagemaker:CreateTrainingJob",
        "Resource": "arn:aws:sagemaker:us-east-1:111122223333:training-job/*",
        "Condition": {
          "ArnEquals": {"sagemaker:VolumeKmsKeyArn": "arn:aws:kms:us-east-1:111122223333:key/training"}
        }
      }
    }
    ```

    ## When it is fine
    For a while, beside the new key.

    ## References
    - https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
    """
    for statement in subject.statements:
        for test in statement.condition:
            known = find_condition_key(test.key)
            if known is not None and "deprecated" in known.description.lower():
                newer = NEWER.findall(known.description)
                yield Finding(
                    test.key_span,
                    f"`{test.key}` is deprecated.",
                    f"Test `{newer[-1]}`." if newer else "",
                )
