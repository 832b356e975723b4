locals {
  grants = yamldecode(file("${path.module}/grants.yaml"))
}

resource "aws_iam_policy" "this" {
  for_each = local.grants
  name     = each.key
  policy   = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = each.value.actions, Resource = each.value.resources }] })
}
