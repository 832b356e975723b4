data "aws_caller_identity" "me" {}
data "aws_partition" "here" {}
data "aws_region" "here" {}

resource "aws_iam_role_policy" "send" {
  name = "send"
  role = "feed"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sqs:SendMessage", Resource = "arn:${data.aws_partition.here.partition}:sqs:${data.aws_region.here.name}:${data.aws_caller_identity.me.account_id}:work" }]
  })
}
