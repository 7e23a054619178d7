"""Operations by service: which hand a role to a service, and which are newer than the catalogue.

The lists are read off the SDK's service models (boto3 1.44) and the catalogue, and tests hold them to both.
"""

from __future__ import annotations

__all__ = ["ML_SERVICES", "NOT_LISTED", "PASS_ROLE"]

ML_SERVICES = {
    "sagemaker": "sagemaker sagemaker-runtime sagemaker-featurestore-runtime sagemaker-a2i-runtime sagemaker-edge "
    "sagemaker-metrics",
    "sagemaker-geospatial": "sagemaker-geospatial",
    "bedrock": "bedrock bedrock-runtime bedrock-agent bedrock-agent-runtime bedrock-data-automation "
    "bedrock-data-automation-runtime",
    "bedrock-agentcore": "bedrock-agentcore bedrock-agentcore-control",
    "s3": "s3 s3control",
    "s3tables": "s3tables",
    "s3vectors": "s3vectors",
    "kms": "kms",
    "sts": "sts",
    "iam": "iam",
    "ecr": "ecr",
    "logs": "logs",
    "cloudwatch": "cloudwatch",
    "glue": "glue",
    "athena": "athena",
    "lambda": "lambda",
    "states": "stepfunctions",
    "secretsmanager": "secretsmanager",
    "ssm": "ssm",
    "dynamodb": "dynamodb dynamodbstreams",
    "ec2": "ec2",
    "ecs": "ecs",
    "eks": "eks",
    "batch": "batch",
    "application-autoscaling": "application-autoscaling",
    "comprehend": "comprehend",
    "comprehendmedical": "comprehendmedical",
    "rekognition": "rekognition",
    "textract": "textract",
    "transcribe": "transcribe",
    "translate": "translate",
    "polly": "polly",
    "personalize": "personalize personalize-runtime personalize-events",
    "forecast": "forecast forecastquery",
    "frauddetector": "frauddetector",
    "kendra": "kendra",
    "lex": "lex-models lex-runtime lexv2-models lexv2-runtime",
    "redshift": "redshift",
    "redshift-data": "redshift-data",
    "elasticmapreduce": "emr",
    "emr-serverless": "emr-serverless",
    "emr-containers": "emr-containers",
    "lakeformation": "lakeformation",
    "kinesis": "kinesis",
    "firehose": "firehose",
    "sns": "sns",
    "sqs": "sqs",
    "events": "events",
    "codecommit": "codecommit",
    "codebuild": "codebuild",
    "cloudformation": "cloudformation",
    "servicecatalog": "servicecatalog",
    "fsx": "fsx",
    "elasticfilesystem": "efs",
    "access-analyzer": "accessanalyzer",
    "organizations": "organizations",
    "cloudtrail": "cloudtrail",
    "tag": "resourcegroupstaggingapi",
}
"""The services of machine-learning work: prefix in IAM → the SDK's names for it. The likeliest stand first."""

