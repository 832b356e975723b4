resource "aws_kms_key" "k" { enable_key_rotation = true }
resource "aws_sns_topic" "t" {
  name              = "t"
  kms_master_key_id = aws_kms_key.k.arn
}
resource "aws_sns_topic_data_protection_policy" "t" {
  arn    = aws_sns_topic.t.arn
  policy = jsonencode({ Name = "p", Version = "2021-06-01", Statement = [] })
}
resource "aws_sns_topic_policy" "t" {
  arn    = aws_sns_topic_data_protection_policy.t.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Deny", Principal = "*", Action = "sns:Publish", Resource = aws_sns_topic.t.arn, Condition = { Bool = { "aws:SecureTransport" = "false" } } }] })
}
