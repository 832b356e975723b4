locals {
  days = {
    trade = 30
    quote = 3 # expect: fail
  }
}

resource "aws_cloudwatch_log_group" "all" {
  for_each          = local.days
  name              = each.key
  retention_in_days = each.value
}
