"""A value that should be a KMS key's ARN is none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import ERROR

KEYS = frozenset(
    # https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html and …_amazons3.html
    {
        "s3:x-amz-server-side-encryption-aws-kms-key-id",
        "sagemaker:featuregroupofflinestorekmskey",
        "sagemaker:featuregrouponlinestorekmskey",
        "sagemaker:homeefsfilesystemkmskey",
        "sagemaker:outputkmskey",
        "sagemaker:volumekmskey",
    }
)
KEY = re.compile(r"arn:[\w*-]+:kms:[\w*-]*:[\d*]*:(?:key/.+|\*)")


@check("invalid-kms-key-value", ERROR)
def invalid_kms_key_value(subject: Subject) -> Iterator[Finding]:
    """A value that should be a KMS key's ARN is none.

    ## What it finds
    A value of a condition key that carries the ARN of a KMS key, such as `sagemaker:VolumeKmsKey` or
    `s3:x-amz-server-side-encryption-aws-kms-key-id`, that is not built like one: an alias, or the bare ID.

    ## Why it matters
    Requests carry the key's ARN, whatever was given in the call. The condition never holds, or, negated, always.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "sagemaker:CreateTrainingJob",
        "Resource": "arn:aws:sagemaker:eu-west-1:111122223333:training-job/*",
        "Condition": {"ArnEquals": {"sagemaker:VolumeKmsKey": "alias/training"}}
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
        "Resource": "arn:aws:sagemaker:eu-west-1:111122223333:training-job/*",
        "Condition": {"ArnLike": {"sagemaker:VolumeKmsKey": "arn:aws:kms:eu-west-1:111122223333:key/*"}}
      }
    }
    ```

    ## When it is fine
    Never.

    ## References
    - https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
    - https://docs.aws.amazon.com/kms/latest/developerguide/find-cmk-id-arn.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
    for _, test in subject.conditions:
        if test.key.lower() not in KEYS or test.use.operator.family not in ("String", "Arn"):
            continue
        for value in test.values:
            if not KEY.fullmatch(value.text) and not value.template.variables and value.text != "*":
                help = "It is as in `arn:aws:kms:eu-west-1:111122223333:key/1234abcd-…`."
                yield Finding(value.span, f"`{value.text}` is no ARN of a KMS key.", help)
