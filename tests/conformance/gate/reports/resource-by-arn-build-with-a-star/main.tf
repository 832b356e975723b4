data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
resource "aws_iam_role_policy" "p" {
  name = "p"
  role = "r"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sqs:SendMessage", Resource = provider::aws::arn_build(data.aws_partition.current.partition, "sqs", "us-east-1", data.aws_caller_identity.current.account_id, "*") }]
  })
}
