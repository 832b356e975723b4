variable "actions" {
  type = list(string)
}

resource "aws_iam_role_policy" "this" {
  role = "trade"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = var.actions, Resource = "arn:aws:sqs:us-east-1:123456789012:q" }]
  })
}
