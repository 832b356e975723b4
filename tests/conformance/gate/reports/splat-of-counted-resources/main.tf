resource "aws_dynamodb_table" "t" {
  count = 2
  name  = "t${count.index}"
}

resource "aws_iam_role_policy" "p" {
  role   = "r"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "dynamodb:GetItem", Resource = aws_dynamodb_table.t[*].arn }] })
}
