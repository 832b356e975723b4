resource "aws_iam_policy" "p" {
  name   = "p"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["cloudwatch:PutMetricData", "ssmmessages:CreateControlChannel", "ec2:DescribeInstances", "ecr:GetAuthorizationToken", "xray:PutTraceSegments", "ec2:DescribeNetworkInterfaces", "sts:GetCallerIdentity"], Resource = "*" }] })
}
