locals {
  rights = provider::terraform::decode_tfvars(<<-T
    read = ["dynamodb:GetItem", "dynamodb:Query"]
    all  = ["dynamodb:*"]
  T
  )
}
resource "aws_iam_policy" "p" {
  for_each = local.rights
  name     = each.key
  policy   = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = each.value, Resource = "arn:aws:dynamodb:us-east-1:123456789012:table/t" }] })
}
