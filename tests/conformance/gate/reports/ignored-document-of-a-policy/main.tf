resource "aws_iam_policy" "x" {
  name   = "p"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sqs:SendMessage", Resource = "arn:aws:sqs:us-east-1:123456789012:q" }] })
  lifecycle {
    ignore_changes = [policy]
  }
}
