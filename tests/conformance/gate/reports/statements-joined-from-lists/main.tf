variable "more" {
  type    = list(any)
  default = [{ Effect = "Allow", Action = "sqs:*", Resource = "arn:aws:sqs:us-east-1:111122223333:work" }]
}

resource "aws_iam_role_policy" "all" {
  name = "all"
  role = "feeds"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [{ Effect = "Allow", Action = "sqs:SendMessage", Resource = "arn:aws:sqs:us-east-1:111122223333:work" }],
      var.more,
    )
  })
}
