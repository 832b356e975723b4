# A bus under a key of one's own, which admits EventBridge for this bus.
# Source: EventBridge User Guide, Encryption at rest of event buses: key policy.

resource "aws_kms_key" "bus" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.me.account_id}:root" }, Action = "kms:*", Resource = "*" },
      {
        Effect    = "Allow"
        Principal = { Service = "events.amazonaws.com" }
        Action    = ["kms:Decrypt", "kms:GenerateDataKey", "kms:DescribeKey"]
        Resource  = "*"
      },
    ]
  })
}

resource "aws_cloudwatch_event_bus" "desk" {
  name               = "desk"
  kms_key_identifier = aws_kms_key.bus.arn
}

resource "aws_cloudwatch_event_rule" "trades" {
  name           = "trades"
  event_bus_name = aws_cloudwatch_event_bus.desk.name
  event_pattern  = jsonencode({ source = ["desk.trades"] })
}

resource "aws_cloudwatch_event_target" "work" {
  rule           = aws_cloudwatch_event_rule.trades.name
  event_bus_name = aws_cloudwatch_event_bus.desk.name
  arn            = aws_lambda_function.work.arn
}

resource "aws_lambda_permission" "trades" {
  action         = "lambda:InvokeFunction"
  function_name  = aws_lambda_function.work.function_name
  principal      = "events.amazonaws.com"
  source_account = data.aws_caller_identity.me.account_id
}
