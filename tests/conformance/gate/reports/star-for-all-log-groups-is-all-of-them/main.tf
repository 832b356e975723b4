resource "aws_cloudwatch_log_resource_policy" "all" {
  policy_name     = "all"
  policy_document = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "es.amazonaws.com" }, Action = "logs:PutLogEvents", Resource = "*", Condition = { StringEquals = { "aws:SourceAccount" = "111122223333" } } }] })
}
