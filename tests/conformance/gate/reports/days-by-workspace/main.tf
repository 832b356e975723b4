locals {
  days = { production = 90 }
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "feeds"
  retention_in_days = lookup(local.days, terraform.workspace, 7)
}
