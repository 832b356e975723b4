resource "aws_sqs_queue" "q" { name = "q" }
resource "aws_sqs_queue_policy" "string" {
  queue_url = aws_sqs_queue.q.id
  policy    = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "sqs:SendMessage", Resource = aws_sqs_queue.q.arn }] })
}
resource "aws_sqs_queue_policy" "list" {
  queue_url = aws_sqs_queue.q.id
  policy    = jsonencode({ Statement = [{ Effect = "Allow", Principal = { AWS = ["*"] }, Action = ["SQS:ReceiveMessage"], Resource = aws_sqs_queue.q.arn }] })
}
resource "aws_sqs_queue_policy" "only_attributes" {
  queue_url = aws_sqs_queue.q.id
  policy    = jsonencode({ Statement = [{ Effect = "Allow", Principal = { AWS = "*" }, Action = "sqs:GetQueueUrl", Resource = aws_sqs_queue.q.arn }] })
}
resource "aws_sqs_queue_policy" "other_resource" {
  queue_url = aws_sqs_queue.q.id
  policy    = jsonencode({ Statement = [{ Effect = "Allow", Principal = { AWS = "*" }, Action = "sqs:SendMessage", Resource = "arn:aws:sqs:us-east-1:111122223333:else" }] })
}
resource "aws_sqs_queue_policy" "heredoc" {
  queue_url = aws_sqs_queue.q.id
  policy    = <<EOF
{"Statement":[{"Effect":"Allow","Principal":"*","Action":"sqs:SendMessage","Resource":"${aws_sqs_queue.q.arn}"}]}
EOF
}
resource "aws_sqs_queue_policy" "denied" {
  queue_url = aws_sqs_queue.q.id
  policy    = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "sqs:SendMessage", Resource = aws_sqs_queue.q.arn }, { Effect = "Deny", Principal = "*", Action = "sqs:*", Resource = aws_sqs_queue.q.arn, Condition = { StringNotEquals = { "aws:PrincipalAccount" = "111122223333" } } }] })
}
resource "aws_sqs_queue_policy" "second" {
  queue_url = aws_sqs_queue.q.id
  policy    = jsonencode({ Statement = [{ Effect = "Allow", Principal = { AWS = "111122223333" }, Action = "sqs:SendMessage", Resource = aws_sqs_queue.q.arn }, { Effect = "Allow", Principal = { AWS = "*" }, Action = "sqs:Send*", Resource = "*" }] })
}
