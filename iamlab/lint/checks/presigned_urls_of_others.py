"""Other people's notebooks may be opened."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.endangering import dangerous
from iamlab.lint.subject import Subject
from iamlab.policy.problem import SECURITY_WARNING

HELP = "Name the notebook or profile, or test its owner's tag by `aws:ResourceTag`."
URLS = {
    "sagemaker:CreatePresignedNotebookInstanceUrl": "open any notebook instance, and act with its execution role",
    "sagemaker:CreatePresignedDomainUrl": "open Studio as any user profile, and act with its execution role",
}


@check("presigned-urls-of-others", SECURITY_WARNING, ("identity",))
def presigned_urls_of_others(subject: Subject) -> Iterator[Finding]:
    """Other people's notebooks may be opened.

    ## What it finds
    An Allow of `sagemaker:CreatePresignedNotebookInstanceUrl` or `sagemaker:CreatePresignedDomainUrl` on `*` or on
    every notebook instance or user profile, without a condition.

    ## Why it matters
    The address that the call returns opens the notebook with its execution role. Who may make it for every notebook
    works as every data scientist's role, and reads what lies on their disks.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "sagemaker:CreatePresignedNotebookInstanceUrl",
        "Resource": "arn:aws:sagemaker:us-east-1:111122223333:notebook-instance/*"
      }
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "sagemaker:CreatePresignedNotebookInstanceUrl",
        "Resource": "arn:aws:sagemaker:us-east-1:111122223333:notebook-instance/maya-*"
      }
    }
    ```

    ## When it is fine
    For who administers notebooks.

    ## References
    - https://docs.aws.amazon.com/sagemaker/latest/dg/security_iam_id-based-policy-examples.html
    - https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreatePresignedNotebookInstanceUrl.html
    """
    for statement in subject.allows:
        if not statement.condition:
            yield from dangerous(subject, statement, URLS, HELP)
