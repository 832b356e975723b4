locals {
  use = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:GenerateDataKey", "kms:Decrypt"], Resource = "*" }]
  })
}

resource "aws_iam_role_policy" "use" {
  name   = "use"
  role   = "reader"
  policy = local.use
}
