resource "aws_sns_topic" "q" { name = "q" }
resource "aws_sns_topic_policy" "string" {
  arn    = aws_sns_topic.q.arn
  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "sns:Publish", Resource = aws_sns_topic.q.arn }] })
}
resource "aws_sns_topic_policy" "list" {
  arn    = aws_sns_topic.q.arn
  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { AWS = ["*"] }, Action = ["SNS:Subscribe"], Resource = aws_sns_topic.q.arn }] })
}
resource "aws_sns_topic_policy" "only_attributes" {
  arn    = aws_sns_topic.q.arn
  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { AWS = "*" }, Action = "sns:GetTopicAttributes", Resource = aws_sns_topic.q.arn }] })
}
resource "aws_sns_topic_policy" "other_resource" {
  arn    = aws_sns_topic.q.arn
  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { AWS = "*" }, Action = "sns:Publish", Resource = "arn:aws:sns:us-east-1:111122223333:else" }] })
}
resource "aws_sns_topic_policy" "heredoc" {
  arn    = aws_sns_topic.q.arn
  policy = <<EOF
{"Statement":[{"Effect":"Allow","Principal":"*","Action":"sns:Publish","Resource":"${aws_sns_topic.q.arn}"}]}
EOF
}
resource "aws_sns_topic_policy" "denied" {
  arn    = aws_sns_topic.q.arn
  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "sns:Publish", Resource = aws_sns_topic.q.arn }, { Effect = "Deny", Principal = "*", Action = "sns:Publish", Resource = aws_sns_topic.q.arn, Condition = { StringNotEquals = { "aws:PrincipalAccount" = "111122223333" } } }] })
}
resource "aws_sns_topic_policy" "second" {
  arn    = aws_sns_topic.q.arn
  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { AWS = "111122223333" }, Action = "sns:Publish", Resource = aws_sns_topic.q.arn }, { Effect = "Allow", Principal = { AWS = "*" }, Action = "sns:Pub*", Resource = "*" }] })
}
resource "aws_sns_topic" "own" {
  name   = "own"
  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "sns:Publish", Resource = "*" }] })
}
resource "aws_sns_topic_policy" "source_arn_star" {
  arn    = aws_sns_topic.q.arn
  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "sns:Publish", Resource = aws_sns_topic.q.arn, Condition = { ArnLike = { "aws:SourceArn" = "*" } } }] })
}
resource "aws_sns_topic_policy" "source_ip" {
  arn    = aws_sns_topic.q.arn
  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "sns:Publish", Resource = aws_sns_topic.q.arn, Condition = { IpAddress = { "aws:SourceIp" = "203.0.113.0/24" } } }] })
}
resource "aws_sns_topic_policy" "tls" {
  arn    = aws_sns_topic.q.arn
  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "sns:Publish", Resource = aws_sns_topic.q.arn, Condition = { Bool = { "aws:SecureTransport" = "true" } } }] })
}
resource "aws_sns_topic_policy" "not_principal" {
  arn    = aws_sns_topic.q.arn
  policy = jsonencode({ Statement = [{ Effect = "Allow", NotPrincipal = { AWS = "111122223333" }, Action = "sns:Publish", Resource = aws_sns_topic.q.arn }] })
}
resource "aws_sns_topic_policy" "source_account" {
  arn    = aws_sns_topic.q.arn
  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "sns:Publish", Resource = aws_sns_topic.q.arn, Condition = { StringEquals = { "aws:SourceAccount" = "111122223333" } } }] })
}
resource "aws_sns_topic_policy" "source_ip_all" {
  arn    = aws_sns_topic.q.arn
  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "sns:Publish", Resource = aws_sns_topic.q.arn, Condition = { IpAddress = { "aws:SourceIp" = "0.0.0.0/0" } } }] })
}
resource "aws_sns_topic_policy" "account_of_others" {
  arn    = aws_sns_topic.q.arn
  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::*:root" }, Action = "sns:Publish", Resource = aws_sns_topic.q.arn }] })
}
resource "aws_sns_topic_policy" "userid" {
  arn    = aws_sns_topic.q.arn
  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "sns:Publish", Resource = aws_sns_topic.q.arn, Condition = { StringLike = { "aws:userid" = "AROA*" } } }] })
}
