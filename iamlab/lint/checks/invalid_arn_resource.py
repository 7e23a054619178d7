"""A resource's ARN has a form that its service does not know."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.arns import OPEN, WrittenArn, arns, shapes
from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy import Statement
from iamlab.policy.names import near_names, or_list
from iamlab.policy.problem import WARNING


@check("invalid-arn-resource", WARNING)
def invalid_arn_resource(subject: Subject) -> Iterator[Finding]:
    """A resource's ARN has a form that its service does not know.

    ## What it finds
    An ARN of a service of the catalogue whose sixth part begins as no type of that service's resources does.

    ## Why it matters
    The statement matches nothing. A type's word is misspelled, stands in the plural, or `/` and `:` are mixed up.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "sagemaker:DescribeModel",
        "Resource": "arn:aws:sagemaker:eu-west-1:111122223333:models/churn"
      }
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "sagemaker:DescribeModel",
        "Resource": "arn:aws:sagemaker:eu-west-1:111122223333:model/churn"
      }
    }
    ```

    ## When it is fine
    Where the catalogue lacks a form that the service has. Access Analyzer calls this an error; here it is a warning,
    as the catalogue is not complete and AWS's own managed policies have such ARNs too.

    ## References
    - https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
    for statement, arn in arns(subject):
        known = shapes().get(arn.service, ())
        if not known or arn.shapes() or not _is_judged(subject, statement, arn):
            continue
        word = OPEN.split(arn.resource, maxsplit=1)[0]
        near = near_names(word, {shape.start for shape in known})
        help = f"Perhaps {or_list(near)} is meant." if near else "The service's page lists the forms of its ARNs."
        yield Finding(arn.place("resource"), f"No resource of `{arn.service}` is named `{arn.resource}`.", help)


def _is_judged(subject: Subject, statement: Statement, arn: WrittenArn) -> bool:
    """Whether the statement's own actions are of the ARN's service, all known: then the catalogue knows the service."""
    names = [entry.text.partition(":")[0].lower() for entry in statement.action.entries]
    return arn.service in names
