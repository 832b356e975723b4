locals {
  tables = { market = "table/market", every = "table/*" } # expect: fail
  arns   = [for name in values(local.tables) : format("arn:aws:dynamodb:us-east-1:123456789012:%s", name)]
}

resource "aws_iam_role" "trade" {
  name               = "trade"
  assume_role_policy = "{}"

  inline_policy {
    name = "tables"
    policy = jsonencode({
      Version   = "2012-10-17"
      Statement = [{ Effect = "Allow", Action = "dynamodb:GetItem", Resource = local.arns }]
    })
  }
}
