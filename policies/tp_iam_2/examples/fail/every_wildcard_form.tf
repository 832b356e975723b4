resource "aws_dynamodb_table" "market" {
  name         = "market"
  hash_key     = "pk"
  billing_mode = "PAY_PER_REQUEST"

  attribute {
    name = "pk"
    type = "S"
  }
}

resource "aws_iam_role_policy" "trade" {
  role = "trade"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["dynamodb:PutItem"]
        Resource = "*" # expect: fail
      },
      {
        Effect = "Allow"
        Action = ["dynamodb:PutItem"]
        Resource = [
          "arn:aws:dynamodb:us-east-1:123456789012:table/*",      # expect: fail
          "arn:aws:dynamodb:*:123456789012:table/market",         # expect: fail
          "arn:aws:dynamodb:us-east-1:*:table/market",            # expect: fail
          "arn:aws:*:us-east-1:123456789012:table/market",        # expect: fail
          "arn:*:dynamodb:us-east-1:123456789012:table/market",   # expect: fail
          "arn:aws:dynamodb:us-east-1:123456789012:table/marke?", # expect: fail
          "${aws_dynamodb_table.market.arn}/index/*",             # expect: fail
          "${aws_dynamodb_table.market.arn}*",                    # expect: fail
          aws_dynamodb_table.market.arn,
        ]
      },
      {
        Effect      = "Allow"
        Action      = ["dynamodb:PutItem"]
        NotResource = [aws_dynamodb_table.market.arn] # expect: fail
      },
    ]
  })
}
