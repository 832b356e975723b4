variable "testing" {
  type    = bool
  default = false
}

resource "aws_dynamodb_table" "trades" {
  name = "trades"
}

locals {
  readable = var.testing ? "*" : aws_dynamodb_table.trades.arn
}

resource "aws_iam_role_policy" "read" {
  name = "read"
  role = "desk"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["dynamodb:GetItem"], Resource = local.readable }]
  })
}