PASS_ROLE = {
    "sagemaker": """
        CreateAIBenchmarkJob CreateAIRecommendationJob CreateAutoMLJob CreateAutoMLJobV2 CreateCluster
        CreateCompilationJob CreateDataQualityJobDefinition CreateDeviceFleet CreateDomain CreateEdgePackagingJob
        CreateEndpointConfig CreateFeatureGroup CreateFlowDefinition CreateGlobalInferenceGateway
        CreateHyperParameterTuningJob CreateImage CreateInferenceExperiment CreateInferenceRecommendationsJob
        CreateJob CreateLabelingJob CreateMlflowApp CreateMlflowTrackingServer CreateModel
        CreateModelBiasJobDefinition CreateModelExplainabilityJobDefinition CreateModelQualityJobDefinition
        CreateMonitoringSchedule CreateNotebookInstance CreateOptimizationJob CreatePartnerApp CreatePipeline
        CreateProcessingJob CreateProject CreateTrainingJob CreateTrainingSession CreateUserProfile RenderUiTemplate
        StartPipelineExecution UpdateCluster UpdateDeviceFleet UpdateDomain UpdateImage UpdateMonitoringSchedule
        UpdateNotebookInstance UpdatePipeline UpdateUserProfile
    """,
    "sagemaker-geospatial": """
        ExportEarthObservationJob ExportVectorEnrichmentJob StartEarthObservationJob StartVectorEnrichmentJob
    """,
    "bedrock": """
        CreateAgent CreateCustomModel CreateEvaluationJob CreateFlow CreateKnowledgeBase CreateModelCustomizationJob
        CreateModelImportJob CreateModelInvocationJob PutModelInvocationLoggingConfiguration UpdateAgent UpdateFlow
        UpdateKnowledgeBase
    """,
    "bedrock-agentcore": """
        CreateABTest CreateAgentRuntime CreateBrowser CreateCapacityProvider CreateCodeInterpreter
        CreateConsentPortal CreateGateway CreateHarness CreateMemory CreateOnlineEvaluationConfig
        CreatePaymentConnector CreatePaymentManager UpdateABTest UpdateAgentRuntime UpdateConsentPortal
        UpdateGateway UpdateHarness UpdateMemory UpdateOnlineEvaluationConfig UpdatePaymentConnector
        UpdatePaymentManager
    """,
    "s3": """
        CreateAccessGrantsLocation CreateBucketMetadataConfiguration CreateJob PutBucketReplication
        UpdateAccessGrantsLocation UpdateBucketMetadataAnnotationTableConfiguration
    """,
    "s3tables": "PutTableBucketReplication PutTableReplication StartTableMigration SyncTableMigration",
    "ecr": """
        CreatePullThroughCacheRule CreateRepositoryCreationTemplate UpdatePullThroughCacheRule
        UpdateRepositoryCreationTemplate
    """,
    "logs": """
        CreateImportTask CreateScheduledQuery PutDeliveryDestination PutDestination PutIntegration
        PutSubscriptionFilter UpdateScheduledQuery
    """,
    "cloudwatch": "PutLogAlarm PutMetricStream",
    "glue": """
        CreateColumnStatisticsTaskSettings CreateCrawler CreateDataQualityEvaluationConfig CreateDevEndpoint
        CreateIntegrationResourceProperty CreateJob CreateMLTransform CreateSession CreateTableOptimizer
        StartBlueprintRun StartColumnStatisticsTaskRun StartDataQualityRuleRecommendationRun
        StartDataQualityRulesetEvaluationRun UpdateColumnStatisticsTaskSettings UpdateCrawler
        UpdateDataQualityEvaluationConfig UpdateIntegrationResourceProperty UpdateJob UpdateMLTransform
        UpdateTableOptimizer
    """,
    "athena": "CreateWorkGroup StartSession UpdateWorkGroup",
    "lambda": "CreateCapacityProvider CreateFunction UpdateFunctionConfiguration",
    "states": "CreateStateMachine TestState UpdateStateMachine",
    "secretsmanager": "AssociateCrossAccountReplica RotateSecret",
    "ssm": """
        CreateActivation CreateCloudConnector RegisterDefaultHostManagementConfiguration
        RegisterTaskWithMaintenanceWindow SendCommand UpdateMaintenanceWindowTask UpdateManagedInstanceRole
    """,
    "ecs": """
        CreateCapacityProvider CreateExpressGatewayService CreateGateway CreateService CreateTaskSet
        RegisterDaemonTaskDefinition RegisterTaskDefinition RunTask StartTask UpdateCapacityProvider
        UpdateExpressGatewayService UpdateGateway UpdateService
    """,
    "eks": """
        CreateAddon CreateCapability CreateCluster CreateFargateProfile CreatePodIdentityAssociation RegisterCluster
        UpdateAddon UpdateCapability UpdateClusterConfig UpdatePodIdentityAssociation
    """,
    "batch": "CreateComputeEnvironment RegisterJobDefinition UpdateComputeEnvironment",
    "comprehend": """
        CreateDocumentClassifier CreateEndpoint CreateEntityRecognizer CreateFlywheel ImportModel
        StartDocumentClassificationJob StartDominantLanguageDetectionJob StartEntitiesDetectionJob
        StartEventsDetectionJob StartKeyPhrasesDetectionJob StartPiiEntitiesDetectionJob StartSentimentDetectionJob
        StartTargetedSentimentDetectionJob StartTopicsDetectionJob UpdateEndpoint UpdateFlywheel
    """,
    "comprehendmedical": """
        StartEntitiesDetectionV2Job StartICD10CMInferenceJob StartPHIDetectionJob StartRxNormInferenceJob
        StartSNOMEDCTInferenceJob
    """,
    "rekognition": """
        CreateStreamProcessor StartCelebrityRecognition StartContentModeration StartFaceDetection StartFaceSearch
        StartLabelDetection StartPersonTracking StartSegmentDetection StartTextDetection
    """,
    "textract": "StartDocumentAnalysis StartDocumentTextDetection StartExpenseAnalysis StartLendingAnalysis",
    "transcribe": """
        CreateLanguageModel CreateVocabulary CreateVocabularyFilter StartCallAnalyticsJob StartMedicalScribeJob
        StartTranscriptionJob UpdateLanguageModel UpdateVocabulary UpdateVocabularyFilter
    """,
    "translate": "StartTextTranslationJob",
    "personalize": """
        CreateBatchInferenceJob CreateBatchSegmentJob CreateDataDeletionJob CreateDatasetExportJob
        CreateDatasetGroup CreateDatasetImportJob CreateMetricAttribution UpdateMetricAttribution
    """,
    "forecast": """
        CreateAutoPredictor CreateDataset CreateDatasetImportJob CreateExplainability CreateExplainabilityExport
        CreateForecastExportJob CreatePredictor CreatePredictorBacktestExportJob CreateWhatIfForecast
        CreateWhatIfForecastExport
    """,
    "kendra": """
        BatchPutDocument CreateDataSource CreateExperience CreateFaq CreateIndex CreateQuerySuggestionsBlockList
        CreateThesaurus PutPrincipalMapping UpdateDataSource UpdateExperience UpdateIndex
        UpdateQuerySuggestionsBlockList UpdateThesaurus
    """,
    "lex": "CreateBot PutBotAlias PutIntent StartImport StartTestSetGeneration UpdateBot",
    "redshift": """
        CreateCluster CreateRedshiftIdcApplication CreateScheduledAction ModifyClusterIamRoles
        ModifyRedshiftIdcApplication ModifyScheduledAction RestoreFromClusterSnapshot
    """,
    "elasticmapreduce": "AddJobFlowSteps CreateStudio RunJobFlow StartNotebookExecution StartSession",
    "emr-serverless": "StartJobRun StartSession",
    "emr-containers": "CreateJobTemplate CreateManagedEndpoint StartJobRun",
    "events": "CreateEndpoint PutRule PutTargets UpdateEndpoint",
    "codebuild": "CreateProject StartBuildBatch UpdateProject",
    "elasticfilesystem": "CreateReplicationConfiguration",
    "cloudtrail": "CreateTrail EnableFederation StartImport UpdateTrail",
    "lakeformation": "AssumeDecoratedRoleWithSAML RegisterResource UpdateResource",
    "firehose": "CreateDeliveryStream UpdateDestination",
    "cloudformation": """
        ActivateType ContinueUpdateRollback CreateChangeSet CreateStack CreateStackSet RegisterType RollbackStack
        UpdateStack UpdateStackSet
    """,
}
"""Operations that can take the ARN of a role which the service is to use; naming one needs `iam:PassRole` on it
(https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html, rule T21)."""

