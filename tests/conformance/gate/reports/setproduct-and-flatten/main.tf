locals {
  pairs = { for p in setproduct(["a", "b"], [90, 7]) : "${p[0]}-${p[1]}" => p[1] }
}

resource "aws_cloudwatch_log_group" "g" {
  for_each          = local.pairs
  name              = each.key
  retention_in_days = each.value
}
