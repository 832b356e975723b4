locals {
  values = { "/feed/api_key" = "sk_live_9dQx7LmPp2Rt5VwYz3AbCdEf" }
}
resource "aws_ssm_parameter" "p" {
  for_each         = local.values
  name             = each.key
  type             = "SecureString"
  value_wo         = each.value
  value_wo_version = 1
}
