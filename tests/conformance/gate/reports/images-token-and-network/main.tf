data "aws_iam_policy_document" "run" {
  statement {
    actions   = ["ecr:GetAuthorizationToken", "ec2:DescribeNetworkInterfaces", "cloudwatch:PutMetricData", "xray:PutTelemetryRecords"]
    resources = ["*"]
  }
}

resource "aws_iam_role_policy" "run" {
  name   = "run"
  role   = "feeds"
  policy = data.aws_iam_policy_document.run.json
}
