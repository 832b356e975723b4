resource "aws_sns_topic" "t" {
  name              = "t"
  kms_master_key_id = "alias/t"
  policy = jsonencode({
    Statement = [{ Effect = "Deny", Principal = "*", Action = "sns:Publish", Resource = "*", Condition = { Bool = { "aws:SecureTransport" = "false" } } }]
  })
}
resource "aws_sns_topic_policy" "p" {
  arn = aws_sns_topic.t.arn
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Principal = { Service = "events.amazonaws.com" }, Action = "sns:Publish", Resource = aws_sns_topic.t.arn }]
  })
}
