locals {
  grants = {
    read  = ["dynamodb:GetItem"]
    write = ["dynamodb:Put*"] # expect: fail
  }
}

data "aws_iam_policy_document" "trade" {
  dynamic "statement" {
    for_each = local.grants
    content {
      sid       = title(statement.key)
      actions   = statement.value
      resources = ["arn:aws:dynamodb:us-east-1:123456789012:table/market"]
    }
  }
}

resource "aws_iam_policy" "trade" {
  policy = data.aws_iam_policy_document.trade.json
}
