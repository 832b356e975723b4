data "aws_iam_policy_document" "trade" {
  statement {
    actions   = ["dynamodb:GetItem", "dynamodb:PutItem"]
    resources = [aws_dynamodb_table.market.arn]
  }
  statement {
    effect    = "Deny"
    actions   = ["dynamodb:Delete*"]
    resources = ["*"]
  }
}

resource "aws_dynamodb_table" "market" {
  name         = "market"
  hash_key     = "pk"
  billing_mode = "PAY_PER_REQUEST"

  attribute {
    name = "pk"
    type = "S"
  }
}

resource "aws_iam_policy" "trade" {
  policy = data.aws_iam_policy_document.trade.json
}
