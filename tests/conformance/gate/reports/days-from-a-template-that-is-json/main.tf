locals {
  settings = jsondecode(templatefile("${path.module}/settings.json.tftpl", { groups = { feeds = 7, audit = 400 } }))
}
resource "aws_cloudwatch_log_group" "g" {
  for_each          = { for one in local.settings.groups : one.name => one.days }
  name              = each.key
  retention_in_days = each.value
}
