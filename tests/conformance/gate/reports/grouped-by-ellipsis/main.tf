locals {
  members = [{ team = "x", days = 400 }, { team = "y", days = 90 }, { team = "x", days = 5 }]
  by_team = { for m in local.members : m.team => m.days... }
}
resource "aws_cloudwatch_log_group" "g" {
  for_each          = local.by_team
  name              = each.key
  retention_in_days = min(each.value...)
}
