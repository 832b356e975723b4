resource "aws_sqs_queue" "q" { name = "q" }
resource "aws_sqs_queue_policy" "a" {
  queue_url = aws_sqs_queue.q.id
  policy    = jsonencode({ Statement = [{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:role/r" }, Action = "*", Resource = aws_sqs_queue.q.arn }] })
}
resource "aws_sqs_queue_policy" "deny" {
  queue_url = aws_sqs_queue.q.id
  policy    = jsonencode({ Statement = [{ Effect = "Deny", Principal = "*", Action = "*", Resource = aws_sqs_queue.q.arn, Condition = { Bool = { "aws:SecureTransport" = "false" } } }] })
}
resource "aws_sqs_queue_policy" "heredoc" {
  queue_url = aws_sqs_queue.q.id
  policy    = <<EOF
{"Statement":[{"Effect":"Allow","Principal":{"Service":"sns.amazonaws.com"},"Action":"*","Resource":"${aws_sqs_queue.q.arn}","Condition":{"ArnEquals":{"aws:SourceArn":"arn:aws:sns:us-east-1:111122223333:t"}}}]}
EOF
}
resource "aws_sqs_queue_policy" "no_effect" {
  queue_url = aws_sqs_queue.q.id
  policy    = jsonencode({ Statement = [{ Principal = "*", Action = "*", Resource = "*" }] })
}
resource "aws_sqs_queue_policy" "two" {
  queue_url = aws_sqs_queue.q.id
  policy    = jsonencode({ Statement = [{ Effect = "Allow", Principal = { AWS = "111122223333" }, Action = "*", Resource = aws_sqs_queue.q.arn }, { Effect = "Allow", Principal = { AWS = "111122223333" }, Action = "sqs:SendMessage", Resource = aws_sqs_queue.q.arn }] })
}
resource "aws_sqs_queue_policy" "given_queue" {
  queue_url = "https://sqs.us-east-1.amazonaws.com/111122223333/other"
  policy    = jsonencode({ Statement = [{ Effect = "Allow", Principal = { AWS = "111122223333" }, Action = "*", Resource = "*" }] })
}
resource "aws_sqs_queue_policy" "many" {
  for_each  = toset(["a", "b"])
  queue_url = "https://sqs.us-east-1.amazonaws.com/111122223333/${each.key}"
  policy    = jsonencode({ Statement = [{ Effect = "Allow", Principal = { AWS = "111122223333" }, Action = "*", Resource = "*" }] })
}
