locals {
  groups = { for row in csvdecode(file("${path.module}/groups.csv")) : row.name => row }
}
resource "aws_cloudwatch_log_group" "g" {
  for_each          = local.groups
  name              = each.key
  retention_in_days = each.value.days
}
