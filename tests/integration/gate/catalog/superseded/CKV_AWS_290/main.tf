resource "aws_iam_policy" "s3_putobject" {
  name   = "p"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["s3:PutObject"], Resource = "*" }] })
}
resource "aws_iam_user_policy" "dynamodb_putitem" {
  user   = "u"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["dynamodb:PutItem"], Resource = "*" }] })
}
resource "aws_iam_group_policy" "logs_createloggroup" {
  group  = "g"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["logs:CreateLogGroup"], Resource = "*" }] })
}
resource "aws_ssoadmin_permission_set_inline_policy" "ec2_createnetworkinterface" {
  instance_arn       = "i"
  permission_set_arn = "p"
  inline_policy      = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["ec2:CreateNetworkInterface"], Resource = "*" }] })
}
resource "aws_iam_role_policy" "xray_puttracesegments" {
  role   = "r"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["xray:PutTraceSegments"], Resource = "*" }] })
}
resource "aws_iam_policy" "cloudwatch_putmetricdata" {
  name   = "p"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["cloudwatch:PutMetricData"], Resource = "*" }] })
}
resource "aws_iam_user_policy" "sns_publish" {
  user   = "u"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["sns:Publish"], Resource = "*" }] })
}
resource "aws_iam_group_policy" "ses_sendemail" {
  group  = "g"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["ses:SendEmail"], Resource = "*" }] })
}
resource "aws_ssoadmin_permission_set_inline_policy" "kms_decrypt" {
  instance_arn       = "i"
  permission_set_arn = "p"
  inline_policy      = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["kms:Decrypt"], Resource = "*" }] })
}
resource "aws_iam_role_policy" "events_putevents" {
  role   = "r"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["events:PutEvents"], Resource = "*" }] })
}
resource "aws_iam_policy" "lambda_createeventsourcemapping" {
  name   = "p"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["lambda:CreateEventSourceMapping"], Resource = "*" }] })
}
resource "aws_iam_user_policy" "ec2_runinstances" {
  user   = "u"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["ec2:RunInstances"], Resource = "*" }] })
}
resource "aws_iam_group_policy" "ssmmessages_createcontrolchannel" {
  group  = "g"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["ssmmessages:CreateControlChannel"], Resource = "*" }] })
}
resource "aws_ssoadmin_permission_set_inline_policy" "autoscaling_setdesiredcapacity" {
  instance_arn       = "i"
  permission_set_arn = "p"
  inline_policy      = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["autoscaling:SetDesiredCapacity"], Resource = "*" }] })
}
resource "aws_iam_role_policy" "route53_changeresourcerecordsets" {
  role   = "r"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["route53:ChangeResourceRecordSets"], Resource = "*" }] })
}
resource "aws_iam_policy" "ec2_deletenetworkinterface" {
  name   = "p"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["ec2:DeleteNetworkInterface"], Resource = "*" }] })
}
resource "aws_iam_user_policy" "ec2_attachnetworkinterface" {
  user   = "u"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["ec2:AttachNetworkInterface"], Resource = "*" }] })
}
resource "aws_iam_group_policy" "cloudfront_createinvalidation" {
  group  = "g"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["cloudfront:CreateInvalidation"], Resource = "*" }] })
}
resource "aws_ssoadmin_permission_set_inline_policy" "sqs_sendmessage" {
  instance_arn       = "i"
  permission_set_arn = "p"
  inline_policy      = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["sqs:SendMessage"], Resource = "*" }] })
}
resource "aws_iam_role_policy" "kinesis_putrecord" {
  role   = "r"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["kinesis:PutRecord"], Resource = "*" }] })
}
resource "aws_iam_policy" "states_startexecution" {
  name   = "p"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["states:StartExecution"], Resource = "*" }] })
}
resource "aws_iam_user_policy" "logs_createlogdelivery" {
  user   = "u"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["logs:CreateLogDelivery"], Resource = "*" }] })
}
resource "aws_iam_group_policy" "wellarchitected_createworkload" {
  group  = "g"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["wellarchitected:CreateWorkload"], Resource = "*" }] })
}
resource "aws_ssoadmin_permission_set_inline_policy" "acm_requestcertificate" {
  instance_arn       = "i"
  permission_set_arn = "p"
  inline_policy      = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["acm:RequestCertificate"], Resource = "*" }] })
}
resource "aws_iam_role_policy" "cloudtrail_createtrail" {
  role   = "r"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["cloudtrail:CreateTrail"], Resource = "*" }] })
}
resource "aws_iam_policy" "ec2_assignprivateipaddresses" {
  name   = "p"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["ec2:AssignPrivateIpAddresses"], Resource = "*" }] })
}
resource "aws_iam_user_policy" "mobiletargeting_sendmessages" {
  user   = "u"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["mobiletargeting:SendMessages"], Resource = "*" }] })
}
resource "aws_iam_group_policy" "bedrock_invokemodel" {
  group  = "g"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["bedrock:InvokeModel"], Resource = "*" }] })
}
resource "aws_ssoadmin_permission_set_inline_policy" "polly_synthesizespeech" {
  instance_arn       = "i"
  permission_set_arn = "p"
  inline_policy      = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["polly:SynthesizeSpeech"], Resource = "*" }] })
}
resource "aws_iam_role_policy" "cognito_idp_createuserpool" {
  role   = "r"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["cognito-idp:CreateUserPool"], Resource = "*" }] })
}
resource "aws_iam_policy" "textract_startdocumentanalysis" {
  name   = "p"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["textract:StartDocumentAnalysis"], Resource = "*" }] })
}
resource "aws_iam_user_policy" "athena_startqueryexecution" {
  user   = "u"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["athena:StartQueryExecution"], Resource = "*" }] })
}
resource "aws_iam_group_policy" "iot_publish" {
  group  = "g"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["iot:Publish"], Resource = "*" }] })
}
resource "aws_ssoadmin_permission_set_inline_policy" "ecs_registertaskdefinition" {
  instance_arn       = "i"
  permission_set_arn = "p"
  inline_policy      = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["ecs:RegisterTaskDefinition"], Resource = "*" }] })
}
resource "aws_iam_role_policy" "glue_createtable" {
  role   = "r"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["glue:CreateTable"], Resource = "*" }] })
}
