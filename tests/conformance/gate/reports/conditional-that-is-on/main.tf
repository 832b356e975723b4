variable "stage" {
  type    = string
  default = "test"
}

resource "aws_dynamodb_table" "trades" {
  name = "trades"
}

locals {
  is_open  = var.stage == "test" ? "true" : "false"
  readable = local.is_open == "true" ? "*" : aws_dynamodb_table.trades.arn
}

resource "aws_iam_role_policy" "read" {
  name = "read"
  role = "desk"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["dynamodb:GetItem"], Resource = local.readable }]
  })
}
