"""What hands a role to a service: the actions whose calls must name one, and those that let a person act through it.

Sources: https://docs.aws.amazon.com/sagemaker/latest/dg/api-permissions-reference.html, the API references of the
services (`RoleArn`, `ExecutionRoleArn` or `Role` required), and
https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["NEED_ROLE", "WAYS", "Way"]

_NEED_ROLE = {
    "bedrock": """
        CreateEvaluationJob CreateFlow CreateKnowledgeBase CreateModelCustomizationJob CreateModelImportJob
        CreateModelInvocationJob UpdateAgent UpdateFlow UpdateKnowledgeBase
    """,
    "bedrock-agentcore": "CreateAgentRuntime CreateGateway UpdateAgentRuntime UpdateGateway",
    "codebuild": "CreateProject",
    "comprehend": """
        CreateDocumentClassifier CreateEntityRecognizer CreateFlywheel StartDocumentClassificationJob
        StartDominantLanguageDetectionJob StartEntitiesDetectionJob StartEventsDetectionJob
        StartKeyPhrasesDetectionJob StartPiiEntitiesDetectionJob StartSentimentDetectionJob
        StartTargetedSentimentDetectionJob StartTopicsDetectionJob
    """,
    "glue": "CreateCrawler CreateDevEndpoint CreateJob CreateMLTransform CreateSession",
    "lambda": "CreateFunction",
    "personalize": "CreateBatchInferenceJob CreateBatchSegmentJob CreateDatasetExportJob",
    "sagemaker": """
        CreateAutoMLJob CreateAutoMLJobV2 CreateCompilationJob CreateDataQualityJobDefinition CreateEdgePackagingJob
        CreateFlowDefinition CreateHyperParameterTuningJob CreateImage CreateInferenceExperiment
        CreateInferenceRecommendationsJob CreateLabelingJob CreateMlflowTrackingServer CreateModelBiasJobDefinition
        CreateModelExplainabilityJobDefinition CreateModelQualityJobDefinition CreateNotebookInstance
        CreateOptimizationJob CreatePipeline CreateProcessingJob CreateTrainingJob
    """,
    "states": "CreateStateMachine",
    "translate": "StartTextTranslationJob",
}
NEED_ROLE = frozenset(f"{service}:{name}".lower() for service, names in _NEED_ROLE.items() for name in names.split())
"""Actions of machine-learning work whose calls must name a role, in lower case; tests hold them to the SDK's models."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way to act with a role that may be passed: the service that takes it, what one must be allowed, and the end."""

    service: str
    actions: tuple[str, ...]
    end: str


WAYS = (
    Way("sagemaker.amazonaws.com", ("sagemaker:CreateNotebookInstance",), "open a notebook that has the role"),
    Way("sagemaker.amazonaws.com", ("sagemaker:CreateTrainingJob",), "run a container that has the role"),
    Way("sagemaker.amazonaws.com", ("sagemaker:CreateProcessingJob",), "run a script that has the role"),
    Way("lambda.amazonaws.com", ("lambda:CreateFunction", "lambda:InvokeFunction"), "run a function that has the role"),
    Way("ec2.amazonaws.com", ("ec2:RunInstances",), "start an instance that hands out the role's credentials"),
    Way("ecs-tasks.amazonaws.com", ("ecs:RegisterTaskDefinition", "ecs:RunTask"), "run a container that has the role"),
    Way("glue.amazonaws.com", ("glue:CreateJob", "glue:StartJobRun"), "run a script that has the role"),
    Way("glue.amazonaws.com", ("glue:CreateDevEndpoint",), "log in to an endpoint that has the role"),
    Way("cloudformation.amazonaws.com", ("cloudformation:CreateStack",), "have any resource made with the role"),
    Way("codebuild.amazonaws.com", ("codebuild:CreateProject", "codebuild:StartBuild"), "run a build with the role"),
    Way("states.amazonaws.com", ("states:CreateStateMachine", "states:StartExecution"), "call any service as the role"),
    Way(
        "bedrock-agentcore.amazonaws.com",
        ("bedrock-agentcore:CreateCodeInterpreter", "bedrock-agentcore:InvokeCodeInterpreter"),
        "run code in an interpreter that has the role",
    ),
)
"""The ways, each with all the actions that it takes besides `iam:PassRole`."""
