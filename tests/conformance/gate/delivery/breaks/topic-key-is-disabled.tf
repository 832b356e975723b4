# The key that encrypts the topic is disabled.
# Source: AWS KMS Developer Guide, Key states.
# Stops at: aws_cloudwatch_event_target.placed, aws_sns_topic.told, aws_kms_key.own

resource "aws_cloudwatch_event_rule" "placed" {
  name          = "placed"
  event_pattern = jsonencode({ source = ["shop.orders"] })
}

resource "aws_kms_key" "own" {
  is_enabled = false
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.me.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Effect    = "Allow"
        Principal = { Service = "events.amazonaws.com" }
        Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource  = "*"
      },
    ]
  })
}

resource "aws_sns_topic" "told" {
  name              = "told"
  kms_master_key_id = aws_kms_key.own.id
}

resource "aws_sns_topic_policy" "told" {
  arn = aws_sns_topic.told.arn
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "events.amazonaws.com" }, Action = "sns:Publish", Resource = aws_sns_topic.told.arn }]
  })
}

resource "aws_cloudwatch_event_target" "placed" {
  rule = aws_cloudwatch_event_rule.placed.name
  arn  = aws_sns_topic.told.arn
}
