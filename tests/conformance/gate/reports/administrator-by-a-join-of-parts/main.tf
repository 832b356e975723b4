data "aws_partition" "p" {}
locals {
  managed = ["AWSLambdaBasicExecutionRole", "AmazonSQSFullAccess"]
}
resource "aws_iam_role" "r" {
  name = "r"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
  managed_policy_arns = [for name in local.managed : join(":", ["arn", data.aws_partition.p.partition, "iam", "", "aws", "policy/${name}"])]
}
