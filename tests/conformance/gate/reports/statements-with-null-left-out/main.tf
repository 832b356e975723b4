variable "debug" { default = true }
resource "aws_iam_policy" "p" {
  name = "p"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [for s in [
      { Effect = "Allow", Action = ["sqs:SendMessage"], Resource = ["arn:aws:sqs:us-east-1:111122223333:q"] },
      var.debug ? { Effect = "Allow", Action = ["logs:*"], Resource = ["arn:aws:logs:us-east-1:111122223333:log-group:g:*"] } : null,
    ] : s if s != null]
  })
}