NOT_LISTED = {
    "sagemaker": """
        AddInferenceGateway CreateClusterExtension CreateGlobalInferenceGateway CreateInferenceRouter
        DeleteClusterExtension DeleteEndpointPolicy DeleteGlobalInferenceGateway DeleteInferenceRouter
        DescribeClusterExtension DescribeClusterOperation DescribeGlobalInferenceGateway DescribeInferenceRouter
        GetEndpointPolicy ListClusterExtensionVersions ListClusterExtensions ListClusterOperations
        ListGlobalInferenceGateways ListInferenceGateways ListInferenceRouters MoveClusterNodes PutEndpointPolicy
        RemoveInferenceGateway UpdateClusterExtension UpdateGlobalInferenceGateway UpdateInferenceRouter
        UpdateRecord
    """,
    "bedrock": """
        ArchiveProject CreateProject CreateVpcConfiguration DeleteAccountDataRetentionStorage
        DeleteOrganizationDataRetentionStorage DeleteProjectDataRetentionStorage DeleteVpcConfiguration
        GetAccountDataRetentionStorage GetOrganizationDataRetentionStorage GetProject GetProjectDataRetentionStorage
        GetTrustedAccessProgram GetTrustedAccessProgramAccountEnrollment
        GetTrustedAccessProgramOrganizationEnrollment GetTrustedAccessProgramProjectEnrollment GetVpcConfiguration
        ListProjects ListTrustedAccessPrograms ListVpcConfigurations PutAccountDataRetentionStorage
        PutOrganizationDataRetentionStorage PutProjectDataRetentionStorage PutTrustedAccessProgramAccountEnrollment
        PutTrustedAccessProgramOrganizationEnrollment PutTrustedAccessProgramProjectEnrollment
        StartTrustedAccessProgramAccountApplication StartTrustedAccessProgramOrganizationApplication
        StartTrustedAccessProgramProjectApplication UpdateProject
    """,
    "bedrock-agentcore": """
        DeleteDatasetGeneration GetAgentInsight GetAgentInsightStore GetDatasetGeneration InvokeBrowser
        ListAgentInsightStores ListAgentInsights ListDatasetGenerations RotatePaymentConnectorCredentials
        StartDatasetGeneration UpdateAgentInsight UpdateAgentInsightStore
    """,
    "s3tables": """
        CompleteTableMigration DisassociateTableReplication GetTableBucketLogging GetTableMigration
        ListTableMigrations PutTableBucketLogging StartTableMigration SyncTableMigration UpdateTableMigration
    """,
    "s3vectors": "UpdateMetadataConfiguration",
    "sts": "GetScopedCredentials",
    "iam": "AcquireRole UpdateDelegationRequest UpdateOpenIDConnectProvider",
    "logs": "GetLogObject",
    "cloudwatch": """
        AssociateDatasetKmsKey DeleteMetricDataQueryDefinition DescribeAlarmContributors DisassociateDatasetKmsKey
        GetMetricDataQueryDefinition ListMetricDataQueryDefinitions PutMetricDataQueryDefinition
    """,
    "glue": """
        AssociateGlossaryTerms BatchGetDataQualityResultV2 BatchGetDataQualityRulesetEvaluationRun
        BatchGetIterableForms BatchPutDataQualityStatisticAnnotation CreateDataQualityEvaluationConfig
        CreateGlossary CreateGlossaryTerm DeleteAsset DeleteAttachment DeleteDataQualityEvaluationConfig
        DeleteFormType DeleteGlossary DeleteGlossaryTerm DisassociateGlossaryTerms GetAsset GetAssetType
        GetDataCatalogExportConfiguration GetDataQualityEvaluationConfig GetDataQualityResultV2 GetFormType
        GetGlossary GetGlossaryTerm GetMaterializedViewRefreshTaskRun ListAssetTypes
        ListDataQualityEvaluationConfigs ListDataQualityResultsV2 ListDataQualityStatisticAnnotations
        ListDataQualityStatistics ListFormTypes ListGlossaries ListGlossaryTerms ListIntegrationTableProperties
        ListIterableForms ListMaterializedViewRefreshTaskRuns PublishDataQualityResultV2 PutAsset PutAttachment
        PutDataCatalogExportConfiguration PutFormType SearchAssets StartMaterializedViewRefreshTaskRun
        StopMaterializedViewRefreshTaskRun UpdateAsset UpdateDataQualityEvaluationConfig UpdateGlossary
        UpdateGlossaryTerm
    """,
    "athena": """
        CreateSystemTableConfiguration DeleteSystemTableConfiguration GetSystemTableConfiguration
        ListSystemTableStatuses UpdateSystemTableConfiguration
    """,
    "lambda": "DeleteDurableExecution PauseDurableExecution ResumeDurableExecution",
    "secretsmanager": "AssociateCrossAccountReplica DisassociateCrossAccountReplica ListResourcePolicies",
    "dynamodb": "CancelBulkOperation DescribeBulkOperation ListBulkOperations StartBulkPutItems",
    "ec2": """
        AssociateKmsKeyId AssociateNetworkingFlexCostAllocationPolicy CreateCapacityReservationDateChangeQuote
        CreateMetricCategory CreateNetworkingFlexCostAllocationPolicy CreateTransitGatewayNetworkFunctionAttachment
        DeleteClientVpnEndpointAuthorizationPolicy DeleteMetricCategory DeleteNetworkingFlexCostAllocationPolicies
        DeleteTransitGatewayNetworkFunctionAttachment DescribeCapacityReservationDateChangeQuotes
        DescribeMetricCategories DescribeNetworkingFlexCostAllocationPolicies
        DescribeNetworkingFlexCostAllocationPolicyAssociations DescribeTransitGatewayNetworkFunctionAttachments
        DisassociateKmsKeyId DisassociateNetworkingFlexCostAllocationPolicy GetCapacityManagerSupportabilityScores
        GetClientVpnEndpointAuthorizationPolicy GetImageFindings GetNetworkingFlexCostAllocationPolicyVersions
        GetTransitGatewayAttachmentNatConfiguration ModifyClientVpnEndpointAuthorizationPolicy ModifyMetricCategory
        ModifyNetworkingFlexCostAllocationPolicy ModifyTransitGatewayAttachmentNatConfiguration
        ModifyTransitGatewayNetworkFunctionAttachment ModifyTransitGatewayPeeringAttachment
    """,
    "comprehendmedical": "DetectEntities",
    "textract": """
        CreateBlueprint CreateBlueprintVersion CreateProject DeleteBlueprint DeleteProject GetBlueprint
        GetDocumentInsights GetProject ListBlueprints ListProjects StartDocumentInsights UpdateBlueprint
        UpdateProject
    """,
    "transcribe": "TranscribeAudio",
    "polly": "CreateVoice DeleteVoice GetVoice ListTagsForResource TagResource UntagResource",
    "lex": "ListBotAnalyzerHistory",
    "emr-containers": "UpdateVirtualCluster",
    "lakeformation": """
        AssumeDecoratedRoleWithSAML GetTemporaryDataLocationCredentials GetTemporaryGlueFunctionCredentials
    """,
    "kinesis": """
        AcknowledgeDeadLetterQueueRecords AcknowledgeQueueRecords CreateQueue DeleteQueue DescribeQueue ListQueues
        ReceiveDeadLetterQueueRecords ReceiveQueueRecords RestoreDeadLetterQueueRecords
        UpdateDeadLetterQueueRecordsVisibility UpdateQueue UpdateQueueRecordsVisibility
    """,
    "cloudformation": "RemoveAlias SetAlias",
}
"""Operations of the SDK for which the catalogue has no action, under their own name or another."""
