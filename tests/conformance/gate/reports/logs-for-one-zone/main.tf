resource "aws_cloudwatch_log_resource_policy" "x" {
  policy_name = "x"
  policy_document = jsonencode({
    Version   = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { Service = "route53.amazonaws.com" }, Action = ["logs:CreateLogStream", "logs:PutLogEvents"], Resource = "arn:aws:logs:us-east-1:111122223333:log-group:/dns/*", Condition = { ArnLike = { "aws:SourceArn" = "arn:aws:route53:::hostedzone/Z2FDTNDATAQYW2" } } },
    ]
  })
}
